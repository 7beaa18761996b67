package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.Arrays;

/**
 * The packets that passed from one tunnel endpoint to another, in the order of the capture: all of them, or of more than
 * {@value #CAPACITY} a sample. What is in the sample is decided by a hash of what no hop changes, so that sender and
 * receiver choose the same packets, and so that a sample of a sample is one of the whole.
 *
 * <p>The hash is one of the packet; of TCP's data, which network cards cut and merge, it is one of the block of sequence
 * numbers that the data lie in. A packet whose data touch two blocks is there if either is.
 */
public final class Lane {
    /** How many packets are kept at most. */
    public static final int CAPACITY = 4096;

    /** One in which nothing passed. */
    public static final Lane EMPTY = new Lane();

    private static final int BLOCK_BITS = 16;
    private static final int FIRST_LENGTH = 16;

    private static final int TIME = 0;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 3;
    /** Ports, protocol, VNI. */
    private static final int SCOPE = 5;
    /** TCP's sequence and acknowledgment numbers; ESP's association and sequence number; an echo's number. */
    private static final int NUMBERS = 6;
    /** Outer and inner identification, length of TCP's data, flags. */
    private static final int MARKS = 7;

    private static final int WIDTH = 8;

    private static final long FLAG_ESP = 1 << 9;
    private static final long FLAG_ECHO = 1 << 10;
    private static final long FLAG_REQUEST = 1 << 11;

    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private long[] rows = new long[FIRST_LENGTH * WIDTH];
    private int size;
    private int level;
    private long packets;

    Lane() {}

    void see(Sighting sighting) {
        packets++;
        long scope = 0;
        long numbers;
        long marks = (long) sighting.vtepIdentification << 48;
        if (sighting.hasEsp) {
            numbers = (long) sighting.securityAssociation << Integer.SIZE | sighting.espSequence & 0xffff_ffffL;
            marks = FLAG_ESP;
        } else {
            scope = sighting.vni & 0xff_ffffL;
            numbers = 0;
            if (sighting.hasIp) {
                scope |= (long) sighting.sourcePort << 48
                        | (long) sighting.destinationPort << 32
                        | (long) sighting.protocol << 24;
                marks |= (long) sighting.identification << 32;
                if (sighting.hasTcp) {
                    numbers = (long) sighting.sequenceNumber << Integer.SIZE
                            | sighting.acknowledgmentNumber & 0xffff_ffffL;
                    marks |= (sighting.tcpPayload & 0xffffL) << 16 | sighting.tcpFlags & 0x1ff;
                } else if (sighting.hasEcho) {
                    numbers = sighting.echoSequence;
                    marks |= FLAG_ECHO | (sighting.echoRequest ? FLAG_REQUEST : 0);
                }
            }
        }
        boolean hasAddresses = !sighting.hasEsp && sighting.hasIp;
        see(
                sighting.time,
                hasAddresses ? sighting.sourceHigh : 0,
                hasAddresses ? sighting.sourceLow : 0,
                hasAddresses ? sighting.destinationHigh : 0,
                hasAddresses ? sighting.destinationLow : 0,
                scope,
                numbers,
                marks);
    }

    private void see(
            long time,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            long scope,
            long numbers,
            long marks) {
        long flow = flow(sourceHigh, sourceLow, destinationHigh, destinationLow, scope);
        if (!passes(rank(flow, numbers, marks), level)) {
            return;
        }
        int at = size * WIDTH;
        if (at == rows.length) {
            rows = Arrays.copyOf(rows, Math.min(2 * at, (CAPACITY + 1) * WIDTH));
        }
        rows[at + TIME] = time;
        rows[at + SOURCE] = sourceHigh;
        rows[at + SOURCE + 1] = sourceLow;
        rows[at + DESTINATION] = destinationHigh;
        rows[at + DESTINATION + 1] = destinationLow;
        rows[at + SCOPE] = scope;
        rows[at + NUMBERS] = numbers;
        rows[at + MARKS] = marks;
        size++;
        while (size > CAPACITY) {
            raise(level + 1);
        }
    }

    private static long flow(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long scope) {
        long hash = scope * PRIME + sourceLow;
        hash = (hash ^ hash >>> 29) * PRIME + destinationLow;
        hash = (hash ^ hash >>> 29) * PRIME + (sourceHigh ^ Long.rotateLeft(destinationHigh, 17));
        return hash ^ hash >>> 32;
    }

    private static long mix(long one, long other) {
        long hash = (one ^ other * PRIME) * 0xBF58_476D_1CE4_E5B9L;
        hash = (hash ^ hash >>> 31) * 0x94D0_49BB_1331_11EBL;
        return hash ^ hash >>> 32;
    }

    private static boolean passes(long rank, int level) {
        return level == 0 || level < Long.SIZE && rank >>> Long.SIZE - level == 0;
    }

    private static int length(long marks) {
        return (int) (marks >>> 16) & 0xffff;
    }

    private static long rank(long flow, long numbers, long marks) {
        int length = length(marks);
        if (length == 0) {
            return mix(mix(flow, numbers), marks);
        }
        int sequence = (int) (numbers >>> Integer.SIZE);
        long first = blockRank(flow, sequence);
        int end = sequence + length - 1;
        if (sequence >>> BLOCK_BITS == end >>> BLOCK_BITS) {
            return first;
        }
        long last = blockRank(flow, end);
        return Long.compareUnsigned(first, last) <= 0 ? first : last;
    }

    private static long blockRank(long flow, int sequence) {
        return mix(flow, sequence >>> BLOCK_BITS);
    }

    private long rank(int row) {
        return rank(flow(row), get(row, NUMBERS), get(row, MARKS));
    }

    /** Takes a smaller sample. */
    private void raise(int newLevel) {
        level = newLevel;
        int kept = 0;
        for (int row = 0; row < size; row++) {
            if (passes(rank(row), level)) {
                System.arraycopy(rows, row * WIDTH, rows, kept++ * WIDTH, WIDTH);
            }
        }
        size = kept;
    }

    void absorb(Lane later) {
        packets += later.packets;
        if (later.level > level) {
            raise(later.level);
        }
        for (int row = 0; row < later.size; row++) {
            see(
                    later.time(row),
                    later.get(row, SOURCE),
                    later.get(row, SOURCE + 1),
                    later.get(row, DESTINATION),
                    later.get(row, DESTINATION + 1),
                    later.get(row, SCOPE),
                    later.get(row, NUMBERS),
                    later.get(row, MARKS));
        }
    }

    private long get(int row, int column) {
        return rows[row * WIDTH + column];
    }

    // ---- for readers

    /** How many packets passed. */
    public long packets() {
        return packets;
    }

    /** How many of them are kept: all, or a sample. */
    public int size() {
        return size;
    }

    /** How small the sample is: of 2^level packets, one is kept, more or less. */
    public int level() {
        return level;
    }

    /** Whether a packet is in a sample at least as small as this one; the first byte decides for TCP's data. */
    public boolean isSampled(int row, int sampleLevel) {
        long numbers = get(row, NUMBERS);
        long marks = get(row, MARKS);
        return passes(
                length(marks) == 0 ? rank(flow(row), numbers, marks) : blockRank(flow(row), sequenceNumber(row)),
                sampleLevel);
    }

    /** Whether a byte of TCP's data is in a sample at least as small as this one. */
    public boolean isSampled(int row, int sequence, int sampleLevel) {
        return passes(blockRank(flow(row), sequence), sampleLevel);
    }

    /** The first sequence number of the next block that is sampled, or not, on its own. */
    public static int nextBlock(int sequence) {
        return (sequence >>> BLOCK_BITS) + 1 << BLOCK_BITS;
    }

    /** A number that stands for the flow of a packet and the block of a sequence number in it. */
    public long block(int row, int sequence) {
        return blockRank(flow(row), sequence);
    }

    /** A number that the same packet has wherever it is seen: of TCP's data, its first segment. */
    public long identity(int row) {
        long numbers = get(row, NUMBERS);
        long marks = get(row, MARKS);
        return length(marks) == 0
                ? mix(mix(flow(row), numbers), marks)
                : mix(mix(flow(row), numbers >>> Integer.SIZE), marks >>> 48);
    }

    private long flow(int row) {
        return flow(
                get(row, SOURCE),
                get(row, SOURCE + 1),
                get(row, DESTINATION),
                get(row, DESTINATION + 1),
                get(row, SCOPE));
    }

    /** When it was seen, nanoseconds since 1970; {@link Long#MIN_VALUE} if the capture does not say. */
    public long time(int row) {
        return get(row, TIME);
    }

    /** Whether this is ESP, so that nothing is known of what is inside. */
    public boolean isEsp(int row) {
        return (get(row, MARKS) & FLAG_ESP) != 0;
    }

    /** ESP's security association, 0 to 2^32 − 1. */
    public long securityAssociation(int row) {
        return get(row, NUMBERS) >>> Integer.SIZE;
    }

    /** ESP's sequence number, 0 to 2^32 − 1. */
    public long espSequence(int row) {
        return get(row, NUMBERS) & 0xffff_ffffL;
    }

    /** The network. */
    public int vni(int row) {
        return (int) get(row, SCOPE) & 0xff_ffff;
    }

    /** The inner IP protocol number. */
    public int protocol(int row) {
        return (int) (get(row, SCOPE) >>> 24) & 0xff;
    }

    /** The inner source. */
    public Address source(int row) {
        return new Address(get(row, SOURCE), get(row, SOURCE + 1));
    }

    /** The inner destination. */
    public Address destination(int row) {
        return new Address(get(row, DESTINATION), get(row, DESTINATION + 1));
    }

    /** Whether there is an IP packet inside that is known. */
    public boolean hasAddresses(int row) {
        return get(row, SOURCE + 1) != 0 || get(row, SOURCE) != 0;
    }

    /** The inner source port; of an echo request its identifier. */
    public int sourcePort(int row) {
        return (int) (get(row, SCOPE) >>> 48);
    }

    /** The inner destination port; of an echo reply its identifier. */
    public int destinationPort(int row) {
        return (int) (get(row, SCOPE) >>> 32) & 0xffff;
    }

    /** The outer IPv4 header's identification. */
    public int outerIdentification(int row) {
        return (int) (get(row, MARKS) >>> 48);
    }

    /** The inner IPv4 header's identification. */
    public int identification(int row) {
        return (int) (get(row, MARKS) >>> 32) & 0xffff;
    }

    /** How many bytes of data TCP carries. */
    public int tcpPayload(int row) {
        return length(get(row, MARKS));
    }

    /** TCP's sequence number, 32 bits. */
    public int sequenceNumber(int row) {
        return (int) (get(row, NUMBERS) >>> Integer.SIZE);
    }

    /** Whether this is an echo request or reply. */
    public boolean isEcho(int row) {
        return (get(row, MARKS) & FLAG_ECHO) != 0;
    }

    /** The echo's sequence number, 0 to 65535. */
    public int echoSequence(int row) {
        return (int) get(row, NUMBERS) & 0xffff;
    }
}
