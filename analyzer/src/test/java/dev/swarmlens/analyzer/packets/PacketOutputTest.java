package dev.swarmlens.analyzer.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.analyzer.swarm.Tshark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code packets} prints, against what tshark prints where it has the same. */
class PacketOutputTest {
    private static final Path CAPTURE =
            RecordedSwarm.sample().underlayCaptures().get("swarm-worker1");
    private static final String SOME = "1200";

    private static List<String> packets(String... options) {
        List<String> arguments = new ArrayList<>(List.of("packets"));
        arguments.addAll(List.of(options));
        arguments.add(CAPTURE.toString());
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out().lines().toList();
    }

    private static List<String> tshark(String... options) throws IOException {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
        return Tshark.lines(CAPTURE, options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ad", "adoy", "d", "dd", "e", "r", "u", "ud", "udoy"})
    void times(String form) throws IOException {
        List<String> expected = tshark("-t", form, "-Y", "tcp", "-c", SOME, "-o", "gui.column.format:\"Time\",\"%t\"");

        assertThat(packets("-t", form, "-Y", "tcp", "-c", SOME, "-T", "csv").stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[2]))
                .isEqualTo(expected.stream().map(String::strip).toList());
    }

    @Test
    void timesWithFewerDigits() {
        assertThat(packets("-t", "r.2", "-T", "csv", "-c", "20").stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[2]))
                .allMatch(time -> time.matches("[0-9]+\\.[0-9]{2}"));
        assertThat(packets("-t", "u.0", "-T", "csv", "-c", "20").stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[2]))
                .allMatch(time -> time.matches("[0-9:]{8}"));
    }

    @Test
    void bytes() throws IOException {
        List<String> expected = tshark("-x", "-c", SOME, "-o", "tcp.desegment_tcp_streams:FALSE");

        assertThat(packets("-x", "-c", SOME).stream().filter(line -> line.isEmpty() || line.matches("[0-9a-f]{4}  .*")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "header=y",
                "header=n",
                "separator=,",
                "separator=/s",
                "separator=;",
                "aggregator=;",
                "aggregator=/s",
                "occurrence=f",
                "occurrence=l",
                "occurrence=a",
                "quote=d",
                "quote=s",
                "quote=n",
                "bom=y"
            })
    void columns(String option) throws IOException {
        String[] options = {
            "-c",
            SOME,
            "-T",
            "fields",
            "-E",
            option,
            "-e",
            "frame.number",
            "-e",
            "ip.src",
            "-e",
            "udp.port",
            "-e",
            "tcp.options.sack_le",
            "-e",
            "eth.addr",
            "-o",
            "tcp.relative_sequence_numbers:FALSE"
        };
        String[] ours = List.of(options).subList(0, options.length - 2).toArray(String[]::new);

        assertThat(packets(ours)).isEqualTo(tshark(options));
    }

    @Test
    void countIsOfPacketsRead() throws IOException {
        assertThat(packets("-c", "17")).hasSize(17);
        assertThat(packets("-c", SOME, "-Y", "vxlan")).hasSameSizeAs(tshark("-c", SOME, "-Y", "vxlan"));
    }

    /** Numbers that can only be told by who has seen the handshake. */
    @Test
    void segmentsAreNumberedFromTheirConnectionsBeginning() throws IOException {
        List<String> expected = tshark(
                "-Y",
                "tcp",
                "-T",
                "fields",
                "-e",
                "tcp.seq",
                "-e",
                "tcp.ack",
                "-e",
                "tcp.window_size",
                "-e",
                "tcp.len");

        Pattern numbers = Pattern.compile("Seq=(\\d+)(?: Ack=(\\d+))? Win=(\\d+) Len=(\\d+)");
        List<String> actual = packets("-Y", "tcp").stream()
                .map(line -> {
                    Matcher matcher = numbers.matcher(line);
                    assertThat(matcher.find()).as(line).isTrue();
                    MatchResult found = matcher.toMatchResult();
                    String ack = found.group(2) == null ? "0" : found.group(2);
                    return String.join("\t", found.group(1), ack, found.group(3), found.group(4));
                })
                .toList();

        assertThat(actual).isEqualTo(expected);
    }

    /** Both pairs of addresses and the network stand in the line of a packet from a tunnel. */
    @Test
    void linesTellWhatIsInATunnel() throws IOException {
        List<String> expected = new ArrayList<>();
        for (String line : tshark(
                "-Y",
                "vxlan && tcp",
                "-T",
                "fields",
                "-e",
                "ip.src",
                "-e",
                "ip.dst",
                "-e",
                "vxlan.vni",
                "-e",
                "tcp.srcport",
                "-e",
                "tcp.dstport")) {
            String[] columns = line.split("\t", -1);
            String[] sources = columns[0].split(",", -1);
            String[] destinations = columns[1].split(",", -1);
            expected.add(sources[1] + ":" + columns[3] + " → " + destinations[1] + ":" + columns[4] + " (VNI "
                    + columns[2] + ", " + sources[0] + " → " + destinations[0] + ")");
        }

        assertThat(packets("-Y", "vxlan && tcp").stream()
                        .map(line -> line.replaceAll("^ *\\d+ +[0-9.]+ +(\\S+ → \\S+) .*  (\\(VNI .*\\))$", "$1 $2")))
                .isEqualTo(expected);
    }

    @Test
    void jsonLinesAreTheElementsOfTheJsonArray() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> elements = new ArrayList<>();
        mapper.readTree(String.join("\n", packets("-T", "json", "-c", SOME))).forEach(elements::add);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : packets("-T", "ndjson", "-c", SOME)) {
            lines.add(mapper.readTree(line));
        }

        assertThat(lines).hasSize(Integer.parseInt(SOME)).isEqualTo(elements);
    }

    @Test
    void jsonHasTheFieldsThatAreAskedFor() throws IOException {
        List<String> expected = tshark("-c", SOME, "-T", "fields", "-e", "frame.number", "-e", "ip.src");
        ObjectMapper mapper = new ObjectMapper();
        List<String> actual = new ArrayList<>();
        for (String line : packets("-T", "ndjson", "-c", SOME, "-e", "frame.number", "-e", "ip.src")) {
            JsonNode packet = mapper.readTree(line);
            List<String> sources = new ArrayList<>();
            packet.path("ip.src").forEach(source -> sources.add(source.asText()));
            actual.add(packet.at("/frame.number/0").asText() + "\t" + String.join(",", sources));
        }

        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void csvQuotesWhatHasCommas() throws IOException {
        List<String> expected = tshark(
                "-c",
                SOME,
                "-T",
                "fields",
                "-E",
                "header=y",
                "-E",
                "separator=;",
                "-E",
                "aggregator=,",
                "-e",
                "frame.number",
                "-e",
                "ip.src");

        assertThat(packets("-c", SOME, "-T", "csv", "-e", "frame.number", "-e", "ip.src").stream()
                        .map(line -> line.replaceFirst(",", ";").replace("\"", "")))
                .isEqualTo(expected);
        assertThat(packets("-c", SOME, "-T", "csv", "-e", "ip.src", "-Y", "vni").get(1))
                .matches("\"[0-9.]+,[0-9.]+\"");
    }
}
