package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.Arrays;

/**
 * Which overlay address was sent from, with which MAC address, out of which tunnel endpoint; how often and when. Where there
 * are several claims to one address, their {@link Turns} tell who sent after whom.
 */
public final class Claims {
    private static final int VNI = 0;
    private static final int IP = 1;
    private static final int MAC = 3;
    private static final int VTEP = 4;
    private static final int KEY = 6;
    private static final int PACKETS = 6;
    private static final int FIRST = 7;
    private static final int LAST = 8;
    private static final int ADDRESS = 9;
    private static final int WIDTH = 10;

    /** Of a row's key, what an address has. */
    private static final int ADDRESS_KEY = MAC;

    private static final int ONLY_CLAIM = 3;
    private static final int TURNS = 4;
    private static final int ADDRESS_WIDTH = 5;
    private static final int NO_TURNS = 0;
    private static final int SEVERAL = -1;

    private final KeyedRows rows = new KeyedRows(KEY, WIDTH);
    private final KeyedRows addresses = new KeyedRows(ADDRESS_KEY, ADDRESS_WIDTH);
    private final long[] key = new long[KEY];
    /** The turns of those addresses that have several claims, by a number that stands in the address's row. */
    private Turns[] turns = new Turns[4];

    private int turnsUsed = NO_TURNS;

    Claims() {}

    void see(Sighting sighting) {
        key[VNI] = sighting.vni;
        key[IP] = sighting.sourceHigh;
        key[IP + 1] = sighting.sourceLow;
        key[MAC] = sighting.sourceMac;
        key[VTEP] = sighting.vtepSourceHigh;
        key[VTEP + 1] = sighting.vtepSourceLow;
        int row = findOrAppend();
        int address = rows.getInt(row, ADDRESS);
        if (addresses.getInt(address, ONLY_CLAIM) != row) {
            turnsOf(address).add(row, sighting.earliest(), sighting.time);
        }
        count(row, 1, sighting.earliest(), sighting.time);
    }

    /** The row of the key; a new one has no packets. */
    private int findOrAppend() {
        int known = rows.size();
        int row = rows.findOrAppend(key);
        if (row == known) {
            rows.set(row, FIRST, Long.MAX_VALUE);
            rows.set(row, LAST, Long.MIN_VALUE);
            int knownAddresses = addresses.size();
            int address = addresses.findOrAppend(key);
            rows.set(row, ADDRESS, address);
            if (address == knownAddresses) {
                addresses.set(address, ONLY_CLAIM, row);
            }
        }
        return row;
    }

    /** The turns of an address; if there were none, those of its only claim until now. */
    private Turns turnsOf(int address) {
        int number = addresses.getInt(address, TURNS);
        if (number == NO_TURNS) {
            number = ++turnsUsed;
            if (number == turns.length) {
                turns = Arrays.copyOf(turns, 2 * number);
            }
            turns[number] = new Turns();
            addresses.set(address, TURNS, number);
            int only = addresses.getInt(address, ONLY_CLAIM);
            if (packets(only) > 0) {
                turns[number].add(only, first(only), last(only));
            }
            addresses.set(address, ONLY_CLAIM, SEVERAL);
        }
        return turns[number];
    }

    private void count(int row, long packets, long first, long last) {
        rows.plus(row, PACKETS, packets);
        rows.min(row, FIRST, first);
        rows.max(row, LAST, last);
    }

    void absorb(Claims later) {
        int[] map = new int[later.size()];
        for (int row = 0; row < map.length; row++) {
            later.rows.copyKey(row, key);
            map[row] = findOrAppend();
        }
        // turns first, while the counts are those of the earlier part
        for (int laterAddress = 0; laterAddress < later.addresses.size(); laterAddress++) {
            absorbTurns(later, laterAddress, map);
        }
        for (int row = 0; row < map.length; row++) {
            count(map[row], later.packets(row), later.first(row), later.last(row));
        }
    }

    private void absorbTurns(Claims later, int laterAddress, int[] map) {
        int number = later.addresses.getInt(laterAddress, TURNS);
        int only = later.addresses.getInt(laterAddress, ONLY_CLAIM);
        if (number != NO_TURNS) {
            int row = map[later.turns[number].claim(0)];
            turnsOf(rows.getInt(row, ADDRESS)).absorb(later.turns[number], map);
        } else if (addresses.getInt(rows.getInt(map[only], ADDRESS), ONLY_CLAIM) != map[only]) {
            turnsOf(rows.getInt(map[only], ADDRESS)).add(map[only], later.first(only), later.last(only));
        }
    }

    /** Who claimed a row's address turn after turn, or {@code null} if this row's is the only claim to it. */
    public Turns turns(int row) {
        return turns[addresses.getInt(rows.getInt(row, ADDRESS), TURNS)];
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
