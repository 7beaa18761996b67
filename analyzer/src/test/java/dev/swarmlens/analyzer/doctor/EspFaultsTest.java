package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with ESP is found with keys and without, and nothing is where nothing is wrong. */
class EspFaultsTest {
    private static final Path SWARM =
            Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "swarm");

    @TempDir
    private Path folder;

    /** The findings that are errors or warnings: which, and how sure; each with frames as evidence. */
    private static Set<String> findings(List<String> arguments) {
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
        Set<String> findings = new TreeSet<>();
        for (JsonNode finding : answer.json().path("findings")) {
            if (!finding.path("severity").asText().equals("info")) {
                findings.add(finding.path("id").asText() + " "
                        + finding.path("confidence").asText());
                assertThat(finding.path("evidence")).as(finding.toString()).isNotEmpty();
            }
        }
        return findings;
    }

    private void generate(String scenario) throws Exception {
        Path file = Path.of(System.getProperty("swarmlens.root"), "samples", "scenarios", scenario + ".yaml");
        new Generator(ScenarioReader.read(file))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
    }

    private List<String> arguments(String captures, boolean withKeys) {
        List<String> arguments = new ArrayList<>(List.of("doctor", "-T", "json"));
        if (withKeys) {
            arguments.addAll(
                    List.of("--xfrm-state", folder.resolve("xfrm-state.txt").toString()));
        }
        Stream.of(captures.split(" ", -1))
                .map(node -> folder.resolve(node + ".pcap").toString())
                .forEach(arguments::add);
        return arguments;
    }

    @ParameterizedTest
    @CsvSource({
        "sw-14a-esp-blocked, manager worker1 worker2, SW-14a proven",
        "sw-14a-esp-blocked, manager worker1, SW-14a proven",
        "sw-14b-esp-through-nat, manager worker1 worker2, SW-14b proven",
        "sw-14b-esp-through-nat, manager, SW-14b proven",
        "sw-14b-esp-through-nat, worker1, SW-14b proven",
        "sw-14c-key-desync, manager worker1 worker2, SW-14c likely",
        "sw-14c-key-desync, manager, SW-14c likely",
        "sw-14c-key-desync, worker1, SW-14c likely",
    })
    void withoutKeys(String scenario, String captures, String finding) throws Exception {
        generate(scenario);

        assertThat(findings(arguments(captures, false))).containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "sw-14a-esp-blocked, SW-14a proven",
        "sw-14b-esp-through-nat, SW-14b proven",
        "sw-14c-key-desync, SW-14c likely",
        "sw-14d-cleartext, SW-14d proven",
    })
    void withKeys(String scenario, String finding) throws Exception {
        generate(scenario);

        assertThat(findings(arguments("manager worker1 worker2", true))).containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "sw-14a-esp-blocked, worker2",
        "sw-14b-esp-through-nat, worker2",
        "sw-14c-key-desync, worker2",
        "encrypted, manager",
        "encrypted, worker1",
        "encrypted, manager worker1 worker2",
    })
    void nothingWhereNothingIsWrong(String scenario, String captures) throws Exception {
        generate(scenario);

        assertThat(findings(arguments(captures, false))).isEmpty();
        assertThat(findings(arguments(captures, true))).isEmpty();
    }

    private static List<String> recorded(String folder, String keys) throws Exception {
        Path swarm = SWARM.resolve(folder);
        assumeTrue(Files.isDirectory(swarm), "the recorded captures are not there");
        List<String> arguments = new ArrayList<>(List.of("doctor", "-T", "json", "--xfrm-state"));
        arguments.add(swarm.resolve(keys).toString());
        try (Stream<Path> files = Files.walk(swarm)) {
            files.filter(file -> file.getFileName().toString().equals("underlay.pcap"))
                    .sorted()
                    .forEach(file -> arguments.add(swarm.relativize(file).getName(0) + "=" + file));
        }
        return arguments;
    }

    @ParameterizedTest
    @ValueSource(strings = {"03-encrypted", "19-healthy-busy"})
    void aHealthySwarmHasNoneWithKeys(String swarm) throws Exception {
        assertThat(findings(recorded(swarm, "swarm-manager/gt-after/xfrm-state.txt")))
                .isEmpty();
    }

    /** The same network is inside of ESP, and in clear. */
    @Test
    void keysProveALeakWithoutAnInventory() throws Exception {
        assertThat(findings(recorded("15-cleartext-encrypted", "swarm-worker1/gt-after/xfrm-state.txt")))
                .containsExactly("SW-14d proven");
    }
}
