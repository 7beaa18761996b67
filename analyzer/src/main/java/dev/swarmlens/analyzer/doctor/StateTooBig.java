package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.List;
import java.util.Locale;

/**
 * The state that nodes synchronise has become so long that engines refuse it. How long a message is stands before it in clear.
 */
final class StateTooBig implements Diagnosis {
    private static final long MEBIBYTE = 1024 * 1024;
    /** Engines refuse longer messages. */
    private static final long LIMIT = 20 * MEBIBYTE;
    /** Engines warn from here on: 60 % of the limit. */
    private static final long WARNING = 12 * MEBIBYTE;

    @Override
    public String id() {
        return "SW-18";
    }

    @Override
    public String title() {
        return "The swarm's state is too long to be synchronised";
    }

    static boolean isBig(Report.Node node) {
        return length(node) >= WARNING;
    }

    static long length(Report.Node node) {
        return node.largestMessage() == null ? 0 : node.largestMessage();
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        return examination.report().nodes().stream()
                .filter(StateTooBig::isBig)
                .map(node -> finding(examination, node))
                .toList();
    }

    private Report.Finding finding(Examination examination, Report.Node node) {
        long length = length(node);
        boolean refused = length > LIMIT;
        Address address = Address.of(node.address());
        String size = String.format(Locale.ROOT, "%.1f MiB", (double) length / MEBIBYTE);
        return Findings.begin(this, refused ? Severity.ERROR : Severity.WARNING, Confidence.PROVEN)
                .about("node", examination.node(address))
                .about("bytes", length)
                .shownBy(examination.closeUp().samples(new CloseUp.Sample.Message(address, length)).stream()
                        .map(packet -> examination.evidence(packet, "a gossip message of " + length + " bytes begins"))
                        .toList())
                .means(examination.node(address) + " synchronises the swarm's state in a message of " + size + ". "
                        + (refused
                                ? "Engines refuse more than 20 MiB, so nodes keep forwarding entries and names that are"
                                        + " long out of date: containers become unreachable one by one."
                                : "Engines refuse more than 20 MiB; then nodes keep forwarding entries and names that are"
                                        + " out of date."))
                .fixedBy(
                        "See how many endpoints there are, which is what the state is made of, and take down what is not"
                                + " needed: services in many networks, many published ports, old networks:",
                        Findings.type("docker network ls --filter driver=overlay -q | wc -l"),
                        Findings.type("docker service ls -q | wc -l"),
                        Findings.type("docker network prune"),
                        "Services that only answer through a proxy need no endpoint of the routing mesh:",
                        Findings.type("docker service update --endpoint-mode dnsrr SERVICE"))
                .end();
    }
}
