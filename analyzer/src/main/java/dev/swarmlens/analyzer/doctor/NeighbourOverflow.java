package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.ArpRequests;
import dev.swarmlens.analyzer.summary.Conversations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Inside a node, ARP for a container that is alive stays unanswered: the node's VXLAN device, which answers for all others, does not
 * know it. On large networks the kernel's neighbour table is full.
 */
final class NeighbourOverflow implements Diagnosis {
    private static final int ENOUGH = 3;
    private static final long LONG_ENOUGH = 2_000_000_000L;
    /** So many neighbours the kernel keeps unless told otherwise: net.ipv4.neigh.default.gc_thresh3. */
    private static final int THRESHOLD = 1024;

    @Override
    public String id() {
        return "SW-13";
    }

    @Override
    public String title() {
        return "A node does not know the neighbours of an overlay";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<String, Report.Endpoint> alive = new HashMap<>();
        examination.report().endpoints().forEach(endpoint -> alive.put(endpoint.ip(), endpoint));
        Map<String, List<Report.Endpoint>> unknown = new TreeMap<>();
        for (Vantage vantage : examination.vantages()) {
            ArpRequests arp = vantage.seen().arpRequests();
            Set<Address> answered = answered(arp);
            Set<Address> heard = answered.isEmpty() ? Set.of() : heard(vantage);
            for (int row = 0; row < arp.size(); row++) {
                Address target = arp.target(row);
                Report.Endpoint endpoint = alive.get(target.toString());
                if (endpoint != null
                        && answered.contains(arp.asker(row))
                        && !heard.contains(target)
                        && arp.replies(row) == 0
                        && arp.requests(row) >= ENOUGH
                        && arp.last(row) - arp.first(row) >= LONG_ENOUGH
                        && endpoint.first() != null
                        && endpoint.first() <= arp.last(row)
                        && endpoint.last() >= arp.first(row)) {
                    unknown.computeIfAbsent(vantage.node(), any -> new ArrayList<>())
                            .add(endpoint);
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        unknown.forEach((node, endpoints) -> findings.add(finding(examination, node, endpoints)));
        return findings;
    }

    /** Who had answers to other requests: what is answered to somebody else, or on a VXLAN device itself, does not show everywhere. */
    private static Set<Address> answered(ArpRequests arp) {
        Set<Address> answered = new HashSet<>();
        for (int row = 0; row < arp.size(); row++) {
            if (arp.requests(row) > 0 && arp.replies(row) > 0) {
                answered.add(arp.asker(row));
            }
        }
        return answered;
    }

    /** Who sent anything to where this was captured. */
    private static Set<Address> heard(Vantage vantage) {
        Set<Address> heard = new HashSet<>();
        Conversations rows = vantage.seen().flows().conversations();
        for (int row = 0; row < rows.size(); row++) {
            for (int direction = 0; direction < 2; direction++) {
                if (rows.packets(row, direction) > 0) {
                    heard.add(rows.address(row, direction));
                }
            }
        }
        return heard;
    }

    private Report.Finding finding(Examination examination, String node, List<Report.Endpoint> endpoints) {
        boolean many = examination.report().endpoints().size() > THRESHOLD;
        Report.Endpoint first = endpoints.get(0);
        String who = examination.endpoint(first.vni(), Address.of(first.ip()));
        return Findings.begin(this, Severity.ERROR, many ? Confidence.LIKELY : Confidence.POSSIBLE)
                .about("node", node)
                .about(
                        "addresses",
                        String.join(
                                ", ",
                                endpoints.stream()
                                        .map(Report.Endpoint::ip)
                                        .limit(10)
                                        .toList()))
                .means("Inside " + node + ", ARP asks for " + who
                        + (endpoints.size() > 1 ? " and " + (endpoints.size() - 1) + " more" : "")
                        + " in vain, although that address sends packets meanwhile: the node's VXLAN device should answer, and"
                        + " does not know it. Either the kernel's neighbour table is full (" + THRESHOLD
                        + " entries unless raised), or the node missed the gossip about that container.")
                .fixedBy(
                        "On " + node + ", see whether the table overflows, and make it larger:",
                        Findings.type("dmesg | grep -i 'neighbour.*overflow'"),
                        Findings.type(
                                "sysctl -w net.ipv4.neigh.default.gc_thresh1=8192 net.ipv4.neigh.default.gc_thresh2=49152"
                                        + " net.ipv4.neigh.default.gc_thresh3=65536"))
                .wouldBeProvenBy(
                        "The neighbour table of the network on " + node + " (swarmlens snapshot, with --inventory).")
                .end();
    }
}
