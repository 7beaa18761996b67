package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Aliases;
import dev.swarmlens.analyzer.report.Aliases.Alias;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A node sends its VXLAN from an address that the others do not know it by, and they drop it: in their forwarding tables its
 * containers are behind another address.
 */
final class WrongSource implements Diagnosis {
    /** What was asked so shortly before or after is part of it. */
    private static final long MARGIN = 3_000_000_000L;

    @Override
    public String id() {
        return "SW-07";
    }

    @Override
    public String title() {
        return "VXLAN leaves a node from the wrong address";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        Aliases.of(examination.vantages(), examination.report().endpoints())
                .all()
                .forEach((alias, addresses) -> {
                    if (!examination.isAlias(alias.source())) {
                        findings.add(finding(examination, alias, addresses));
                    }
                });
        return findings;
    }

    private Report.Finding finding(Examination examination, Alias alias, Set<String> addresses) {
        Set<Address> peers = new TreeSet<>();
        Set<Vantage> witnesses = new LinkedHashSet<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long packets = 0;
        for (Vantage vantage : examination.vantages()) {
            Tunnels tunnels = vantage.seen().tunnels();
            long here = 0;
            for (int row = 0; row < tunnels.size(); row++) {
                if (tunnels.source(row).equals(alias.source())) {
                    peers.add(tunnels.destination(row));
                    witnesses.add(vantage);
                    first = Math.min(first, tunnels.first(row));
                    last = Math.max(last, tunnels.last(row));
                    here += tunnels.packets(row);
                }
            }
            packets = Math.max(packets, here);
        }
        examination.addAlias(alias.source());
        long from = first - MARGIN;
        long to = last + MARGIN;
        examination.explain(probe -> probe.last() >= from
                && probe.first() <= to
                && (isBetween(probe, alias, peers) || probe.source().equals(alias.source())));
        boolean atNode = witnesses.stream().anyMatch(vantage -> alias.node().equals(examination.home(vantage)));
        boolean atPeer = witnesses.stream().anyMatch(vantage -> peers.contains(examination.home(vantage)));
        String node = examination.node(alias.node());
        String peer = examination.shortNode(peers.iterator().next());
        return Findings.begin(this, Severity.ERROR, atNode && atPeer ? Confidence.PROVEN : Confidence.LIKELY)
                .about("node", node)
                .about("source", alias.source())
                .about(
                        "to",
                        String.join(", ", peers.stream().map(examination::node).toList()))
                .about("packets", packets)
                .shownBy(evidence(examination, alias, addresses))
                .means("To " + peer + ", " + node + " sends its VXLAN from " + alias.source()
                        + ", an address that no node sends VXLAN to. The other side knows its containers behind "
                        + alias.node()
                        + " and drops what comes from elsewhere, without counting an error; so nothing works"
                        + " between the two, while both still reach the others.")
                .fixedBy(
                        "On " + examination.shortNode(alias.node())
                                + ", see which address it chooses; the route's src must be " + alias.node() + ":",
                        Findings.type("ip route get " + peers.iterator().next()),
                        "Remove the route, or the second address, that says otherwise:",
                        Findings.type("ip route show " + peers.iterator().next() + "; ip -4 addr show"),
                        "Or, if " + alias.source() + " is the right one, let the node join again with it:",
                        Findings.type("docker swarm join --advertise-addr " + alias.source() + " --data-path-addr "
                                + alias.source() + " ..."))
                .wouldBeProvenBy(
                        atNode
                                ? "A capture on " + peer
                                        + " that shows the same packets arriving, and none of them on its vxlan0."
                                : "A capture on " + examination.shortNode(alias.node())
                                        + " that shows them leaving from " + alias.source() + ".")
                .end();
    }

    private static boolean isBetween(Probe probe, Alias alias, Set<Address> peers) {
        return probe.source().equals(alias.node()) && peers.contains(probe.destination())
                || probe.destination().equals(alias.node()) && peers.contains(probe.source());
    }

    private static List<Report.Evidence> evidence(Examination examination, Alias alias, Set<String> addresses) {
        List<Report.Evidence> evidence = new ArrayList<>();
        for (String address : addresses) {
            String[] parts = address.split(" ", 2);
            int vni = Integer.parseInt(parts[0]);
            Address ip = Address.of(parts[1]);
            for (Packet packet : examination.closeUp().samples(new CloseUp.Sample.Claim(vni, ip, alias.source()))) {
                evidence.add(examination.evidence(
                        packet,
                        "from " + ip + " in " + examination.network(vni) + ": outer source " + alias.source()
                                + " instead of " + alias.node()));
            }
        }
        return evidence;
    }
}
