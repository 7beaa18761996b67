package dev.swarmlens.analyzer.report;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the long lists of a report as comma-separated values, RFC 4180 but with Unix' line ends; what is not known is empty. */
public final class CsvReport {
    private static final List<String> CONNECTION = List.of(
            "start",
            "vni",
            "network",
            "service",
            "protocol",
            "client.ip",
            "client.port",
            "destination.ip",
            "destination.port",
            "entry",
            "gateway.ip",
            "gateway.port",
            "loadBalancer.ip",
            "loadBalancer.port",
            "vtep",
            "task.ip",
            "task.port",
            "correlatedBy");

    private static final List<String> FLOW = List.of(
            "scope",
            "vni",
            "protocol",
            "initiator.ip",
            "initiator.port",
            "responder.ip",
            "responder.port",
            "vteps.initiator",
            "vteps.responder",
            "points",
            "first",
            "last",
            "packets.forward",
            "packets.reverse",
            "bytes.forward",
            "bytes.reverse",
            "tcp.state",
            "tcp.connections",
            "tcp.handshakeMicros",
            "tcp.retransmittedBytes",
            "icmp.requests",
            "icmp.replies",
            "icmp.rttMicros.median");

    private CsvReport() {}

    /**
     * Writes balanced connections, a line each.
     *
     * @param out where to; it is flushed and left open
     */
    public static void connections(Report report, OutputStream out) {
        PrintStream lines = lines(out, CONNECTION);
        for (Report.Ingress ingress : report.ingress()) {
            for (Report.Connection connection : ingress.connections()) {
                print(
                        lines,
                        time(connection.start()),
                        ingress.vni(),
                        ingress.network(),
                        ingress.service(),
                        ingress.protocol(),
                        ip(connection.client()),
                        port(connection.client()),
                        ip(connection.destination()),
                        port(connection.destination()),
                        connection.entry(),
                        ip(connection.gateway()),
                        port(connection.gateway()),
                        ip(connection.loadBalancer()),
                        port(connection.loadBalancer()),
                        connection.vtep(),
                        ip(connection.task()),
                        port(connection.task()),
                        connection.correlatedBy());
            }
        }
        lines.flush();
    }

    /**
     * Writes flows, a line each, the largest first.
     *
     * @param out where to; it is flushed and left open
     */
    public static void flows(Report report, OutputStream out) {
        PrintStream lines = lines(out, FLOW);
        for (Report.Flow flow : report.flows()) {
            Report.Tcp tcp = flow.tcp();
            Report.Icmp icmp = flow.icmp();
            print(
                    lines,
                    flow.vni() == null ? "underlay" : "overlay",
                    flow.vni(),
                    flow.protocol(),
                    ip(flow.initiator()),
                    port(flow.initiator()),
                    ip(flow.responder()),
                    port(flow.responder()),
                    flow.initiatorVtep(),
                    flow.responderVtep(),
                    String.join(" ", flow.points()),
                    time(flow.first()),
                    time(flow.last()),
                    flow.packetsForward(),
                    flow.packetsReverse(),
                    flow.bytesForward(),
                    flow.bytesReverse(),
                    tcp == null ? null : JsonReport.camelCase(tcp.state()),
                    tcp == null ? null : tcp.connections(),
                    tcp == null ? null : tcp.handshakeMicros(),
                    tcp == null ? null : tcp.retransmittedBytes(),
                    icmp == null ? null : icmp.requests(),
                    icmp == null ? null : icmp.replies(),
                    icmp == null || icmp.rttMicros() == null
                            ? null
                            : icmp.rttMicros().median());
        }
        lines.flush();
    }

    private static PrintStream lines(OutputStream out, List<String> header) {
        PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8);
        print(lines, header.toArray());
        return lines;
    }

    private static void print(PrintStream lines, Object... cells) {
        lines.print(Arrays.stream(cells)
                .map(cell -> cell == null ? "" : quoted(cell.toString()))
                .collect(Collectors.joining(",", "", "\n")));
    }

    /** A cell, in quotes if it must be. */
    public static String quoted(String value) {
        boolean plain = value.chars().noneMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }

    private static String time(Long nanos) {
        return nanos == null ? null : Times.iso(nanos);
    }

    private static String ip(Report.Socket socket) {
        return socket == null ? null : socket.ip();
    }

    private static Integer port(Report.Socket socket) {
        return socket == null ? null : socket.port();
    }
}
