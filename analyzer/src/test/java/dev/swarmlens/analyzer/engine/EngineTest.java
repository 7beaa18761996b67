package dev.swarmlens.analyzer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.swarmlens.analyzer.engine.EngineException.Reason;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.inventory.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon answers, well and badly: the recorded JSON of a real one, in the framings that HTTP/1.1 has. */
@Timeout(60)
class EngineTest {
    private static final Path INSPECTED = Path.of(System.getProperty("swarmlens.root", ".."))
            .resolve("samples/captures/seed/inventory/swarm-manager");
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Inventory ask(RecordedDaemon daemon, List<Missing> missing) throws IOException {
        Inventory.Builder inventory = Inventory.builder();
        missing.addAll(new Engine(daemon.socket(), SOON).ask((file, json) -> inventory.read(json)));
        return inventory.build();
    }

    private static Inventory ask(RecordedDaemon daemon) throws IOException {
        return ask(daemon, new ArrayList<>());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesTheInventoryOfItsFiles(boolean chunked) throws IOException {
        Inventory files = Inventory.read(List.of(INSPECTED));
        List<Missing> missing = new ArrayList<>();

        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, chunked)) {
            Inventory asked = ask(daemon, missing);

            assertThat(missing).isEmpty();
            assertThat(asked.networks()).isEqualTo(files.networks()).hasSize(3);
            assertThat(asked.nodes()).isEqualTo(files.nodes()).hasSize(4);
            assertThat(asked.services()).isEqualTo(files.services()).isNotEmpty();
            assertThat(asked.tasks()).isEqualTo(files.tasks()).isNotEmpty();
            assertThat(asked.endpoints()).isEqualTo(files.endpoints()).isNotEmpty();
            assertThat(daemon.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET /"));
        }
    }

    @Test
    void readsAnAnswerThatComesInDrips() throws IOException {
        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, true)) {
            daemon.slowDown(1, 700);

            assertThat(ask(daemon).nodes()).hasSize(4);
        }
    }

    /** A worker's own words, Docker 20.10. */
    @Test
    void aWorkerTellsNoServices() throws IOException {
        String words = "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. "
                + "Please run this command on a manager node or promote the current node to a manager.";
        List<Missing> missing = new ArrayList<>();

        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, true)) {
            for (String target : List.of("/nodes", "/services", "/tasks")) {
                daemon.refuse(target, "503 Service Unavailable", words);
            }
            daemon.refuse("/networks/ingress?verbose=true", "500 Internal Server Error", "no gossip");
            String ingress = Files.readString(INSPECTED.resolve("network-inspect-ingress.json"));
            daemon.json("/networks/ingress", ingress, false);

            Inventory asked = ask(daemon, missing);

            assertThat(asked.networks())
                    .extracting(Network::name)
                    .containsExactly("docker_gwbridge", "ingress", "myoverlay");
            assertThat(asked.services()).extracting(Service::name).isEmpty();
            assertThat(asked.endpoints()).isNotEmpty();
            assertThat(missing)
                    .containsExactly(
                            new Missing("node-inspect.json", "GET /nodes", "503 " + words),
                            new Missing("service-inspect.json", "GET /services", "503 " + words),
                            new Missing("tasks.json", "GET /tasks", "503 " + words));
        }
    }

    @Test
    void whatIsGoneByNowIsNotMissing() throws IOException {
        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, false)) {
            daemon.refuse("/containers/all/json", "404 Not Found", "No such container: all");
            List<Missing> missing = new ArrayList<>();

            ask(daemon, missing);

            assertThat(missing).isEmpty();
        }
    }

    /** Wherever an answer is cut, it is not taken for whole. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCutAnswerIsNoAnswer(boolean chunked) throws IOException {
        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, chunked)) {
            byte[] whole = daemon.answer("/nodes");
            for (int length = 0; length < whole.length; length += 97) {
                daemon.raw("/nodes", whole);
                daemon.cut("/nodes", length);

                assertThatExceptionOfType(EngineException.class)
                        .as("%d bytes", length)
                        .isThrownBy(() -> ask(daemon))
                        .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.BAD_ANSWER))
                        .withMessageContaining("the answer to 'GET /nodes' breaks off");
            }
            daemon.raw("/nodes", whole);
            daemon.cut("/nodes", whole.length - 1);
            assertThatExceptionOfType(EngineException.class).isThrownBy(() -> ask(daemon));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'220 smtp.example.org ESMTP\r\n', is not HTTP",
        "'\0\0\0\0\0\0\n', is not HTTP",
        "'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', has an impossible length",
        "'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n', has an impossible length",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', has no chunk's length after 0 bytes",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}}\n', has a chunk that is longer than it says",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n', has a chunk of an impossible length",
    })
    void whatIsNotHttpIsSaidToBeNone(String answer, String message) throws IOException {
        try (RecordedDaemon daemon = new RecordedDaemon()) {
            daemon.raw("/version", answer);

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ask(daemon))
                    .withMessageContaining(message)
                    .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.BAD_ANSWER));
        }
    }

    @Test
    void anEndlessHeadIsRefused() throws IOException {
        try (RecordedDaemon daemon = new RecordedDaemon()) {
            daemon.raw("/version", "HTTP/1.1 200 OK\r\n" + "X-Header: 1\r\n".repeat(1000));
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ask(daemon))
                    .withMessageContaining("has more than 200 headers");

            daemon.raw("/version", "HTTP/1.1 200 OK\r\nX-Header: " + "1".repeat(100_000));
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ask(daemon))
                    .withMessageContaining("has a line of more than 8192 bytes");
        }
    }

    @Test
    void aBodyMayEndWithTheConnectionAndComeAfterContinue() throws IOException {
        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, false)) {
            String nodes = Files.readString(INSPECTED.resolve("node-inspect.json"));
            daemon.raw("/nodes", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\n" + nodes);

            assertThat(ask(daemon).nodes()).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Integer.MAX_VALUE})
    void aDaemonThatDoesNotAnswerIsGivenUp(int piece) throws IOException {
        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, false)) {
            daemon.slowDown(piece == 1 ? 20 : 5000, piece);

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> new Engine(daemon.socket(), Duration.ofMillis(300)).ask((file, json) -> {}))
                    .withMessage(daemon.socket() + ": the answer to 'GET /version' is not there after 0.3 seconds");
        }
    }

    @Test
    void whoeverAnswersSomethingElseIsNoDaemon() throws IOException {
        try (RecordedDaemon daemon = new RecordedDaemon()) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ask(daemon))
                    .withMessageContaining("is no Docker daemon's: GET /version is answered with 404");
        }
    }

    @Test
    void namesOfFilesAreNames() throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (RecordedDaemon daemon = RecordedDaemon.of(INSPECTED, false)) {
            daemon.json("/networks", "[{\"Id\":\"a/b\",\"Name\":\"../x\"},{\"Id\":\"c\",\"Name\":\"../x\"}]", false);
            daemon.json("/networks/a%2Fb?verbose=true", "{}", false);
            daemon.json("/networks/c?verbose=true", "{}", false);

            new Engine(daemon.socket(), SOON)
                    .ask((file, json) -> files.put(file, new String(json.readAllBytes(), StandardCharsets.UTF_8)));
        }

        assertThat(files)
                .containsOnlyKeys(
                        "container-all.json",
                        "info.json",
                        "network-inspect-.._x.json",
                        "network-inspect-.._x-c.json",
                        "node-inspect.json",
                        "service-inspect.json",
                        "tasks.json",
                        "version.json");
    }

    @Test
    void nobodyListens(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> new Engine(folder.resolve("none"), SOON).ask((any, json) -> {}))
                .withMessage(folder.resolve("none") + " does not exist: no Docker daemon listens there")
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.UNREACHABLE));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> new Engine(file, SOON).ask((any, json) -> {}))
                .withMessageStartingWith(file + " takes no connection");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> new Engine(folder.resolve("x".repeat(200)), SOON).ask((any, json) -> {}));
    }

    @Test
    void addressesAreOfUnixSockets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Engine.at("tcp://192.0.2.1:2375"))
                .withMessageContaining("UNIX socket");
        assertThatIllegalArgumentException().isThrownBy(() -> Engine.at("unix://"));
        assertThat(Engine.at("/var/run/docker.sock")).isNotNull();
    }
}
