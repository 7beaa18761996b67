package dev.swarmlens.analyzer.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ESP of swarms that do not exist: healthy, and with the faults that show without keys. */
class EspTunnelsOfScenariosTest {
    private static final String MANAGER = "192.168.56.101";
    private static final String WORKER1 = "192.168.56.102";

    @TempDir
    private Path folder;

    private JsonNode report(String scenario, boolean withKeys, String... captures) throws Exception {
        Path file = Path.of(System.getProperty("swarmlens.root"), "samples", "scenarios", scenario + ".yaml");
        new Generator(ScenarioReader.read(file))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
        List<String> arguments = new ArrayList<>(List.of("analyze", "-T", "json"));
        if (withKeys) {
            arguments.addAll(
                    List.of("--xfrm-state", folder.resolve("xfrm-state.txt").toString()));
        }
        for (String capture : captures) {
            arguments.add(folder.resolve(capture + ".pcap").toString());
        }
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
        return answer.json();
    }

    private static Stream<JsonNode> tunnels(JsonNode report) {
        return StreamSupport.stream(report.path("espTunnels").spliterator(), false);
    }

    private static List<JsonNode> tunnels(JsonNode report, String from, String to) {
        return tunnels(report)
                .filter(tunnel -> tunnel.path("from").asText().equals(from)
                        && tunnel.path("to").asText().equals(to))
                .toList();
    }

    private static Set<Integer> tags(Stream<JsonNode> tunnels) {
        Set<Integer> tags = new HashSet<>();
        tunnels.forEach(tunnel -> tags.add(tunnel.path("keyTag").asInt(-1)));
        return tags;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHealthyOne(boolean withKeys) throws Exception {
        JsonNode report = report("encrypted", withKeys, "manager", "worker1", "worker2");

        assertThat(tags(tunnels(report))).hasSize(1).doesNotContain(-1);
        assertThat(tunnels(report)).isNotEmpty().allSatisfy(tunnel -> {
            assertThat(tunnel.path("advertised").isNull()).isTrue();
            assertThat(tunnel.at("/sequence/missing").asLong()).isZero();
            assertThat(tunnel.path("decrypted").asLong())
                    .isEqualTo(withKeys ? tunnel.path("packets").asLong() : 0);
        });
        List<Integer> vnis = report.path("networks").findValues("vni").stream()
                .map(JsonNode::asInt)
                .toList();
        assertThat(vnis).isEqualTo(withKeys ? List.of(4096, 4097) : List.of(4096));
        if (withKeys) {
            assertThat(report.at("/networks/1/encrypted").asBoolean()).isTrue();
        }
    }

    @Test
    void aKeyThatThePeerHasForgotten() throws Exception {
        JsonNode report = report("sw-14c-key-desync", false, "worker1");

        List<JsonNode> desynced = tunnels(report, MANAGER, WORKER1);
        List<JsonNode> back = tunnels(report, WORKER1, MANAGER);
        assertThat(desynced).hasSize(2);
        assertThat(back).hasSize(1);
        int tag = back.get(0).path("keyTag").asInt();
        assertThat(tags(desynced.stream())).isEqualTo(Set.of(tag, tag - 4));
        assertThat(tags(tunnels(report))).isEqualTo(Set.of(tag, tag - 4));
    }

    @Test
    void lossOnTheWay() throws Exception {
        JsonNode report = report("sw-14a-esp-blocked", false, "manager", "worker1");

        JsonNode tunnel = tunnels(report, MANAGER, WORKER1).get(0);
        assertThat(tunnel.at("/points/0/point").asText()).isEqualTo("manager");
        assertThat(tunnel.at("/points/1/point").asText()).isEqualTo("worker1");
        assertThat(tunnel.at("/points/0/packets").asLong())
                .isEqualTo(tunnel.path("packets").asLong())
                .isGreaterThan(tunnel.at("/points/1/packets").asLong());
        assertThat(tunnel.at("/sequence/missing").asLong()).isZero();
    }

    /** The address for which the key was made is known from other packets. */
    @ParameterizedTest
    @ValueSource(strings = {"manager", "worker1"})
    void anotherAddressThanTheAdvertisedOne(String capture) throws Exception {
        JsonNode report = report("sw-14b-esp-through-nat", false, capture);

        JsonNode translated = tunnels(report, "192.168.56.201", WORKER1).get(0);
        assertThat(translated.at("/advertised/from").asText()).isEqualTo(MANAGER);
        assertThat(translated.at("/advertised/to").asText()).isEqualTo(WORKER1);
        assertThat(tags(tunnels(report))).hasSize(1).doesNotContain(-1);
        assertThat(tunnels(report).filter(tunnel -> !tunnel.path("advertised").isNull()))
                .hasSize(1);
    }

    @Test
    void whatWentThroughNatIsOpenedAllTheSame() throws Exception {
        JsonNode report = report("sw-14b-esp-through-nat", true, "manager");

        assertThat(tunnels(report))
                .allSatisfy(tunnel -> assertThat(tunnel.path("decrypted")).isEqualTo(tunnel.path("packets")));
    }
}
