package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.doctor.Outages.Way;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;

/** ESP does not get from one node to another, though UDP and TCP do. */
final class EspBlock implements Diagnosis {
    /** No MTU is smaller. */
    private static final int SHORT = 576;

    @Override
    public String id() {
        return "SW-14a";
    }

    @Override
    public String title() {
        return "ESP is blocked one way";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (EspWays.Block block : examination.espWays().blocks()) {
            if (block.isLost() ? isConfirmed(examination, block) : isOnlyEsp(examination, block)) {
                findings.add(finding(examination, block));
            }
        }
        return findings;
    }

    /**
     * Whether what did not arrive left while the other capture ran and its node was there, by the time of each frame, was not
     * only too long, and not lost together with what goes the same way in clear.
     */
    private static boolean isConfirmed(Examination examination, EspWays.Block block) {
        List<Packet> frames = examination.sealed(block);
        Address receiver = block.way().to();
        long watched = frames.stream()
                .filter(block::isWatched)
                .filter(frame -> !examination.isAway(receiver, frame.time(), frame.time()))
                .count();
        return watched >= EspWays.ENOUGH
                && frames.stream().anyMatch(frame -> frame.length() <= SHORT)
                && Outages.of(examination).getOrDefault(block.way(), List.of()).stream()
                        .flatMap(outage -> outage.probes().stream())
                        .allMatch(probe -> examination.isEncrypted(probe.vni()));
    }

    /** Whether all that was asked in clear between the two nodes was answered. */
    private static boolean isOnlyEsp(Examination examination, EspWays.Block block) {
        return examination.allProbes().stream()
                .noneMatch(probe -> probe.isSilent()
                        && !examination.isEncrypted(probe.vni())
                        && (block.way().equals(new Way(probe.source(), probe.destination()))
                                || block.way().reverse().equals(new Way(probe.source(), probe.destination()))));
    }

    private Report.Finding finding(Examination examination, EspWays.Block block) {
        Address from = block.way().from();
        Address to = block.way().to();
        examination.explainEncrypted(from, to);
        String receiver = examination.shortNode(to);
        Confidence confidence =
                block.isLost() ? Confidence.PROVEN : block.arrives() ? Confidence.LIKELY : Confidence.POSSIBLE;
        String note = block.isLost()
                ? "leaves, and does not arrive"
                : block.arrives() ? "arrives, and nothing comes back" : "leaves, and nothing comes back";
        return Findings.begin(this, block.isLost() ? Severity.ERROR : Severity.WARNING, confidence)
                .about("from", examination.node(from))
                .about("to", examination.node(to))
                .about("packets", block.packets())
                .shownBy(examination.sealed(block, note))
                .means("What " + examination.node(from) + " encrypts for " + examination.node(to)
                        + (block.isLost()
                                ? " leaves the one node and does not arrive at the other"
                                : block.arrives() ? " arrives, and nothing comes back" : " has no answer")
                        + ", while other packets between them pass: ESP, IP protocol 50, is blocked. Encrypted networks hang"
                        + " between the two nodes, and docker node ls shows nothing of it.")
                .fixedBy(
                        "Firewalls that let Docker's ports in often forget protocol 50. On " + receiver
                                + ", let it in:",
                        Findings.type("iptables -I INPUT -s " + from + " -p esp -j ACCEPT"),
                        Findings.type("firewall-cmd --permanent --add-protocol=esp && firewall-cmd --reload"
                                + "    # with firewalld"),
                        "In a cloud, allow protocol 50 between the nodes in the security group. On " + receiver
                                + ", see it arrive:",
                        Findings.type("tcpdump -ni any ip proto 50 and src host " + from))
                .wouldBeProvenBy("Captures on " + examination.shortNode(from) + " and " + receiver
                        + " at the same time, of ip proto 50 and port 7946: their sequence numbers show what is lost.")
                .end();
    }
}
