package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The recorded swarms, against the table of captures in each folder's README. */
class SwarmCapturesTest {
    private static final long NANOS_PER_MICROSECOND = 1_000;

    /** File, format, link type, packets, file size, and the times of the first and the last packet if there are any. */
    private static final Pattern ROW =
            Pattern.compile("\\| (\\S+\\.pcap(?:ng)?) \\| ([^|]+) \\| (\\S+) \\| (\\d+) \\| (\\d+) \\|"
                    + " (?:(\\d+\\.\\d{6})\\.\\.(\\d+\\.\\d{6}))? ?\\|.*");

    @Test
    void countsWhatTheRecordersCounted() throws IOException {
        Path folder = TestCaptures.folder("swarm");
        SoftAssertions soft = new SoftAssertions();
        int files = 0;
        for (Path scenario : children(folder)) {
            for (String line : Files.readAllLines(scenario.resolve("README.md"))) {
                Matcher row = ROW.matcher(line);
                // The tables name some captures that were not kept.
                if (row.matches() && Files.exists(scenario.resolve(row.group(1)))) {
                    check(soft, scenario.resolve(row.group(1)), row);
                    files++;
                }
            }
        }
        soft.assertAll();
        assertThat(files).isGreaterThan(150);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void check(SoftAssertions soft, Path file, Matcher row) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            long packets = 0;
            long first = 0;
            long last = 0;
            Frame frame = new Frame();
            while (reader.next(frame)) {
                first = packets == 0 ? frame.timeNanos() : first;
                last = frame.timeNanos();
                packets++;
            }
            soft.assertThat(reader.interfaces())
                    .extracting(described -> described.linkType().name())
                    .as(file + " link types")
                    .containsOnly(row.group(3));
            soft.assertThat(reader.damage()).as(file + " damage").isEmpty();
            soft.assertThat(packets).as(file + " packets").isEqualTo(Long.parseLong(row.group(4)));
            soft.assertThat(reader.format().toString()).as(file + " format").startsWith(format(row.group(2)));
            if (row.group(6) != null) {
                // The table rounds nanoseconds to microseconds.
                soft.assertThat(first).isCloseTo(nanos(row.group(6)), within(NANOS_PER_MICROSECOND));
                soft.assertThat(last).isCloseTo(nanos(row.group(7)), within(NANOS_PER_MICROSECOND));
            }
        }
    }

    private static String format(String inTable) {
        return switch (inTable) {
            case "pcap usec" -> "pcap, microseconds, little-endian";
            case "pcap nsec" -> "pcap, nanoseconds, little-endian";
            default -> inTable + ", ";
        };
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }
}
