package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where connections stopped on their way, against the client's log and the log of what was done to the swarm. */
class PathTest {
    private static final String MANAGER = "192.168.56.101";
    /** The last one asked while the wire lost answers: one came when that was over, the client having given up just before. */
    private static final int ANSWERED_TOO_LATE = 45599;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> allCaptures(String name) throws IOException {
        try (Stream<Path> files = Files.walk(RecordedSwarm.root().resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".pcap"))
                    .sorted()
                    .map(file -> file.getParent().getFileName() + "=" + file)
                    .toList();
        }
    }

    /** The paths of TCP connections, by the client's address and port and the address asked. */
    private static Map<String, JsonNode> paths(List<String> captures) throws IOException {
        List<String> command = new ArrayList<>(List.of("flows", "--path", "-T", "ndjson"));
        command.addAll(captures);
        Invocation answer = Invocation.of(command);
        assertThat(answer.exit()).as(answer.err()).isZero();
        Map<String, JsonNode> paths = new HashMap<>();
        for (String line : answer.out().lines().toList()) {
            JsonNode path = JSON.readTree(line);
            paths.put(
                    path.at("/client/ip").asText()
                            + path.at("/client/port").asText()
                            + path.at("/asked/ip").asText(),
                    path);
        }
        return paths;
    }

    private static String key(ClientRequest request) {
        return request.client() + request.clientPort() + request.entry();
    }

    private static String hop(JsonNode path, String which) {
        JsonNode place = path.at("/stopped/" + which);
        JsonNode hop = path.path("hops").path(place.asInt());
        return place.isNull()
                ? "nobody"
                : hop.path("point").asText() + " " + hop.path("kind").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "01-seed", "03-encrypted", "04-dataport7789", "18-one-wheel", "19-healthy-busy"})
    void whatWasAnsweredStoppedNowhere(String name) throws IOException {
        RecordedSwarm swarm = RecordedSwarm.named(name);
        Map<String, JsonNode> all = paths(name.equals("seed") ? swarm.captureArguments() : allCaptures(name));

        int answered = 0;
        for (ClientRequest request : swarm.requests()) {
            JsonNode path = all.get(key(request));
            if (!request.replica().isEmpty() && request.protocol().equals("tcp") && path != null) {
                answered++;
                assertThat(path.path("stopped").isNull())
                        .as("%s: %s", request, path)
                        .isTrue();
            }
        }
        assertThat(answered).isPositive();
    }

    /** By events.log: what the firewall dropped arrived at worker2 and went no further; what the wire lost never came. */
    @Test
    void eachFaultIsFoundWhereItWas() throws IOException {
        RecordedSwarm swarm = RecordedSwarm.named("05-fault-oneway");
        Instant lossy = Instant.parse("2026-11-22T11:56:57.971Z");
        Map<String, JsonNode> all = paths(swarm.captureArguments());
        Map<String, Integer> found = new HashMap<>();

        for (ClientRequest request : swarm.requests()) {
            JsonNode path = all.get(key(request));
            assertThat(path).as("%s", request).isNotNull();
            boolean late = request.clientPort() == ANSWERED_TOO_LATE;
            assertThat(path.path("stopped").isNull())
                    .as("%s: %s", request, path)
                    .isEqualTo(late || !request.replica().isEmpty());
            if (!late && request.replica().isEmpty()) {
                String what = path.at("/stopped/what").asText() + " after " + hop(path, "after") + " before "
                        + hop(path, "before");
                found.merge((request.time().isBefore(lossy) ? "firewall: " : "wire: ") + what, 1, Integer::sum);
                assertThat(request.entry().equals(MANAGER))
                        .isEqualTo(path.at("/stopped/what").asText().equals("request"));
            }
        }

        assertThat(found)
                .isEqualTo(Map.of(
                        "firewall: request after swarm-worker2 underlay before nobody",
                        2,
                        "firewall: answer after swarm-worker2 underlay before swarm-worker2 underlay",
                        1,
                        "wire: request after swarm-manager underlay before swarm-worker2 underlay",
                        2));
    }

    /**
     * By README.md of 14 the entry node answers with a reset what comes after the silence, and passes nothing on: what two
     * clients say, what two servers say. The same through worker1, where nothing was forgotten, arrives.
     */
    @Test
    void whatComesAfterTheSilenceStopsInTheEntryNode() throws IOException {
        RecordedSwarm.named("14-idle-timeout");
        Map<Integer, String> stopped = new TreeMap<>();

        paths(allCaptures("14-idle-timeout")).values().stream()
                .filter(path -> path.at("/client/ip").asText().equals("192.168.77.1"))
                .forEach(path -> stopped.put(
                        path.at("/client/port").asInt(),
                        path.path("stopped").isNull()
                                ? "nowhere"
                                : path.at("/stopped/what").asText() + " after " + hop(path, "after") + " before "
                                        + hop(path, "before")));

        String request = "request after swarm-manager dockerGwbridge before swarm-manager loadBalancer";
        String answer = "answer after swarm-manager loadBalancer before swarm-manager dockerGwbridge";
        assertThat(stopped)
                .containsEntry(45403, request)
                .containsEntry(36231, request)
                .containsEntry(59045, answer)
                .containsEntry(49551, answer)
                .containsEntry(42653, "nowhere")
                .containsEntry(42319, "nowhere")
                .containsEntry(34671, "nowhere")
                .containsEntry(35403, "nowhere");
    }
}
