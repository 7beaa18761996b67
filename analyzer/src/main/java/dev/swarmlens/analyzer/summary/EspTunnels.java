package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;

/** What went through ESP on the underlay, by sender, receiver and SPI: how much, and which sequence numbers. */
public final class EspTunnels {
    private static final int SOURCE = 0;
    private static final int DESTINATION = 2;
    private static final int SPI = 4;
    private static final int KEY = 5;
    private static final int PACKETS = 5;
    private static final int BYTES = 6;
    private static final int FIRST = 7;
    private static final int LAST = 8;
    private static final int OPENED = 9;
    private static final int REFUSED = 10;
    /** The highest interval of sequence numbers, which is the one that grows; its end is not in it. */
    private static final int LOW = 11;

    private static final int HIGH = 12;
    private static final int LOWER_RANGES = 13;
    private static final int CUT = 14;
    private static final int WIDTH = 15;

    private static final long UNSIGNED = 0xffff_ffffL;

    private final KeyedRows rows = new KeyedRows(KEY, WIDTH);
    private final SequenceRanges ranges = new SequenceRanges();
    private final long[] key = new long[KEY];

    EspTunnels() {}

    void see(Sighting sighting) {
        key[SOURCE] = sighting.espSourceHigh;
        key[SOURCE + 1] = sighting.espSourceLow;
        key[DESTINATION] = sighting.espDestinationHigh;
        key[DESTINATION + 1] = sighting.espDestinationLow;
        key[SPI] = sighting.espSpi;
        long sequence = sighting.espSequence & UNSIGNED;
        int row = findOrAppend(sequence);
        cover(row, sequence, sequence + 1);
        rows.plus(row, PACKETS, 1);
        rows.plus(row, BYTES, sighting.wireLength);
        rows.min(row, FIRST, sighting.earliest());
        rows.max(row, LAST, sighting.time);
        rows.plus(row, OPENED, sighting.isEspOpened ? 1 : 0);
        rows.plus(row, REFUSED, sighting.isEspRefused ? 1 : 0);
        rows.plus(row, CUT, sighting.isEspWhole ? 0 : 1);
    }

    /** The row of the key; a new one has no packets, and an empty interval at a sequence number. */
    private int findOrAppend(long sequence) {
        int known = rows.size();
        int row = rows.findOrAppend(key);
        if (row == known) {
            rows.set(row, FIRST, Long.MAX_VALUE);
            rows.set(row, LAST, Long.MIN_VALUE);
            rows.set(row, LOW, sequence);
            rows.set(row, HIGH, sequence);
        }
        return row;
    }

    private void cover(int row, long low, long high) {
        long topLow = rows.get(row, LOW);
        long topHigh = rows.get(row, HIGH);
        if (low >= topLow && low <= topHigh) {
            rows.max(row, HIGH, high);
            return;
        }
        int list = rows.getInt(row, LOWER_RANGES);
        if (list == SequenceRanges.NONE) {
            list = ranges.begin();
            rows.set(row, LOWER_RANGES, list);
        }
        ranges.add(list, topLow, topHigh);
        ranges.add(list, low, high);
        int highest = ranges.count(list) - 1;
        rows.set(row, LOW, ranges.low(list, highest));
        rows.set(row, HIGH, ranges.high(list, highest));
        ranges.removeHighest(list);
    }

    void absorb(EspTunnels later) {
        for (int other = 0; other < later.size(); other++) {
            later.rows.copyKey(other, key);
            int row = findOrAppend(later.low(other, 0));
            for (int i = 0; i < later.intervals(other); i++) {
                cover(row, later.low(other, i), later.high(other, i));
            }
            rows.plus(row, PACKETS, later.packets(other));
            rows.plus(row, BYTES, later.bytes(other));
            rows.min(row, FIRST, later.first(other));
            rows.max(row, LAST, later.last(other));
            rows.plus(row, OPENED, later.opened(other));
            rows.plus(row, REFUSED, later.refused(other));
            rows.plus(row, CUT, later.cut(other));
        }
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /** The sender. */
    public Address source(int row) {
        return new Address(rows.get(row, SOURCE), rows.get(row, SOURCE + 1));
    }

    /** The receiver. */
    public Address destination(int row) {
        return new Address(rows.get(row, DESTINATION), rows.get(row, DESTINATION + 1));
    }

    /** The security parameters index, 32 bits. */
    public int spi(int row) {
        return rows.getInt(row, SPI);
    }

    /** How many packets were sent. */
    public long packets(int row) {
        return rows.get(row, PACKETS);
    }

    /** How many bytes were sent: whole frames as on the wire. */
    public long bytes(int row) {
        return rows.get(row, BYTES);
    }

    /** The time of the first packet; {@link Long#MAX_VALUE} if no packet had a time. */
    public long first(int row) {
        return rows.get(row, FIRST);
    }

    /** The time of the last packet; {@link Long#MIN_VALUE} if no packet had a time. */
    public long last(int row) {
        return rows.get(row, LAST);
    }

    /** How many packets were opened with a key. */
    public long opened(int row) {
        return rows.get(row, OPENED);
    }

    /** How many packets the keys for their SPI did not open. */
    public long refused(int row) {
        return rows.get(row, REFUSED);
    }

    /** How many packets are not here from beginning to end, so that no key opens them. */
    public long cut(int row) {
        return rows.get(row, CUT);
    }

    /**
     * How many intervals the sequence numbers make that were seen, at least 1. Of very many, the lowest holes between them are taken
     * as filled.
     */
    public int intervals(int row) {
        int list = rows.getInt(row, LOWER_RANGES);
        return list == SequenceRanges.NONE ? 1 : 1 + ranges.count(list);
    }

    /** Where an interval of sequence numbers begins, counted from the lowest. */
    public long low(int row, int interval) {
        int list = rows.getInt(row, LOWER_RANGES);
        return interval == intervals(row) - 1 ? rows.get(row, LOW) : ranges.low(list, interval);
    }

    /** Where an interval of sequence numbers ends: the first number that is not in it. */
    public long high(int row, int interval) {
        int list = rows.getInt(row, LOWER_RANGES);
        return interval == intervals(row) - 1 ? rows.get(row, HIGH) : ranges.high(list, interval);
    }
}
