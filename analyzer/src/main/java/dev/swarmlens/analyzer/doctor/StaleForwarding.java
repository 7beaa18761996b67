package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node sends what is meant for a container to another node than the one that the container sends from: its forwarding table
 * is stale.
 */
final class StaleForwarding implements Diagnosis {
    /** Fewer frames may have been on their way while the container moved. */
    private static final int ENOUGH = 2;
    /** What was asked so shortly before or after is part of it. */
    private static final long MARGIN = 3_000_000_000L;

    /** A node, whom it looks for, and where. */
    private record Entry(Address node, int vni, Address ip, Address wrong, Address right) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return toString().compareTo(other.toString());
        }
    }

    /** Where an overlay address lives. */
    private record Place(int vni, Address ip) {}

    @Override
    public String id() {
        return "SW-06";
    }

    @Override
    public String title() {
        return "A node sends a container's packets to the wrong node";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Place, Report.Endpoint> endpoints = new HashMap<>();
        examination.report().endpoints().stream()
                .filter(endpoint -> !endpoint.contested())
                .forEach(endpoint -> endpoints.put(new Place(endpoint.vni(), Address.of(endpoint.ip())), endpoint));
        Map<Entry, List<Probe>> stale = new TreeMap<>();
        for (Probe probe : examination.probes()) {
            Report.Endpoint endpoint = endpoints.get(new Place(probe.vni(), probe.to()));
            if (probe.isSilent()
                    && endpoint != null
                    && livesElsewhere(endpoint, probe)
                    && !isKnownByAnother(examination, endpoint, probe)) {
                Entry entry = new Entry(
                        probe.source(),
                        probe.vni(),
                        probe.to(),
                        probe.destination(),
                        Address.of(endpoint.owner().vtep()));
                stale.computeIfAbsent(entry, any -> new ArrayList<>()).add(probe);
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        stale.forEach((entry, probes) -> {
            int packets =
                    probes.stream().mapToInt(probe -> probe.copies().size()).sum();
            if (packets >= ENOUGH) {
                findings.add(finding(examination, entry, probes));
            }
        });
        return findings;
    }

    /** Whether the address had been sent from its owner when it was asked elsewhere, and from there never again. */
    private static boolean livesElsewhere(Report.Endpoint endpoint, Probe probe) {
        Report.Claim owner = endpoint.owner();
        String asked = probe.destination().toString();
        boolean wasThere = endpoint.claims().stream()
                .anyMatch(
                        claim -> claim.vtep().equals(asked) && (claim.last() == null || claim.last() >= probe.first()));
        return !owner.vtep().equals(asked)
                && !wasThere
                && owner.first() != null
                && (endpoint.claims().size() == 1 || owner.first() <= probe.first());
    }

    /** Whether it is the node that is known by a wrong address: nobody sends to its own, and nothing comes from the other. */
    private static boolean isKnownByAnother(Examination examination, Report.Endpoint endpoint, Probe probe) {
        return !examination.receivers().contains(Address.of(endpoint.owner().vtep()))
                && !examination.isHeard(probe.destination(), 0, Long.MAX_VALUE);
    }

    private Report.Finding finding(Examination examination, Entry entry, List<Probe> probes) {
        long from = probes.stream().mapToLong(Probe::first).min().orElseThrow() - MARGIN;
        long to = probes.stream().mapToLong(Probe::last).max().orElseThrow() + MARGIN;
        // the kernel drops what a MAC sends from elsewhere than its entry says, so the node is deaf to that container,
        // too
        examination.explain(probe -> probe.vni() == entry.vni()
                && probe.last() >= from
                && probe.first() <= to
                && (probe.to().equals(entry.ip()) && probe.source().equals(entry.node())
                        || probe.from().equals(entry.ip())
                                && probe.destination().equals(entry.node())));
        boolean atNode = probes.stream().anyMatch(examination::atSender);
        boolean atWrong = probes.stream().anyMatch(examination::atReceiver);
        String node = examination.shortNode(entry.node());
        String container = examination.endpoint(entry.vni(), entry.ip());
        String mac = Examination.dockersMac(entry.ip());
        return Findings.begin(this, Severity.ERROR, atNode && atWrong ? Confidence.PROVEN : Confidence.LIKELY)
                .about("node", examination.node(entry.node()))
                .about("address", container)
                .about("network", examination.network(entry.vni()))
                .about("sentTo", examination.node(entry.wrong()))
                .about("livesOn", examination.node(entry.right()))
                .shownBy(examination.evidence(probes))
                .means("In " + examination.network(entry.vni()) + ", " + node + " sends what is for " + container
                        + " to "
                        + examination.node(entry.wrong()) + ", but that address is sent from "
                        + examination.node(entry.right()) + ". Nobody answers there; and " + node
                        + " drops what the container sends to it, too, so the two cannot talk in either direction.")
                .fixedBy(
                        "On " + node + ", look at the entry and correct it:",
                        Findings.type(
                                "for n in /run/docker/netns/1-*; do nsenter --net=$n bridge fdb show dev vxlan0 | grep -i "
                                        + mac + " && echo $n; done"),
                        Findings.type("nsenter --net=NETNS bridge fdb replace " + mac + " dev vxlan0 dst "
                                + entry.right() + " self permanent"),
                        "If it comes back, make Docker write it anew:",
                        Findings.type("docker service update --force SERVICE"))
                .wouldBeProvenBy("The output of bridge -j fdb on " + node + " with --inventory, or a capture on "
                        + examination.shortNode(atNode ? entry.wrong() : entry.node()) + ".")
                .end();
    }
}
