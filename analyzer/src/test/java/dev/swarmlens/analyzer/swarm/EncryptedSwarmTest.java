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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An encrypted overlay that was recorded on both sides of the encryption, with the kernel's keys and counters. */
class EncryptedSwarmTest {
    private static final Path FOLDER = RecordedSwarm.root().resolve("03-encrypted");
    private static final String MANAGER = "swarm-manager";
    private static final List<String> NODES = List.of(MANAGER, "swarm-worker1", "swarm-worker2", "swarm-worker3");
    private static final Pattern KEY = Pattern.compile("aead \\S+ 0x(\\w{32})(\\w{8}) 64");
    private static final Pattern SENT =
            Pattern.compile("src (\\S+) dst (\\S+)\\s+proto esp spi (0x\\w+) .*?oseq (0x\\w+)", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private static Path keys(String node) {
        return FOLDER.resolve(node).resolve("gt-after/xfrm-state.txt");
    }

    private static String capture(String node) {
        return node + "=" + FOLDER.resolve(node).resolve("underlay.pcap");
    }

    private static List<String> captures() {
        return NODES.stream().map(EncryptedSwarmTest::capture).toList();
    }

    private static Invocation run(String command, List<String> more) {
        assumeTrue(Files.isDirectory(FOLDER), () -> "no recorded swarm at " + FOLDER);
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(more);
        return Invocation.of(arguments);
    }

    private static List<String> with(Path keys, List<String> captures) {
        List<String> arguments = new ArrayList<>(List.of("--xfrm-state", keys.toString()));
        arguments.addAll(captures);
        return arguments;
    }

    /** What the kernels say they have sent under each SPI. */
    private static Map<String, Long> sent() throws IOException {
        Map<String, Long> sent = new TreeMap<>();
        for (String node : NODES) {
            for (String state : Files.readString(keys(node)).split("(?m)^(?=src )", -1)) {
                Matcher counters = SENT.matcher(state);
                if (counters.find() && !counters.group(4).equals("0x0")) {
                    sent.put(counters.group(3), Long.decode(counters.group(4)));
                }
            }
        }
        return sent;
    }

    @Test
    void withoutKeysTheTunnelsAreKnownByTheirNumbers() throws IOException {
        JsonNode report = run("vteps -T json", captures()).json();

        Map<String, Long> packets = new TreeMap<>();
        Set<Integer> tags = new HashSet<>();
        Set<List<String>> pairs = new HashSet<>();
        Set<List<String>> reversed = new HashSet<>();
        for (JsonNode tunnel : report.path("espTunnels")) {
            packets.put(tunnel.path("spi").asText(), tunnel.path("packets").asLong());
            tags.add(tunnel.path("keyTag").asInt(-1));
            pairs.add(List.of(tunnel.path("from").asText(), tunnel.path("to").asText()));
            reversed.add(List.of(tunnel.path("to").asText(), tunnel.path("from").asText()));
            assertThat(tunnel.at("/sequence/missing").asLong()).isZero();
            assertThat(tunnel.path("advertised").isNull()).isTrue();
            assertThat(tunnel.path("decrypted").asLong()).isZero();
        }
        assertThat(packets).isEqualTo(sent());
        assertThat(tags)
                .as("the key's generation, in all directions")
                .hasSize(1)
                .doesNotContain(-1);
        assertThat(pairs).isEqualTo(reversed);
        assertThat(report.path("notes").toString()).contains("stay encrypted", "--xfrm-state");
    }

    @Test
    void oneNodesKeysOpenEverything() throws IOException {
        JsonNode report =
                run("analyze -T json", with(keys(MANAGER), captures())).json();

        assertThat(report.path("espTunnels")).isNotEmpty().allSatisfy(tunnel -> {
            assertThat(tunnel.path("decrypted")).isEqualTo(tunnel.path("packets"));
            assertThat(tunnel.path("failed").asLong()).isZero();
        });
        JsonNode secure = report.path("networks").get(1);
        assertThat(secure.path("encrypted").asBoolean()).isTrue();
        assertThat(secure.path("packets").asLong())
                .isEqualTo(sent().values().stream().mapToLong(Long::longValue).sum());
        assertThat(report.path("networks").get(0).path("encrypted").isNull()).isTrue();
    }

    /** Packet for packet; TCP's data byte for byte, since a kernel hands its segments on as larger ones. */
    @ParameterizedTest
    @ValueSource(strings = {MANAGER, "swarm-worker3"})
    void whatIsInsideIsWhatTheOverlayShows(String node) throws IOException {
        assumeTrue(Tshark.installed(), "tshark is not installed");
        Path inner = folder.resolve("inner.pcap");
        List<String> arguments = with(keys(node), List.of("-w", inner.toString(), capture(node)));
        Invocation converted = run("convert --decapsulate --vni 4098 -F nsecpcap", arguments);
        assertThat(converted.exit()).as(converted.err()).isZero();

        Inside ours = Inside.of(inner);
        Inside overlay = Inside.of(FOLDER.resolve(node).resolve("secure-ovns-vxlan.pcap"));

        assertThat(ours.packets).isNotEmpty().isEqualTo(overlay.packets);
        assertThat(ours.streams).isNotEmpty().isEqualTo(overlay.streams);
    }

    /** What tshark sees in a capture of an overlay. */
    private record Inside(Map<String, Integer> packets, Map<String, TreeMap<Long, String>> streams) {
        static Inside of(Path capture) throws IOException {
            List<String> fields = Stream.of(("ip.src ip.dst ip.proto tcp.srcport tcp.dstport tcp.seq_raw tcp.payload"
                                    + " ip.id ip.ttl ip.len tcp.flags tcp.ack_raw udp.srcport udp.dstport udp.length"
                                    + " icmp.type icmp.seq data.data")
                            .split(" "))
                    .toList();
            Inside inside = new Inside(new TreeMap<>(), new TreeMap<>());
            for (String line : Tshark.fields(capture, fields, List.of("-Y", "ip"))) {
                String[] values = line.split("\t", -1);
                String payload = values[6];
                if (payload.isEmpty() || line.startsWith("ip.src")) {
                    inside.packets.merge(line, 1, Integer::sum);
                } else {
                    String connection = String.join(" ", List.of(values).subList(0, 5));
                    TreeMap<Long, String> bytes = inside.streams.computeIfAbsent(connection, any -> new TreeMap<>());
                    for (int i = 0; i < payload.length(); i += 2) {
                        bytes.put(Long.parseLong(values[5]) + i / 2, payload.substring(i, i + 2));
                    }
                }
            }
            return inside;
        }
    }

    /** Field by field, tshark having the keys, too. */
    @Test
    void tsharkSeesTheSame() throws IOException {
        assumeTrue(Tshark.installed(), "tshark is not installed");
        List<String> options = new ArrayList<>(List.of("-o", "esp.enable_encryption_decode:TRUE", "-Y", "esp"));
        Pattern state = Pattern.compile(
                "src (\\S+) dst (\\S+)\\s+proto esp spi (0x\\w+) [^\\n]*\\n[^\\n]*\\n\\s+aead \\S+ (0x\\w+) 64");
        assumeTrue(Files.isDirectory(FOLDER), () -> "no recorded swarm at " + FOLDER);
        Matcher states = state.matcher(Files.readString(keys(MANAGER)));
        while (states.find()) {
            options.add("-o");
            options.add(
                    "uat:esp_sa:\"IPv4\",\"%s\",\"%s\",\"%s\",\"AES-GCM with 8 octet ICV [RFC4106]\",\"%s\",\"NULL\",\"\""
                            .formatted(states.group(1), states.group(2), states.group(3), states.group(4)));
        }
        List<String> fields = List.of(
                "frame.number",
                "esp.spi",
                "esp.sequence",
                "vxlan.vni",
                "eth.src",
                "ip.src",
                "ip.id",
                "udp.srcport",
                "udp.length",
                "tcp.seq_raw",
                "tcp.ack_raw",
                "tcp.flags",
                "tcp.checksum",
                "tcp.options.timestamp.tsval",
                "icmp.seq");
        List<String> arguments = new ArrayList<>(List.of("-Y", "esp", "-E", "header=y", "-E", "occurrence=a"));
        arguments.addAll(List.of("-E", "aggregator=,"));
        fields.forEach(field -> arguments.addAll(List.of("-e", field)));
        Path capture = FOLDER.resolve(MANAGER).resolve("underlay.pcap");
        arguments.add(capture.toString());

        Invocation ours = run("packets -T fields", with(keys(MANAGER), arguments));

        assertThat(ours.out().lines().toList()).hasSize(1254).isEqualTo(Tshark.fields(capture, fields, options));
    }

    @Test
    void aWrongKeySaysSo() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), () -> "no recorded swarm at " + FOLDER);
        Path wrong = folder.resolve("wrong.txt");
        Files.writeString(
                wrong,
                KEY.matcher(Files.readString(keys(MANAGER)))
                        .replaceAll("aead rfc4106(gcm(aes)) 0x" + "5".repeat(32) + "$2 64"));

        Invocation report = run("analyze -T json", with(wrong, List.of(capture(MANAGER))));
        Invocation packets = run("packets", with(wrong, List.of(capture(MANAGER))));

        assertThat(report.exit()).isZero();
        assertThat(report.err())
                .isEqualTo("swarmlens: the keys in " + wrong
                        + " do not fit SPI 0xec6beb86, 0xed6bed19, 0xf66bfb44 and 3 more: 1253 packets failed"
                        + " authentication\n");
        JsonNode json = report.json();
        assertThat(json.path("networks")).hasSize(1);
        assertThat(json.path("espTunnels")).hasSize(6).allSatisfy(tunnel -> {
            assertThat(tunnel.path("failed")).isEqualTo(tunnel.path("packets"));
            assertThat(tunnel.path("decrypted").asLong()).isZero();
        });
        assertThat(json.path("notes").toString()).contains("The keys do not fit SPI 0xed6bed19");
        assertThat(packets.err()).matches("swarmlens: the keys in .* do not fit: 1253 packets failed authentication\n");
    }

    @Test
    void packetsThatWereCutAreNoFaultOfTheKeys() throws IOException {
        assumeTrue(Tshark.installed(), "tshark is not installed");
        assumeTrue(Files.isDirectory(FOLDER), () -> "no recorded swarm at " + FOLDER);
        Path cut = folder.resolve("cut.pcap");
        Tshark.cut(FOLDER.resolve(MANAGER).resolve("underlay.pcap"), 100_000, 96, cut);

        Invocation report = run("vteps -T json", with(keys(MANAGER), List.of(cut.toString())));

        assertThat(report.err()).isEmpty();
        assertThat(report.json().path("espTunnels")).hasSize(6).allSatisfy(tunnel -> {
            assertThat(tunnel.path("cut")).isEqualTo(tunnel.path("packets"));
            assertThat(tunnel.path("failed").asLong() + tunnel.path("decrypted").asLong())
                    .isZero();
            assertThat(tunnel.path("keyTag").isNull()).isFalse();
        });
        assertThat(report.json().path("notes").toString()).contains("1253 ESP packets were cut by the capture");
    }

    @Test
    void anotherSwarmsKeysSaySo() {
        Path other = RecordedSwarm.root().resolve("15-cleartext-encrypted/swarm-manager/gt-after/xfrm-state.txt");
        assumeTrue(Files.exists(other), () -> "no keys at " + other);

        Invocation report = run("vteps", with(other, List.of(capture(MANAGER))));

        assertThat(report.exit()).isZero();
        assertThat(report.err())
                .isEqualTo("swarmlens: there is no key in " + other
                        + " for SPI 0xec6beb86, 0xed6bed19, 0xf66bfb44 and 3 more: 1253 packets stay encrypted\n");
    }

    @Test
    void keysAreInNoOutput() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), () -> "no recorded swarm at " + FOLDER);
        Map<String, String> outputs = new HashMap<>();
        Path inner = folder.resolve("inner.pcapng");
        for (String command : List.of(
                "analyze",
                "analyze -T json",
                "vteps",
                "packets",
                "packets -V -x",
                "packets -T json",
                "convert --decapsulate -w " + inner)) {
            Invocation answer = run(command, with(keys(MANAGER), List.of(capture(MANAGER))));
            assertThat(answer.exit()).as(command).isZero();
            outputs.put(command, answer.out() + answer.err());
        }
        Path broken = folder.resolve("broken.txt");
        Files.writeString(broken, Files.readString(keys(MANAGER)).replace(" 64", " 63"));
        Invocation failed = run("analyze", with(broken, List.of(capture(MANAGER))));
        assertThat(failed.exit()).isEqualTo(2);
        outputs.put("a broken file", failed.out() + failed.err());

        Matcher secrets = KEY.matcher(Files.readString(keys(MANAGER)));
        int checked = 0;
        while (secrets.find()) {
            checked++;
            String secret = secrets.group(1);
            outputs.forEach((command, output) -> assertThat(
                            output.toLowerCase(Locale.ROOT).replaceAll("[\\s:]", ""))
                    .as(command)
                    .doesNotContain(secret));
        }
        assertThat(checked).isEqualTo(12);
    }
}
