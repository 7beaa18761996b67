package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.engine.RecordedDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of a network namespace with tables that the test made, and of a daemon's recorded answers. */
class SnapshotTest {
    private static final Path SEED = Path.of(System.getProperty("swarmlens.root", ".."), "samples", "captures", "seed");
    private static final Path INSPECTED = SEED.resolve("inventory/swarm-manager");

    /** What Docker calls the namespace of the seed's overlay {@code myoverlay}. */
    private static final String SANDBOX = "1-nth8gp3bdl";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private RecordedDaemon daemon;
    private String namespace;

    @BeforeEach
    void start() throws IOException {
        daemon = RecordedDaemon.of(INSPECTED, true);
    }

    @AfterEach
    void stop() throws Exception {
        daemon.close();
        if (namespace != null) {
            TwoHosts.run(
                    List.of("umount", folder.resolve("netns").resolve(SANDBOX).toString()));
            TwoHosts.run(List.of("ip", "netns", "delete", namespace));
        }
    }

    /** A namespace as Docker makes one for an overlay, mounted where the test wants it. */
    private Path namespaces() throws Exception {
        String name = "swarmlens-snapshot-" + ProcessHandle.current().pid();
        try {
            TwoHosts.run(List.of("ip", "netns", "add", name));
        } catch (IOException refused) {
            assumeTrue(false, "network namespaces cannot be made, which needs root: " + refused.getMessage());
        }
        namespace = name;
        Path mounted = Files.createDirectories(folder.resolve("netns")).resolve(SANDBOX);
        Files.createFile(mounted);
        TwoHosts.run(List.of("mount", "--bind", "/var/run/netns/" + name, mounted.toString()));
        for (String command : List.of(
                "ip link add br0 type bridge",
                "ip link add vxlan0 type vxlan id 4097 dstport 4789",
                "ip link set vxlan0 master br0",
                "ip link set br0 up",
                "ip link set vxlan0 up",
                // the first as it was in the recorded swarm, the second not
                "bridge fdb add 02:42:0a:00:09:04 dev vxlan0 dst 192.168.56.103 self permanent",
                "bridge fdb add 02:42:0a:00:09:03 dev vxlan0 dst 192.168.56.104 self permanent",
                "ip neigh add 10.0.9.4 lladdr 02:42:0a:00:09:04 dev vxlan0 nud permanent")) {
            List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
            inside.addAll(List.of(command.split(" ", -1)));
            TwoHosts.run(inside);
        }
        return folder.resolve("netns");
    }

    private Invocation snapshot(Path namespaces, Path into, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("snapshot", "--docker", daemon.address(), "--netns-dir", namespaces.toString()));
        arguments.addAll(List.of(options));
        arguments.add(into.toString());
        return Invocation.of(arguments);
    }

    private static JsonNode manifest(Path snapshot) throws IOException {
        return JSON.readTree(snapshot.resolve("snapshot.json").toFile());
    }

    private static List<String> marks(JsonNode marks) {
        List<String> texts = new ArrayList<>();
        marks.forEach(mark -> texts.add(mark.path("table").asText() + " "
                + mark.path("key").asText() + " " + mark.path("value").asText()));
        return texts;
    }

    @Test
    void analyzeReadsTheTablesOfANamespace() throws Exception {
        Path snapshot = folder.resolve("snapshot");

        Invocation taken = snapshot(namespaces(), snapshot);

        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(taken.out()).isEmpty();
        assertThat(Files.readString(snapshot.resolve("ns-" + SANDBOX + ".fdb.json")))
                .contains("192.168.56.103", "192.168.56.104");
        assertThat(Files.readString(snapshot.resolve("ns-" + SANDBOX + ".neigh.json")))
                .contains("10.0.9.4");

        JsonNode endpoints = Invocation.of(
                        "endpoints",
                        "-T",
                        "json",
                        "--inventory",
                        snapshot.toString(),
                        SEED.resolve("swarm-worker1.pcap").toString())
                .json()
                .path("endpoints");
        assertThat(endpoints)
                .filteredOn(endpoint -> endpoint.path("ip").asText().equals("10.0.9.4"))
                .singleElement()
                .satisfies(endpoint -> {
                    assertThat(endpoint.path("name").asText()).startsWith("overlay_service.2.");
                    assertThat(marks(endpoint.path("confirmedBy")))
                            .containsExactly(
                                    "fdb 02:42:0a:00:09:04 192.168.56.103", "neigh 10.0.9.4 02:42:0a:00:09:04");
                    assertThat(endpoint.path("contradictedBy")).isEmpty();
                    assertThat(endpoint.at("/confirmedBy/0/at/0").asText())
                            .startsWith(
                                    manifest(snapshot).path("taken").asText().substring(0, 19));
                });
        assertThat(endpoints)
                .filteredOn(endpoint -> endpoint.path("ip").asText().equals("10.0.9.3"))
                .singleElement()
                .satisfies(endpoint -> {
                    assertThat(endpoint.path("vtep").asText()).isEqualTo("192.168.56.102");
                    assertThat(marks(endpoint.path("contradictedBy")))
                            .containsExactly("fdb 02:42:0a:00:09:03 192.168.56.104");
                });
    }

    @Test
    void theTextSaysWhatIsContradicted() throws Exception {
        Path snapshot = folder.resolve("snapshot");
        snapshot(namespaces(), snapshot);

        Invocation answer = Invocation.of(
                "endpoints",
                "--inventory",
                snapshot.toString(),
                SEED.resolve("swarm-worker1.pcap").toString());

        assertThat(answer.out())
                .contains("KERNELS")
                .containsPattern("! 10\\.0\\.9\\.3: by .*'s fdb, 02:42:0a:00:09:03 is behind "
                        + "swarm-worker3 \\(192\\.168\\.56\\.104\\) \\(.*\\); its packets say otherwise");
    }

    /** What a folder or a daemon does not give is named, and the rest is there. */
    @Test
    void whatCannotBeHadIsNamed() throws Exception {
        Path snapshot = folder.resolve("snapshot");
        daemon.close();

        Invocation taken = snapshot(folder.resolve("none"), snapshot);
        daemon = RecordedDaemon.of(INSPECTED, false);

        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(manifest(snapshot).path("missing"))
                .extracting(missing -> missing.path("file").asText() + ": "
                        + missing.path("reason").asText())
                .anyMatch(missing -> missing.equals("ns-*: there is no such folder"))
                .anyMatch(missing ->
                        missing.startsWith("*.json: ") && missing.endsWith("no Docker daemon listens there"));
        assertThat(taken.err()).contains("there is no such folder", "no Docker daemon listens there");
        try (Stream<Path> files = Files.list(snapshot)) {
            List<String> written = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("snapshot.json"))
                    .sorted()
                    .toList();
            List<String> told = new ArrayList<>();
            manifest(snapshot).path("files").forEach(file -> told.add(file.asText()));
            assertThat(told).isEqualTo(written).contains("host-addr.json", "host-route.json");
        }
    }

    /** A file that is no namespace is passed over; the others are not. */
    @Test
    void aStaleNamespaceIsNamed() throws Exception {
        Path namespaces = Files.createDirectory(folder.resolve("stale"));
        Files.createFile(namespaces.resolve("1-abc"));

        snapshot(namespaces, folder.resolve("snapshot"));

        assertThat(manifest(folder.resolve("snapshot")).path("missing"))
                .extracting(missing -> missing.path("file").asText())
                .contains("ns-1-abc.fdb.json", "ns-1-abc.neigh.json");
        try (Stream<Path> files = Files.list(folder.resolve("snapshot"))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("ns-"));
        }
    }

    @Test
    void aSnapshotNeedsAFolderOfItsOwn() throws IOException {
        Files.createFile(folder.resolve("something"));

        assertThat(snapshot(folder, folder)).satisfies(refused -> {
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("is not empty");
        });
        assertThat(Invocation.of("snapshot")).satisfies(refused -> {
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("no folder is named");
        });
        assertThat(Invocation.of("snapshot", "a", "b").exit()).isEqualTo(2);
        assertThat(snapshot(folder, folder.resolve("something/below")).exit()).isEqualTo(3);
    }

    @Test
    void environmentsAreLeftOut() throws IOException {
        // the recorded images have one, and it is harmless
        assertThat(Files.readString(INSPECTED.resolve("containers.json"))).contains("\"Env\"");

        snapshot(folder.resolve("none"), folder.resolve("snapshot"));

        try (Stream<Path> files = Files.list(folder.resolve("snapshot"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("\"Env\""));
        }
        // and nothing else is: the names are as before
        Invocation fromSnapshot = Invocation.of(
                "analyze",
                "-T",
                "json",
                "--inventory",
                folder.resolve("snapshot").toString(),
                SEED.resolve("swarm-manager.pcap").toString());
        Invocation fromFiles = Invocation.of(
                "analyze",
                "-T",
                "json",
                "--inventory",
                INSPECTED.toString(),
                SEED.resolve("swarm-manager.pcap").toString());
        assertThat(fromSnapshot.json().path("ingress"))
                .isEqualTo(fromFiles.json().path("ingress"));
        assertThat(fromSnapshot.json().path("networks"))
                .isEqualTo(fromFiles.json().path("networks"));
    }

    @Test
    void namesComeFromADaemonAsFromItsFiles() {
        String capture = SEED.resolve("swarm-manager.pcap").toString();

        Invocation asked = Invocation.of("analyze", "--docker", daemon.address(), capture);

        assertThat(asked.exit()).as(asked.err()).isZero();
        assertThat(asked.err()).isEmpty();
        assertThat(asked.out())
                .isEqualTo(Invocation.of("analyze", "--inventory", INSPECTED.toString(), capture)
                        .out());
    }

    @Test
    void aDaemonThatCannotBeAskedEndsTheCommand() throws IOException {
        String capture = SEED.resolve("swarm-manager.pcap").toString();
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(Invocation.of("networks", "--docker", "unix://" + folder.resolve("none"), capture))
                .satisfies(failed -> {
                    assertThat(failed.exit()).isEqualTo(5);
                    assertThat(failed.out()).isEmpty();
                    assertThat(failed.err())
                            .isEqualTo("swarmlens: " + folder.resolve("none")
                                    + " does not exist: no Docker daemon listens there\n");
                });
        assertThat(Invocation.of("networks", "--docker", file.toString(), capture)
                        .exit())
                .isEqualTo(5);
        assertThat(Invocation.of("networks", "--docker", "tcp://192.0.2.1:2375", capture)
                        .exit())
                .isEqualTo(2);
        daemon.close();
        daemon = new RecordedDaemon();
        assertThat(Invocation.of("networks", "--docker", daemon.address(), capture))
                .satisfies(failed -> {
                    assertThat(failed.exit()).isEqualTo(3);
                    assertThat(failed.err()).contains("is no Docker daemon's");
                });
    }
}
