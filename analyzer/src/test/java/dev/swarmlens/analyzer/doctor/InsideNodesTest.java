package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that show inside of nodes, or at their published ports, and from where they do not. */
class InsideNodesTest {
    private static final Path SCENARIOS =
            Path.of(System.getProperty("swarmlens.root")).resolve("samples/scenarios");

    @TempDir
    private Path folder;

    private void generate(String scenario, String more) throws Exception {
        String yaml = Files.readString(SCENARIOS.resolve(scenario)) + more;
        new Generator(ScenarioReader.read(scenario, yaml))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
    }

    private List<String> found(String... arguments) {
        List<String> command = new ArrayList<>(List.of("doctor", "-T", "json"));
        for (String argument : arguments) {
            command.add(argument.endsWith(".pcap") ? "node=" + folder.resolve(argument) : argument);
        }
        Invocation answer = Invocation.of(command);
        assertThat(answer.exit()).as(answer.err()).isZero();
        List<String> found = new ArrayList<>();
        for (JsonNode finding : answer.json().path("findings")) {
            assertThat(finding.path("evidence")).isNotEmpty();
            found.add(finding.path("id").asText() + " "
                    + finding.path("confidence").asText());
        }
        return found;
    }

    /** Another container hears the questions, but would not hear the answers. */
    @Test
    void whoAsksInVainIsSeenWhereTheAnswerWouldBe() throws Exception {
        generate("sw-13-unknown-neighbour.yaml", "  - {id: SW-13, from: worker1, task: store.4}\ncapture: [store.2]\n");

        assertThat(found("manager/container-store.1.pcap", "worker2.pcap")).containsExactly("SW-13 possible");
        assertThat(found("worker1/container-store.2.pcap", "worker3.pcap")).containsExactly("SW-13 possible");
        assertThat(found("-Y", "not arp.opcode == 2", "manager/container-store.1.pcap", "worker2.pcap"))
                .isEmpty();
        // nobody hears that the address is alive
        assertThat(found("manager/container-store.1.pcap", "manager.pcap")).isEmpty();
    }

    @Test
    void multicastIsProvenToBeLostByTheUnderlay() throws Exception {
        generate("sw-21-lost-multicast.yaml", "");

        assertThat(found("worker1/container-store.2.pcap", "worker1.pcap")).containsExactly("SW-21 proven");
        assertThat(found("worker1/container-store.2.pcap", "worker2.pcap")).containsExactly("SW-21 likely");
        assertThat(found("worker1.pcap", "worker2.pcap")).isEmpty();
    }

    /** A client that waits for longer than the capture is no less hanging; one that gives up at once may be the reason itself. */
    @Test
    void connectionsHangUntilTheyEnd() throws Exception {
        generate("sw-23-ipv6-port.yaml", "");

        assertThat(found("worker1.pcap")).containsExactly("SW-23 likely");
        assertThat(found("-Y", "not (ipv6 and tcp.flags.fin == 1)", "worker1.pcap"))
                .containsExactly("SW-23 likely");
        assertThat(found("-Y", "not (ipv6 and tcp.len > 0)", "worker1.pcap")).isEmpty();
        assertThat(found("manager.pcap")).isEmpty();
    }
}
