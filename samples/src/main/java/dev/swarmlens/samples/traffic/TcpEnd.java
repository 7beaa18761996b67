package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpOption;
import dev.swarmlens.codecs.tcp.TcpOption.MaximumSegmentSize;
import dev.swarmlens.codecs.tcp.TcpOption.NoOperation;
import dev.swarmlens.codecs.tcp.TcpOption.SackPermitted;
import dev.swarmlens.codecs.tcp.TcpOption.Timestamps;
import dev.swarmlens.codecs.tcp.TcpOption.WindowScale;
import dev.swarmlens.samples.wire.Datagram;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** One end of a TCP connection, with Linux's habits: which options in which order, which windows, which numbers. */
final class TcpEnd {
    /** What timestamps take of each segment. */
    static final int TIMESTAMPS_LENGTH = 12;

    /** As in every segment but the first, aligned by two options of nothing. */
    private static final Bytes TIMESTAMPS = TcpOption.write(new NoOperation(), new NoOperation(), new Timestamps(0, 0));

    /** Those of a SYN without its times, by what they say. */
    private static final Map<Integer, Bytes> SYN_OPTIONS = new ConcurrentHashMap<>();

    private static final int SYN_TIMESTAMP_VALUE = 8;
    private static final int TIMESTAMP_VALUE = 4;
    private static final int TIMESTAMP_ECHO = TIMESTAMP_VALUE + 4;
    private static final int MAX_WINDOW = 65_535;
    private static final long SEQUENCE_MASK = 0xffff_ffffL;
    private static final long MILLISECOND = 1_000_000;

    private final int port;
    private final int peerPort;
    private final int maximumSegment;
    private final int windowShift;
    private final long timestampBase;
    private long sequence;
    private long acknowledged;
    private long echo;
    private int identification;
    private int window;
    private int hash;

    /**
     * An end that is about to open.
     *
     * @param mtu of its interface
     * @param windowShift its window scale
     */
    TcpEnd(int port, int peerPort, int mtu, int windowShift, SplittableRandom random) {
        this.port = port;
        this.peerPort = peerPort;
        this.maximumSegment = mtu - Ipv4.MIN_LENGTH - Tcp.MIN_LENGTH;
        this.windowShift = windowShift;
        this.timestampBase = random.nextInt() & SEQUENCE_MASK;
        this.sequence = random.nextInt() & SEQUENCE_MASK;
        this.identification = random.nextInt(1 << Short.SIZE);
    }

    int maximumSegment() {
        return maximumSegment;
    }

    /** The kernel chooses another way after a timeout. */
    void rehash() {
        hash++;
    }

    private long timestamp(long nanos) {
        return timestampBase + nanos / MILLISECOND & SEQUENCE_MASK;
    }

    /** A SYN; it does not count until {@link #opened}. */
    Datagram syn(long nanos) {
        window = MAX_WINDOW / maximumSegment * maximumSegment;
        return header(Tcp.FLAG_SYN, sequence, 0, window, identification++, synOptions(nanos, 0), Bytes.EMPTY);
    }

    /** The answer to a SYN. Its identification is zero, as always in Linux. */
    Datagram synAck(long nanos) {
        int unit = maximumSegment - TIMESTAMPS_LENGTH;
        window = MAX_WINDOW / unit * unit;
        return header(
                Tcp.FLAG_SYN | Tcp.FLAG_ACK, sequence, acknowledged, window, 0, synOptions(nanos, echo), Bytes.EMPTY);
    }

    private Bytes synOptions(long nanos, long echoed) {
        byte[] options = SYN_OPTIONS
                .computeIfAbsent(
                        maximumSegment << Byte.SIZE | windowShift,
                        unused -> TcpOption.write(
                                new MaximumSegmentSize(maximumSegment),
                                new SackPermitted(),
                                new Timestamps(0, 0),
                                new NoOperation(),
                                new WindowScale(windowShift)))
                .toArray();
        BigEndian.put32(options, SYN_TIMESTAMP_VALUE, (int) timestamp(nanos));
        BigEndian.put32(options, SYN_TIMESTAMP_VALUE + Integer.BYTES, (int) echoed);
        return Bytes.of(options);
    }

    /** Its SYN has been sent, and takes a sequence number. */
    void opened() {
        sequence = sequence + 1 & SEQUENCE_MASK;
    }

    /** Takes the other end's SYN. */
    void takeSyn(TcpEnd peer, long sentNanos) {
        acknowledged = peer.sequence + 1 & SEQUENCE_MASK;
        echo = peer.timestamp(sentNanos);
    }

    /** Takes what the other end has sent, of so many bytes, a FIN included. */
    void take(TcpEnd peer, int length, long sentNanos) {
        acknowledged = acknowledged + length & SEQUENCE_MASK;
        hear(peer, sentNanos);
        // the window shrinks by what has come, is rounded up, and opens again when the program has read
        int unit = 1 << windowShift;
        window = (window - Math.min(length, unit - 1) + unit - 1) / unit * unit;
    }

    /** Takes a bare acknowledgment. */
    void hear(TcpEnd peer, long sentNanos) {
        echo = peer.timestamp(sentNanos);
    }

    /** A segment of what comes next; it does not count until {@link #sent}. */
    Datagram segment(long nanos, int flags, Bytes payload) {
        return segment(nanos, flags, sequence, payload);
    }

    /** A segment from a sequence number on. */
    Datagram segment(long nanos, int flags, long from, Bytes payload) {
        int advertised = window + (1 << windowShift) - 1 >> windowShift;
        byte[] options = TIMESTAMPS.toArray();
        BigEndian.put32(options, TIMESTAMP_VALUE, (int) timestamp(nanos));
        BigEndian.put32(options, TIMESTAMP_ECHO, (int) echo);
        return header(flags, from, acknowledged, advertised, identification++ & 0xffff, Bytes.of(options), payload);
    }

    /** A reset that answers a segment that no connection knows. */
    static Datagram reset(TcpEnd refusing, TcpEnd refused, boolean acknowledges) {
        Tcp tcp = acknowledges
                ? new Tcp(
                        refusing.port,
                        refusing.peerPort,
                        0,
                        refused.sequence + 1 & SEQUENCE_MASK,
                        Tcp.FLAG_RST | Tcp.FLAG_ACK,
                        0,
                        0,
                        0,
                        Bytes.EMPTY)
                : new Tcp(
                        refusing.port, refusing.peerPort, refused.acknowledged, 0, Tcp.FLAG_RST, 0, 0, 0, Bytes.EMPTY);
        return new Datagram(0, true, IpProtocol.TCP, tcp, Bytes.EMPTY, 0);
    }

    /** So many bytes have been sent, a FIN included. */
    void sent(int length) {
        sequence = sequence + length & SEQUENCE_MASK;
    }

    long sequence() {
        return sequence;
    }

    private Datagram header(
            int flags, long from, long acknowledges, int advertised, int id, Bytes options, Bytes payload) {
        Tcp tcp = new Tcp(port, peerPort, from & SEQUENCE_MASK, acknowledges, flags, advertised, 0, 0, options);
        return new Datagram(id & 0xffff, true, IpProtocol.TCP, tcp, payload, hash);
    }
}
