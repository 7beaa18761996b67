package dev.swarmlens.analyzer.packets;

import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpView;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What must be remembered of TCP connections so that a segment's numbers can be read: where the sequence numbers began, so
 * that they count from 0, and by how many bits the window is shifted. As in Wireshark, the first segment of a connection that
 * began before the capture has the number 1.
 */
final class TcpConversations {
    /** How many are remembered; beyond, those not seen for the longest are forgotten. */
    private static final int CAPACITY = 100_000;

    private static final int UNKNOWN_SHIFT = -1;
    private static final int MAX_SHIFT = 14;
    private static final long SEQUENCE_MASK = 0xffff_ffffL;

    /** One direction of a connection, in one network. */
    private record Key(String network, String source, String destination) {}

    /** What is known of the numbers that one side sends. */
    private static final class Side {
        private long base;
        private boolean hasBase;
        private int shift = UNKNOWN_SHIFT;
    }

    private final Map<Key, Side> sides = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Side> eldest) {
            return size() > CAPACITY;
        }
    };

    private Side sender = new Side();
    private Side receiver = new Side();
    private TcpView segment = new TcpView();

    /**
     * Looks at a segment.
     *
     * @param network where its addresses mean something
     * @param source the sender's address and port
     * @param destination the receiver's address and port
     */
    void look(String network, String source, String destination, TcpView newSegment) {
        segment = newSegment;
        sender = sides.computeIfAbsent(new Key(network, source, destination), any -> new Side());
        receiver = sides.computeIfAbsent(new Key(network, destination, source), any -> new Side());
        boolean begins = (segment.flags() & Tcp.FLAG_SYN) != 0;
        boolean answers = (segment.flags() & Tcp.FLAG_ACK) != 0;
        if (begins && !answers && sender.hasBase && sender.base != segment.sequenceNumber()) {
            sender.hasBase = false;
            receiver.hasBase = false;
            receiver.shift = UNKNOWN_SHIFT;
        }
        if (begins) {
            sender.shift = (int) Math.min(segment.windowScale(), MAX_SHIFT);
        }
        if (!sender.hasBase) {
            sender.base = segment.sequenceNumber() - (begins ? 0 : 1);
            sender.hasBase = true;
        }
        if (answers && !receiver.hasBase) {
            receiver.base = segment.acknowledgmentNumber() - 1;
            receiver.hasBase = true;
        }
    }

    /** The sequence number, counted from the connection's beginning. */
    long sequenceNumber() {
        return segment.sequenceNumber() - sender.base & SEQUENCE_MASK;
    }

    /** The acknowledgment number, counted from the connection's beginning. */
    long acknowledgmentNumber() {
        return segment.acknowledgmentNumber() - receiver.base & SEQUENCE_MASK;
    }

    /** A number of the other side's, such as one of selective acknowledgment, counted from the connection's beginning. */
    long acknowledged(long number) {
        return number - receiver.base & SEQUENCE_MASK;
    }

    /** The window in bytes, as far as the handshake said how to read it. */
    int window() {
        boolean shifted =
                (segment.flags() & Tcp.FLAG_SYN) == 0 && sender.shift > UNKNOWN_SHIFT && receiver.shift > UNKNOWN_SHIFT;
        return shifted ? segment.window() << sender.shift : segment.window();
    }
}
