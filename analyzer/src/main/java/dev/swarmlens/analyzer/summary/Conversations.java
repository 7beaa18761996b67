package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.function.IntUnaryOperator;

/**
 * What was said between two endpoints, one row a conversation: a TCP connection from its SYN on, or all that two endpoints
 * said otherwise. Direction 0 is that of the lower endpoint of the flow's key, direction 1 the other.
 */
public final class Conversations extends KeyedRows {
    /** No conversation. */
    public static final int NONE = -1;

    /** The longs of a key: the lower address, the higher address, scope and protocol, the ports. */
    static final int KEY = 6;

    static final int LOWER = 0;
    static final int HIGHER = 2;
    static final int SCOPE = 4;
    static final int PORTS = 5;
    // what every packet touches comes first, to lie in few cache lines
    private static final int FLAGS = 6;
    private static final int FIRST = 7;
    private static final int LAST = 8;
    private static final int PACKETS = 9;
    private static final int BYTES = 11;
    private static final int HIGH = 13;
    private static final int ACK_TIME = 15;
    private static final int LOW = 17;
    private static final int LOWER_RANGES = 19;
    private static final int AGAIN = 20;
    private static final int FIRST_SEQUENCES = 22;
    private static final int TUNNELS = 23;
    /** The conversation before, and the number of its echoes. */
    private static final int LINKS = 24;

    private static final int OPENING = 25;
    private static final int ANSWERED = 26;
    private static final int TIMESTAMP = 27;
    private static final int SYN_TIME = 28;
    private static final int SYN_ACK_TIME = 29;
    private static final int OTHER_ANSWERS = 30;
    private static final int WIDTH = 31;

    private static final long HAS_SYN = 1;
    private static final long HAS_SYN_ACK = 1 << 2;
    private static final long FIN = 1 << 4;
    private static final long RESET = 1 << 6;
    private static final long SUPERSEDED = 1 << 8;
    private static final int FIRST_DIRECTION_SHIFT = 9;
    private static final int TTL_SHIFT = 16;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long WRAP = 1L << 32;
    private static final long LOW_HALF = WRAP - 1;

    /** Where a key holds its scope. */
    public static final int SCOPE_OF_KEY = SCOPE;

    private final SequenceRanges ranges = new SequenceRanges();
    private final Answers answers = new Answers();

    Conversations() {
        super(KEY, WIDTH);
    }

    /** Begins the first conversation of a flow in the row that is new. */
    void begin(int row, int firstDirection) {
        begin(row, NONE, firstDirection);
    }

    /** Begins another conversation of a flow. */
    int follow(int previous, int firstDirection) {
        or(previous, FLAGS, SUPERSEDED);
        int row = supersede(previous);
        begin(row, previous, firstDirection);
        return row;
    }

    private void begin(int row, int previous, int firstDirection) {
        set(row, LINKS, previous & LOW_HALF);
        set(row, FLAGS, (long) firstDirection << FIRST_DIRECTION_SHIFT);
        set(row, FIRST, Long.MAX_VALUE);
        set(row, LAST, Long.MIN_VALUE);
        set(row, TIMESTAMP, -1);
        set(row, SYN_TIME, NEVER);
        set(row, SYN_ACK_TIME, NEVER);
        set(row, ACK_TIME, NEVER);
        set(row, ACK_TIME + 1, NEVER);
    }

    /** Whether a SYN continues this conversation, being the one that began it, sent again. */
    boolean isBegunBy(int row, int direction, int initialSequence) {
        return hasSyn(row) && get(row, OPENING) == opening(direction, initialSequence);
    }

    /** The network of a key, or {@link Sighting#UNDERLAY}. */
    public static int vniOf(long[] key) {
        return vniOf(key[SCOPE]);
    }

    /** The key of the same ends and protocol on the underlay. */
    public static long[] onUnderlay(long[] key) {
        long[] underlay = key.clone();
        setVni(underlay, Sighting.UNDERLAY);
        return underlay;
    }

    /** Makes a key that of the same ends and protocol in another network, or on the {@link Sighting#UNDERLAY}. */
    public static void setVni(long[] key, int vni) {
        key[SCOPE] = (long) vni << Byte.SIZE | key[SCOPE] & 0xff;
    }

    /** The identifier of a key of echoes, which stands where the port of who asked would. */
    public static int identifierOf(long[] key) {
        return (int) (key[PORTS] >>> Short.SIZE | key[PORTS] & 0xffff);
    }

    /** What makes a connection this one and no other between its two ends: who began it, with which number. */
    private static long opening(int initiator, int initialSequence) {
        return (long) initiator << Integer.SIZE | initialSequence & WRAP - 1;
    }

    void see(int row, int direction, Sighting sighting, int tunnel) {
        min(row, FIRST, sighting.earliest());
        max(row, LAST, sighting.time);
        plus(row, PACKETS + direction, 1);
        plus(row, BYTES + direction, sighting.wireLength);
        if (packets(row, direction) == 1) {
            or(row, FLAGS, (long) sighting.timeToLive << TTL_SHIFT + direction * Byte.SIZE);
            or(row, TUNNELS, (tunnel + 1L) << direction * Integer.SIZE);
        }
        if (sighting.hasTcp) {
            seeTcp(row, direction, sighting);
        }
    }

    private void seeTcp(int row, int direction, Sighting sighting) {
        int flags = sighting.tcpFlags;
        if ((flags & (Tcp.FLAG_SYN | Tcp.FLAG_FIN | Tcp.FLAG_RST)) != 0) {
            seeControl(row, direction, sighting);
        }
        if ((flags & Tcp.FLAG_SYN) == 0) {
            min(row, ACK_TIME + direction, sighting.earliest());
        }
        if (sighting.tcpPayload > 0) {
            long high = get(row, HIGH + direction);
            // a SYN takes a number before the data, RFC 9293 section 3.4
            int sequence = sighting.sequenceNumber + ((flags & Tcp.FLAG_SYN) == 0 ? 0 : 1);
            long low = high == 0 ? sequence & WRAP - 1 : unwrapped(sequence, high);
            if (high == 0) {
                or(row, FIRST_SEQUENCES, low << direction * Integer.SIZE);
            }
            cover(row, direction, low, low + sighting.tcpPayload);
        }
    }

    private void seeControl(int row, int direction, Sighting sighting) {
        int flags = sighting.tcpFlags;
        if ((flags & Tcp.FLAG_FIN) != 0) {
            or(row, FLAGS, FIN << direction);
        }
        if ((flags & Tcp.FLAG_RST) != 0) {
            or(row, FLAGS, RESET << direction);
        } else if ((flags & (Tcp.FLAG_SYN | Tcp.FLAG_ACK)) == Tcp.FLAG_SYN) {
            if (!hasSyn(row)) {
                or(row, FLAGS, HAS_SYN);
                set(row, OPENING, opening(direction, sighting.sequenceNumber));
                set(row, TIMESTAMP, sighting.timestampValue);
            }
            min(row, SYN_TIME, sighting.earliest());
        } else if ((flags & Tcp.FLAG_SYN) != 0) {
            answer(row, opening(1 - direction, sighting.acknowledgmentNumber - 1), sighting.earliest());
        }
    }

    /** Notes a SYN-ACK, unless it answers another SYN than this conversation's; without a SYN, the first one counts. */
    private void answer(int row, long opening, long time) {
        if (hasSyn(row) && opening != get(row, OPENING)) {
            return;
        }
        if (!isAnswered(row)) {
            or(row, FLAGS, HAS_SYN_ACK);
            set(row, ANSWERED, opening);
        }
        if (opening == get(row, ANSWERED)) {
            min(row, SYN_ACK_TIME, time);
        } else {
            set(row, OTHER_ANSWERS, answers.add(getInt(row, OTHER_ANSWERS), opening, time));
        }
    }

    /** A sequence number in 64 bits: the one that is nearest to the highest so far. */
    private static long unwrapped(int sequence, long high) {
        return high + (sequence - (int) high);
    }

    /** Adds an interval of sequence numbers to those of a direction, and counts what of it was there. */
    private void cover(int row, int direction, long low, long high) {
        long topHigh = get(row, HIGH + direction);
        if (low == topHigh || topHigh == 0) {
            set(row, HIGH + direction, high);
            if (topHigh == 0) {
                set(row, LOW + direction, low);
            }
            return;
        }
        long topLow = get(row, LOW + direction);
        if (low > topHigh) {
            ranges.add(lowerRanges(row, direction), topLow, topHigh);
            set(row, LOW + direction, low);
            set(row, HIGH + direction, high);
        } else if (low >= topLow) {
            plus(row, AGAIN + direction, Math.min(high, topHigh) - low);
            max(row, HIGH + direction, high);
        } else {
            int list = lowerRanges(row, direction);
            ranges.add(list, topLow, topHigh);
            plus(row, AGAIN + direction, ranges.add(list, low, high));
            int highest = ranges.count(list) - 1;
            set(row, LOW + direction, ranges.low(list, highest));
            set(row, HIGH + direction, ranges.high(list, highest));
            ranges.removeHighest(list);
        }
    }

    private int lowerRanges(int row, int direction) {
        int list = lowerRangesOrNone(row, direction);
        if (list == SequenceRanges.NONE) {
            list = ranges.begin();
            or(row, LOWER_RANGES, (long) list << direction * Integer.SIZE);
        }
        return list;
    }

    private int lowerRangesOrNone(int row, int direction) {
        return (int) (get(row, LOWER_RANGES) >>> direction * Integer.SIZE);
    }

    /** The sequence number of the first data that was seen in a direction. */
    public int firstSequence(int row, int direction) {
        return (int) (get(row, FIRST_SEQUENCES) >>> direction * Integer.SIZE);
    }

    /** Makes a new row the same as one of a later part of the capture. */
    void copy(int row, Conversations later, int laterRow, IntUnaryOperator tunnelMap) {
        copyColumns(row, later, laterRow, KEY, WIDTH);
        set(row, FLAGS, get(row, FLAGS) & ~SUPERSEDED);
        set(row, LINKS, NONE & LOW_HALF);
        set(row, LOWER_RANGES, 0);
        set(row, TUNNELS, 0);
        set(row, OTHER_ANSWERS, Answers.NONE);
        absorbAnswers(row, later, laterRow);
        for (int direction = 0; direction < 2; direction++) {
            takeTunnel(row, later, laterRow, direction, tunnelMap);
            int list = later.lowerRangesOrNone(laterRow, direction);
            if (list != SequenceRanges.NONE) {
                or(row, LOWER_RANGES, (long) ranges.take(later.ranges, list) << direction * Integer.SIZE);
            }
        }
    }

    /** Adds to a conversation what a later part of the capture saw of it. */
    void absorb(int row, Conversations later, int laterRow, IntUnaryOperator tunnelMap) {
        min(row, FIRST, later.first(laterRow));
        max(row, LAST, later.last(laterRow));
        long laterFlags = later.get(laterRow, FLAGS);
        or(row, FLAGS, laterFlags & (FIN | FIN << 1 | RESET | RESET << 1));
        if (later.hasSyn(laterRow)) {
            if (!hasSyn(row)) {
                or(row, FLAGS, HAS_SYN);
                set(row, OPENING, later.get(laterRow, OPENING));
                set(row, TIMESTAMP, later.timestampValue(laterRow));
            }
            min(row, SYN_TIME, later.synTime(laterRow));
        }
        if (later.isAnswered(laterRow)) {
            answer(row, later.get(laterRow, ANSWERED), later.synAckTime(laterRow));
            absorbAnswers(row, later, laterRow);
        }
        for (int direction = 0; direction < 2; direction++) {
            absorb(row, later, laterRow, direction, tunnelMap);
        }
    }

    private void absorbAnswers(int row, Conversations later, int laterRow) {
        for (int node = later.getInt(laterRow, OTHER_ANSWERS); node != Answers.NONE; node = later.answers.next(node)) {
            answer(row, later.answers.opening(node), later.answers.time(node));
        }
    }

    private void takeTunnel(int row, Conversations later, int laterRow, int direction, IntUnaryOperator tunnelMap) {
        int tunnel = later.tunnel(laterRow, direction);
        if (tunnel >= 0) {
            or(row, TUNNELS, (tunnelMap.applyAsInt(tunnel) + 1L) << direction * Integer.SIZE);
        }
    }

    private void absorb(int row, Conversations later, int laterRow, int direction, IntUnaryOperator tunnelMap) {
        if (packets(row, direction) == 0 && later.packets(laterRow, direction) > 0) {
            or(row, FLAGS, (long) later.timeToLive(laterRow, direction) << TTL_SHIFT + direction * Byte.SIZE);
            takeTunnel(row, later, laterRow, direction, tunnelMap);
        }
        plus(row, PACKETS + direction, later.packets(laterRow, direction));
        plus(row, BYTES + direction, later.bytes(laterRow, direction));
        plus(row, AGAIN + direction, later.retransmittedBytes(laterRow, direction));
        min(row, ACK_TIME + direction, later.firstAckTime(laterRow, direction));
        long laterHigh = later.get(laterRow, HIGH + direction);
        if (laterHigh == 0) {
            return;
        }
        // both counted from their own first segment's 32 bits, so they differ by whole wraps of the sequence space
        long high = get(row, HIGH + direction);
        int sequence = later.firstSequence(laterRow, direction);
        long first = sequence & WRAP - 1;
        if (high == 0) {
            or(row, FIRST_SEQUENCES, first << direction * Integer.SIZE);
        }
        long shift = high == 0 ? 0 : unwrapped(sequence, high) - first;
        // the highest first: a lower one may end at 0, which stands for none
        cover(row, direction, later.get(laterRow, LOW + direction) + shift, laterHigh + shift);
        int list = later.lowerRangesOrNone(laterRow, direction);
        for (int i = 0; list != SequenceRanges.NONE && i < later.ranges.count(list); i++) {
            cover(row, direction, later.ranges.low(list, i) + shift, later.ranges.high(list, i) + shift);
        }
    }

    /** The number of a conversation's echoes, or {@link Echoes#NONE}. */
    int echoes(int row) {
        return (int) (get(row, LINKS) >>> Integer.SIZE);
    }

    void setEchoes(int row, int number) {
        or(row, LINKS, (long) number << Integer.SIZE);
    }

    // ---- for readers

    /** The VNI, or {@link Sighting#UNDERLAY}. */
    public int vni(int row) {
        return vniOf(get(row, SCOPE));
    }

    static int vniOf(long scope) {
        return (int) (scope >> Byte.SIZE);
    }

    /** The IP protocol number. */
    public int protocol(int row) {
        return protocolOf(get(row, SCOPE));
    }

    static int protocolOf(long scope) {
        return (int) scope & 0xff;
    }

    /** The address that sends in a direction. */
    public Address address(int row, int direction) {
        return new Address(addressHigh(row, direction), addressLow(row, direction));
    }

    /** The first half of the address that sends in a direction. */
    public long addressHigh(int row, int direction) {
        return get(row, direction == 0 ? LOWER : HIGHER);
    }

    /** The second half of the address that sends in a direction. */
    public long addressLow(int row, int direction) {
        return get(row, (direction == 0 ? LOWER : HIGHER) + 1);
    }

    /** The port that sends in a direction. */
    public int port(int row, int direction) {
        return (int) (get(row, PORTS) >>> (direction == 0 ? Short.SIZE : 0)) & 0xffff;
    }

    /** Whether there is no later conversation in the same flow. */
    public boolean isLatest(int row) {
        return (get(row, FLAGS) & SUPERSEDED) == 0;
    }

    /** The conversation before this one in the same flow, or {@link #NONE}. */
    public int previous(int row) {
        return getInt(row, LINKS);
    }

    /** The time of the first packet, nanoseconds since 1970; {@link Long#MAX_VALUE} if no packet had a time. */
    public long first(int row) {
        return get(row, FIRST);
    }

    /** The time of the last packet, nanoseconds since 1970; {@link Long#MIN_VALUE} if no packet had a time. */
    public long last(int row) {
        return get(row, LAST);
    }

    /** The packets of one direction. */
    public long packets(int row, int direction) {
        return get(row, PACKETS + direction);
    }

    /** The bytes of one direction: whole frames as on the wire. */
    public long bytes(int row, int direction) {
        return get(row, BYTES + direction);
    }

    /** The bytes of one direction of a conversation and all before it in the same flow. */
    public long bytesUpTo(int latest, int direction) {
        long bytes = 0;
        for (int row = latest; row != NONE; row = previous(row)) {
            bytes += bytes(row, direction);
        }
        return bytes;
    }

    /** Whether the connection's SYN was seen. */
    public boolean hasSyn(int row) {
        return (get(row, FLAGS) & HAS_SYN) != 0;
    }

    /** Whether a SYN-ACK that fits was seen. */
    public boolean isAnswered(int row) {
        return (get(row, FLAGS) & HAS_SYN_ACK) != 0;
    }

    /**
     * Which direction the initiator sends in, by the handshake.
     *
     * @return 0 or 1, or −1 if no handshake was seen
     */
    public int initiator(int row) {
        if (hasSyn(row) || isAnswered(row)) {
            return (int) (get(row, hasSyn(row) ? OPENING : ANSWERED) >>> Integer.SIZE);
        }
        return NONE;
    }

    /** Which direction the first packet went in. */
    public int firstDirection(int row) {
        return (int) (get(row, FLAGS) >>> FIRST_DIRECTION_SHIFT & 1);
    }

    /** The initiator's initial sequence number; of use only if {@link #hasSyn} or {@link #isAnswered}. */
    public int initialSequence(int row) {
        return getInt(row, hasSyn(row) ? OPENING : ANSWERED);
    }

    /** The timestamp value of the SYN, or −1. */
    public long timestampValue(int row) {
        return get(row, TIMESTAMP);
    }

    /** When the SYN was first seen; {@link Long#MAX_VALUE} if never. */
    public long synTime(int row) {
        return get(row, SYN_TIME);
    }

    /** When the SYN-ACK was first seen; {@link Long#MAX_VALUE} if never. */
    public long synAckTime(int row) {
        return get(row, SYN_ACK_TIME);
    }

    /** When the first segment without SYN was seen in a direction; {@link Long#MAX_VALUE} if never. */
    public long firstAckTime(int row, int direction) {
        return get(row, ACK_TIME + direction);
    }

    /** Whether a FIN was seen in a direction. */
    public boolean isFinished(int row, int direction) {
        return (get(row, FLAGS) & FIN << direction) != 0;
    }

    /** Whether a RST was seen in a direction. */
    public boolean isReset(int row, int direction) {
        return (get(row, FLAGS) & RESET << direction) != 0;
    }

    /** The time to live of the first packet of a direction, 0 if there was none. */
    public int timeToLive(int row, int direction) {
        return (int) (get(row, FLAGS) >>> TTL_SHIFT + direction * Byte.SIZE) & 0xff;
    }

    /** The tunnel in which the first packet of a direction went, or −1. */
    public int tunnel(int row, int direction) {
        return (int) (get(row, TUNNELS) >>> direction * Integer.SIZE) - 1;
    }

    /** How many bytes of data were sent more than once in a direction. */
    public long retransmittedBytes(int row, int direction) {
        return get(row, AGAIN + direction);
    }
}
