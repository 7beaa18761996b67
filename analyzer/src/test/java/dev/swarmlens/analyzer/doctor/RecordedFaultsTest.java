package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor on a real swarm, broken on purpose: what the recordings' READMEs say was done to it is found, and nothing else. */
class RecordedFaultsTest {
    private static final Path CAPTURES = Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"));
    private static final Path SWARM = CAPTURES.resolve("swarm");

    private static List<Path> files(Path folder, String suffix) {
        assumeTrue(Files.isDirectory(folder), "the recorded captures are not there");
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.getFileName().toString().matches(".*\\.pcap(ng)?" + suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> arguments(String folder, boolean inventory, List<Path> captures) {
        List<String> arguments = new ArrayList<>(List.of("doctor", "-T", "json"));
        Path recorded = SWARM.resolve(folder);
        if (inventory) {
            arguments.addAll(List.of("--inventory", recorded.toString()));
        }
        captures.forEach(capture -> arguments.add(recorded.relativize(capture).getName(0) + "=" + capture));
        return arguments;
    }

    /** The findings that are errors or warnings: which, and how sure. */
    private static Set<String> findings(List<String> arguments) {
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        Set<String> findings = new TreeSet<>();
        for (JsonNode finding : answer.json().path("findings")) {
            if (!finding.path("severity").asText().equals("info")) {
                findings.add(finding.path("id").asText() + " "
                        + finding.path("confidence").asText());
                assertThat(finding.path("evidence")).isNotEmpty();
            }
        }
        return findings;
    }

    private static List<Path> underlay(String folder) {
        return files(SWARM.resolve(folder), "").stream()
                .filter(path -> path.getFileName().toString().startsWith("underlay"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "04-dataport7789, SW-26 proven",
        "05-fault-oneway, SW-01 proven",
        "06-fault-mtu, SW-04 proven",
        "06b-fault-mtu-blackhole, SW-04 proven",
        "11-dead-backend, SW-09 proven",
        "12-stale-fdb, SW-06 proven",
        "13-wrong-source, SW-07 proven",
        "14-idle-timeout, SW-05 likely",
        "15-cleartext-encrypted, SW-14d proven",
        "16-duplicate-ip, SW-08 proven",
    })
    void allNodesTogether(String folder, String finding) {
        assertThat(findings(arguments(folder, true, underlay(folder)))).containsExactly(finding);
        assertThat(findings(arguments(folder, true, files(SWARM.resolve(folder), ""))))
                .containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "04-dataport7789, SW-26 likely",
        "05-fault-oneway, SW-01 proven",
        "06-fault-mtu, SW-04 proven",
        "06b-fault-mtu-blackhole, SW-04 proven",
        "11-dead-backend, SW-09 proven",
        "12-stale-fdb, SW-06 proven",
        "13-wrong-source, SW-07 proven",
        "14-idle-timeout, SW-05 likely",
        "15-cleartext-encrypted, SW-14d likely",
        "16-duplicate-ip, SW-08 proven",
    })
    void allNodesWithoutNames(String folder, String finding) {
        assertThat(findings(arguments(folder, false, underlay(folder)))).containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "04-dataport7789, swarm-manager/underlay.pcap, SW-26 likely",
        "04-dataport7789, swarm-worker2/underlay.pcap, SW-26 possible",
        "05-fault-oneway, swarm-manager/underlay.pcap, SW-01 likely",
        "05-fault-oneway, swarm-worker2/underlay.pcap, SW-01 likely",
        "06-fault-mtu, swarm-worker3/underlay.pcap, SW-04 proven",
        "06-fault-mtu, swarm-manager/underlay.pcap, SW-04 proven",
        "06b-fault-mtu-blackhole, swarm-worker3/underlay.pcap, SW-04 likely",
        "06b-fault-mtu-blackhole, swarm-manager/underlay.pcap, SW-04 possible",
        "11-dead-backend, swarm-worker1/underlay.pcap, SW-09 proven",
        "11-dead-backend, swarm-manager/underlay.pcap, SW-09 proven",
        "12-stale-fdb, swarm-manager/underlay.pcap, SW-06 likely",
        "13-wrong-source, swarm-manager/underlay.pcap, SW-07 likely",
        "13-wrong-source, swarm-worker1/underlay.pcap, SW-07 likely",
        "14-idle-timeout, swarm-manager/underlay.pcap, SW-05 likely",
        "15-cleartext-encrypted, swarm-worker1/underlay.pcap, SW-14d proven",
        "15-cleartext-encrypted, swarm-worker3/underlay.pcap, SW-14d proven",
        "16-duplicate-ip, swarm-manager/underlay.pcap, SW-08 likely",
        "16-duplicate-ip, swarm-worker2/underlay.pcap, SW-08 possible",
    })
    void oneCaptureAlone(String folder, String capture, String finding) {
        Path file = SWARM.resolve(folder).resolve(capture);
        assumeTrue(Files.exists(file), "the recorded captures are not there");

        assertThat(findings(arguments(folder, true, List.of(file)))).containsExactly(finding);
    }

    /** Who saw nothing of it has nothing to say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "05-fault-oneway/swarm-worker3",
                "11-dead-backend/swarm-worker3",
                "13-wrong-source/swarm-worker2",
                "15-cleartext-encrypted/swarm-manager",
                "16-duplicate-ip/swarm-worker3",
            })
    void whoStandsAsideSeesNothing(String node) {
        Path file = SWARM.resolve(node).resolve("underlay.pcap");
        assumeTrue(Files.exists(file), "the recorded captures are not there");

        assertThat(findings(arguments(node.substring(0, node.indexOf('/')), true, List.of(file))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00-bootstrap", "01-seed", "02-eastwest", "03-encrypted", "18-one-wheel", "19-healthy-busy"})
    void aHealthySwarmHasNoFindings(String folder) {
        List<Path> captures = files(SWARM.resolve(folder), "");

        assertThat(findings(arguments(folder, true, captures))).isEmpty();
        assertThat(findings(arguments(folder, false, captures))).isEmpty();
        for (Path capture : captures) {
            assertThat(findings(arguments(folder, false, List.of(capture))))
                    .as(capture.toString())
                    .isEmpty();
        }
        Random random = new Random(folder.hashCode());
        for (int i = 0; i < 20; i++) {
            List<Path> some = new ArrayList<>(captures);
            Collections.shuffle(some, random);
            List<Path> subset = some.subList(0, 1 + random.nextInt(some.size()));
            assertThat(findings(arguments(folder, random.nextBoolean(), subset)))
                    .as(subset.toString())
                    .isEmpty();
        }
    }

    static Stream<Path> publicCaptures() {
        Path folder = CAPTURES.resolve("public");
        return Files.isDirectory(folder) ? files(folder, "|.*\\.cap").stream() : Stream.empty();
    }

    /** What is not about a swarm has none of a swarm's failures. */
    @org.junit.jupiter.api.Test
    void othersCapturesHaveNoFindings() {
        List<Path> captures = publicCaptures().toList();
        assumeTrue(!captures.isEmpty(), "the public captures are not there");
        List<String> wrong = new ArrayList<>();
        for (Path capture : captures) {
            Invocation answer = Invocation.of("doctor", "-T", "json", capture.toString());
            if (answer.exit() == 0 || answer.exit() == 14) {
                for (JsonNode finding : answer.json().path("findings")) {
                    if (!finding.path("severity").asText().equals("info")) {
                        wrong.add(capture + ": " + finding.path("id").asText());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
