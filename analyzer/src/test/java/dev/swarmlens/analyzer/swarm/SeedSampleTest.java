package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.swarm.SwarmReport.ReportedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The sample in the repository against its own README and tables; {@link SwarmTruthTest} holds it against the kernel's tables
 * and the client's log like every recorded swarm.
 */
class SeedSampleTest {

    private static final RecordedSwarm SAMPLE = RecordedSwarm.sample();
    private static final int NODES = 4;

    /** Replicas of each service, by README.md. */
    private static final Map<String, Integer> REPLICAS = Map.of("hostname", 4, "myweb", 4, "myweb2", 3);

    private static Stream<JsonNode> each(JsonNode object, String member) {
        return StreamSupport.stream(object.path(member).spliterator(), false);
    }

    /** All four captures, with the inventory. */
    @Nested
    class AllCaptures {
        private final SwarmReport report = SwarmReport.of(SAMPLE);

        @Test
        void showTwoNetworks() {
            Map<Integer, String> networks = report.networks().stream()
                    .collect(Collectors.toMap(
                            network -> network.path("vni").asInt(),
                            network -> network.path("name").asText()
                                    + ' '
                                    + network.path("subnets").path(0).asText()));

            assertThat(networks).containsOnly(entry(4096, "ingress 10.0.0.0/24"), entry(4097, "myoverlay 10.0.9.0/24"));
        }

        @Test
        void showEighteenEndpointsWhereTheForwardingTablesHaveThem() {
            Map<OverlayAddress, Location> reported = report.endpoints().stream()
                    .collect(Collectors.toMap(ReportedEndpoint::address, ReportedEndpoint::location));

            assertThat(reported).hasSize(18);
            assertThat(SAMPLE.locations()).containsAllEntriesOf(reported);
        }

        @Test
        void showThirtyThreePairsOfEntryNodeAndRemoteBackend() {
            assertThat(report.connectionsByLeg()).hasSize(33).isEqualTo(SAMPLE.connectionsToRemoteBackends());
        }

        /** What the kernel's counters say of tasks on the entry node itself, which no packet on the underlay tells. */
        @Test
        void letInferWhatStayedOnEachNode() {
            Map<String, Long> counted = new TreeMap<>(SAMPLE.connectionsToLocalBackends());
            Map<String, Long> inferred = new TreeMap<>();
            report.ingress().stream()
                    .flatMap(service -> each(service, "entries"))
                    .forEach(entry -> inferred.merge(
                            entry.path("address").asText(),
                            entry.at("/connections/localInferred").asLong(),
                            Long::sum));

            assertThat(inferred).hasSize(NODES).isEqualTo(counted);
        }

        @Test
        void showWheelsThatTurnOverAllReplicas() {
            List<String> wheels = new ArrayList<>();
            for (JsonNode service : report.ingress()) {
                int replicas = REPLICAS.get(service.path("service").asText());
                each(service, "entries").forEach(entry -> {
                    assertThat(entry.at("/roundRobin/backends").asInt())
                            .as("%s", service.path("service"))
                            .isEqualTo(replicas);
                    assertThat(entry.at("/roundRobin/outOfOrder").asInt()).isZero();
                    wheels.add(service.path("service").asText()
                            + ' '
                            + entry.path("node").asText());
                });
            }

            assertThat(wheels).hasSize(REPLICAS.size() * NODES);
        }
    }

    /** The capture of worker2, without an inventory: what cannot be seen there is not told. */
    @Nested
    class OneCaptureAlone {
        private static JsonNode report;

        @BeforeAll
        static void analyze() {
            String capture = SAMPLE.underlayCaptures().get("swarm-worker2").toString();
            Invocation answer = Invocation.of("analyze", "-T", "json", capture);
            assertThat(answer.exit()).as(answer.err()).isZero();
            report = answer.json();
        }

        @Test
        void assumesTheRoutingMeshAndKnowsNoOtherName() {
            assertThat(each(report, "networks")
                            .map(network -> network.path("vni") + " " + network.path("name") + " "
                                    + network.path("nameSource").asText()))
                    .containsExactly("4096 \"ingress\" assumed", "4097 null unknown");
            assertThat(each(report, "networks")).allSatisfy(network -> {
                assertThat(network.path("encrypted").isNull()).isTrue();
                assertThat(network.path("subnets")).isEmpty();
                assertThat(network.path("assumedSubnets")).hasSize(1);
            });
        }

        /** The names are told only because the file is called so. */
        @Test
        void namesNoNodeButItsOwn() {
            assertThat(each(report, "vteps").map(vtep -> vtep.path("address").asText() + ' ' + vtep.path("node")))
                    .containsExactly(
                            "192.168.56.101 null",
                            "192.168.56.102 null",
                            "192.168.56.103 \"swarm-worker2\"",
                            "192.168.56.104 null");
        }

        /** Every node's load balancer and every container sent something to worker2, and the kinds are guessed right. */
        @Test
        void assumesKindsAndKnowsNoNames() {
            assertThat(report.path("endpoints")).hasSize(18).allSatisfy(endpoint -> {
                assertThat(endpoint.path("kindSource").asText()).isEqualTo("assumed");
                assertThat(endpoint.path("name").isNull()).isTrue();
            });
            assertThat(each(report, "endpoints")
                            .filter(endpoint -> endpoint.path("kind").asText().equals("loadBalancer"))
                            .map(endpoint -> endpoint.path("ip").asText()))
                    .containsExactly("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.9.5");
        }

        private Stream<JsonNode> mesh() {
            return each(report, "ingress")
                    .filter(service -> service.path("mesh").asBoolean());
        }

        @Test
        void seesClientsAtItsOwnEntryOnly() {
            assertThat(mesh().toList()).hasSize(REPLICAS.size()).allSatisfy(service -> {
                assertThat(service.path("service").isNull()).isTrue();
                assertThat(service.path("entries")).hasSize(NODES).allSatisfy(entry -> {
                    boolean here = entry.path("address").asText().equals("192.168.56.103");
                    assertThat(entry.path("captured").asBoolean()).isEqualTo(here);
                    for (String told : List.of("fromClients", "localInferred", "refusedOrLost")) {
                        assertThat(entry.path("connections").path(told).isNull())
                                .as("%s at %s", told, entry.path("address"))
                                .isNotEqualTo(here);
                    }
                    assertThat(entry.path("roundRobin").isNull()).isNotEqualTo(here);
                    assertThat(each(entry, "backends")
                                    .map(backend -> backend.path("share").isNull()))
                            .containsOnly(!here);
                    assertThat(each(entry, "backends")
                                    .map(backend -> backend.path("task").isNull()))
                            .containsOnly(true);
                });
            });
        }

        /** What the two clients asked of worker2, by README.md: ten requests on a kept connection are one connection. */
        @Test
        void countsWhatClientsOpenedToIt() {
            Map<Integer, Integer> opened = new TreeMap<>();
            mesh().forEach(service -> each(service, "entries")
                    .filter(entry -> entry.path("captured").asBoolean())
                    .forEach(entry -> opened.put(
                            service.at("/publishedPorts/0").asInt(),
                            entry.at("/connections/fromClients").asInt())));

            assertThat(opened).containsOnly(entry(8000, 40 + 8), entry(80, 20 + 1), entry(8080, 12));
        }

        @Test
        void notesNameWhatWasNotCaptured() {
            assertThat(each(report, "notes").map(JsonNode::asText))
                    .anySatisfy(note -> assertThat(note)
                            .startsWith("No capture was taken on")
                            .contains("192.168.56.101", "192.168.56.102", "192.168.56.104")
                            .doesNotContain("192.168.56.103"))
                    .anySatisfy(note -> assertThat(note).contains("4096", "assumed"))
                    .anySatisfy(note -> assertThat(note).contains("/24", "assumed"))
                    .anySatisfy(note -> assertThat(note).contains("TTL", "assumed"));
        }
    }
}
