package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was lost between nodes, and how their clocks differ, against tshark, the READMEs, and what chrony said there. */
class TunnelTruthTest {
    private static final String MANAGER = "192.168.56.101";
    private static final String WORKER2 = "192.168.56.103";
    private static final String WORKER3 = "192.168.56.104";

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    /** Folders whose nodes told of their clocks when the folder was recorded, and not hours before. */
    static Stream<RecordedSwarm> timedSwarms() {
        return RecordedSwarm.all().stream().filter(swarm -> swarm.name().matches("0[1-6]-.*|13-.*"));
    }

    private static JsonNode report(List<String> captures) {
        List<String> arguments = new ArrayList<>(List.of("vteps", "-T", "json"));
        arguments.addAll(captures);
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json();
    }

    private static Stream<JsonNode> tunnels(JsonNode report) {
        return StreamSupport.stream(report.path("tunnels").spliterator(), false);
    }

    private static JsonNode tunnel(JsonNode report, String from, String to) {
        return tunnels(report)
                .filter(tunnel -> tunnel.path("from").asText().equals(from)
                        && tunnel.path("to").asText().equals(to))
                .findFirst()
                .orElseThrow();
    }

    /** By README.md 25 packets left the manager in the phase "lost on wire", and none of them is in worker2's capture. */
    @Test
    void whatIsLostOnTheWireIsFoundAndWhatTheFirewallDropsIsNot() {
        RecordedSwarm swarm = RecordedSwarm.named("05-fault-oneway");

        JsonNode report = report(swarm.captureArguments());

        JsonNode faulty = tunnel(report, MANAGER, WORKER2);
        assertThat(faulty.path("sent").asInt()).isEqualTo(111);
        assertThat(faulty.path("compared").asInt()).isEqualTo(111);
        assertThat(faulty.path("lost").asInt()).isEqualTo(25);
        // events.log: between the command that turned the program on and the one that turned it off
        assertThat(faulty.path("firstLost").asText()).isGreaterThan("2026-11-22T11:56:57.971Z");
        assertThat(faulty.path("lastLost").asText()).isLessThan("2026-11-22T11:57:28.814Z");
        assertThat(tunnels(report).filter(tunnel -> tunnel.path("lost").asInt() > 0))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void nothingIsLostButWhereREADMESaysSo(RecordedSwarm swarm) {
        Map<String, Integer> known = switch (swarm.name()) {
            case "05-fault-oneway" -> Map.of(MANAGER + " " + WORKER2, 25);
            // a black hole for what is longer than 1400 bytes: counted again below, with tshark
            case "06b-fault-mtu-blackhole" -> Map.of(WORKER3 + " " + MANAGER, 37);
            default -> Map.of();
        };
        Map<String, Integer> lost = new HashMap<>();

        JsonNode report = report(swarm.captureArguments());

        tunnels(report).forEach(tunnel -> {
            if (tunnel.path("lost").asInt() > 0) {
                lost.put(
                        tunnel.path("from").asText() + " " + tunnel.path("to").asText(),
                        tunnel.path("lost").asInt());
            }
        });
        assertThat(lost).isEqualTo(known);
    }

    /** A packet as tshark sees it. */
    private record Row(String from, String to, String id, String stream, long sequence, int length) {}

    private static List<Row> rows(Path capture) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Tshark.lines(
                capture,
                "-o",
                "ip.defragment:FALSE",
                "-d",
                "udp.port==7789,vxlan",
                "-Y",
                "vxlan || esp",
                "-T",
                "fields",
                "-E",
                "occurrence=a",
                "-e",
                "ip.src",
                "-e",
                "ip.dst",
                "-e",
                "ip.id",
                "-e",
                "esp.spi",
                "-e",
                "esp.sequence",
                "-e",
                "tcp.srcport",
                "-e",
                "tcp.dstport",
                "-e",
                "tcp.seq_raw",
                "-e",
                "tcp.len")) {
            String[] cells = line.split("\t", -1);
            String[] from = cells[0].split(",", -1);
            String[] to = cells[1].split(",", -1);
            String id = cells[3].isEmpty() ? cells[2].split(",", -1)[0] : cells[3] + cells[4];
            boolean data = !cells[8].isEmpty() && Integer.parseInt(cells[8]) > 0;
            rows.add(new Row(
                    from[0],
                    to[0],
                    id,
                    from[from.length - 1] + to[to.length - 1] + cells[5] + ">" + cells[6],
                    data ? Long.parseLong(cells[7]) : 0,
                    data ? Integer.parseInt(cells[8]) : 0));
        }
        return rows;
    }

    /** What has neither its identification at the receiver, nor its data within a packet that was merged, is lost. */
    @ParameterizedTest
    @MethodSource("swarms")
    void tsharkFindsTheSamePacketsAtBothEnds(RecordedSwarm swarm) throws IOException {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
        Map<String, List<Row>> seenAt = new HashMap<>();
        for (Map.Entry<String, Path> capture : swarm.underlayCaptures().entrySet()) {
            seenAt.put(swarm.addressByNode().get(capture.getKey()), rows(capture.getValue()));
        }

        tunnels(report(swarm.captureArguments()))
                .filter(tunnel -> !tunnel.path("compared").isNull())
                .forEach(tunnel -> {
                    String from = tunnel.path("from").asText();
                    String to = tunnel.path("to").asText();
                    boolean esp = tunnel.path("encapsulation").asText().equals("esp");
                    List<Row> sent = between(seenAt.get(from), from, to, esp);
                    List<Row> received = between(seenAt.get(to), from, to, esp);
                    long missing = sent.stream()
                            .filter(row -> received.stream()
                                    .noneMatch(other -> other.id().equals(row.id())
                                            || row.length() > 0
                                                    && other.stream().equals(row.stream())
                                                    && other.sequence() < row.sequence()
                                                    && row.sequence() < other.sequence() + other.length()))
                            .count();
                    assertThat(tunnel.path("sent").asInt()).as("%s", tunnel).isEqualTo(sent.size());
                    assertThat(tunnel.path("received").asInt()).as("%s", tunnel).isEqualTo(received.size());
                    assertThat(tunnel.path("lost").asLong()).as("%s", tunnel).isEqualTo(missing);
                });
    }

    private static List<Row> between(List<Row> rows, String from, String to, boolean esp) {
        return rows.stream()
                .filter(row -> row.from().equals(from)
                        && row.to().equals(to)
                        && row.id().matches("0x.{4}") != esp)
                .toList();
    }

    /** What a node's chrony said of its clock: how much it is ahead, and how wrong that may be, in microseconds. */
    private record Clock(double ahead, double uncertainty) {
        private static final Pattern LINE = Pattern.compile(
                "(System time|Root delay|Root dispersion) *: ([0-9.]+) seconds(?: (fast|slow) of NTP time)?");

        static Clock read(Path versions) throws IOException {
            Map<String, Double> micros = new TreeMap<>();
            for (String line : Files.readAllLines(versions)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    double value = Double.parseDouble(matcher.group(2)) * 1e6;
                    micros.put(matcher.group(1), "slow".equals(matcher.group(3)) ? -value : value);
                }
            }
            // RFC 5905 appendix A.5.5.1: the most by which the clock can be wrong
            return new Clock(micros.get("System time"), micros.get("Root delay") / 2 + micros.get("Root dispersion"));
        }
    }

    @ParameterizedTest
    @MethodSource("timedSwarms")
    void clocksDifferAsChronySays(RecordedSwarm swarm) throws IOException {
        Map<String, Clock> clocks = new HashMap<>();
        for (Map.Entry<String, String> node : swarm.addressByNode().entrySet()) {
            Path after = RecordedSwarm.root()
                    .resolve(swarm.name())
                    .resolve(node.getKey())
                    .resolve("gt-after");
            Path versions = after.resolve("versions.txt");
            assumeTrue(Files.exists(versions), "no word of chrony's in " + after);
            clocks.put(node.getValue(), Clock.read(versions));
        }

        List<JsonNode> compared = tunnels(report(swarm.captureArguments()))
                .filter(tunnel -> !tunnel.path("clockOffsetMicros").isNull())
                .toList();

        assertThat(compared).isNotEmpty().allSatisfy(tunnel -> {
            Clock from = clocks.get(tunnel.path("from").asText());
            Clock to = clocks.get(tunnel.path("to").asText());
            assertThat(tunnel.path("clockOffsetMicros").asDouble() - (to.ahead() - from.ahead()))
                    .as("%s, %s, %s", tunnel, from, to)
                    .isBetween(-from.uncertainty() - to.uncertainty(), from.uncertainty() + to.uncertainty());
            assertThat(tunnel.at("/delayMicros/min").asInt()).isPositive();
        });
    }

    /** A file of four interfaces, each the wire to one node, is four captures: each frame is in it twice, and one frame. */
    @Test
    void fourInterfacesAreFourUnderlayCaptures() {
        RecordedSwarm swarm = RecordedSwarm.named("03-encrypted");
        Path wires = RecordedSwarm.root().resolve("03-encrypted/client/wire-4taps.pcapng");

        JsonNode together = report(List.of(wires.toString()));

        assertThat(counts(together)).isEqualTo(counts(report(swarm.captureArguments())));
        assertThat(tunnels(together)).allSatisfy(tunnel -> {
            assertThat(tunnel.path("received")).isEqualTo(tunnel.path("sent"));
            assertThat(tunnel.path("compared")).isEqualTo(tunnel.path("sent"));
            assertThat(tunnel.path("clockOffsetMicros").asInt()).as("one clock").isBetween(-2, 2);
        });
    }

    private static Set<String> counts(JsonNode report) {
        Set<String> counts = new TreeSet<>();
        tunnels(report)
                .forEach(tunnel -> counts.add(String.join(
                        " ",
                        tunnel.path("from").asText(),
                        tunnel.path("to").asText(),
                        tunnel.path("encapsulation").asText(),
                        tunnel.path("sent").asText(),
                        tunnel.path("lost").asText())));
        return counts;
    }

    /** What one node's capture shows stands in the report of all; what needs both ends is not in it. */
    @ParameterizedTest
    @MethodSource("swarms")
    void oneNodeAloneDoesNotContradictAll(RecordedSwarm swarm) {
        Map<String, JsonNode> all = new HashMap<>();
        tunnels(report(swarm.captureArguments())).forEach(tunnel -> all.put(key(tunnel), tunnel));
        for (String capture : swarm.captureArguments()) {
            tunnels(report(List.of(capture))).forEach(tunnel -> {
                JsonNode whole = all.get(key(tunnel));
                for (String member : List.of("sent", "received")) {
                    if (!tunnel.path(member).isNull()) {
                        assertThat(whole.path(member))
                                .as("%s of %s", member, whole)
                                .isEqualTo(tunnel.path(member));
                    }
                }
                assertThat(tunnel.path("lost").isNull()).isTrue();
                assertThat(tunnel.path("compared").isNull()).isTrue();
            });
        }
    }

    private static String key(JsonNode tunnel) {
        return tunnel.path("from").asText()
                + tunnel.path("to").asText()
                + tunnel.path("encapsulation").asText();
    }
}
