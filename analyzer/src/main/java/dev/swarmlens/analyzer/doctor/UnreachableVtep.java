package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A node is known by an address from which nothing ever comes: it advertises the wrong one. */
final class UnreachableVtep implements Diagnosis {
    @Override
    public String id() {
        return "SW-15";
    }

    @Override
    public String title() {
        return "VXLAN goes to an address where no node is";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Address, List<Probe>> unheard = new TreeMap<>();
        Set<Address> heard = heard(examination);
        for (Probe probe : examination.probes()) {
            if (probe.isSilent() && !heard.contains(probe.destination())) {
                unheard.computeIfAbsent(probe.destination(), any -> new ArrayList<>())
                        .add(probe);
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        Set<Address> unasked = unasked(examination);
        unheard.forEach((vtep, probes) -> {
            int frames =
                    probes.stream().mapToInt(probe -> probe.copies().size()).sum();
            long last = probes.stream().mapToLong(Probe::last).max().orElseThrow();
            if (frames >= Outages.ENOUGH && last - probes.get(0).first() >= Outages.LONG_ENOUGH) {
                findings.add(finding(examination, vtep, probes, unheard.size() == 1 ? unasked : Set.of()));
                // the others drop what comes from another address than they know
                examination.explain(probe -> unasked.contains(probe.source()));
            }
        });
        return findings;
    }

    /** The nodes that send VXLAN, but that nobody sends any to: the others know them by another address. */
    private static Set<Address> unasked(Examination examination) {
        Set<Address> unasked = new TreeSet<>();
        for (Vantage vantage : examination.vantages()) {
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                Address source = tunnels.source(row);
                if (examination.nodes().contains(source)
                        && !examination.receivers().contains(source)) {
                    unasked.add(source);
                }
            }
        }
        return unasked;
    }

    /** Who sent anything at all on the underlay. */
    private static Set<Address> heard(Examination examination) {
        Set<Address> heard = new TreeSet<>();
        for (Vantage vantage : examination.vantages()) {
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                heard.add(tunnels.source(row));
            }
            Conversations rows = vantage.seen().flows().conversations();
            for (int row = 0; row < rows.size(); row++) {
                for (int direction = 0; direction < 2 && rows.vni(row) == Sighting.UNDERLAY; direction++) {
                    if (rows.packets(row, direction) > 0) {
                        heard.add(rows.address(row, direction));
                    }
                }
            }
        }
        return heard;
    }

    private Report.Finding finding(Examination examination, Address vtep, List<Probe> probes, Set<Address> unasked) {
        examination.explain(probes);
        Set<String> senders = new TreeSet<>();
        probes.forEach(probe -> senders.add(examination.shortNode(probe.source())));
        String whose = unasked.size() == 1
                ? " It may be that of " + examination.node(unasked.iterator().next())
                        + ", to whose own address nobody sends, and whose packets nobody answers."
                : "";
        boolean atSender = probes.stream().anyMatch(examination::atSender);
        return Findings.begin(this, Severity.ERROR, atSender ? Confidence.LIKELY : Confidence.POSSIBLE)
                .about("address", vtep)
                .about("from", String.join(", ", senders))
                .shownBy(examination.evidence(probes))
                .means(String.join(", ", senders) + " sends VXLAN to " + vtep
                        + ", from where nothing ever came, on any port: no node is there, or it is known to the swarm by an"
                        + " address that the others cannot reach." + whose)
                .fixedBy(
                        "See by which addresses the nodes are known, and find the one that advertises " + vtep + ":",
                        Findings.type(
                                "docker node inspect -f '{{.Description.Hostname}} {{.Status.Addr}}' $(docker node ls -q)"),
                        Findings.type("docker info -f '{{.Swarm.NodeAddr}}'    # on each node"),
                        "Let it leave and join again with an address that the others reach:",
                        Findings.type(
                                "docker swarm leave; docker swarm join --advertise-addr ADDRESS --data-path-addr ADDRESS ..."))
                .wouldBeProvenBy("A capture with ARP on the sender's underlay: who-has " + vtep + " is not answered.")
                .end();
    }
}
