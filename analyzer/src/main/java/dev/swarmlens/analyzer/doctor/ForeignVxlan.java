package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** VXLAN comes from somebody who is no node of the swarm, or carries what no node sends. */
final class ForeignVxlan implements Diagnosis {
    /** Nodes that gossip do so every second; who is silent longer takes no part. */
    private static final long LONG_ENOUGH = 10_000_000_000L;

    @Override
    public String id() {
        return "SW-22";
    }

    @Override
    public String title() {
        return "VXLAN that no node of the swarm sends";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Address, Tunnel> strangers = new TreeMap<>();
        Map<Address, Long> arp = new TreeMap<>();
        for (Vantage vantage : examination.vantages()) {
            Tunnels tunnels = vantage.seen().tunnels();
            Set<Address> gossiping = vantage.gossiping();
            boolean watchedLong = vantage.seen().last() - vantage.seen().first() >= LONG_ENOUGH;
            for (int row = 0; row < tunnels.size(); row++) {
                Address source = tunnels.source(row);
                Address destination = tunnels.destination(row);
                if (tunnels.arp(row) > 0) {
                    arp.merge(source, tunnels.arp(row), Math::max);
                }
                boolean member = examination.nodes().contains(source)
                        || examination.isAlias(source)
                        || examination
                                .names()
                                .inventory()
                                .nodeByAddress(source.toString())
                                .isPresent();
                if (watchedLong
                        && !member
                        && gossiping.contains(destination)
                        && destination.equals(examination.home(vantage))) {
                    strangers.putIfAbsent(source, new Tunnel(tunnels.vni(row), destination));
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        strangers.forEach((source, tunnel) -> findings.add(stranger(examination, source, tunnel)));
        arp.forEach((source, packets) -> {
            if (!strangers.containsKey(source)) {
                findings.add(arp(examination, source, packets));
            }
        });
        return findings;
    }

    /** Where it went. */
    private record Tunnel(int vni, Address destination) {}

    private Report.Finding stranger(Examination examination, Address source, Tunnel tunnel) {
        examination.explain(probe -> probe.source().equals(source));
        return Findings.begin(this, Severity.ERROR, Confidence.LIKELY)
                .about("source", source)
                .about("to", examination.node(tunnel.destination()))
                .about("network", examination.network(tunnel.vni()))
                .shownBy(
                        examination
                                .closeUp()
                                .samples(new CloseUp.Sample.Through(tunnel.vni(), source, tunnel.destination()))
                                .stream()
                                .map(packet -> examination.evidence(
                                        packet, "VXLAN from " + source + ", which takes no part in gossip"))
                                .toList())
                .means(
                        source + " sends VXLAN into " + examination.network(tunnel.vni()) + " of "
                                + examination.node(tunnel.destination())
                                + ", but takes no part in the swarm: no gossip, and no node sends"
                                + " to it. Whoever can reach UDP port 4789 can inject packets into an overlay that is not encrypted.")
                .fixedBy(
                        "Find out who it is; let only nodes reach port 4789, on each node for each other node:",
                        Findings.type("iptables -A INPUT -s NODE -p udp --dport 4789 -j ACCEPT"),
                        Findings.type("iptables -A INPUT -p udp --dport 4789 -j DROP"),
                        "Or encrypt the network:",
                        Findings.type("docker network create -d overlay --opt encrypted NAME"))
                .wouldBeProvenBy("docker node inspect of all nodes, with --inventory.")
                .end();
    }

    private Report.Finding arp(Examination examination, Address source, long packets) {
        return Findings.begin(this, Severity.WARNING, Confidence.POSSIBLE)
                .about("source", examination.node(source))
                .about("packets", packets)
                .shownBy(examination.closeUp().samples(new CloseUp.Sample.Arp(source)).stream()
                        .map(packet -> examination.evidence(packet, "ARP inside VXLAN"))
                        .toList())
                .means(examination.node(source) + " sent " + packets
                        + " VXLAN packets with ARP inside. Docker's tunnels answer ARP themselves and never send it, so something else made these: another"
                        + " VXLAN device on the same port and network, a node that is not Linux, or an intruder.")
                .fixedBy(
                        "On " + examination.shortNode(source) + ", look for VXLAN devices that Docker does not know:",
                        Findings.type(
                                "ip -d link show type vxlan; for n in /run/docker/netns/*; do nsenter --net=$n ip -d link"
                                        + " show type vxlan; done"))
                .wouldBeProvenBy(
                        "A capture on " + examination.shortNode(source) + " that shows from which device they come.")
                .end();
    }
}
