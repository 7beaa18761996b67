package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;

/** Which tunnel endpoint sent how much to which, by VNI and by the outer MAC address it was sent from. */
public final class Tunnels {
    private static final int VNI = 0;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 3;
    private static final int MAC = 5;
    private static final int KEY = 6;
    private static final int PACKETS = 6;
    private static final int BYTES = 7;
    private static final int FIRST = 8;
    private static final int LAST = 9;
    private static final int FRAGMENTS = 10;
    private static final int ARP = 11;
    private static final int IRREGULAR = 12;
    private static final int ENCRYPTED = 13;
    private static final int WIDTH = 14;

    private final KeyedRows rows = new KeyedRows(KEY, WIDTH);
    private final long[] key = new long[KEY];

    Tunnels() {}

    int see(Sighting sighting) {
        key[VNI] = sighting.vni;
        key[SOURCE] = sighting.vtepSourceHigh;
        key[SOURCE + 1] = sighting.vtepSourceLow;
        key[DESTINATION] = sighting.vtepDestinationHigh;
        key[DESTINATION + 1] = sighting.vtepDestinationLow;
        key[MAC] = sighting.vtepMac;
        int row = count(1, sighting.wireLength, sighting.earliest(), sighting.time);
        if (sighting.isOuterFragment) {
            rows.plus(row, FRAGMENTS, 1);
        }
        if (sighting.hasArp) {
            rows.plus(row, ARP, 1);
        }
        if (sighting.isIrregular) {
            rows.plus(row, IRREGULAR, 1);
        }
        if (sighting.hasEsp) {
            rows.plus(row, ENCRYPTED, 1);
        }
        return row;
    }

    private int count(long packets, long bytes, long first, long last) {
        int known = rows.size();
        int row = rows.findOrAppend(key);
        if (row == known) {
            rows.set(row, FIRST, first);
            rows.set(row, LAST, last);
        }
        rows.plus(row, PACKETS, packets);
        rows.plus(row, BYTES, bytes);
        rows.min(row, FIRST, first);
        rows.max(row, LAST, last);
        return row;
    }

    /** Adds what a later part of the capture saw; returns where its rows have gone. */
    int[] absorb(Tunnels later) {
        int[] map = new int[later.size()];
        for (int row = 0; row < map.length; row++) {
            later.rows.copyKey(row, key);
            map[row] = count(later.packets(row), later.bytes(row), later.first(row), later.last(row));
            rows.plus(map[row], FRAGMENTS, later.fragments(row));
            rows.plus(map[row], ARP, later.arp(row));
            rows.plus(map[row], IRREGULAR, later.irregular(row));
            rows.plus(map[row], ENCRYPTED, later.encrypted(row));
        }
        return map;
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /** The network identifier. */
    public int vni(int row) {
        return rows.getInt(row, VNI);
    }

    /** The sending tunnel endpoint. */
    public Address source(int row) {
        return new Address(rows.get(row, SOURCE), rows.get(row, SOURCE + 1));
    }

    /** The receiving tunnel endpoint. */
    public Address destination(int row) {
        return new Address(rows.get(row, DESTINATION), rows.get(row, DESTINATION + 1));
    }

    /** The MAC address in the frame that carried the tunnel's packet: the sender's, or a router's. */
    public long mac(int row) {
        return rows.get(row, MAC);
    }

    /** How many packets were sent. */
    public long packets(int row) {
        return rows.get(row, PACKETS);
    }

    /** How many bytes were sent: whole frames as on the wire. */
    public long bytes(int row) {
        return rows.get(row, BYTES);
    }

    /** How many packets were the first part of a datagram that left in fragments. */
    public long fragments(int row) {
        return rows.get(row, FRAGMENTS);
    }

    /** How many packets had ARP inside. */
    public long arp(int row) {
        return rows.get(row, ARP);
    }

    /** How many packets had a tunnel header that Linux does not accept. */
    public long irregular(int row) {
        return rows.get(row, IRREGULAR);
    }

    /** How many of the packets were encrypted: they came in ESP, and were opened. */
    public long encrypted(int row) {
        return rows.get(row, ENCRYPTED);
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
