package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.List;

/**
 * Gossip on UDP does not pass from one node to another: its probes are not acknowledged, although the other lives. Members take
 * each other for dead, ask around, and fall back to TCP.
 */
final class GossipOneWay implements Diagnosis {
    private static final long SHORTEST = 3_000_000_000L;
    /** Both absences and probes without an answer are told by spans of about a second. */
    private static final long ANSWERED = 2_000_000_000L;

    @Override
    public String id() {
        return "SW-17";
    }

    @Override
    public String title() {
        return "Gossip does not pass one way";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (Report.Node node : examination.report().nodes()) {
            Address from = Address.of(node.address());
            for (Report.Peer peer : node.peers()) {
                List<Report.Unanswered> times = peer.unanswered().stream()
                        .filter(silence -> silence.first() != null
                                && silence.last() - silence.first() >= SHORTEST
                                && lives(examination, from, Address.of(peer.address()), silence))
                        .toList();
                if (!times.isEmpty()) {
                    findings.add(finding(examination, from, peer, times));
                }
            }
        }
        return findings;
    }

    /** A node that is gone does not answer either: this one was heard while it should have answered, or sent in a stream. */
    private static boolean lives(Examination examination, Address from, Address to, Report.Unanswered silence) {
        long since = silence.first() + SHORTEST;
        boolean isHeard = silence.lastHeard() != null && silence.lastHeard() >= since
                || examination.vantages().stream()
                        .anyMatch(vantage -> streams(
                                vantage.seen().flows().conversations(), from, to, since, silence.last() + SHORTEST));
        return isHeard && !wasAway(examination, to, since, silence);
    }

    /** Whether a node was silent altogether until probes to it were answered again. */
    private static boolean wasAway(Examination examination, Address node, long since, Report.Unanswered silence) {
        CloseUp.Silence away =
                examination.closeUp().lastSilence(node, Examination.AWAY_SECONDS, silence.last() + SHORTEST);
        return away != null && away.from() <= since && away.to() >= silence.last() - ANSWERED;
    }

    /** Whether one node sent another something in a gossip stream that began in some time. */
    private static boolean streams(Conversations rows, Address from, Address to, long since, long until) {
        for (int row = 0; row < rows.size(); row++) {
            if (rows.vni(row) == Sighting.UNDERLAY
                    && rows.protocol(row) == IpProtocol.TCP.code()
                    && (rows.port(row, 0) == Sighting.GOSSIP_PORT || rows.port(row, 1) == Sighting.GOSSIP_PORT)) {
                int side = rows.address(row, 0).equals(to) ? 0 : 1;
                if (rows.address(row, side).equals(to)
                        && rows.address(row, 1 - side).equals(from)
                        && rows.packets(row, side) > 0
                        && rows.first(row) >= since
                        && rows.first(row) <= until) {
                    return true;
                }
            }
        }
        return false;
    }

    private Report.Finding finding(
            Examination examination, Address from, Report.Peer peer, List<Report.Unanswered> times) {
        Address to = Address.of(peer.address());
        long probes = times.stream().mapToLong(Report.Unanswered::probes).sum();
        long heard = times.stream().mapToLong(Report.Unanswered::heard).sum();
        boolean atReceiver = examination.vantages().stream()
                .anyMatch(vantage -> to.equals(examination.home(vantage)) && covers(vantage, times));
        String sender = examination.node(from);
        String receiver = examination.shortNode(to);
        return Findings.begin(this, Severity.WARNING, atReceiver && heard > 0 ? Confidence.PROVEN : Confidence.LIKELY)
                .about("from", sender)
                .about("to", examination.node(to))
                .about("probes", probes)
                .shownBy(examination.closeUp().samples(new CloseUp.Sample.Gossip(from, to)).stream()
                        .map(packet -> examination.evidence(packet, "gossip from " + from + " to " + to))
                        .toList())
                .means(sender + " asked " + examination.node(to) + " " + probes
                        + " times in a row whether it lives, and no answer came"
                        + (heard > 0
                                ? ", although " + heard + " packets of gossip came from there meanwhile: UDP port 7946"
                                        + " is open one way only."
                                : ", although the two have gossip streams: TCP port 7946 is open, and UDP is not.")
                        + " Nodes call each other dead and alive again, names and forwarding entries come late or get"
                        + " lost, and docker node ls may say Down.")
                .fixedBy(
                        "Allow UDP port 7946 from " + from + " to " + to + " in what lies between, and on " + receiver
                                + ", see it arrive and not be dropped:",
                        Findings.type("tcpdump -ni any udp port 7946 and src host " + from),
                        Findings.type("iptables -L INPUT -v -n | grep -E 'DROP|REJECT|policy'"),
                        Findings.type("iptables -I INPUT -s " + from + " -p udp --dport 7946 -j ACCEPT"))
                .wouldBeProvenBy("A capture on " + receiver + " at the same time: it shows whether the probes arrive.")
                .end();
    }

    private static boolean covers(Vantage vantage, List<Report.Unanswered> times) {
        return times.stream()
                .anyMatch(silence -> vantage.seen().first() <= silence.first()
                        && vantage.seen().last() >= silence.last());
    }
}
