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
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What a node asks for in vain. */
    record Request(String node, Address asker, Report.Endpoint endpoint) {
        Address target() {
            return Address.of(endpoint.ip());
        }
    }

    /** What was asked for in vain while it was alive. */
    static List<Request> requests(Examination examination) {
        Map<Address, Report.Endpoint> alive = new HashMap<>();
        examination.report().endpoints().stream()
                .filter(endpoint -> endpoint.first() != null)
                .forEach(endpoint -> alive.put(Address.of(endpoint.ip()), endpoint));
        List<Request> requests = new ArrayList<>();
        for (Vantage vantage : examination.vantages()) {
            ArpRequests arp = vantage.seen().arpRequests();
            Set<Address> atHome = arp.size() == 0 ? Set.of() : atHome(vantage);
            for (int row = 0; row < arp.size(); row++) {
                Report.Endpoint endpoint = alive.get(arp.target(row));
                if (endpoint != null
                        && atHome.contains(arp.asker(row))
                        && arp.replies(row) == 0
                        && arp.requests(row) >= ENOUGH
                        && arp.last(row) - arp.first(row) >= LONG_ENOUGH
                        && endpoint.first() <= arp.last(row)
                        && endpoint.last() >= arp.first(row)
                        && !reaches(vantage, arp.asker(row), arp.target(row), arp.first(row))) {
                    requests.add(new Request(vantage.node(), arp.asker(row), endpoint));
                }
            }
        }
        return requests;
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<String, List<Request>> unknown = new TreeMap<>();
        requests(examination)
                .forEach(request -> unknown.computeIfAbsent(request.node(), any -> new ArrayList<>())
                        .add(request));
        List<Report.Finding> findings = new ArrayList<>();
        unknown.forEach((node, requests) -> findings.add(finding(examination, node, requests)));
        return findings;
    }

    /**
     * Who would have been answered before our eyes: who had answers to other requests, and packets of others than who answered. What
     * is broadcast is seen in all containers of a node, but its answer only where it was asked; and a VXLAN device, captured itself,
     * does not show what it answers.
     */
    private static Set<Address> atHome(Vantage vantage) {
        Map<Address, Set<Address>> peers = new HashMap<>();
        ArpRequests arp = vantage.seen().arpRequests();
        for (int row = 0; row < arp.size(); row++) {
            if (arp.replies(row) > 0) {
                peers.computeIfAbsent(arp.asker(row), any -> new HashSet<>()).add(arp.target(row));
            }
        }
        Conversations rows = vantage.seen().flows().conversations();
        for (int row = 0; row < rows.size(); row++) {
            for (int direction = 0; direction < 2; direction++) {
                Set<Address> those = peers.get(rows.address(row, 1 - direction));
                if (those != null && rows.packets(row, direction) > 0) {
                    those.add(rows.address(row, direction));
                }
            }
        }
        return peers.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether somebody sends an address packets in what began after it asked, and so knows where it is. */
    private static boolean reaches(Vantage vantage, Address asker, Address target, long since) {
        Conversations rows = vantage.seen().flows().conversations();
        for (int row = 0; row < rows.size(); row++) {
            int direction = rows.address(row, 0).equals(asker) ? 0 : 1;
            if (rows.address(row, direction).equals(asker)
                    && rows.address(row, 1 - direction).equals(target)
                    && rows.packets(row, direction) > 0
                    && rows.first(row) >= since) {
                return true;
            }
        }
        return false;
    }

    private Report.Finding finding(Examination examination, String node, List<Request> requests) {
        boolean many = examination.report().endpoints().size() > THRESHOLD;
        Request first = requests.get(0);
        int vni = first.endpoint().vni();
        String who = examination.endpoint(vni, first.target());
        List<Address> addresses =
                requests.stream().map(Request::target).distinct().sorted().toList();
        return Findings.begin(this, Severity.ERROR, many ? Confidence.LIKELY : Confidence.POSSIBLE)
                .about("node", node)
                .about(
                        "addresses",
                        addresses.stream().limit(10).map(Address::toString).collect(Collectors.joining(", ")))
                .shownBy(requests.stream()
                        .flatMap(request -> samples(examination, request))
                        .toList())
                .means("Inside " + node + ", " + examination.endpoint(vni, first.asker()) + " asks by ARP for " + who
                        + (addresses.size() > 1 ? " and " + (addresses.size() - 1) + " more" : "")
                        + " in vain, although that address sends packets meanwhile: the node's VXLAN device should answer, and"
                        + " does not know it. Either the kernel's neighbour table is full (" + THRESHOLD
                        + " entries unless raised), or the node missed the gossip about that container.")
                .fixedBy(
                        "On " + node + ", see whether the table overflows, and make it larger:",
                        Findings.type("dmesg | grep -i 'neighbour.*overflow'"),
                        Findings.type(
                                "sysctl -w net.ipv4.neigh.default.gc_thresh1=8192 net.ipv4.neigh.default.gc_thresh2=49152"
                                        + " net.ipv4.neigh.default.gc_thresh3=65536"),
                        "If it does not, see whether the node has heard of the container:",
                        Findings.type("docker network inspect --verbose NETWORK"))
                .wouldBeProvenBy(
                        "The neighbour table of the network on " + node + " (swarmlens snapshot, with --inventory).")
                .end();
    }

    private static Stream<Report.Evidence> samples(Examination examination, Request request) {
        return examination.closeUp().samples(new CloseUp.Sample.Request(request.asker(), request.target())).stream()
                .map(packet -> examination.evidence(packet, "who has " + request.target() + "? unanswered"));
    }
}
