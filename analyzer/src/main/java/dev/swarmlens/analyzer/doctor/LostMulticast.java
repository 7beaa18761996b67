package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A container sends to a multicast group in an overlay, where multicast never leaves the node. */
final class LostMulticast implements Diagnosis {
    private static final int ENOUGH = 5;
    private static final long LONG_ENOUGH = 5_000_000_000L;
    /** Groups of a link alone, RFC 5771 section 4, which nobody expects to be routed. */
    private static final String LINK_LOCAL = "224.0.0.0/24";
    /** What asks for devices around: SSDP. */
    private static final String DISCOVERY = "239.255.255.250";

    private static final String MULTICAST = "224.0.0.0/4";
    private static final int MULTICAST_BITS = 4;
    private static final int LINK_BITS = 24;

    @Override
    public String id() {
        return "SW-21";
    }

    @Override
    public String title() {
        return "Multicast does not cross an overlay";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<String, Integer> networks = new HashMap<>();
        examination.report().endpoints().forEach(endpoint -> networks.put(endpoint.ip(), endpoint.vni()));
        Map<String, Long> groups = new TreeMap<>();
        for (Vantage vantage : examination.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            for (int row = 0; row < rows.size(); row++) {
                if (rows.vni(row) == Sighting.UNDERLAY && rows.protocol(row) == IpProtocol.UDP.code()) {
                    for (int direction = 0; direction < 2; direction++) {
                        Address group = rows.address(row, 1 - direction);
                        String sender = rows.address(row, direction).toString();
                        if (isGroup(group)
                                && networks.containsKey(sender)
                                && rows.packets(row, direction) >= ENOUGH
                                && rows.last(row) - rows.first(row) >= LONG_ENOUGH) {
                            groups.merge(sender + " " + group, rows.packets(row, direction), Math::max);
                        }
                    }
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        groups.forEach((pair, packets) -> {
            String[] ends = pair.split(" ", 2);
            findings.add(finding(examination, networks.get(ends[0]), ends[0], ends[1], packets));
        });
        return findings;
    }

    private static boolean isGroup(Address address) {
        return address.isIpv4()
                && address.ipv4Network(MULTICAST_BITS).equals(MULTICAST)
                && !address.ipv4Network(LINK_BITS).equals(LINK_LOCAL)
                && !address.toString().equals(DISCOVERY);
    }

    private Report.Finding finding(Examination examination, int vni, String sender, String group, long packets) {
        String who = examination.endpoint(vni, Address.of(sender));
        return Findings.begin(this, Severity.INFO, Confidence.LIKELY)
                .about("sender", who)
                .about("group", group)
                .about("network", examination.network(vni))
                .about("packets", packets)
                .means(who + " sends to the multicast group " + group + " in " + examination.network(vni)
                        + ". Docker's overlays carry no multicast and no broadcast: containers on other nodes never get it, so"
                        + " what finds its peers in this way finds only those on its own node.")
                .fixedBy(
                        "Let the application find its peers by DNS, which gives the addresses of all tasks:",
                        Findings.type("getent ahosts tasks.SERVICE    # inside a container"),
                        "Or put it on a network that carries multicast (macvlan).")
                .wouldBeProvenBy(
                        "A capture on the underlay at the same time, in which no VXLAN packet goes to the group.")
                .end();
    }
}
