package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which lengths the IP packets of each network had, and which MSS options its SYNs: sets, since what the largest packet is can
 * only be told at the end. Segments of TCP may be several packets that a network card has merged or not cut yet, and only the
 * MSS, which may come later, tells which lengths a single one can have.
 */
public final class PacketSizes {
    /** Longer than any frame on Ethernet: what is longer was merged, whatever it is. */
    public static final int MAX_LENGTH = 9216;

    private static final int SCOPE = 0;
    private static final int BLOCK = 1;
    private static final int KEY = 2;
    private static final int BITS = 2;
    private static final int RECENT = 256;

    /** What the lengths are of. */
    public enum Kind {
        /** IP packets that are not TCP: total lengths. */
        PACKET(0),
        /** IP packets with TCP, single or merged: total lengths. */
        TCP_PACKET(1),
        /** MSS options of SYNs. */
        MAXIMUM_SEGMENT_SIZE(2);

        private static final int COUNT = 3;
        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private final KeyedRows rows = new KeyedRows(KEY, KEY + 1);
    private final long[] key = new long[KEY];
    /** What was added lately, since few lengths make up most packets. */
    private final long[] recent = new long[RECENT];

    PacketSizes() {
        Arrays.fill(recent, Long.MIN_VALUE);
    }

    void see(Sighting sighting) {
        boolean whole = !sighting.isOuterFragment && sighting.ipLength <= sighting.wireLength;
        if (whole && sighting.ipLength <= MAX_LENGTH) {
            boolean tcp = sighting.protocol == IpProtocol.TCP.code();
            add(sighting, tcp ? Kind.TCP_PACKET : Kind.PACKET, sighting.ipLength);
        }
        if (sighting.hasTcp && sighting.maximumSegmentSize >= 0) {
            add(sighting, Kind.MAXIMUM_SEGMENT_SIZE, sighting.maximumSegmentSize);
        }
    }

    private void add(Sighting sighting, Kind kind, int length) {
        long scope = scope(sighting.vni, sighting.isIpv4(), kind);
        long entry = scope << Short.SIZE | length;
        int slot = (int) (entry ^ entry >>> Short.SIZE) & RECENT - 1;
        if (recent[slot] != entry) {
            recent[slot] = entry;
            key[SCOPE] = scope;
            key[BLOCK] = length / Long.SIZE;
            rows.or(rows.findOrAppend(key), BITS, 1L << length);
        }
    }

    private static long scope(int vni, boolean ipv4, Kind kind) {
        return ((long) vni * 2 + (ipv4 ? 1 : 0)) * Kind.COUNT + kind.code;
    }

    void absorb(PacketSizes later) {
        for (int row = 0; row < later.rows.size(); row++) {
            later.rows.copyKey(row, key);
            rows.or(rows.findOrAppend(key), BITS, later.rows.get(row, BITS));
        }
    }

    /**
     * The lengths that occurred.
     *
     * @param vni the network, or {@link Sighting#UNDERLAY}
     * @param ipv4 whether those of IPv4, else those of IPv6
     * @param kind of what
     */
    public NavigableSet<Integer> lengths(int vni, boolean ipv4, Kind kind) {
        NavigableSet<Integer> lengths = new TreeSet<>();
        long scope = scope(vni, ipv4, kind);
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row, SCOPE) == scope) {
                long bits = rows.get(row, BITS);
                for (; bits != 0; bits &= bits - 1) {
                    lengths.add(rows.getInt(row, BLOCK) * Long.SIZE + Long.numberOfTrailingZeros(bits));
                }
            }
        }
        return lengths;
    }
}
