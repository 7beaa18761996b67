package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A published port takes connections over IPv6, and then says nothing: the routing mesh has only IPv4. */
final class Ipv6Port implements Diagnosis {
    private static final int ENOUGH = 3;
    private static final long LONG_ENOUGH = 3_000_000_000L;

    @Override
    public String id() {
        return "SW-23";
    }

    @Override
    public String title() {
        return "A published port hangs over IPv6";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<String, List<Exchange>> hanging = new TreeMap<>();
        for (Exchange exchange : examination.exchanges()) {
            if (!exchange.isOverlay() && exchange.isTcp() && exchange.hasSyn() && exchange.isAnswered()) {
                int responder = 1 - exchange.forward();
                Address node = exchange.address(responder);
                long asked = data(exchange, exchange.forward());
                if (!node.isIpv4()
                        && asked > 0
                        && data(exchange, responder) == 0
                        && exchange.last() - exchange.first() >= LONG_ENOUGH) {
                    hanging.computeIfAbsent(node + " " + exchange.port(responder), any -> new ArrayList<>())
                            .add(exchange);
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        hanging.forEach((where, exchanges) -> {
            if (exchanges.size() >= ENOUGH) {
                findings.add(finding(examination, exchanges));
            }
        });
        return findings;
    }

    /** How many bytes of data one side sent. */
    private static long data(Exchange exchange, int direction) {
        return exchange.packets().stream()
                .filter(packet -> packet.direction() == direction)
                .mapToLong(Packet::payload)
                .sum();
    }

    private Report.Finding finding(Examination examination, List<Exchange> exchanges) {
        int responder = 1 - exchanges.get(0).forward();
        Address node = exchanges.get(0).address(responder);
        int port = exchanges.get(0).port(responder);
        List<Report.Evidence> evidence = exchanges.stream()
                .limit(Findings.MOST_EVIDENCE)
                .map(exchange -> examination.evidence(
                        exchange.packets().get(0),
                        "connection to [" + node + "]:" + port + ", accepted, asked, and never answered"))
                .toList();
        return Findings.begin(this, Severity.WARNING, Confidence.LIKELY)
                .about("address", node)
                .about("port", port)
                .about("connections", exchanges.size())
                .shownBy(evidence)
                .means(exchanges.size() + " connections to port " + port + " over IPv6 were accepted by " + node
                        + " and what they asked was never answered, while the port is published: the routing mesh works with IPv4,"
                        + " and the daemon takes IPv6 connections that it cannot pass on (mended in Docker 29.8).")
                .fixedBy(
                        "Let clients use IPv4: take the node's AAAA record out of DNS, or publish in host mode:",
                        Findings.type("docker service update --publish-rm " + port
                                + " --publish-add mode=host,published=" + port + ",target=PORT SERVICE"))
                .wouldBeProvenBy(
                        "A capture on the node's lo and docker_gwbridge, which shows no leg behind the daemon.")
                .end();
    }
}
