package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node's own address lies in a network of the overlay, or two overlays have the same addresses. */
final class OverlappingSubnets implements Diagnosis {
    @Override
    public String id() {
        return "SW-12";
    }

    @Override
    public String title() {
        return "An overlay's addresses overlap with others";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        Map<String, Report.Network> bySubnet = new TreeMap<>();
        for (Report.Network network : examination.report().networks()) {
            boolean known = !network.subnets().isEmpty();
            for (String subnet : known ? network.subnets() : network.assumedSubnets()) {
                for (Address node : examination.nodes()) {
                    if (contains(subnet, node)) {
                        findings.add(withNode(examination, network, subnet, node, known));
                    }
                }
                Report.Network other =
                        examination.isMistaken(network.vni()) ? null : bySubnet.putIfAbsent(subnet, network);
                if (other != null && other.vni() != network.vni()) {
                    findings.add(withNetwork(examination, other, network, subnet));
                }
            }
        }
        return findings;
    }

    private static boolean contains(String subnet, Address address) {
        int slash = subnet.indexOf('/');
        return address.isIpv4()
                && subnet.indexOf(':') < 0
                && address.ipv4Network(Integer.parseInt(subnet.substring(slash + 1)))
                        .equals(subnet);
    }

    private Report.Finding withNode(
            Examination examination, Report.Network network, String subnet, Address node, boolean known) {
        String overlay = examination.network(network.vni());
        return Findings.begin(this, Severity.WARNING, known ? Confidence.PROVEN : Confidence.POSSIBLE)
                .about("network", overlay)
                .about("subnet", subnet)
                .about("node", examination.node(node))
                .means("The node " + examination.node(node) + " has an address inside " + subnet
                        + ", which the overlay "
                        + overlay + " uses: containers of that network reach each other under it, and never the node or"
                        + " whatever else lives there.")
                .fixedBy(
                        "Make the network anew with addresses that nothing else uses:",
                        Findings.type("docker network create -d overlay --subnet 10.200.0.0/24 NAME"),
                        "For all networks to come, at the swarm's birth:",
                        Findings.type("docker swarm init --default-addr-pool 10.200.0.0/16"))
                .wouldBeProvenBy("docker network inspect of the network, with --inventory: packets do not carry masks.")
                .end();
    }

    private Report.Finding withNetwork(
            Examination examination, Report.Network one, Report.Network other, String subnet) {
        return Findings.begin(this, Severity.WARNING, Confidence.LIKELY)
                .about("networks", examination.network(one.vni()) + " and " + examination.network(other.vni()))
                .about("subnet", subnet)
                .means("Two overlays, " + examination.network(one.vni()) + " and " + examination.network(other.vni())
                        + ", both use " + subnet + ": a container in both reaches the one or the other, by chance.")
                .fixedBy(
                        "Make one of them anew with other addresses:",
                        Findings.type("docker network create -d overlay --subnet 10.200.0.0/24 NAME"))
                .wouldBeProvenBy("docker network inspect of both, with --inventory.")
                .end();
    }
}
