package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A node's own address lies in a network of the overlay, or two overlays have the same addresses. */
final class OverlappingSubnets implements Diagnosis {
    private static final int FRAMES_EACH = 2;

    @Override
    public String id() {
        return "SW-12";
    }

    @Override
    public String title() {
        return "An overlay's addresses overlap with others";
    }

    /**
     * Addresses that are used twice.
     *
     * @param nodes whose own addresses are also the network's
     * @param other the network that has the same addresses; {@code null} if it is nodes
     * @param known whether the subnet is that of the inventory, and not a guess
     */
    record Overlap(Report.Network network, String subnet, List<Address> nodes, Report.Network other, boolean known) {
        /** What frames show it. */
        List<CloseUp.Sample> frames() {
            List<CloseUp.Sample> frames = new ArrayList<>();
            frames.add(new CloseUp.Sample.Network(network.vni()));
            if (other != null) {
                frames.add(new CloseUp.Sample.Network(other.vni()));
            }
            nodes.forEach(node -> frames.add(new CloseUp.Sample.From(node)));
            return frames;
        }
    }

    /** All overlaps, those with networks that a node has by mistake left out as far as they are known. */
    static List<Overlap> overlaps(Examination examination) {
        List<Overlap> overlaps = new ArrayList<>();
        Map<String, Report.Network> bySubnet = new TreeMap<>();
        for (Report.Network network : examination.report().networks()) {
            boolean known = !network.subnets().isEmpty();
            for (String subnet : known ? network.subnets() : network.assumedSubnets()) {
                List<Address> nodes = examination.nodes().stream()
                        .filter(node -> contains(subnet, node))
                        .toList();
                if (!nodes.isEmpty()) {
                    overlaps.add(new Overlap(network, subnet, nodes, null, known));
                }
                Report.Network other =
                        examination.isMistaken(network.vni()) ? null : bySubnet.putIfAbsent(subnet, network);
                if (other != null && other.vni() != network.vni()) {
                    overlaps.add(new Overlap(network, subnet, List.of(), other, known));
                }
            }
        }
        return overlaps;
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        return overlaps(examination).stream()
                .map(overlap ->
                        overlap.other() != null ? withNetwork(examination, overlap) : withNode(examination, overlap))
                .toList();
    }

    private static List<Report.Evidence> evidence(Examination examination, Overlap overlap) {
        List<Report.Evidence> evidence = new ArrayList<>();
        for (CloseUp.Sample sample : overlap.frames()) {
            String note = sample instanceof CloseUp.Sample.From node
                    ? "sent by " + examination.node(node.source()) + ", whose address lies in " + overlap.subnet()
                    : "a packet of a network that uses " + overlap.subnet();
            examination.closeUp().samples(sample).stream()
                    .limit(FRAMES_EACH)
                    .forEach(packet -> evidence.add(examination.evidence(packet, note)));
        }
        return evidence.subList(0, Math.min(evidence.size(), Findings.MOST_EVIDENCE));
    }

    /** Whether an address lies in a subnet, in CIDR notation; of IPv4 alone. */
    static boolean contains(String subnet, Address address) {
        int slash = subnet.indexOf('/');
        return address.isIpv4()
                && subnet.indexOf(':') < 0
                && address.ipv4Network(Integer.parseInt(subnet.substring(slash + 1)))
                        .equals(subnet);
    }

    private Report.Finding withNode(Examination examination, Overlap overlap) {
        String network = examination.network(overlap.network().vni());
        String nodes = overlap.nodes().stream().map(examination::node).collect(Collectors.joining(", "));
        return Findings.begin(this, Severity.WARNING, overlap.known() ? Confidence.PROVEN : Confidence.POSSIBLE)
                .about("network", network)
                .about("subnet", overlap.subnet())
                .about("nodes", nodes)
                .shownBy(evidence(examination, overlap))
                .means((overlap.nodes().size() == 1
                                ? "The node " + nodes + " has an address"
                                : "The nodes " + nodes + " have addresses")
                        + " inside " + overlap.subnet() + ", which the overlay " + network
                        + " uses: containers of that network reach each other under it, and never a node or"
                        + " whatever else lives there.")
                .fixedBy(
                        "Make the network anew with addresses that nothing else uses:",
                        Findings.type("docker network create -d overlay --subnet 10.200.0.0/24 NAME"),
                        "For all networks to come, at the swarm's birth:",
                        Findings.type("docker swarm init --default-addr-pool 10.200.0.0/16"))
                .wouldBeProvenBy("docker network inspect of the network, with --inventory: packets do not carry masks.")
                .end();
    }

    private Report.Finding withNetwork(Examination examination, Overlap overlap) {
        String both = examination.network(overlap.other().vni()) + " and "
                + examination.network(overlap.network().vni());
        return Findings.begin(this, Severity.WARNING, Confidence.LIKELY)
                .about("networks", both)
                .about("subnet", overlap.subnet())
                .shownBy(evidence(examination, overlap))
                .means("Two overlays, " + both + ", both use " + overlap.subnet()
                        + ": a container in both reaches the one or the other, by chance.")
                .fixedBy(
                        "Make one of them anew with other addresses:",
                        Findings.type("docker network create -d overlay --subnet 10.200.0.0/24 NAME"))
                .wouldBeProvenBy("docker network inspect of both, with --inventory.")
                .end();
    }
}
