package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.Analyzer;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.codecs.ProtocolRegistry;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that DNS does not know any more: where their tasks live, and nowhere else. */
class StaleNamesTest {
    private static final Path SCENARIO =
            Path.of(System.getProperty("swarmlens.root")).resolve("samples/scenarios/sw-25-stale-names.yaml");
    private static final Path SEED = Path.of(
            System.getProperty("swarmlens.captures", "../../shared/captures"),
            "swarm/01-seed/swarm-worker1/container-overlay_service-any.pcap");

    /** As an answer to a question for {@code Store}, RFC 1035 section 4.1, with a pointer to its name: {@code store} is 10.0.1.5. */
    private static final String GOOD =
            "1962 8180 0001 0001 0000 0000 05 53746f7265 00 0001 0001 c00c 0001 0001 0000003c 0004 0a000105";

    @TempDir
    private Path folder;

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private void generate(String from, String to) throws Exception {
        String yaml = Files.readString(SCENARIO);
        assertThat(yaml).contains(from);
        new Generator(ScenarioReader.read("changed.yaml", yaml.replace(from, to)))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
    }

    /** What is found, of names alone. */
    private List<String> findings(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("doctor", "-T", "json"));
        command.addAll(Arrays.asList(arguments));
        if (!command.get(command.size() - 1).endsWith(".pcap")) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.map(Path::toString)
                        .filter(file -> file.endsWith(".pcap"))
                        .sorted()
                        .forEach(command::add);
            }
        }
        Invocation answer = Invocation.of(command);
        assertThat(answer.exit()).as(answer.err()).isZero();
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : answer.json().path("findings")) {
            assertThat(finding.path("evidence")).isNotEmpty();
            findings.add(finding.path("id").asText() + " "
                    + finding.path("confidence").asText() + " "
                    + finding.at("/subject/service").asText());
        }
        return findings;
    }

    private String inventory() {
        return folder.resolve("inventory").toString();
    }

    private String container() {
        return folder.resolve("manager/container-client.1.pcap").toString();
    }

    @Test
    void aNameThatStaysUnknown() throws Exception {
        generate("name", "name");

        assertThat(findings("--inventory", inventory())).containsExactly("SW-25 likely store");
        // a container shows what DNS says and that the task lives, but not that its node was away
        assertThat(findings("--inventory", inventory(), container())).containsExactly("SW-25 possible store");
        // Docker knows the service, though no good answer was seen
        assertThat(findings("--inventory", inventory(), "-Y", "not (ip.src == 127.0.0.11 and udp.length == 47)"))
                .containsExactly("SW-25 likely store");
        // nobody says whose address the virtual one stands for
        assertThat(findings()).isEmpty();
    }

    /** With DNS round robin the tasks' addresses are in the answers. */
    @Test
    void aNameOfTasksThatStaysUnknown() throws Exception {
        generate("nodes: [worker2], networks: back", "nodes: [worker2], networks: back, endpoint: dnsrr");

        assertThat(findings()).containsExactly("SW-25 likely store");
        // names that were never known may be anybody's
        assertThat(findings("-Y", "not (ip.src == 127.0.0.11 and udp.length == 47)"))
                .isEmpty();
    }

    @Test
    void aNameThatIsKnownAgain() throws Exception {
        generate("delay: 10s", "delay: 10s, end: 22s");

        assertThat(findings("--inventory", inventory())).isEmpty();
    }

    /** The ping ends when the node is hardly back, and so does all that is seen of the task. */
    @Test
    void aServiceThatIsRemoved() throws Exception {
        generate(
                "connections: 40, every: 250ms}\n  - {kind: ping, from: store.1, to: client.1, connections: 1, requests: 40}",
                "connections: 40, every: 1s}\n  - {kind: ping, from: store.1, to: client.1, connections: 1, requests: 20}");

        assertThat(findings("--inventory", inventory())).isEmpty();
    }

    /** Who has no part in a service's network does not know its name. */
    @Test
    void aServiceOfAnotherNetwork() throws Exception {
        generate("name", "name");
        String inClient = "ip.addr == 127.0.0.11 and not udp.length == 47";

        assertThat(findings("--inventory", inventory(), "-Y", "vxlan or udp.port == 7946 or " + inClient))
                .isEmpty();
    }

    @Test
    void answersAreWhatTsharkSays() throws IOException {
        assumeTrue(Files.exists(SEED), "the recorded captures are not there");
        assumeTrue(Tshark.installed(), "tshark is not installed");
        List<String> expected = new ArrayList<>();
        for (List<String> row : Tshark.rows(
                SEED, List.of("frame.number", "ip.src", "dns.flags.rcode", "dns.qry.name", "dns.a"), List.of())) {
            if (row.get(1).equals("127.0.0.11")) {
                expected.add(row.get(0) + " " + row.get(2) + " " + row.get(3) + " " + row.get(4));
            }
        }
        List<String> read = new ArrayList<>();
        Analyzer analyzer = new Analyzer(ProtocolRegistry.standard(), () -> false);
        try (CaptureReader reader = CaptureReader.open(SEED)) {
            analyzer.read("worker1", reader, (frame, layers, sighting) -> {
                if (DnsAnswers.isAnswer(sighting)) {
                    DnsAnswer answer = DnsAnswer.of(layers.frame(), layers.payloadStart(), layers.payloadEnd())
                            .orElseThrow();
                    read.add(frame.number() + " " + answer.code() + " " + answer.name() + " "
                            + answer.addresses().stream().map(Object::toString).collect(Collectors.joining(",")));
                }
            });
        }

        assertThat(read).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void namesAreReadInSmallLetters() {
        byte[] good = bytes(GOOD);

        DnsAnswer answer = DnsAnswer.of(good, 0, good.length).orElseThrow();
        assertThat(answer.code()).isZero();
        assertThat(answer.name()).isEqualTo("store");
        assertThat(answer.addresses()).hasToString("[10.0.1.5]");
    }

    @Test
    void whatIsCutOffOrOddIsNoAnswer() {
        byte[] good = bytes(GOOD);
        int question = 12 + 7 + 4;
        for (int end = 0; end < good.length; end++) {
            Optional<DnsAnswer> answer = DnsAnswer.of(Arrays.copyOf(good, end), 0, end);
            assertThat(answer.isPresent()).as("%d bytes", end).isEqualTo(end >= question);
            answer.ifPresent(cut -> assertThat(cut.addresses()).isEmpty());
        }
        // a question; two questions; a pointer in a question; a name with a blank in it; none
        for (String odd : List.of(
                GOOD.replace("8180", "0100"),
                GOOD.replace("8180 0001", "8180 0002"),
                GOOD.replace("05 53746f7265 00", "c00c"),
                GOOD.replace("53746f7265", "53746f2065"),
                GOOD.replace("05 53746f7265 00", "00"))) {
            assertThat(DnsAnswer.of(bytes(odd), 0, bytes(odd).length)).as(odd).isEmpty();
        }
    }
}
