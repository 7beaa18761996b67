package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A load balancer has forgotten a connection that was silent for long: what one side then says is answered by a RST of the node,
 * and the other side never hears of it.
 */
final class IdleTimeout implements Diagnosis {
    /** A node answers at once what it does not know. */
    private static final long AT_ONCE = 1_000_000_000L;

    /**
     * A connection that was forgotten.
     *
     * @param data what was said after the silence
     * @param reset what the node answered
     * @param silence how long nothing had been said, in nanoseconds
     * @param missing whether the connection's other leg was seen, and did not carry the data
     */
    private record Forgotten(Exchange exchange, Packet data, Packet reset, long silence, boolean missing) {}

    @Override
    public String id() {
        return "SW-05";
    }

    @Override
    public String title() {
        return "Idle connections are forgotten by the load balancer";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Integer, Map<Address, List<Forgotten>>> byPort = new TreeMap<>();
        for (Exchange exchange : examination.exchanges()) {
            if (exchange.isTcp() && exchange.hasSyn() && exchange.isAnswered()) {
                Forgotten found = forgotten(exchange);
                Address entry = found == null ? null : entry(examination, exchange, found);
                if (entry != null) {
                    byPort.computeIfAbsent(exchange.port(1 - exchange.forward()), any -> new TreeMap<>())
                            .computeIfAbsent(entry, any -> new ArrayList<>())
                            .add(found);
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        byPort.forEach((port, byEntry) -> findings.add(finding(examination, port, byEntry)));
        return findings;
    }

    /** Finds data after a long silence that is answered by a RST, though neither side had ended the connection. */
    private static Forgotten forgotten(Exchange exchange) {
        List<Packet> packets = exchange.packets();
        for (int i = 1; i < packets.size(); i++) {
            Packet data = packets.get(i);
            long silence = data.time() - packets.get(i - 1).time();
            if (data.has(Tcp.FLAG_FIN) || packets.get(i - 1).has(Tcp.FLAG_RST)) {
                return null;
            }
            if (silence >= Examination.IDLE && data.payload() > 0) {
                for (int j = i + 1; j < packets.size() && packets.get(j).time() - data.time() <= AT_ONCE; j++) {
                    Packet answer = packets.get(j);
                    if (answer.direction() != data.direction()) {
                        return answer.has(Tcp.FLAG_RST)
                                ? new Forgotten(exchange, data, answer, silence, isMissingOnOtherLeg(exchange, data))
                                : null;
                    }
                }
            }
        }
        return null;
    }

    /** Whether the connection's other leg was seen at the same vantage, and has nothing of the data. */
    private static boolean isMissingOnOtherLeg(Exchange exchange, Packet data) {
        return otherLeg(exchange).map(last -> last < data.time()).orElse(false);
    }

    /** When the connection's other leg was last seen. */
    private static Optional<Long> otherLeg(Exchange exchange) {
        Conversations rows = exchange.vantage().seen().flows().conversations();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.vni(row) != exchange.vni()
                    && rows.hasSyn(row)
                    && rows.initialSequence(row) == exchange.initialSequence()) {
                return Optional.of(rows.last(row));
            }
        }
        return Optional.empty();
    }

    /** The node whose load balancer has forgotten the connection; {@code null} if it was none. */
    private static Address entry(Examination examination, Exchange exchange, Forgotten found) {
        int responder = 1 - exchange.forward();
        int resetting = found.reset().direction();
        if (exchange.isOverlay()) {
            // what a task says after the silence, its node's load balancer does not know; a task that resets is another
            // matter
            boolean byBalancer = resetting == exchange.forward() && exchange.source(exchange.forward()) != null;
            return byBalancer ? exchange.source(exchange.forward()) : null;
        }
        Address node = exchange.address(responder);
        boolean isPublished = examination.report().ingress().stream()
                .anyMatch(service -> service.publishedPorts().contains(exchange.port(responder)));
        return resetting == responder && examination.nodes().contains(node) && (isPublished || found.missing())
                ? node
                : null;
    }

    private Report.Finding finding(Examination examination, int port, Map<Address, List<Forgotten>> byEntry) {
        List<Forgotten> connections =
                byEntry.values().stream().flatMap(List::stream).toList();
        String nodes = String.join(
                ", ", byEntry.keySet().stream().map(examination::node).toList());
        String first = examination.shortNode(byEntry.keySet().iterator().next());
        long shortest = connections.stream().mapToLong(Forgotten::silence).min().orElseThrow() / 1_000_000_000;
        boolean missing = connections.stream().anyMatch(Forgotten::missing);
        Set<String> services = new LinkedHashSet<>();
        examination.report().ingress().stream()
                .filter(service -> service.publishedPorts().contains(port) && service.service() != null)
                .forEach(service -> services.add(service.service()));
        List<Report.Evidence> evidence = new ArrayList<>();
        for (Forgotten connection : connections) {
            Exchange exchange = connection.exchange();
            int direction = connection.data().direction();
            String ends = exchange.address(direction) + ":" + exchange.port(direction) + " → "
                    + exchange.address(1 - direction) + ":" + exchange.port(1 - direction);
            evidence.add(examination.evidence(
                    connection.data(),
                    "data " + ends + " after " + connection.silence() / 1_000_000_000 + " s of silence"
                            + (connection.missing() ? "; no copy of it on the other leg" : "")));
            evidence.add(examination.evidence(connection.reset(), "answered by a RST of the node itself"));
        }
        examination.explain(probe -> connections.stream()
                .anyMatch(connection -> probe.exchange().initialSequence()
                        == connection.exchange().initialSequence()));
        return Findings.begin(this, Severity.WARNING, missing ? Confidence.LIKELY : Confidence.POSSIBLE)
                .about("nodes", nodes)
                .about("port", port)
                .about("service", services.isEmpty() ? "unknown" : String.join(", ", services))
                .about(
                        "connections",
                        connections.stream()
                                .map(connection -> connection.exchange().initialSequence())
                                .distinct()
                                .count())
                .shownBy(evidence)
                .means("Connections to port " + port + " through " + nodes
                        + " that were silent for " + shortest
                        + " s or more are reset by the node when either side speaks again,"
                        + " and the other side never hears of it: the load balancer (IPVS) has forgotten them. Its limit is"
                        + " 900 s unless somebody lowered it; applications with pools of connections fail on the first request"
                        + " after a quiet time.")
                .fixedBy(
                        "Let the applications send keepalives more often than that (SO_KEEPALIVE in the program), for example:",
                        Findings.type("docker service update --sysctl-add net.ipv4.tcp_keepalive_time="
                                + Math.min(shortest / 2, 600) + " "
                                + (services.isEmpty()
                                        ? "SERVICE"
                                        : services.iterator().next())),
                        "See the limit on " + first + ":",
                        Findings.type("nsenter --net=/run/docker/netns/ingress_sbox ipvsadm -l --timeout"))
                .wouldBeProvenBy("A capture inside ingress_sbox of " + first
                        + ", and ipvsadm -lnc there before and after the silence.")
                .end();
    }
}
