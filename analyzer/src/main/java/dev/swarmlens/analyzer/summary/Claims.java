package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;

/** Which overlay address was sent from, with which MAC address, out of which tunnel endpoint; how often and when. */
public final class Claims {
    private static final int VNI = 0;
    private static final int IP = 1;
    private static final int MAC = 3;
    private static final int VTEP = 4;
    private static final int KEY = 6;
    private static final int PACKETS = 6;
    private static final int FIRST = 7;
    private static final int LAST = 8;
    private static final int WIDTH = 9;

    private final KeyedRows rows = new KeyedRows(KEY, WIDTH);
    private final long[] key = new long[KEY];

    Claims() {}

    void see(Sighting sighting) {
        key[VNI] = sighting.vni;
        key[IP] = sighting.sourceHigh;
        key[IP + 1] = sighting.sourceLow;
        key[MAC] = sighting.sourceMac;
        key[VTEP] = sighting.vtepSourceHigh;
        key[VTEP + 1] = sighting.vtepSourceLow;
        count(1, sighting.earliest(), sighting.time);
    }

    private void count(long packets, long first, long last) {
        int known = rows.size();
        int row = rows.findOrAppend(key);
        if (row == known) {
            rows.set(row, FIRST, first);
            rows.set(row, LAST, last);
        }
        rows.plus(row, PACKETS, packets);
        rows.min(row, FIRST, first);
        rows.max(row, LAST, last);
    }

    void absorb(Claims later) {
        for (int row = 0; row < later.size(); row++) {
            later.rows.copyKey(row, key);
            count(later.packets(row), later.first(row), later.last(row));
        }
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /** The network identifier. */
    public int vni(int row) {
        return rows.getInt(row, VNI);
    }

    /** The overlay address. */
    public Address ip(int row) {
        return new Address(rows.get(row, IP), rows.get(row, IP + 1));
    }

    /** The MAC address, 48 bits. */
    public long mac(int row) {
        return rows.get(row, MAC);
    }

    /** The tunnel endpoint. */
    public Address vtep(int row) {
        return new Address(rows.get(row, VTEP), rows.get(row, VTEP + 1));
    }

    /** How many packets were sent. */
    public long packets(int row) {
        return rows.get(row, PACKETS);
    }

    /** The time of the first packet; {@link Long#MAX_VALUE} if no packet had a time. */
    public long first(int row) {
        return rows.get(row, FIRST);
    }

    /** The time of the last packet; {@link Long#MIN_VALUE} if no packet had a time. */
    public long last(int row) {
        return rows.get(row, LAST);
    }
}
