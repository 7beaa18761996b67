package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Layers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The packets that nodes gossip, kept whole for who has the keys: they are opened when all have been read, since a message may lie
 * in several. Once they are longer than a bound in all, what comes later is not kept.
 */
public final class GossipPackets {
    /** How many bytes are kept. */
    static final long MAX_BYTES = 1 << 28;
    /** What a packet costs besides its bytes. */
    private static final int OVERHEAD = 100;

    private final long maxBytes;
    private final List<Packet> packets = new ArrayList<>();
    private long bytes;
    private boolean isFull;

    /**
     * A packet of gossip.
     *
     * @param time nanoseconds since 1970 UTC; {@link Long#MIN_VALUE} if the capture does not say
     * @param isTcp whether it is a segment of a stream, else it is a UDP packet
     * @param flags TCP's flags
     * @param sequence TCP's sequence number
     * @param whole whether all of its data was captured
     * @param data what it carries
     */
    public record Packet(
            long time,
            Address source,
            int sourcePort,
            Address destination,
            int destinationPort,
            boolean isTcp,
            int flags,
            int sequence,
            boolean whole,
            Bytes data) {}

    GossipPackets() {
        this(MAX_BYTES);
    }

    GossipPackets(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void see(Sighting sighting, Layers layers) {
        Bytes data = Bytes.of(layers.frame(), layers.payloadStart(), layers.payloadEnd());
        add(new Packet(
                sighting.time,
                new Address(sighting.sourceHigh, sighting.sourceLow),
                sighting.sourcePort,
                new Address(sighting.destinationHigh, sighting.destinationLow),
                sighting.destinationPort,
                sighting.hasTcp,
                sighting.hasTcp ? sighting.tcpFlags : 0,
                sighting.hasTcp ? sighting.sequenceNumber : 0,
                data.length() == (sighting.hasTcp ? sighting.tcpPayload : Gossip.udpPayload(sighting)),
                data));
    }

    void add(Packet packet) {
        isFull |= bytes + packet.data().length() + OVERHEAD > maxBytes;
        if (!isFull) {
            packets.add(packet);
            bytes += packet.data().length() + OVERHEAD;
        }
    }

    void absorb(GossipPackets later) {
        later.packets.forEach(this::add);
        isFull |= later.isFull;
    }

    /** The packets, in the capture's order. */
    public List<Packet> packets() {
        return Collections.unmodifiableList(packets);
    }

    /** Whether there were more. */
    public boolean isFull() {
        return isFull;
    }
}
