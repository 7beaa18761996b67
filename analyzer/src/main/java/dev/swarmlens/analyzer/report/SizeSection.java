package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.summary.PacketSizes.Kind;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The largest packets of the report. A packet that is not TCP counts with its own length. What has TCP may be several packets
 * merged by a network card, so it counts up to the smallest MSS that a SYN named, which no single one of them exceeds.
 */
final class SizeSection {
    private static final int IPV4_AND_TCP = 20 + 20;
    private static final int IPV6_AND_TCP = 40 + 20;

    private final List<Vantage> vantages;

    SizeSection(List<Vantage> vantages) {
        this.vantages = vantages;
    }

    /** Those of a network, or of the underlay outside of VXLAN. */
    Report.Sizes of(int vni) {
        NavigableSet<Integer> largest = new TreeSet<>();
        NavigableSet<Integer> mss = new TreeSet<>();
        for (boolean ipv4 : new boolean[] {true, false}) {
            NavigableSet<Integer> mssHere = lengths(vni, ipv4, Kind.MAXIMUM_SEGMENT_SIZE);
            NavigableSet<Integer> packets = lengths(vni, ipv4, Kind.PACKET);
            if (!mssHere.isEmpty()) {
                int bound = mssHere.first() + (ipv4 ? IPV4_AND_TCP : IPV6_AND_TCP);
                packets.addAll(lengths(vni, ipv4, Kind.TCP_PACKET).headSet(bound, true));
            }
            largest.addAll(packets);
            mss.addAll(mssHere);
        }
        return new Report.Sizes(
                largest.isEmpty() ? null : (long) largest.last(),
                mss.isEmpty() ? null : new Report.Mss(mss.first(), mss.last()));
    }

    private NavigableSet<Integer> lengths(int vni, boolean ipv4, Kind kind) {
        NavigableSet<Integer> lengths = new TreeSet<>();
        for (Vantage vantage : vantages) {
            lengths.addAll(vantage.seen().sizes().lengths(vni, ipv4, kind));
        }
        return lengths;
    }
}
