package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The doctor as a user asks it, on the sample in which VXLAN is lost in one direction. */
class DoctorTest {
    private static final Path SAMPLES =
            Path.of(System.getProperty("swarmlens.root", "..")).resolve("samples/captures");
    private static final Path MANAGER = SAMPLES.resolve("oneway/swarm-manager.pcap.gz");
    private static final Path WORKER = SAMPLES.resolve("oneway/swarm-worker2.pcap.gz");
    private static final String HEALTHY =
            SAMPLES.resolve("seed/swarm-manager.pcap").toString();

    private static List<String> findings(Invocation answer) {
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : answer.json().path("findings")) {
            findings.add(finding.path("id").asText() + " "
                    + finding.path("confidence").asText());
        }
        return findings;
    }

    @Test
    void bothSidesProveIt() {
        Invocation answer = Invocation.of("doctor", "-T", "json", MANAGER.toString(), WORKER.toString());

        assertThat(answer.exit()).isZero();
        assertThat(findings(answer)).containsExactly("SW-01 proven");
        assertThat(findings(Invocation.of("analyze", "-T", "json", MANAGER.toString(), WORKER.toString())))
                .containsExactly("SW-01 proven");
    }

    /** The standard input can be read only once, and is looked at twice all the same. */
    @Test
    void theStandardInputIsLookedAtTwice() throws IOException {
        try (InputStream capture = new GZIPInputStream(Files.newInputStream(MANAGER))) {
            Invocation answer = Invocation.of(capture, List.of("doctor", "-T", "json", "-"));

            assertThat(answer.err()).isEmpty();
            assertThat(findings(answer)).containsExactly("SW-01 likely");
        }
    }

    @Test
    void scriptsAreTold() {
        assertThat(Invocation.of("doctor", "--fail-on", "error", MANAGER.toString())
                        .exit())
                .isEqualTo(1);
        assertThat(Invocation.of("doctor", "--fail-on", "info", HEALTHY).exit()).isZero();
        assertThat(Invocation.of("doctor", "--fail-on", "bad", HEALTHY).exit()).isEqualTo(2);
    }
}
