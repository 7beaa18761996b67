package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that the managers call Ready has no part in gossip: so it learns of no container elsewhere, and none learns of its own. No
 * overlay reaches it, and it has no rule for published ports.
 */
final class WithoutGossip implements Diagnosis {
    /** Who has refused so many connections has nobody behind them. */
    private static final int REFUSED = 3;

    @Override
    public String id() {
        return "SW-26";
    }

    @Override
    public String title() {
        return "A node takes no part in gossip";
    }

    /** Whether a node may be one, so that its packets are worth a closer look. */
    static boolean isSuspect(Report report, Report.Node node) {
        return report.isLeftOut(node) || isAlone(report, node);
    }

    /** Whether nobody is seen to gossip and this node asks managers: its own capture looks so, or one of some ports only. */
    private static boolean isAlone(Report report, Report.Node node) {
        return node.isManaged()
                && !Boolean.TRUE.equals(node.manager())
                && node.stays(report.nodes().size())
                && report.nodes().stream().noneMatch(Report.Node::hasPart);
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (Report.Node node : examination.report().nodes()) {
            Address address = Address.of(node.address());
            int refused = refused(examination, address);
            if (examination.report().isLeftOut(node)) {
                Confidence confidence = node.captured() ? Confidence.PROVEN : Confidence.LIKELY;
                findings.add(finding(examination, node, address, refused, confidence));
            } else if (isAlone(examination.report(), node) && refused >= REFUSED) {
                findings.add(finding(examination, node, address, refused, Confidence.POSSIBLE));
            }
        }
        return findings;
    }

    /** How many connections to other than the swarm's own ports a node refused, at the vantage that saw most of them. */
    private static int refused(Examination examination, Address node) {
        int most = 0;
        for (Vantage vantage : examination.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            int here = 0;
            for (int row = 0; row < rows.size(); row++) {
                if (rows.vni(row) == Sighting.UNDERLAY && rows.hasSyn(row) && !rows.isAnswered(row)) {
                    int responder = 1 - rows.initiator(row);
                    if (rows.isReset(row, responder)
                            && rows.address(row, responder).equals(node)
                            && rows.port(row, responder) != Sighting.GOSSIP_PORT
                            && rows.port(row, responder) != Sighting.MANAGEMENT_PORT) {
                        here++;
                    }
                }
            }
            most = Math.max(most, here);
        }
        return most;
    }

    private Report.Finding finding(
            Examination examination, Report.Node node, Address address, int refused, Confidence confidence) {
        String name = examination.node(address);
        String shortName = examination.shortNode(address);
        Findings finding = Findings.begin(this, Severity.ERROR, confidence)
                .about("node", name)
                .about("managementPackets", node.management().sent());
        if (refused > 0) {
            finding.about("refusedConnections", refused);
        }
        return finding.shownBy(examination.closeUp().samples(new CloseUp.Sample.Management(address)).stream()
                        .map(packet -> examination.evidence(
                                packet, shortName + " talks to a manager, and to nobody on port 7946 or in an overlay"))
                        .toList())
                .means(name + " talks to the managers, so docker node ls says Ready and tasks are placed there; but "
                        + (confidence == Confidence.POSSIBLE
                                ? "in this capture nobody gossips with it"
                                : "while other nodes gossip, not one packet of gossip or of an overlay was seen of it")
                        + ". No container elsewhere is reachable from there, none of its own is from elsewhere"
                        + (refused > 0
                                ? ", and it refused " + refused + " connections, as its published ports would be."
                                : ", and its published ports are refused."))
                .fixedBy(
                        "On " + shortName + ", see why: whether the daemon has port 7946, or something else has it,"
                                + " and whether it is let in:",
                        Findings.type("ss -lntup | grep 7946"),
                        Findings.type("journalctl -u docker | grep -iE 'agentInit|memberlist'"),
                        Findings.type("iptables -L INPUT -v -n | grep -E 'DROP|REJECT|policy'"),
                        "Once the port is free and open, on tcp and udp, let the daemon begin again:",
                        Findings.type("systemctl restart docker"))
                .wouldBeProvenBy(
                        confidence == Confidence.POSSIBLE
                                ? "A capture of all ports on a manager at the same time: there other nodes gossip, and "
                                        + shortName + " does not."
                                : "A capture of all ports on " + shortName + " that shows no packet on port 7946.")
                .end();
    }
}
