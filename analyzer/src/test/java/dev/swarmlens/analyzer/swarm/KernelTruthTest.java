package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the report says of the kernels' tables, against the same tables read by other eyes, and what the folders' READMEs tell. */
class KernelTruthTest {

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    private static JsonNode report(RecordedSwarm swarm) {
        Path folder = swarm.inventory();
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json", "--inventory"));
        arguments.add(folder.toString());
        swarm.tables()
                .forEach(tables -> arguments.addAll(
                        List.of("--inventory", tables.getParent().toString())));
        arguments.addAll(swarm.captureArguments());
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json();
    }

    private static Stream<JsonNode> each(JsonNode object, String member) {
        return StreamSupport.stream(object.path(member).spliterator(), false);
    }

    private static String mark(String node, String table, String key, String value) {
        return String.join(" ", node, table, key, value);
    }

    private static List<String> marks(JsonNode claim, String member) {
        return each(claim, member)
                .map(mark -> mark(
                        mark.path("node").asText(),
                        mark.path("table").asText(),
                        mark.path("key").asText(),
                        mark.path("value").asText()))
                .toList();
    }

    /** Every node's table of the end that knows an address confirms where its packets come from; and nothing contradicts. */
    @ParameterizedTest
    @MethodSource("swarms")
    void tablesConfirmEveryEndpointThatTheyKnow(RecordedSwarm swarm) {
        JsonNode report = report(swarm);
        List<String> contradictions = new ArrayList<>();

        for (JsonNode endpoint : report.path("endpoints")) {
            OverlayAddress address = new OverlayAddress(
                    endpoint.path("vni").asInt(), endpoint.path("ip").asText());
            for (Path tables : swarm.tables()) {
                String node = tables.getParent().getFileName().toString();
                Location location = ForwardingTables.read(tables).get(address);
                if (location != null) {
                    assertThat(marks(endpoint, "confirmedBy"))
                            .contains(mark(node, "fdb", location.mac(), location.vtep()));
                }
                ForwardingTables.neighbours(tables).entrySet().stream()
                        .filter(neighbour -> neighbour.getValue().equals(address.ip()) && location != null)
                        .forEach(neighbour -> assertThat(marks(endpoint, "confirmedBy"))
                                .contains(mark(node, "neigh", address.ip(), neighbour.getKey())));
            }
            contradictions.addAll(marks(endpoint, "contradictedBy"));
            assertThat(endpoint.path("confirmedBy")).isEqualTo(endpoint.at("/claims/0/confirmedBy"));
        }

        // README.md of 12-stale-fdb: on the manager the entry of one container is replaced by a wrong VTEP
        assertThat(contradictions)
                .isEqualTo(
                        swarm.name().equals("12-stale-fdb")
                                ? List.of(mark("swarm-manager", "fdb", "02:42:0a:00:05:0a", "192.168.77.104"))
                                : List.of());
    }

    /** The counters of IPVS, read by the test itself; what was seen on the wire is held against them elsewhere. */
    @ParameterizedTest
    @MethodSource("swarms")
    void countersAreThoseOfIpvs(RecordedSwarm swarm) {
        countersAreThoseOfIpvs(swarm, report(swarm).path("ingress"));
        countersAreThoseOfIpvs(swarm, report(swarm).path("vips"));
    }

    private static void countersAreThoseOfIpvs(RecordedSwarm swarm, JsonNode services) {
        for (JsonNode service : services) {
            for (JsonNode entry : service.path("entries")) {
                Path node = swarm.tables().stream()
                        .map(Path::getParent)
                        .filter(folder -> folder.endsWith(entry.path("node").asText()))
                        .findFirst()
                        .orElseThrow();
                String files = service.path("mesh").asBoolean() ? IpvsCounters.INGRESS : IpvsCounters.OVERLAYS;
                Path before = node.resolve("gt-before");
                boolean twice = Files.exists(before)
                        && !RecordedSwarm.files(before, files).isEmpty();
                Map<String, Long> counted =
                        twice ? IpvsCounters.difference(before, node.resolve("gt-after"), files) : Map.of();
                if (counted.isEmpty()) {
                    assertThat(entry.path("ipvs").isNull()).isTrue();
                    continue;
                }
                assertThat(entry.path("ipvs").path("backends"))
                        .as("%s at %s", service.path("service"), node)
                        .isNotEmpty()
                        .allSatisfy(backend -> assertThat(
                                        backend.path("connections").asLong())
                                .isEqualTo(counted.get(backend.path("ip").asText())));
            }
        }
    }

    /** README.md of 16-duplicate-ip: an impostor on worker2 sends from the address of a container of worker1. */
    @Test
    void tablesContradictAnImpostor() {
        JsonNode report = report(RecordedSwarm.named("16-duplicate-ip"));

        assertThat(report.path("endpoints"))
                .filteredOn(endpoint -> endpoint.path("claims").size() > 1)
                .singleElement()
                .satisfies(endpoint -> {
                    JsonNode impostor = endpoint.at("/claims/1");
                    assertThat(impostor.path("vtep").asText()).isEqualTo("192.168.77.103");
                    assertThat(marks(impostor, "contradictedBy"))
                            .contains(mark("swarm-manager", "fdb", "02:42:0a:1e:05:0a", "192.168.77.102"));
                });
    }

    /** A report without tables tells nothing of them, rather than that they are silent. */
    @Test
    void withoutTablesThereIsNothingToAgree() {
        RecordedSwarm swarm = RecordedSwarm.sample();
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json"));
        arguments.addAll(swarm.captureArguments());

        JsonNode report = Invocation.of(arguments).json();

        assertThat(report.path("endpoints"))
                .isNotEmpty()
                .allMatch(endpoint -> endpoint.path("confirmedBy").isNull()
                        && endpoint.at("/claims/0/contradictedBy").isNull());
    }
}
