package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Captures as they really come: begun and ended in the middle, cut short by a snap length, with packets that the capture itself
 * lost, and not of all nodes. Nothing of that is a failure of the swarm, and none of it makes one failure look like another.
 */
class MutilatedCapturesTest {
    private static final Path SWARM = Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"))
            .resolve("swarm");
    private static final int TRIES = Integer.getInteger("swarmlens.mutilations", 6);

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int SECONDS = 0;
    private static final int CAPTURED = 8;

    @TempDir
    private Path folder;

    /** What is done to a capture. */
    private record Mutilation(double from, double to, double lost, int snapLength) {
        static Mutilation random(SplittableRandom random) {
            double length = random.nextDouble(0.05, 1);
            double from = random.nextDouble(0, 1 - length + 1e-9);
            return new Mutilation(
                    from,
                    from + length,
                    random.nextInt(3) == 0 ? random.nextDouble(0.05) : 0,
                    random.nextInt(3) == 0 ? random.nextInt(60, 200) : Integer.MAX_VALUE);
        }

        /** The records of a classic capture that are left. */
        byte[] of(byte[] capture, SplittableRandom random) {
            ByteBuffer in = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
            List<Integer> records = new ArrayList<>();
            for (int at = FILE_HEADER; at < capture.length; at += RECORD_HEADER + in.getInt(at + CAPTURED)) {
                records.add(at);
            }
            long first = in.getInt(records.get(0) + SECONDS);
            long last = in.getInt(records.get(records.size() - 1) + SECONDS) + 1L;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(capture, 0, FILE_HEADER);
            for (int at : records) {
                double when = (in.getInt(at + SECONDS) - first) / (double) (last - first);
                if (when >= from && when <= to && random.nextDouble() >= lost) {
                    int captured = in.getInt(at + CAPTURED);
                    byte[] header = new byte[RECORD_HEADER];
                    System.arraycopy(capture, at, header, 0, RECORD_HEADER);
                    ByteBuffer.wrap(header)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(CAPTURED, Math.min(captured, snapLength));
                    out.writeBytes(header);
                    out.write(capture, at + RECORD_HEADER, Math.min(captured, snapLength));
                }
            }
            return out.toByteArray();
        }
    }

    private static List<Path> underlay(Path swarm) {
        try (Stream<Path> nodes = Files.list(swarm)) {
            return nodes.map(node -> node.resolve("underlay.pcap"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "01-seed,",
        "02-eastwest,",
        "18-one-wheel,",
        "19-healthy-busy,",
        "05-fault-oneway, SW-01",
        "06-fault-mtu, SW-04",
        "06b-fault-mtu-blackhole, SW-04",
        "11-dead-backend, SW-09",
        "12-stale-fdb, SW-06",
        "13-wrong-source, SW-07",
        "14-idle-timeout, SW-05",
        "15-cleartext-encrypted, SW-14d",
        "16-duplicate-ip, SW-08",
    })
    void nothingElseIsFound(String name, String failure) throws IOException {
        Path swarm = SWARM.resolve(name);
        assumeTrue(Files.isDirectory(swarm), "the recorded captures are not there");
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int i = 0; i < TRIES; i++) {
            Mutilation mutilation = Mutilation.random(random);
            List<String> command = new ArrayList<>(List.of("doctor", "-T", "json"));
            if (random.nextBoolean()) {
                command.addAll(List.of("--inventory", swarm.toString()));
            }
            for (Path capture : underlay(swarm)) {
                if (random.nextInt(3) > 0) {
                    Path cut = folder.resolve(swarm.relativize(capture).getName(0) + ".pcap");
                    Files.write(cut, mutilation.of(Files.readAllBytes(capture), random));
                    command.add(cut.toString());
                }
            }
            if (command.stream().noneMatch(argument -> argument.endsWith(".pcap"))) {
                continue;
            }
            Invocation answer = Invocation.of(command);
            Set<String> found = new TreeSet<>();
            for (JsonNode finding : answer.json().path("findings")) {
                if (!finding.path("severity").asText().equals("info")) {
                    found.add(finding.path("id").asText());
                }
            }
            assertThat(found)
                    .as(mutilation + " " + command + answer.out())
                    .isSubsetOf(failure == null ? Set.of() : Set.of(failure));
        }
    }
}
