package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The JSON report that the command makes of all underlay captures of a recorded swarm. */
final class SwarmReport {

    private static final Map<String, SwarmReport> REPORTS = new ConcurrentHashMap<>();

    private final JsonNode report;

    private SwarmReport(JsonNode report) {
        this.report = report;
    }

    /** One endpoint, and all VTEPs that packets of it came from. */
    record ReportedEndpoint(OverlayAddress address, Location location, Set<String> sentFrom) {}

    /** One connection through the routing mesh. */
    record ReportedConnection(String client, int clientPort, String entry, String task, int taskPort, Instant start) {}

    /** Runs the command, once for each swarm. */
    static SwarmReport of(RecordedSwarm swarm) {
        return REPORTS.computeIfAbsent(swarm.name(), name -> new SwarmReport(analyze(swarm)));
    }

    List<JsonNode> networks() {
        return each(report, "networks").toList();
    }

    /** What the routing mesh distributed. */
    List<JsonNode> ingress() {
        return each(report, "ingress").toList();
    }

    List<ReportedEndpoint> endpoints() {
        return each(report, "endpoints")
                .map(endpoint -> new ReportedEndpoint(
                        new OverlayAddress(
                                endpoint.path("vni").asInt(),
                                endpoint.path("ip").asText()),
                        new Location(
                                endpoint.path("mac").asText(),
                                endpoint.path("vtep").asText()),
                        Set.copyOf(each(endpoint, "claims")
                                .map(claim -> claim.path("vtep").asText())
                                .distinct()
                                .toList())))
                .toList();
    }

    /** Connections of each entry node to each backend through the routing mesh, all services together. */
    Map<Leg, Long> connectionsByLeg() {
        return connectionsByLeg(true);
    }

    /** Connections of each node to each backend of virtual addresses, all services together. */
    Map<Leg, Long> connectionsByVirtualLeg() {
        return connectionsByLeg(false);
    }

    /** Connections to virtual addresses, one by one. */
    List<JsonNode> virtualConnections() {
        return each(report, "vips")
                .flatMap(service -> each(service, "connections"))
                .toList();
    }

    static String socket(JsonNode socket) {
        return socket.path("ip").asText() + ':' + socket.path("port").asText();
    }

    private Map<Leg, Long> connectionsByLeg(boolean mesh) {
        Map<Leg, Long> connections = new TreeMap<>();
        each(report, mesh ? "ingress" : "vips")
                .flatMap(service -> each(service, "entries"))
                .forEach(entry -> each(entry, "backends")
                        .filter(backend -> backend.path("connections").isNumber())
                        .forEach(backend -> connections.merge(
                                new Leg(
                                        entry.path("address").asText(),
                                        backend.path("ip").asText()),
                                backend.path("connections").asLong(),
                                Long::sum)));
        return connections;
    }

    /** Connections whose client is known, by the client's address and port. */
    Map<String, List<ReportedConnection>> connectionsByClient() {
        Map<String, List<ReportedConnection>> connections = new HashMap<>();
        Stream.concat(each(report, "ingress"), each(report, "vips"))
                .flatMap(service -> each(service, "connections"))
                .filter(connection -> connection.path("client").isObject())
                .map(connection -> new ReportedConnection(
                        connection.at("/client/ip").asText(),
                        connection.at("/client/port").asInt(),
                        connection.path("entry").asText(),
                        connection.at("/task/ip").asText(),
                        connection.at("/task/port").asInt(),
                        Instant.parse(connection.path("start").asText())))
                .forEach(connection -> connections
                        .computeIfAbsent(connection.client() + ':' + connection.clientPort(), any -> new ArrayList<>())
                        .add(connection));
        return connections;
    }

    private static Stream<JsonNode> each(JsonNode object, String member) {
        return StreamSupport.stream(object.path(member).spliterator(), false);
    }

    private static JsonNode analyze(RecordedSwarm swarm) {
        return analyze(swarm, List.of());
    }

    /** The report on the underlay captures and some more. */
    static JsonNode analyze(RecordedSwarm swarm, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json", "--top", "all", "--inventory"));
        arguments.add(swarm.inventory().toString());
        arguments.addAll(swarm.captureArguments());
        arguments.addAll(more);

        Invocation answer = Invocation.of(arguments);

        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json();
    }
}
