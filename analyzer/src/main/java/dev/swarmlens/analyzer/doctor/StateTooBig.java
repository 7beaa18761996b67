package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<Report.Node> senders =
                examination.report().nodes().stream().filter(StateTooBig::isBig).toList();
        return senders.isEmpty() ? List.of() : List.of(finding(examination, senders));
    }

    /** The state is the swarm's: whichever nodes send it, it is one failure. */
    private Report.Finding finding(Examination examination, List<Report.Node> senders) {
        long length = senders.stream().mapToLong(StateTooBig::length).max().orElseThrow();
        boolean refused = length > LIMIT;
        String nodes = senders.stream()
                .map(node -> examination.node(Address.of(node.address())))
                .collect(Collectors.joining(", "));
        String size = String.format(Locale.ROOT, "%.1f MiB", (double) length / MEBIBYTE);
        return Findings.begin(this, refused ? Severity.ERROR : Severity.WARNING, Confidence.PROVEN)
                .about("nodes", nodes)
                .about("bytes", length)
                .shownBy(senders.stream()
                        .flatMap(node -> beginnings(examination, node))
                        .limit(Findings.MOST_EVIDENCE)
                        .toList())
                .means("The swarm's state is synchronised in messages of " + size + ", seen from " + nodes + ". "
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

    private static Stream<Report.Evidence> beginnings(Examination examination, Report.Node node) {
        long length = length(node);
        return examination.closeUp().samples(new CloseUp.Sample.Message(Address.of(node.address()), length)).stream()
                .map(packet -> examination.evidence(packet, "a gossip message of " + length + " bytes begins"));
    }
}
