package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the routing mesh's connections went through, leg by leg, and how its wheels turned: by the READMEs of the swarms. */
class IngressStoryTest {
    private static RecordedSwarm oneWheel;

    @BeforeAll
    static void find() {
        oneWheel = RecordedSwarm.named("18-one-wheel");
    }

    private static String inside(RecordedSwarm swarm, String node, String file) {
        return node + "="
                + RecordedSwarm.root().resolve(swarm.name()).resolve(node).resolve(file);
    }

    private static List<JsonNode> mesh(JsonNode report) {
        List<JsonNode> services = new ArrayList<>();
        report.path("ingress").forEach(service -> {
            if (service.path("mesh").asBoolean()) {
                services.add(service);
            }
        });
        return services;
    }

    /** 20 connections of strictly alternating ports, and the first of those to port 8001 alone; ten at worker1. */
    @Test
    void portsThatAlternateOnOneWheelAreExplained() {
        assertThat(SwarmReport.of(oneWheel).ingress()).singleElement().satisfies(service -> {
            assertThat(service.path("publishedPorts")).hasSize(2);
            assertThat(service.path("notes"))
                    .extracting(JsonNode::asText)
                    .satisfiesExactly(
                            note -> assertThat(note)
                                    .contains(
                                            "At swarm-manager",
                                            "21 connections",
                                            "port 8001 always met 10.0.0.11",
                                            "port 8002 always met 10.0.0.12"),
                            note -> assertThat(note).contains("At swarm-worker1", "10 connections"));
        });
    }

    /** Ports of the manager's docker_gwbridge as ingress_sbox has them: 172.18.0.2, by README.md of the folder above. */
    @Test
    void whatIsCapturedInsideANodeAddsItsLegs() {
        JsonNode report = SwarmReport.analyze(
                oneWheel,
                List.of(
                        inside(oneWheel, "swarm-manager", "docker_gwbridge.pcap"),
                        inside(oneWheel, "swarm-manager", "ingress_sbox-eth0.pcap")));

        JsonNode service = mesh(report).get(0);
        assertThat(service.path("connectionsTotal").asInt()).isEqualTo(48);
        assertThat(service.path("connections"))
                .filteredOn(connection -> connection.path("entry").asText().equals("swarm-manager"))
                .hasSize(38)
                .allSatisfy(connection -> {
                    assertThat(SwarmReport.socket(connection.path("gateway")))
                            .isEqualTo("172.18.0.2:" + connection.at("/destination/port"));
                    assertThat(connection.path("vtep").asText()).startsWith("192.168.77.10");
                });
    }

    /** Without the underlay the same connections, and nothing is inferred from what was not captured. */
    @Test
    void capturesInsideANodeAloneTellTheSame() {
        Invocation answer = Invocation.of(List.of(
                "ingress",
                "-T",
                "json",
                "--inventory",
                oneWheel.inventory().toString(),
                inside(oneWheel, "swarm-manager", "docker_gwbridge.pcap"),
                inside(oneWheel, "swarm-manager", "ingress_sbox-eth0.pcap")));

        JsonNode entry = answer.json().at("/ingress/0/entries/0");
        assertThat(entry.at("/connections/fromClients").asInt()).isEqualTo(38);
        assertThat(entry.at("/connections/localInferred").isNull()).isTrue();
        assertThat(entry.path("backends"))
                .extracting(backend -> backend.path("connections").asInt())
                .containsExactly(19, 19);
    }

    /** Two tasks came for a turn and were drained: README.md says which, and that nothing was unfair. */
    @Test
    void whoComesAndIsDrainedHasAFairShareMeanwhile() {
        for (JsonNode service :
                SwarmReport.of(RecordedSwarm.named("19-healthy-busy")).ingress()) {
            for (JsonNode entry : service.path("entries")) {
                assertThat(entry.at("/roundRobin/outOfOrder").asInt(-1)).isZero();
                assertThat(entry.path("backends"))
                        .allSatisfy(backend -> assertThat(
                                        backend.path("expectedShare").asDouble())
                                .isCloseTo(backend.path("share").asDouble(), within(0.04)));
            }
        }
        assertThat(SwarmReport.of(RecordedSwarm.named("19-healthy-busy")).ingress())
                .filteredOn(service -> service.path("service").asText().equals("shop"))
                .singleElement()
                .satisfies(service -> assertThat(service.path("entries"))
                        .allSatisfy(entry -> assertThat(entry.at("/roundRobin/changes"))
                                .extracting(change -> change.path("backends").asInt())
                                .containsExactly(3, 4, 3)));
    }

    @Test
    void connectionsAreStreamedOneALine() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("ingress", "--connections", "--inventory"));
        arguments.add(oneWheel.inventory().toString());
        arguments.addAll(oneWheel.captureArguments());

        List<String> objects = lines(arguments, "ndjson");
        List<String> rows = lines(arguments, "csv");

        assertThat(objects).hasSize(48);
        for (String object : objects) {
            assertThat(new ObjectMapper().readTree(object).path("service").asText())
                    .isEqualTo("twoport");
        }
        assertThat(rows).hasSize(1 + 48);
        assertThat(rows.get(0)).startsWith("start,vni,network,service,protocol,client.ip,client.port");
    }

    private static List<String> lines(List<String> arguments, String format) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(1, List.of("-T", format));
        Invocation answer = Invocation.of(all);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out().lines().toList();
    }
}
