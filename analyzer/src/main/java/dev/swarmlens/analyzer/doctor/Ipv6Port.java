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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * Whether what the initiator of a connection asked was left without an answer for some time: until somebody ended the connection,
     * or the capture ended.
     */
    static boolean isHanging(Vantage vantage, int row) {
        Conversations rows = vantage.seen().flows().conversations();
        int initiator = rows.initiator(row);
        boolean ended =
                rows.isFinished(row, 0) || rows.isFinished(row, 1) || rows.isReset(row, 0) || rows.isReset(row, 1);
        long last = ended ? rows.last(row) : vantage.seen().last();
        return initiator != Conversations.NONE
                && rows.dataBytes(row, initiator) > 0
                && rows.dataBytes(row, 1 - initiator) == 0
                && last - rows.first(row) >= LONG_ENOUGH;
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Port, List<Exchange>> hanging = new TreeMap<>();
        for (Exchange exchange : examination.exchanges()) {
            int responder = 1 - exchange.forward();
            if (!exchange.isOverlay()
                    && exchange.isTcp()
                    && exchange.hasSyn()
                    && exchange.isAnswered()
                    && !exchange.address(responder).isIpv4()
                    && isHanging(exchange.vantage(), exchange.row())) {
                hanging.computeIfAbsent(
                                new Port(exchange.address(responder), exchange.port(responder)),
                                any -> new ArrayList<>())
                        .add(exchange);
            }
        }
        hanging.keySet().removeAll(answering(examination));
        List<Report.Finding> findings = new ArrayList<>();
        hanging.values().stream()
                .filter(exchanges -> exchanges.size() >= ENOUGH)
                .forEach(exchanges -> findings.add(finding(examination, exchanges)));
        return findings;
    }

    /** A port of TCP, and where. */
    private record Port(Address address, int number) implements Comparable<Port> {
        @Override
        public int compareTo(Port other) {
            int byAddress = address.compareTo(other.address);
            return byAddress == 0 ? Integer.compare(number, other.number) : byAddress;
        }
    }

    /** Where something was answered over IPv6: who is slow there is another's business. */
    private static Set<Port> answering(Examination examination) {
        Set<Port> answering = new HashSet<>();
        for (Vantage vantage : examination.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            for (int row = 0; row < rows.size(); row++) {
                int initiator = rows.initiator(row);
                if (rows.vni(row) == Sighting.UNDERLAY
                        && rows.protocol(row) == IpProtocol.TCP.code()
                        && !rows.address(row, 0).isIpv4()
                        && initiator != Conversations.NONE
                        && rows.dataBytes(row, 1 - initiator) > 0) {
                    answering.add(new Port(rows.address(row, 1 - initiator), rows.port(row, 1 - initiator)));
                }
            }
        }
        return answering;
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
