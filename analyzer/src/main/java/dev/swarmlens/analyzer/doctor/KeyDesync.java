package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;

/** A node still encrypts with a key that the swarm has rotated away. */
final class KeyDesync implements Diagnosis {
    private static final long SECOND = 1_000_000_000L;

    @Override
    public String id() {
        return "SW-14c";
    }

    @Override
    public String title() {
        return "A node encrypts with an old key";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (EspWays.Desync desync : examination.espWays().desyncs()) {
            findings.add(finding(examination, desync));
        }
        return findings;
    }

    private Report.Finding finding(Examination examination, EspWays.Desync desync) {
        Address stale = Address.of(desync.stale().from());
        Address current = Address.of(desync.current().from());
        examination.explainEncrypted(stale, current);
        boolean forgotten = desync.rotations() > 1;
        String node = examination.node(stale);
        String peer = examination.node(current);
        List<Report.Evidence> evidence = new ArrayList<>(examination.sealed(
                desync.stale(),
                "encrypted with the key of tag " + desync.stale().keyTag()));
        evidence.addAll(examination.sealed(
                desync.current(),
                "encrypted with the key of tag " + desync.current().keyTag()));
        return Findings.begin(this, forgotten ? Severity.ERROR : Severity.WARNING, Confidence.LIKELY)
                .about("node", node)
                .about("peer", peer)
                .about("rotationsBehind", desync.rotations())
                .about("seconds", desync.nanos() / SECOND)
                .shownBy(evidence)
                .means(node + " encrypts what it sends to " + peer + " with a key that is "
                        + (forgotten ? desync.rotations() + " rotations" : "a rotation") + " older than the one that "
                        + peer + " uses. "
                        + (forgotten
                                ? "The peer keeps only the keys next to its own and drops the rest without a word, so encrypted"
                                        + " networks hang between the two, and others do not."
                                : "It is accepted until the next rotation, at most twelve hours; then encrypted networks hang"
                                        + " between the two."))
                .fixedBy(
                        "Let the daemon on " + examination.shortNode(stale) + " fetch the keys anew:",
                        Findings.type("systemctl restart docker"),
                        "If it falls behind again, see whether it reaches a manager: its log says why keys were not taken:",
                        Findings.type("journalctl -u docker | grep -iE 'key|dispatcher|session'"))
                .wouldBeProvenBy("ip xfrm state on " + examination.shortNode(current) + ", as root: SPI "
                        + desync.stale().spi() + " is not there.")
                .end();
    }
}
