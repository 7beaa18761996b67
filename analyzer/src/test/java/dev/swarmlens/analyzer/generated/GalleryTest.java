package dev.swarmlens.analyzer.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.samples.generate.CapturePerPoint;
import dev.swarmlens.samples.generate.Generator;
import dev.swarmlens.samples.generate.Limits;
import dev.swarmlens.samples.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario of the gallery is read by the analyzer and by tshark, and shows what it says. */
class GalleryTest {
    private static final Path SCENARIOS =
            Path.of(System.getProperty("swarmlens.root")).resolve("samples/scenarios");

    private static final String CHECKSUMS =
            "ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || icmp.checksum.status == 0";
    private static final String UNHEALTHY = "_ws.malformed || _ws.expert.severity >= 0x600000";

    /** What each fault's packets look like to tshark: on the wire, without the fault, none does after it has begun. */
    private static final Map<String, String> SIGNATURES = Map.ofEntries(
            Map.entry("SW-01", "vxlan && ip.src == 192.168.56.101 && ip.dst == 192.168.56.102"),
            Map.entry("SW-03", "vxlan && ip.src == 192.168.56.103 && tcp.checksum.status == 0"),
            Map.entry("SW-04", "vxlan && ip.src == 192.168.56.102 && ip.dst == 192.168.56.101 && ip.len > 1350"),
            Map.entry("SW-05", "tcp.port == 80"),
            Map.entry("SW-06", "vxlan && eth.dst == 02:42:0a:00:00:08 && ip.dst == 192.168.56.104"),
            Map.entry("SW-07", "vxlan && ip.src == 192.168.56.201 && eth.src == 52:54:00:a8:38:65"),
            Map.entry("SW-08", "vxlan && ip.src == 192.168.56.104 && ip.src == 10.0.0.8"),
            Map.entry("SW-13", "arp.opcode == 1 && arp.dst.proto_ipv4 == 10.0.1.5"),
            Map.entry("SW-14a", "esp && ip.src == 192.168.56.101 && ip.dst == 192.168.56.102"),
            Map.entry("SW-14b", "esp && ip.src == 192.168.56.201 && eth.src == 52:54:00:a8:38:65"),
            Map.entry("SW-09", "tcp.flags.syn == 1 && tcp.flags.ack == 0 || tcp.flags.reset == 1"),
            Map.entry("SW-14c", "esp && ip.src == 192.168.56.101 && ip.dst == 192.168.56.102"),
            Map.entry("SW-14d", "vxlan.vni == 4097 && ip.src == 192.168.56.101"),
            Map.entry("SW-15", "vxlan && (ip.dst == 203.0.113.103 || ip.src == 192.168.56.103)"),
            Map.entry(
                    "SW-16",
                    "vxlan.vni == 5097 && ip.src == 192.168.56.102 || vxlan.vni == 4097 && ip.dst == 192.168.56.102"),
            Map.entry("SW-18", "tcp.port == 7946"),
            Map.entry("SW-19", "tcp.flags.syn == 1 && tcp.flags.ack == 0 && !vxlan"),
            Map.entry("SW-20", "udp.dstport == 9000"),
            Map.entry("SW-21", "ip.dst == 224.2.2.3 && udp.dstport == 54327"),
            Map.entry("SW-22", "vxlan && ip.src == 192.168.56.222"),
            Map.entry("SW-23", "ipv6 && tcp.port == 80"),
            Map.entry("SW-24", "vxlan.reserved8 == 1 && ip.src == 192.168.56.101"),
            Map.entry("SW-25", "dns.flags.rcode == 3 && ip.src == 127.0.0.11"),
            Map.entry(
                    "SW-26",
                    "tcp.dstport == 80 && ip.dst == 192.168.56.103 || tcp.srcport == 80 && tcp.flags.reset == 1"),
            Map.entry("SW-17", "udp.port == 7946 && ip.src == 192.168.56.101 && ip.dst == 192.168.56.102"),
            Map.entry("node-failure", "tcp.flags.syn == 1 && tcp.flags.ack == 0"),
            Map.entry("impairment", "vxlan"));

    /** Faults that show in no packet of their own. */
    private static final Set<String> WITHOUT_EVIDENCE = Set.of("SW-10", "migration");

    @TempDir
    private Path folder;

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private JsonNode generate(Path scenario) throws Exception {
        new Generator(ScenarioReader.read(scenario))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
        return new ObjectMapper().readTree(folder.resolve("truth.json").toFile());
    }

    private List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".pcap"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itShowsWhatItSays(Path scenario) throws Exception {
        assertThat(Files.readAllLines(scenario).subList(0, 2)).allMatch(line -> line.startsWith("# "));
        JsonNode truth = generate(scenario);
        GeneratedTruthTest.compare(folder);
        assumeTrue(Tshark.installed() && Tshark.hasLua(), "tshark with Lua is not installed");
        JsonNode fault = truth.at("/faults/0");
        String id = fault.path("id").asText();
        boolean evident = !id.isEmpty() && !WITHOUT_EVIDENCE.contains(id);
        if (evident) {
            assertThat(fault.path("packetsTotal").asInt()).as(id).isPositive();
        }
        for (Path capture : captures()) {
            List<Set<Long>> matching = Tshark.matching(
                    capture,
                    List.of(unhealthy(id), SIGNATURES.getOrDefault(id, "frame")),
                    List.of("ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE"));
            assertThat(matching.get(0)).as("what tshark finds in %s", capture).isEmpty();
            assertThat(matching.get(1)).as("%s in %s", id, capture).containsAll(named(fault, capture));
        }
    }

    /** What must not be in a capture, besides what a fault is about. */
    private static String unhealthy(String fault) {
        return switch (fault) {
            case "", "SW-10", "migration" -> UNHEALTHY + " || tcp.analysis.flags || " + CHECKSUMS;
            case "SW-03" -> "(" + UNHEALTHY + ") && !(tcp.checksum.status == 0)";
            case "SW-05", "SW-09", "SW-18", "SW-26" ->
                "(" + UNHEALTHY + " || " + CHECKSUMS + ") && !(tcp.flags.reset == 1)";
            default -> UNHEALTHY + " || " + CHECKSUMS;
        };
    }

    /** The packets of a capture of which the truth says that they show the fault. */
    private Set<Long> named(JsonNode fault, Path capture) {
        String name = folder.relativize(capture).toString().replace(".pcap", "");
        String point = name.contains("/") ? name : name + "/underlay";
        Set<Long> named = new TreeSet<>();
        for (JsonNode packet : fault.path("packets")) {
            if (packet.path("point").asText().equals(point)) {
                named.add(packet.path("frame").asLong());
            }
        }
        return named;
    }
}
