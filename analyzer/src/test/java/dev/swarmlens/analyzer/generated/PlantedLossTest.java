package dev.swarmlens.analyzer.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Packets that the generator loses and holds up on their way, by clocks that it sets wrong, are found lost and late. */
class PlantedLossTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The generator's ways take their time by chance; the shortest of many are alike. */
    private static final int ALIKE = 100;

    private static final String SCENARIO = """
            name: planted
            seed: %d
            nodes:
              - {name: one, address: 192.168.56.101, clock: %dus}
              - {name: two, address: 192.168.56.102, clock: %dus}
              - {name: three, address: 192.168.56.103}
            networks:
              - {name: back}
            services:
              - {name: web, replicas: 3, publish: "80", networks: back}
              - {name: api, replicas: 3, networks: back}
            traffic:
              - {kind: http, to: web, connections: 120, every: 100ms, response: 6KiB}
              - {kind: http, from: web, to: api, connections: 40, every: 300ms, response: 30KiB}
            faults:
              - {id: impairment, from: one, to: two, start: 2s, end: 9s, delay: %dms, loss: %s}
            """;

    @Property(tries = 40)
    void whatIsPlantedIsFound(
            @ForAll @IntRange(min = 1, max = 1_000_000) int seed,
            @ForAll @IntRange(min = 0, max = 900_000) int clockOne,
            @ForAll @IntRange(min = 0, max = 900_000) int clockTwo,
            @ForAll @IntRange(min = 0, max = 30) int delay,
            @ForAll @DoubleRange(min = 0, max = 0.3) double loss)
            throws Exception {
        Path folder = Files.createTempDirectory("planted");
        try {
            Path scenario = Files.writeString(
                    folder.resolve("planted.yaml"),
                    SCENARIO.formatted(seed, clockOne, clockTwo, delay, String.format(Locale.ROOT, "%.4f", loss)));
            new Generator(ScenarioReader.read(scenario))
                    .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
            JsonNode truth = JSON.readTree(folder.resolve("truth.json").toFile());
            JsonNode report = report(folder);

            long lost = 0;
            for (JsonNode tunnel : report.path("tunnels")) {
                lost += tunnel.path("lost").asLong();
                assertThat(tunnel.path("compared").isNull()).as("%s", tunnel).isFalse();
                assertThat(tunnel.path("clockOffsetMicros").asInt())
                        .as("%s", tunnel)
                        .isCloseTo(
                                clock(tunnel, "to", clockOne, clockTwo) - clock(tunnel, "from", clockOne, clockTwo),
                                within(ALIKE));
                assertThat(tunnel.at("/delayMicros/min").asInt()).isPositive();
            }
            assertThat(lost).isEqualTo(truth.at("/faults/0/packetsTotal").asLong());
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static int clock(JsonNode tunnel, String end, int clockOne, int clockTwo) {
        return switch (tunnel.path(end).asText()) {
            case "192.168.56.101" -> clockOne;
            case "192.168.56.102" -> clockTwo;
            default -> 0;
        };
    }

    private static JsonNode report(Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of("vteps", "-T", "json"));
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".pcap"))
                    .sorted()
                    .forEach(file -> command.add(file.toString()));
        }
        Invocation answer = Invocation.of(command);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json();
    }
}
