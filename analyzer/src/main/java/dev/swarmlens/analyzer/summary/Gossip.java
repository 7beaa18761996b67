package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import java.util.Arrays;

/**
 * What the nodes of a swarm gossip with each other, as far as it is seen without keys: packets by time, and how long the
 * messages are that they send in streams.
 *
 * <p>Time is cut in spans of about a second. When there are more rows than {@value #MAX_ROWS}, spans are joined in pairs, so that
 * the memory is bounded and a longer capture is only told less finely. How long spans are then depends on the packets alone and
 * not on how a capture was cut.
 */
public final class Gossip {
    /** How many rows are kept at most, of spans and of messages each. */
    static final int MAX_ROWS = 1 << 16;

    private static final int FIRST_SHIFT = 30;
    private static final int LAST_SHIFT = Long.SIZE - 1;

    private static final int SOURCE = 0;
    private static final int DESTINATION = 2;
    /** The number of the span, or ports and sequence number. */
    private static final int WHICH = 4;

    private static final int KEY = 5;
    private static final int PACKETS = 5;
    private static final int PROBES = 6;
    private static final int ACKNOWLEDGMENTS = 7;
    private static final int FIRST = 8;
    private static final int LAST = 9;
    private static final int WIDTH = 10;

    private static final int LENGTH = 5;
    private static final int MESSAGE_WIDTH = 6;

    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    // version, nonce and tag of the encryption, the type, {SeqNo, Payload}: 47 with a number below 128, up to 4 more
    // above, 5 with a CRC
    private static final int SHORTEST_ACKNOWLEDGMENT = 47;
    private static final int LONGEST_ACKNOWLEDGMENT = 56;
    // … {SeqNo, Node, SourceAddr, SourcePort, SourceNode} with names of 12 digits, and an address of 4 or 16 bytes
    private static final int SHORTEST_PROBE = 110;
    private static final int LONGEST_PROBE = 131;

    private final int maxRows;
    private final long[] key = new long[KEY];
    private KeyedRows spans = new KeyedRows(KEY, WIDTH);
    private int shift = FIRST_SHIFT;
    private KeyedRows messages = new KeyedRows(KEY, MESSAGE_WIDTH);

    Gossip() {
        this(MAX_ROWS);
    }

    Gossip(int maxRows) {
        this.maxRows = maxRows;
    }

    void see(Sighting sighting) {
        key[SOURCE] = sighting.sourceHigh;
        key[SOURCE + 1] = sighting.sourceLow;
        key[DESTINATION] = sighting.destinationHigh;
        key[DESTINATION + 1] = sighting.destinationLow;
        if (sighting.protocol == IpProtocol.UDP.code()) {
            int length = udpPayload(sighting);
            key[WHICH] = sighting.time >> shift;
            count(
                    1,
                    length >= SHORTEST_PROBE && length <= LONGEST_PROBE ? 1 : 0,
                    length >= SHORTEST_ACKNOWLEDGMENT && length <= LONGEST_ACKNOWLEDGMENT ? 1 : 0,
                    sighting.earliest(),
                    sighting.time);
        } else if (sighting.gossipLength >= 0) {
            key[WHICH] = place(sighting.sourcePort, sighting.destinationPort, sighting.sequenceNumber);
            note(sighting.gossipLength);
        }
    }

    /** How long the data of a UDP packet is, that of an IP header without options. */
    static int udpPayload(Sighting sighting) {
        return sighting.ipLength - (sighting.isIpv4() ? IPV4_HEADER : IPV6_HEADER) - UDP_HEADER;
    }

    private static long place(int sourcePort, int destinationPort, int sequence) {
        return (long) sourcePort << Long.SIZE - Short.SIZE
                | (long) destinationPort << Integer.SIZE
                | Integer.toUnsignedLong(sequence);
    }

    /** Counts packets of the span that the key names. */
    private void count(long packets, long probes, long acknowledgments, long first, long last) {
        int known = spans.size();
        int row = spans.findOrAppend(key);
        if (row == known) {
            spans.set(row, FIRST, first);
            spans.set(row, LAST, last);
        }
        spans.plus(row, PACKETS, packets);
        spans.plus(row, PROBES, probes);
        spans.plus(row, ACKNOWLEDGMENTS, acknowledgments);
        spans.min(row, FIRST, first);
        spans.max(row, LAST, last);
        while (spans.size() > maxRows && shift < LAST_SHIFT) {
            joinPairs();
        }
    }

    private void joinPairs() {
        KeyedRows finer = spans;
        spans = new KeyedRows(KEY, WIDTH);
        shift++;
        for (int row = 0; row < finer.size(); row++) {
            finer.copyKey(row, key);
            key[WHICH] >>= 1;
            countRow(finer, row);
        }
    }

    private void countRow(KeyedRows from, int row) {
        count(
                from.get(row, PACKETS),
                from.get(row, PROBES),
                from.get(row, ACKNOWLEDGMENTS),
                from.get(row, FIRST),
                from.get(row, LAST));
    }

    /** Notes the length of the message at the place that the key names. */
    private void note(long length) {
        messages.max(messages.findOrAppend(key), LENGTH, length);
        if (messages.size() > maxRows) {
            keepLongest();
        }
    }

    private void keepLongest() {
        KeyedRows all = messages;
        long[] lengths = new long[all.size()];
        for (int row = 0; row < lengths.length; row++) {
            lengths[row] = all.get(row, LENGTH);
        }
        Arrays.sort(lengths);
        long enough = lengths[lengths.length / 2];
        messages = new KeyedRows(KEY, MESSAGE_WIDTH);
        for (int row = 0; row < all.size() && messages.size() <= maxRows / 2; row++) {
            if (all.get(row, LENGTH) >= enough) {
                all.copyKey(row, key);
                messages.set(messages.findOrAppend(key), LENGTH, all.get(row, LENGTH));
            }
        }
    }

    /** Adds what a later part of the capture saw. */
    void absorb(Gossip later) {
        while (shift < later.shift) {
            joinPairs();
        }
        for (int row = 0; row < later.spans.size(); row++) {
            later.spans.copyKey(row, key);
            key[WHICH] >>= shift - later.shift;
            countRow(later.spans, row);
        }
        for (int row = 0; row < later.messages.size(); row++) {
            later.messages.copyKey(row, key);
            note(later.messages.get(row, LENGTH));
        }
    }

    // ---- for readers

    /** How many rows there are: what one node sent to another on UDP in one span of time. */
    public int size() {
        return spans.size();
    }

    /** Who sent. */
    public Address source(int row) {
        return new Address(spans.get(row, SOURCE), spans.get(row, SOURCE + 1));
    }

    /** Who was to receive. */
    public Address destination(int row) {
        return new Address(spans.get(row, DESTINATION), spans.get(row, DESTINATION + 1));
    }

    /** The number of the span of time; numbers that follow each other are spans that do. */
    public long span(int row) {
        return spans.get(row, WHICH);
    }

    /** How many packets were sent. */
    public long packets(int row) {
        return spans.get(row, PACKETS);
    }

    /** How many of them are probes, by their length. */
    public long probes(int row) {
        return spans.get(row, PROBES);
    }

    /** How many of them acknowledge a probe, by their length. */
    public long acknowledgments(int row) {
        return spans.get(row, ACKNOWLEDGMENTS);
    }

    /** The time of the first packet; {@link Long#MAX_VALUE} if no packet had a time. */
    public long first(int row) {
        return spans.get(row, FIRST);
    }

    /** The time of the last packet; {@link Long#MIN_VALUE} if no packet had a time. */
    public long last(int row) {
        return spans.get(row, LAST);
    }

    /**
     * The length of the message that a stream's segment begins, encrypted, in bytes.
     *
     * @return −1 if the segment does not begin like a message
     */
    public long messageLength(
            Address source, int sourcePort, Address destination, int destinationPort, int sequenceNumber) {
        int row = messages.find(new long[] {
            source.high(),
            source.low(),
            destination.high(),
            destination.low(),
            place(sourcePort, destinationPort, sequenceNumber)
        });
        return row < 0 ? -1 : messages.get(row, LENGTH);
    }
}
