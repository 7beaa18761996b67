package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two nodes use different network identifiers for the same network, so that neither takes the other's packets. */
final class VniMismatch implements Diagnosis {
    /** A node, the identifier that it alone has, and that of the others. */
    private record Mismatch(Address node, int vni, int usual) {
        private static final Comparator<Mismatch> ORDER = Comparator.comparing(Mismatch::node)
                .thenComparingInt(Mismatch::vni)
                .thenComparingInt(Mismatch::usual);

        boolean concerns(Probe probe) {
            return probe.vni() == vni
                    || probe.vni() == usual
                            && (probe.source().equals(node)
                                    || probe.destination().equals(node));
        }
    }

    /** An overlay address behind a tunnel endpoint. */
    private record Place(Address ip, Address vtep) {}

    @Override
    public String id() {
        return "SW-16";
    }

    @Override
    public String title() {
        return "Two nodes use different VNIs for the same network";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Place, List<Integer>> networks = networks(examination);
        Map<Mismatch, List<Probe>> mismatches = new TreeMap<>(Mismatch.ORDER);
        for (Probe probe : examination.probes()) {
            if (probe.isSilent()) {
                for (int other : othersOf(examination, networks, probe)) {
                    mismatch(examination, probe, other)
                            .ifPresent(mismatch -> mismatches
                                    .computeIfAbsent(mismatch, any -> new ArrayList<>())
                                    .add(probe));
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        mismatches.forEach((mismatch, probes) -> findings.add(finding(examination, mismatch, probes)));
        return findings;
    }

    /** In which networks each address was sent from each tunnel endpoint. */
    private static Map<Place, List<Integer>> networks(Examination examination) {
        Map<Place, List<Integer>> networks = new HashMap<>();
        for (Report.Endpoint endpoint : examination.report().endpoints()) {
            for (Report.Claim claim : endpoint.claims()) {
                networks.computeIfAbsent(
                                new Place(Address.of(endpoint.ip()), Address.of(claim.vtep())),
                                any -> new ArrayList<>())
                        .add(endpoint.vni());
            }
        }
        return networks;
    }

    /** The identifiers with which the other node answers, or sends from the address that was asked but never with this one. */
    private static Set<Integer> othersOf(Examination examination, Map<Place, List<Integer>> networks, Probe probe) {
        Set<Integer> others = new TreeSet<>();
        for (Report.Network network : examination.report().networks()) {
            if (network.vni() != probe.vni() && isAnsweredIn(network.vni(), probe)) {
                others.add(network.vni());
            }
        }
        List<Integer> there = networks.getOrDefault(new Place(probe.to(), probe.destination()), List.of());
        if (!there.contains(probe.vni())) {
            others.addAll(there);
        }
        return others;
    }

    /**
     * Which of two identifiers is a mistake: the one that the inventory does not know, and that only one of the two nodes
     * sends with. Two networks may well have the same addresses.
     */
    private static Optional<Mismatch> mismatch(Examination examination, Probe probe, int other) {
        Set<Address> here = senders(examination, probe.vni());
        Set<Address> there = senders(examination, other);
        if (here.equals(Set.of(probe.source()))
                && examination.names().network(probe.vni()).isEmpty()) {
            return Optional.of(new Mismatch(probe.source(), probe.vni(), other));
        }
        if (there.equals(Set.of(probe.destination()))
                && examination.names().network(other).isEmpty()) {
            return Optional.of(new Mismatch(probe.destination(), other, probe.vni()));
        }
        return Optional.empty();
    }

    private static Set<Address> senders(Examination examination, int vni) {
        Set<Address> senders = new TreeSet<>();
        for (Vantage vantage : examination.vantages()) {
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                if (tunnels.vni(row) == vni) {
                    senders.add(tunnels.source(row));
                }
            }
        }
        return senders;
    }

    /** Whether the answers to what was asked came with another identifier. */
    private static boolean isAnsweredIn(int vni, Probe probe) {
        long[] key = new long[Flows.KEY];
        probe.exchange().copyKey(key);
        Conversations.setVni(key, vni);
        Flows flows = probe.vantage().seen().flows();
        int row = flows.find(key);
        return row >= 0
                && flows.conversations().packets(row, probe.direction()) == 0
                && flows.conversations().packets(row, 1 - probe.direction()) > 0
                && flows.conversations().last(row) >= probe.first();
    }

    private Report.Finding finding(Examination examination, Mismatch mismatch, List<Probe> probes) {
        Set<Address> others = new TreeSet<>();
        probes.forEach(
                probe -> others.add(probe.source().equals(mismatch.node()) ? probe.destination() : probe.source()));
        examination.explain(mismatch::concerns);
        examination.addMistaken(mismatch.vni());
        String names = String.join(", ", others.stream().map(examination::node).toList());
        return Findings.begin(this, Severity.ERROR, Confidence.LIKELY)
                .about("node", examination.node(mismatch.node()))
                .about("itsVni", mismatch.vni())
                .about("others", names)
                .about("theirVni", mismatch.usual())
                .shownBy(examination.evidence(probes))
                .means(examination.node(mismatch.node()) + " sends with VNI " + mismatch.vni()
                        + " from and to addresses for which " + names + (others.size() == 1 ? " uses" : " use")
                        + " VNI "
                        + mismatch.usual()
                        + ": they do not agree on the network's identifier, and each drops what comes with another.")
                .fixedBy(
                        "Compare what the nodes have, and the network's identifier:",
                        Findings.type("docker network inspect -f '{{.Options}}' NETWORK    # on each node"),
                        "Restart the daemon where it is stale; if that does not help, make the network anew:",
                        Findings.type("systemctl restart docker"))
                .wouldBeProvenBy("docker network inspect from each of the nodes.")
                .end();
    }
}
