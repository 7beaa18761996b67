package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A node that was there sends nothing any more, while others still ask its containers. */
final class SilentNode implements Diagnosis {
    private static final long SECOND = 1_000_000_000L;
    /** Nodes gossip every second. */
    private static final long LONG_ENOUGH = 5 * SECOND;

    @Override
    public String id() {
        return "SW-27";
    }

    @Override
    public String title() {
        return "A node has fallen silent";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        explainAbsences(examination);
        Map<Address, List<Probe>> silent = new TreeMap<>();
        for (Probe probe : examination.probes()) {
            long end = probe.vantage().seen().last();
            boolean lasting = end - probe.first() >= LONG_ENOUGH;
            if (probe.isSilent()
                    && lasting
                    && !probe.destination().equals(examination.home(probe.vantage()))
                    && examination.isHeard(probe.destination(), 0, probe.first())
                    && !examination.isHeard(probe.destination(), probe.first() + SECOND, end)
                    && othersAreHeard(examination, probe, end)) {
                silent.computeIfAbsent(probe.destination(), any -> new ArrayList<>())
                        .add(probe);
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        silent.forEach((node, probes) -> {
            int frames =
                    probes.stream().mapToInt(probe -> probe.copies().size()).sum();
            if (frames >= Outages.ENOUGH) {
                findings.add(finding(examination, node, probes));
            }
        });
        return findings;
    }

    /** Who was away and came back is silent no more: what it did not answer meanwhile needs no other reason. */
    private static void explainAbsences(Examination examination) {
        examination.explain(probe -> probe.isSilent()
                && (examination.isAway(probe.source(), probe.first(), probe.last())
                        || examination.isAway(probe.destination(), probe.first(), probe.last())));
    }

    /** Whether there was anything to be heard: who asks hears others than the one that it asks. */
    private static boolean othersAreHeard(Examination examination, Probe probe, long end) {
        long silentSince = examination.lastHeard(probe.destination());
        return examination.nodes().stream()
                .anyMatch(node -> !node.equals(probe.source())
                        && !node.equals(probe.destination())
                        && examination.isHeard(node, silentSince + LONG_ENOUGH, end));
    }

    private Report.Finding finding(Examination examination, Address node, List<Probe> probes) {
        long from = probes.get(0).first() - LONG_ENOUGH;
        examination.explain(probe -> probe.last() >= from
                && (probe.destination().equals(node) || probe.source().equals(node)));
        Set<String> askers = new TreeSet<>();
        probes.forEach(probe -> askers.add(examination.shortNode(probe.source())));
        String name = examination.node(node);
        return Findings.begin(this, Severity.ERROR, askers.size() > 1 ? Confidence.PROVEN : Confidence.LIKELY)
                .about("node", name)
                .about("askedBy", String.join(", ", askers))
                .shownBy(examination.evidence(probes))
                .means("Nothing came from " + name + " any more, on any port, to the end of the capture, while "
                        + String.join(", ", askers)
                        + " still sent connections to its containers: it is down, or cut off."
                        + " Connections hang until the swarm notices and takes its replicas out of turn.")
                .fixedBy(
                        "On a manager, see what the swarm thinks of it; then reach it by another way, or start it:",
                        Findings.type("docker node ls"),
                        "If it does not come back, let its tasks run elsewhere:",
                        Findings.type("docker node update --availability drain " + examination.shortNode(node)))
                .wouldBeProvenBy("A capture on another node at the same time: it hears nothing of it, either.")
                .end();
    }
}
