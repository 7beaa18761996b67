package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of gossip, each seen where it is and nowhere else. */
class GossipFaultsTest {
    private static final Path SWARM =
            Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "swarm");
    private static final Path SCENARIOS =
            Path.of(System.getProperty("swarmlens.root", "..")).resolve("samples/scenarios");

    @TempDir
    private Path folder;

    private static Path recorded(String name) {
        Path path = SWARM.resolve(name);
        assumeTrue(Files.exists(path), "the recorded captures are not there");
        return path;
    }

    private static List<JsonNode> findings(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("doctor", "-T", "json"));
        command.addAll(arguments);
        Invocation answer = Invocation.of(command);
        assertThat(answer.exit()).as(answer.err()).isZero();
        List<JsonNode> findings = new ArrayList<>();
        for (JsonNode finding : answer.json().path("findings")) {
            assertThat(finding.path("evidence")).isNotEmpty();
            findings.add(finding);
        }
        return findings;
    }

    /** Which of the failures of gossip there are, and how sure. */
    private static List<String> gossip(List<String> arguments) {
        return findings(arguments).stream()
                .filter(finding -> finding.path("id").asText().matches("SW-(17|18|26)"))
                .map(finding -> finding.path("id").asText() + " "
                        + finding.path("confidence").asText())
                .toList();
    }

    private static List<String> nodes(Path captures, boolean withNames) throws IOException {
        List<String> arguments = new ArrayList<>();
        if (withNames) {
            arguments.addAll(List.of("--inventory", captures.toString()));
        }
        try (Stream<Path> files = Files.walk(captures)) {
            files.filter(file -> file.getFileName().toString().equals("underlay.pcap"))
                    .sorted()
                    .forEach(file -> arguments.add(file.getParent().getFileName() + "=" + file));
        }
        return arguments;
    }

    /** By its README.md, worker2's dockerd could not listen on 7946 when it joined. */
    @Test
    void aNodeWithoutGossip() throws IOException {
        Path captures = recorded("04-dataport7789");

        assertThat(gossip(nodes(captures, true))).containsExactly("SW-26 proven");
        assertThat(gossip(nodes(captures, false))).containsExactly("SW-26 likely");
        assertThat(findings(nodes(captures, false)).get(0).at("/subject/node").asText())
                .isEqualTo("192.168.56.103");
    }

    @ParameterizedTest
    @CsvSource({
        "swarm-manager/underlay.pcap, SW-26 likely",
        "swarm-worker2/underlay.pcap, SW-26 possible",
        "swarm-worker1/underlay.pcap,",
        "swarm-worker3/underlay.pcap,",
        "client/client-br-under.pcap,",
        "swarm-manager/container-tools-eth0.pcap,",
    })
    void aNodeWithoutGossipInOneCapture(String capture, String finding) {
        Path file = recorded("04-dataport7789").resolve(capture);

        assertThat(gossip(List.of(file.toString())))
                .containsExactlyElementsOf(finding == null ? List.of() : List.of(finding));
    }

    /** A capture of some seconds, or of the managers' port alone, does not show that somebody does not gossip. */
    @ParameterizedTest
    @ValueSource(strings = {"frame.time_epoch < 1795348145", "tcp", "tcp.port == 2377", "not udp"})
    void tooLittleIsSeen(String filter) {
        Path file = recorded("04-dataport7789/swarm-manager/underlay.pcap");

        assertThat(gossip(List.of("-Y", filter, file.toString()))).isEmpty();
    }

    private List<String> generate(String scenario) throws Exception {
        new Generator(ScenarioReader.read(SCENARIOS.resolve(scenario)))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".pcap"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void gossipThatPassesOneWay() throws Exception {
        List<String> captures = generate("sw-17-gossip-one-way.yaml");
        List<String> named = new ArrayList<>(captures);
        named.addAll(List.of("--inventory", folder.resolve("inventory").toString()));
        List<JsonNode> findings = findings(named);

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).path("id").asText()).isEqualTo("SW-17");
        assertThat(findings.get(0).path("confidence").asText()).isEqualTo("proven");
        assertThat(findings.get(0).at("/subject/from").asText()).contains("192.168.56.101");
        assertThat(findings.get(0).at("/subject/to").asText()).contains("192.168.56.102");
        // worker1, which hears no acknowledgment, sees by their streams that the manager lives
        for (String capture : captures) {
            boolean concerned = capture.endsWith("manager.pcap") || capture.endsWith("worker1.pcap");
            assertThat(gossip(List.of(capture)))
                    .as(capture)
                    .containsExactlyElementsOf(concerned ? List.of("SW-17 likely") : List.of());
        }
    }

    /** A node that dies answers no probe either. */
    @ParameterizedTest
    @ValueSource(strings = {"node-failure.yaml", "quiet.yaml", "sw-01-one-way-block.yaml", "impairment.yaml"})
    void othersGossipBothWays(String scenario) throws Exception {
        List<String> captures = generate(scenario);

        assertThat(gossip(captures)).isEmpty();
        for (String capture : captures) {
            assertThat(gossip(List.of(capture))).isEmpty();
        }
    }

    /** As if a firewall let worker1's acknowledgments not through, and as if it let nothing through. */
    @Test
    void whatIsHeardDecides() {
        String capture = recorded("00-bootstrap/swarm-manager/underlay.pcap").toString();
        String back = "ip.src == 192.168.56.102 and ip.dst == 192.168.56.101 and udp.port == 7946";

        assertThat(gossip(List.of("-Y", "not (" + back + " and udp.length == 55)", capture)))
                .containsExactly("SW-17 likely");
        // worker1 goes on to begin streams
        assertThat(gossip(List.of("-Y", "not (" + back + ")", capture))).containsExactly("SW-17 likely");
        assertThat(gossip(List.of("-Y", "not (ip.src == 192.168.56.102 and frame.number > 300)", capture)))
                .isEmpty();
    }

    /** The first message of the recording, made longer where its length stands in clear. */
    @ParameterizedTest
    @CsvSource({"00bfffff,", "00c00000, warning", "01400000, warning", "01400001, error"})
    void aStateThatIsTooLong(String length, String severity) throws IOException {
        byte[] pcap = Files.readAllBytes(recorded("00-bootstrap/swarm-manager/underlay.pcap"));
        byte[] begin = HexFormat.of().parseHex("0a000000ac01fd2fdd");
        int at = 0;
        while (!Arrays.equals(pcap, at, at + begin.length, begin, 0, begin.length)) {
            at++;
        }
        System.arraycopy(HexFormat.of().parseHex(length), 0, pcap, at + 1, 4);
        Path capture = folder.resolve("long.pcap");
        Files.write(capture, pcap);

        List<JsonNode> findings = findings(List.of(capture.toString()));
        if (severity == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).path("id").asText()).isEqualTo("SW-18");
            assertThat(findings.get(0).path("severity").asText()).isEqualTo(severity);
            assertThat(findings.get(0).path("confidence").asText()).isEqualTo("proven");
            assertThat(findings.get(0).at("/subject/bytes").asText())
                    .isEqualTo(Integer.toString(Integer.parseInt(length, 16)));
            assertThat(findings.get(0).path("evidence")).hasSize(1);
        }
    }
}
