package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.Arrays;

/**
 * The packets that passed from one tunnel endpoint to another, in the order of the capture: all of them, or of more than
 * the lane may hold a sample. What is in the sample is decided by a hash of what no hop changes, so that sender and
 * receiver choose the same packets, and so that a sample of a sample is one of the whole.
 *
 * <p>The hash is one of the packet; of TCP's data, which network cards cut and merge, it is one of the block of sequence
 * numbers that the data lie in. A packet whose data touch two blocks is there if either is.
 */
public final class Lane {
    /** How many packets a lane may hold at most. */
    public static final int MAX_CAPACITY = 4096;

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

    private static final long LOW_HALF = 0xffff_ffffL;
    private static final long VNI_MASK = 0xff_ffffL;

    /** What the columns of a packet are multiplied with, to be summed up: odd. */
    private static final long SOURCE_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private static final long DESTINATION_FACTOR = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long HIGH_FACTOR = 0x1656_67B1_9E37_79F9L;
    private static final long SCOPE_FACTOR = 0xBF58_476D_1CE4_E5B9L;
    private static final long NUMBERS_FACTOR = 0x94D0_49BB_1331_11EBL;
    private static final long MARKS_FACTOR = 0xD6E8_FEB8_6659_FD93L;

    private long[] rows = new long[FIRST_LENGTH * WIDTH];
    private int size;
    private int capacity = MAX_CAPACITY;
    private int level;
    private long packets;

    Lane() {}

    /** Lets the lane hold no more than so many packets, from now on. */
    void bound(int newCapacity) {
        capacity = Math.min(capacity, newCapacity);
        shrink();
    }

    private void shrink() {
        while (size > capacity) {
            raise(level + 1);
        }
    }

    void see(Sighting sighting) {
        packets++;
        if (level == 0 || passes(rank(sighting), level)) {
            append();
            int at = (size - 1) * WIDTH;
            rows[at + TIME] = sighting.time;
            boolean hasAddresses = sighting.hasIp && !sighting.hasEsp;
            rows[at + SOURCE] = hasAddresses ? sighting.sourceHigh : 0;
            rows[at + SOURCE + 1] = hasAddresses ? sighting.sourceLow : 0;
            rows[at + DESTINATION] = hasAddresses ? sighting.destinationHigh : 0;
            rows[at + DESTINATION + 1] = hasAddresses ? sighting.destinationLow : 0;
            rows[at + SCOPE] = scope(sighting);
            rows[at + NUMBERS] = numbers(sighting);
            rows[at + MARKS] = marks(sighting);
            shrink();
        }
    }

    /** Counts packets that are not in the sample. */
    void passOver(long count) {
        packets += count;
    }

    private void append() {
        int at = size * WIDTH;
        if (at == rows.length) {
            rows = Arrays.copyOf(rows, Math.min(2 * at, (MAX_CAPACITY + 1) * WIDTH));
        }
        size++;
    }

    private static long scope(Sighting sighting) {
        if (sighting.hasEsp) {
            return 0;
        }
        long vni = sighting.vni & VNI_MASK;
        return !sighting.hasIp
                ? vni
                : (long) sighting.sourcePort << 48
                        | (long) sighting.destinationPort << 32
                        | (long) sighting.protocol << 24
                        | vni;
    }

    private static long numbers(Sighting sighting) {
        if (sighting.hasEsp) {
            return (long) sighting.espSpi << Integer.SIZE | sighting.espSequence & LOW_HALF;
        }
        if (!sighting.hasIp) {
            return 0;
        }
        if (sighting.hasTcp) {
            return (long) sighting.sequenceNumber << Integer.SIZE | sighting.acknowledgmentNumber & LOW_HALF;
        }
        return sighting.hasEcho ? sighting.echoSequence : 0;
    }

    private static long marks(Sighting sighting) {
        if (sighting.hasEsp) {
            return FLAG_ESP;
        }
        long outer = (long) sighting.vtepIdentification << 48;
        if (!sighting.hasIp) {
            return outer;
        }
        long marks = outer | (long) sighting.identification << 32;
        if (sighting.hasTcp) {
            return marks | (sighting.tcpPayload & 0xffffL) << 16 | sighting.tcpFlags & 0x1ff;
        }
        return sighting.hasEcho ? marks | FLAG_ECHO | (sighting.echoRequest ? FLAG_REQUEST : 0) : marks;
    }

    /** A number of which small ones make the sample: the same for a packet wherever it is seen. */
    static long rank(Sighting sighting) {
        boolean hasIp = sighting.hasIp && !sighting.hasEsp;
        long ends = hasIp
                ? ends(
                        sighting.sourceLow,
                        sighting.destinationLow,
                        (long) sighting.sourcePort << 16 | sighting.destinationPort)
                : 0;
        int length = hasIp && sighting.hasTcp ? sighting.tcpPayload & 0xffff : 0;
        return length > 0
                ? dataRank(ends, sighting.sequenceNumber, length)
                : rank(ends, numbers(sighting) + (sighting.hasEsp ? 0 : sighting.vtepIdentification));
    }

    /** Who sends to whom, as one number; it is no hash yet. */
    private static long ends(long sourceLow, long destinationLow, long ports) {
        return sourceLow * SOURCE_FACTOR + destinationLow * DESTINATION_FACTOR + ports * SCOPE_FACTOR;
    }

    private static long rank(long ends, long number) {
        long hash = ends + number * NUMBERS_FACTOR;
        return (hash ^ hash >>> 32) * SOURCE_FACTOR;
    }

    private static long dataRank(long ends, int sequence, int length) {
        int first = sequence >>> BLOCK_BITS;
        int last = sequence + length - 1 >>> BLOCK_BITS;
        long rank = rank(ends, first);
        return first == last ? rank : smaller(rank, rank(ends, last));
    }

    private static long smaller(long rank, long other) {
        return Long.compareUnsigned(rank, other) <= 0 ? rank : other;
    }

    /** The columns that a flow's packets have in common, as one number; it is no hash yet. */
    private static long flow(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long scope) {
        return sourceLow * SOURCE_FACTOR
                + destinationLow * DESTINATION_FACTOR
                + (sourceHigh ^ Long.rotateLeft(destinationHigh, 17)) * HIGH_FACTOR
                + scope * SCOPE_FACTOR;
    }

    private static long mix(long flow, long numbers, long marks) {
        long hash = flow + numbers * NUMBERS_FACTOR + marks * MARKS_FACTOR;
        hash = (hash ^ hash >>> 32) * SOURCE_FACTOR;
        return hash ^ hash >>> 29;
    }

    static boolean passes(long rank, int level) {
        return level == 0 || level < Long.SIZE && rank >>> Long.SIZE - level == 0;
    }

    private static int length(long marks) {
        return (int) (marks >>> 16) & 0xffff;
    }

    private long ends(int row) {
        return ends(get(row, SOURCE + 1), get(row, DESTINATION + 1), get(row, SCOPE) >>> Integer.SIZE);
    }

    private long rank(int row) {
        int length = tcpPayload(row);
        return length > 0
                ? dataRank(ends(row), sequenceNumber(row), length)
                : rank(ends(row), get(row, NUMBERS) + outerIdentification(row));
    }

    private long blockRank(int row, int sequence) {
        return rank(ends(row), sequence >>> BLOCK_BITS);
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
        bound(later.capacity);
        if (later.level > level) {
            raise(later.level);
        }
        for (int row = 0; row < later.size; row++) {
            if (passes(later.rank(row), level)) {
                append();
                System.arraycopy(later.rows, row * WIDTH, rows, (size - 1) * WIDTH, WIDTH);
                shrink();
            }
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
        return passes(tcpPayload(row) > 0 ? blockRank(row, sequenceNumber(row)) : rank(row), sampleLevel);
    }

    /** Whether a byte of TCP's data is in a sample at least as small as this one. */
    public boolean isSampled(int row, int sequence, int sampleLevel) {
        return passes(blockRank(row, sequence), sampleLevel);
    }

    /** The first sequence number of the next block that is sampled, or not, on its own. */
    public static int nextBlock(int sequence) {
        return (sequence >>> BLOCK_BITS) + 1 << BLOCK_BITS;
    }

    /** A number that stands for the flow of a packet and the block of a sequence number in it. */
    public long block(int row, int sequence) {
        return mix(flow(row), sequence >>> BLOCK_BITS, 0);
    }

    /** A number that the same packet has wherever it is seen: of TCP's data, its first segment. */
    public long identity(int row) {
        long numbers = get(row, NUMBERS);
        long marks = get(row, MARKS);
        return length(marks) == 0
                ? mix(flow(row), numbers, marks)
                : mix(flow(row), numbers >>> Integer.SIZE, marks >>> 48);
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
        return get(row, NUMBERS) & LOW_HALF;
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
