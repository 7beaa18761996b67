package dev.swarmlens.analyzer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as iproute2, ipvsadm and iptables print them. */
class TableFilesTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("swarmlens.root", ".."), "samples", "captures", "seed", "tables");
    private static final Optional<Instant> NOW = Optional.of(Instant.EPOCH);

    @TempDir
    private Path folder;

    /** The sample's fdb files were printed twice, as text and as JSON. */
    @Test
    void textAndJsonOfATableAreTheSame() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            List<Path> texts =
                    files.filter(file -> file.toString().endsWith(".fdb.txt")).toList();
            assertThat(texts).hasSize(6).allSatisfy(text -> {
                Path json = Path.of(text.toString().replace(".txt", ".json"));
                Set<Forwarding> entries = new HashSet<>(TableText.forwardingLines(Files.readString(text), NOW));
                assertThat(entries)
                        .isEqualTo(new HashSet<>(TableText.forwardingJson(Files.readString(json), NOW)))
                        .anyMatch(entry -> !entry.vtep().isEmpty() && entry.permanent());
            });
        }
    }

    /** README.md of the sample, and ns-1-*.link.txt. */
    @Test
    void aFolderIsOfOneNodeAndOneMoment() {
        TableFiles files = new TableFiles();
        take(files, SAMPLE.resolve("swarm-worker1/gt-after"));

        assertThat(files.read()).singleElement().satisfies(tables -> {
            assertThat(tables.names()).startsWith("gt-after", "swarm-worker1");
            assertThat(tables.at()).isPresent();
            assertThat(tables.sandboxes())
                    .extracting(Sandbox::name)
                    .containsExactly("1-nth8gp3bdl", "1-xt3zikck91", "ingress_sbox");
            assertThat(tables.sandboxes())
                    .extracting(Sandbox::vnis)
                    .containsExactly(Map.of("vxlan0", 4097), Map.of("vxlan0", 4096), Map.of());
            assertThat(tables.sandboxes().get(2).marks())
                    .extracting(PortMark::protocol, PortMark::port)
                    .contains(tuple("tcp", 8000));
            assertThat(tables.sandboxes().get(2).marks())
                    .allMatch(mark -> tables.sandboxes().get(2).counters().stream()
                            .anyMatch(counter -> counter.mark() == mark.mark()));
        });
    }

    @Test
    void theMomentOfJsonMayBeAnother() throws IOException {
        Files.writeString(folder.resolve("time.txt"), "1795351753.851470510\n");
        Files.writeString(folder.resolve("inventory-time.txt"), "1795351651.5\n");
        Files.writeString(
                folder.resolve("ns-1-a.fdb.txt"), "02:42:0a:00:05:0a dev vxlan0 dst 192.0.2.1 self permanent\n");
        Files.writeString(
                folder.resolve("ns-1-a.neigh.json"),
                "[{\"dst\":\"10.0.5.10\",\"dev\":\"vxlan0\",\"lladdr\":\"02:42:0A:00:05:0a\",\"state\":[\"PERMANENT\"]}]");
        TableFiles files = new TableFiles();
        take(files, folder);

        Sandbox sandbox = files.read().get(0).sandboxes().get(0);

        assertThat(sandbox.forwarding())
                .containsExactly(new Forwarding(
                        "02:42:0a:00:05:0a",
                        "vxlan0",
                        "",
                        "192.0.2.1",
                        true,
                        Optional.of(Instant.ofEpochSecond(1_795_351_753L, 851_470_510))));
        assertThat(sandbox.neighbours())
                .containsExactly(new Neighbour(
                        "10.0.5.10",
                        "02:42:0a:00:05:0a",
                        "vxlan0",
                        Optional.of(Instant.ofEpochSecond(1_795_351_651L, 500_000_000))));
    }

    @Test
    void otherFilesAreLeftToOthers() {
        TableFiles files = new TableFiles();

        assertThat(Stream.of(
                                "network-inspect-ingress.json",
                                "underlay.pcap",
                                "ns-1-a.fdb.yaml",
                                "fdb.json",
                                "ns-.fdb.json")
                        .map(Path::of))
                .noneMatch(files::take);
        assertThat(files.read()).isEmpty();
    }

    /** Whatever a file holds, reading it is no error. */
    @Test
    void damagedTablesKeepWhatCameBefore() throws IOException {
        Path whole = SAMPLE.resolve("swarm-worker1/gt-after");
        assumeTrue(Files.isDirectory(whole));
        for (String name : List.of(
                "ns-1-nth8gp3bdl.fdb.json",
                "ns-1-nth8gp3bdl.neigh.json",
                "ns-1-nth8gp3bdl.link.txt",
                "ns-1-nth8gp3bdl.fdb.txt",
                "ns-ingress_sbox.ipvsadm-stats-exact.txt",
                "ns-ingress_sbox.iptables-save.txt",
                "time.txt")) {
            byte[] bytes = Files.readAllBytes(whole.resolve(name));
            for (int length = 0; length < bytes.length; length += 1 + bytes.length / 60) {
                Path cut = folder.resolve(name);
                Files.write(cut, Arrays.copyOf(bytes, length));
                TableFiles files = new TableFiles();
                files.take(cut);
                assertThat(files.read()).hasSizeLessThanOrEqualTo(1);
            }
        }
        String table = Files.readString(whole.resolve("ns-1-nth8gp3bdl.fdb.json"));
        assertThat(TableText.forwardingJson(table.substring(0, table.length() - 40), NOW))
                .isNotEmpty()
                .hasSizeLessThan(TableText.forwardingJson(table, NOW).size());
    }

    private static void take(TableFiles files, Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(files::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
