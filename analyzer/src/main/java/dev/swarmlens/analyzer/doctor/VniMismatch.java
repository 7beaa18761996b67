package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two nodes use different network identifiers for the same network, so that neither takes the other's packets. */
final class VniMismatch implements Diagnosis {
    /** Who sends with which identifier, and who answers with which. */
    private record Mismatch(Address one, int vni, Address other, int otherVni) {
        private static final Comparator<Mismatch> ORDER = Comparator.comparing(Mismatch::one)
                .thenComparingInt(Mismatch::vni)
                .thenComparing(Mismatch::other)
                .thenComparingInt(Mismatch::otherVni);
    }

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
        Map<Mismatch, List<Probe>> mismatches = new TreeMap<>(Mismatch.ORDER);
        for (Probe probe : examination.probes()) {
            if (probe.isSilent()) {
                for (Report.Network network : examination.report().networks()) {
                    if (network.vni() != probe.vni() && isAnsweredIn(network.vni(), probe)) {
                        mismatches
                                .computeIfAbsent(
                                        new Mismatch(probe.source(), probe.vni(), probe.destination(), network.vni()),
                                        any -> new ArrayList<>())
                                .add(probe);
                    }
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        mismatches.forEach((mismatch, probes) -> findings.add(finding(examination, mismatch, probes)));
        return findings;
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
        examination.explain(probes);
        return Findings.begin(this, Severity.ERROR, Confidence.LIKELY)
                .about("node", examination.node(mismatch.one()))
                .about("itsVni", mismatch.vni())
                .about("other", examination.node(mismatch.other()))
                .about("itsVniThere", mismatch.otherVni())
                .shownBy(examination.evidence(probes))
                .means(examination.node(mismatch.one()) + " sends with VNI " + mismatch.vni() + " what "
                        + examination.node(mismatch.other()) + " answers with VNI " + mismatch.otherVni()
                        + ": the two do not agree on the network's identifier, and each drops what comes with another.")
                .fixedBy(
                        "Compare what the nodes have, and the network's identifier:",
                        Findings.type("docker network inspect -f '{{.Options}}' NETWORK    # on both nodes"),
                        "Restart the daemon where it is stale; if that does not help, make the network anew:",
                        Findings.type("systemctl restart docker"))
                .wouldBeProvenBy("docker network inspect from both nodes.")
                .end();
    }
}
