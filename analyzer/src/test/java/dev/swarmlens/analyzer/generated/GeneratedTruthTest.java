package dev.swarmlens.analyzer.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.testkit.SwarmDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The analyzer finds in generated captures what the generator says is true. */
@Domain(SwarmDomain.class)
class GeneratedTruthTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 200)
    void theReportSaysWhatIsTrue(@ForAll Scenario scenario) throws IOException {
        Path folder = Files.createTempDirectory("generated");
        try {
            new Generator(scenario).run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
            compare(folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    static void compare(Path folder) throws IOException {
        JsonNode truth = JSON.readTree(folder.resolve("truth.json").toFile());
        List<String> command = new ArrayList<>(List.of(
                "analyze",
                "-T",
                "json",
                "--top",
                "all",
                "--inventory",
                folder.resolve("inventory").toString()));
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".pcap"))
                    .sorted()
                    .forEach(file -> command.add(file.toString()));
        }
        Invocation analysis = Invocation.of(command);
        assertThat(analysis.exit()).as(analysis.err()).isZero();
        JsonNode report = analysis.json();
        assertThat(claims(report)).as("claims").isEqualTo(trueClaims(truth));
        assertThat(backends(report)).as("backends").isEqualTo(trueBackends(truth));
        assertThat(connections(report)).as("connections").isEqualTo(trueConnections(truth));
    }

    /** Who sent from where, and how often. */
    private static Set<String> claims(JsonNode report) {
        Set<String> claims = new TreeSet<>();
        for (JsonNode endpoint : report.path("endpoints")) {
            for (JsonNode claim : endpoint.path("claims")) {
                claims.add(String.join(
                        " ",
                        endpoint.path("vni").asText(),
                        endpoint.path("ip").asText(),
                        claim.path("mac").asText(),
                        claim.path("vtep").asText(),
                        claim.path("packets").asText()));
            }
        }
        return claims;
    }

    private static Set<String> trueClaims(JsonNode truth) {
        Set<String> claims = new TreeSet<>();
        for (JsonNode claim : truth.path("claims")) {
            claims.add(String.join(
                    " ",
                    claim.path("vni").asText(),
                    claim.path("ip").asText(),
                    claim.path("mac").asText(),
                    claim.path("vtep").asText(),
                    claim.path("packets").asText()));
        }
        return claims;
    }

    /** How many connections went from which node to which task of which service, over the overlay. */
    private static Map<String, Integer> backends(JsonNode report) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode service : report.path("ingress")) {
            for (JsonNode entry : service.path("entries")) {
                String from = service.path("service").asText() + " "
                        + entry.path("node").asText();
                counts.merge(from, entry.at("/connections/fromClients").asInt(), Integer::sum);
                counts.merge(
                        from + " local", entry.at("/connections/localInferred").asInt(), Integer::sum);
                for (JsonNode backend : entry.path("backends")) {
                    counts.merge(
                            from + " " + backend.path("task").asText(),
                            backend.path("connections").asInt(),
                            Integer::sum);
                }
                int overOverlay = entry.at("/connections/overOverlay").asInt();
                int local = entry.at("/connections/localInferred").asInt();
                counts.merge(
                        from + " lost",
                        entry.at("/connections/fromClients").asInt() - overOverlay - local,
                        Integer::sum);
            }
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** Whether it went through the mesh, and could be seen: a dead node captures nothing. */
    private static boolean isIngress(JsonNode connection) {
        return connection.path("entry").isTextual()
                && connection.path("network").asText().equals("ingress")
                && connection.path("captured").asBoolean();
    }

    private static Map<String, Integer> trueBackends(JsonNode truth) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode connection : truth.path("connections")) {
            if (isIngress(connection)) {
                String from = connection.path("service").asText() + " "
                        + connection.path("entry").asText();
                boolean remote = connection.path("overTunnel").asBoolean();
                counts.merge(from, 1, Integer::sum);
                counts.merge(
                        from + " " + (remote ? connection.at("/task/name").asText() : answered(connection)),
                        1,
                        Integer::sum);
            }
        }
        return counts;
    }

    private static String answered(JsonNode connection) {
        boolean datagrams = isUdp(connection);
        return switch (connection.path("outcome").asText()) {
            // of datagrams some may have been answered
            case "unanswered" -> datagrams && connection.path("requests").asInt() > 0 ? "local" : "lost";
            case "refused" -> "lost";
            default -> "local";
        };
    }

    private static boolean isUdp(JsonNode connection) {
        String kind = connection.path("kind").asText();
        return kind.equals("udp") || kind.equals("dns");
    }

    /** Which task each client's connection went to, as far as it can be seen between the nodes. */
    private static Set<String> connections(JsonNode report) {
        Set<String> connections = new TreeSet<>();
        for (JsonNode service : report.path("ingress")) {
            for (JsonNode connection : service.path("connections")) {
                connections.add(String.join(
                        " ",
                        service.path("protocol").asText(),
                        connection.at("/client/ip").asText(),
                        connection.at("/client/port").asText(),
                        connection.path("entry").asText(),
                        connection.at("/task/ip").asText("local"),
                        connection.at("/task/port").asText("")));
            }
        }
        return connections;
    }

    private static Set<String> trueConnections(JsonNode truth) {
        Set<String> connections = new TreeSet<>();
        for (JsonNode connection : truth.path("connections")) {
            if (isIngress(connection)) {
                boolean remote = connection.path("overTunnel").asBoolean();
                connections.add(String.join(
                        " ",
                        isUdp(connection) ? "udp" : "tcp",
                        connection.at("/client/ip").asText(),
                        connection.at("/client/port").asText(),
                        connection.path("entry").asText(),
                        remote ? connection.at("/task/ip").asText() : "local",
                        remote ? connection.path("port").asText() : ""));
            }
        }
        return connections;
    }
}
