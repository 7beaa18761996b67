package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swarmlens.analyzer.convert.Pseudonyms;
import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anonymized captures: they show the same swarm with other addresses, and nothing of the real ones. */
class AnonymizeTest {
    private static final String KEY = "a key for tests";
    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(KEY);
    private static final Map<String, Path> SAMPLE =
            new TreeMap<>(RecordedSwarm.sample().underlayCaptures());

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?<![0-9.])" + BYTE + "(?:\\." + BYTE + "){3}(?![0-9.])");
    private static final Pattern NETWORK = Pattern.compile("(" + IPV4 + ")/([0-9]+)");
    private static final Pattern MAC = Pattern.compile("(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![0-9a-f:])");
    private static final Pattern IPV6 = Pattern.compile("(?<![0-9a-f:])[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f:]*[0-9a-f]?");

    private static final String BROKEN = "broken";

    @TempDir
    private Path folder;

    private Path anonymize(Path capture, String... options) {
        Path target = folder.resolve(String.format("%08x.pcap", capture.hashCode()));
        List<String> arguments = new ArrayList<>(List.of("convert", "-w", target.toString(), "--anonymize", KEY));
        arguments.addAll(List.of(options));
        arguments.add(capture.toString());
        assertThat(Invocation.of(arguments)).isEqualTo(new Invocation(0, "", ""));
        return target;
    }

    @Test
    void theSwarmAnalyzesTheSame() {
        assertSameAnalysis(SAMPLE, "--top", "all");
    }

    @Test
    void recordedSwarmsAnalyzeTheSame() throws IOException {
        Path root = RecordedSwarm.root();
        assumeTrue(Files.isDirectory(root), () -> "no recorded swarms at " + root);
        for (String scenario : List.of("03-encrypted", "04-dataport7789", "06-fault-mtu", "16-duplicate-ip")) {
            Map<String, Path> captures = new TreeMap<>();
            try (Stream<Path> files = Files.walk(root.resolve(scenario))) {
                files.filter(file -> file.endsWith("underlay.pcap"))
                        .forEach(file ->
                                captures.put(file.getParent().getFileName().toString(), file));
            }
            assertThat(captures).as(scenario).isNotEmpty();
            assertSameAnalysis(captures, "--top", "all");
        }
    }

    private void assertSameAnalysis(Map<String, Path> captures, String... options) {
        List<String> real = new ArrayList<>(List.of("analyze", "-T", "json"));
        real.addAll(List.of(options));
        List<String> other = new ArrayList<>(real);
        captures.forEach((node, capture) -> {
            real.add(node + "=" + capture);
            other.add(node + "=" + anonymize(capture));
        });

        JsonNode expected = Invocation.of(real).json();
        JsonNode actual = Invocation.of(other).json();

        assertThat(canonical(actual, text -> text)).isEqualTo(canonical(expected, AnonymizeTest::renamed));
        assertThat(renamed("10.0.9.4")).isNotEqualTo("10.0.9.4");
    }

    /** The same text with the other addresses. */
    private static String renamed(String text) {
        String networks = NETWORK.matcher(text).replaceAll(match -> {
            int length = Integer.parseInt(match.group(2));
            int mask = length == 0 ? 0 : -1 << Integer.SIZE - length;
            return "<"
                    + new Ipv4Address(PSEUDONYMS
                                            .of(Ipv4Address.of(match.group(1)))
                                            .bits()
                                    & mask)
                            .toString()
                            .replace('.', '_')
                    + ">/" + length;
        });
        String macs = MAC.matcher(networks)
                .replaceAll(match -> "<"
                        + PSEUDONYMS.of(MacAddress.of(match.group())).toString().replace(':', '_') + ">");
        String addresses = IPV4.matcher(macs)
                .replaceAll(match -> "<"
                        + PSEUDONYMS
                                .of(Ipv4Address.of(match.group()))
                                .toString()
                                .replace('.', '_') + ">");
        return IPV6.matcher(addresses)
                .replaceAll(
                        match -> PSEUDONYMS.of(Ipv6Address.of(match.group())).toString())
                .replaceAll("<([0-9]+)_([0-9]+)_([0-9]+)_([0-9]+)>", "$1.$2.$3.$4")
                .replaceAll("<(\\w\\w)_(\\w\\w)_(\\w\\w)_(\\w\\w)_(\\w\\w)_(\\w\\w)>", "$1:$2:$3:$4:$5:$6");
    }

    /**
     * What anonymizing takes away: the files' names; the lengths that gossip tells in its payload, which is cut off; what of ESP needs
     * its payload, and the tags of its keys, which fit only the addresses that they were made with.
     */
    private static final Set<String> TAKEN_AWAY = Set.of("file", "largestMessage", "cut", "keyTag");

    /** A report without what is taken away, and with all lists in one order, since the report's is by address. */
    private static JsonNode canonical(JsonNode node, UnaryOperator<String> rename) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node instanceof ObjectNode object) {
            ObjectNode result = nodes.objectNode();
            object.properties().forEach(property -> {
                if (!TAKEN_AWAY.contains(property.getKey())) {
                    result.set(property.getKey(), canonical(property.getValue(), rename));
                }
            });
            return result;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(element -> elements.add(canonical(element, rename)));
            // without tags it is not known that ESP is a swarm's
            elements.removeIf(element -> element.asText().startsWith("Encrypted overlay networks' packets"));
            elements.sort(Comparator.comparing(JsonNode::toString));
            return nodes.arrayNode().addAll(elements);
        }
        boolean isTime = node.isTextual() && node.asText().matches("\\d{4}-\\d\\d-\\d\\dT.*");
        return node.isTextual() && !isTime ? nodes.textNode(rename.apply(node.asText())) : node;
    }

    @Test
    void nothingIsLeftOfTheRealAddressesAndNames() throws IOException {
        for (Path capture : SAMPLE.values()) {
            Path anonymized = anonymize(capture);
            Set<String> secrets = addresses(capture);
            secrets.removeIf(address -> renamed(address).equals(address));
            String text = new String(Files.readAllBytes(anonymized), StandardCharsets.ISO_8859_1);

            assertThat(secrets).hasSizeGreaterThan(10).doesNotContainAnyElementsOf(addresses(anonymized));
            // four bytes, most of them zero, may be anything
            assertThat(secrets.stream().filter(address -> !address.startsWith("10.0.")))
                    .noneMatch(address -> text.contains(bytes(address)));
            assertThat(text).doesNotContain("HTTP", "GET", "swarm-", "worker");
        }
    }

    private static Set<String> addresses(Path capture) {
        Set<String> addresses = new TreeSet<>();
        for (String field : List.of("ip.addr", "eth.addr", "arp.src.proto_ipv4", "arp.dst.proto_ipv4", "ipv6.addr")) {
            Invocation.of("packets", "-T", "fields", "-E", "aggregator=/s", "-e", field, capture.toString())
                    .out()
                    .lines()
                    .flatMap(line -> Stream.of(line.split(" ", -1)))
                    .filter(address -> !address.isEmpty())
                    .forEach(addresses::add);
        }
        return addresses;
    }

    private static String bytes(String address) {
        byte[] bytes = address.matches(IPV4.pattern())
                ? Ipv4Address.of(address).toBytes().toArray()
                : address.matches(MAC.pattern())
                        ? MacAddress.of(address).toBytes().toArray()
                        : Ipv6Address.of(address).toBytes().toArray();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** With payloads, so that tshark can verify all of them, those in tunnels and of datagrams that hold tunnels. */
    @Test
    void checksumsFollow() throws IOException {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
        for (Path capture : SAMPLE.values()) {
            assertThat(statuses(anonymize(capture, "--keep-payload"))).isEqualTo(statuses(capture));
        }
    }

    private static List<String> statuses(Path capture) throws IOException {
        return Tshark.fields(
                capture,
                List.of(
                        "frame.len",
                        "ip.checksum.status",
                        "udp.checksum.status",
                        "tcp.checksum.status",
                        "icmp.checksum.status",
                        "icmpv6.checksum.status",
                        "tcp.seq_raw",
                        "tcp.options.timestamp.tsval",
                        "vxlan.vni",
                        "tcp.payload",
                        "ip.ttl"),
                List.of());
    }

    /** Whatever a capture holds, the frames stay what they are. */
    @Test
    void publicCapturesKeepTheirHeaders() throws IOException {
        Path root = RecordedSwarm.root().resolveSibling("public");
        assumeTrue(Files.isDirectory(root), () -> "no public captures at " + root);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path capture : files.filter(file -> file.toString().matches(".*\\.(pcap|pcapng|cap)"))
                    .sorted()
                    .toList()) {
                Path target = folder.resolve("public.pcapng");
                Invocation answer = Invocation.of(
                        "convert", "-w", target.toString(), "--anonymize", KEY, "--keep-payload", capture.toString());
                assertThat(answer.exit()).as(answer.err()).isIn(0, 3, 14);
                if (answer.exit() == 0) {
                    compared++;
                    List<String> before = shape(capture);
                    List<String> after = shape(target);
                    for (int i = 0; i < before.size(); i++) {
                        if (!before.get(i).equals(BROKEN) && !before.get(i).equals(after.get(i))) {
                            differences.add(capture + ": " + before.get(i) + ", anonymized " + after.get(i));
                        }
                    }
                }
            }
        }

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(1000);
    }

    /** What must not change of the frames; of those in which a header breaks off, that is not shown, nothing is known. */
    private static List<String> shape(Path capture) throws IOException {
        ProtocolRegistry registry = ProtocolRegistry.standard();
        FieldCatalog catalog = new FieldCatalog(registry);
        List<PacketField> fields = Stream.of(
                        "frame.number",
                        "frame.len",
                        "eth.type",
                        "ip.proto",
                        "ip.checksum.status",
                        "udp.checksum.status",
                        "tcp.checksum.status",
                        "icmp.checksum.status",
                        "icmpv6.checksum.status",
                        "tcp.port",
                        "udp.port")
                .map(name -> catalog.find(name).orElseThrow())
                .toList();
        List<String> shapes = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            PacketView packet = new PacketView(registry);
            packet.beginFile("", reader);
            Frame frame = new Frame();
            while (reader.next(frame)) {
                packet.look(frame);
                shapes.add(
                        packet.layers().incomplete() != null || packet.layers().count() == 0
                                ? BROKEN
                                : fields.stream()
                                        .map(field -> field.texts(packet).toString())
                                        .collect(Collectors.joining(" ")));
            }
        }
        return shapes;
    }

    @Test
    void aKeyCanBeInAFile() throws IOException {
        Path key = folder.resolve("key");
        Files.writeString(key, KEY + "\n");
        Path capture = SAMPLE.get("swarm-worker3");
        Path one = folder.resolve("one.pcap");

        assertThat(Invocation.of("convert", "-w", one.toString(), "--anonymize", "@" + key, capture.toString())
                        .exit())
                .isZero();
        assertThat(one).hasSameBinaryContentAs(anonymize(capture));
        assertThat(Invocation.of("convert", "-w", one.toString(), "--anonymize", "@missing", capture.toString())
                        .exit())
                .isEqualTo(2);
    }
}
