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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is generated from {@code seed.yaml} has the shape of what was recorded: leg by leg, packet by packet, field by field,
 * save addresses, ports, identifiers and times. What differs stands in {@link #REASONS}.
 */
class RecordedShapeTest {
    private static final Path ROOT = Path.of(System.getProperty("swarmlens.root"));
    private static final Path RECORDED = Path.of(System.getProperty("swarmlens.captures"), "swarm", "01-seed");

    /** Compared as tshark says them, outer and inner; of options their kinds, lengths and order. */
    private static final List<String> FIELDS = List.of(
            "frame.len",
            "eth.type",
            "ip.hdr_len",
            "ip.dsfield",
            "ip.len",
            "ip.flags",
            "ip.frag_offset",
            "ip.ttl",
            "ip.proto",
            "udp.dstport",
            "udp.length",
            "vxlan.flags",
            "vxlan.vni",
            "vxlan.reserved8",
            "tcp.flags",
            "tcp.seq",
            "tcp.ack",
            "tcp.len",
            "tcp.hdr_len",
            "tcp.window_size_value",
            "tcp.urgent_pointer",
            "tcp.option_kind",
            "tcp.option_len",
            "tcp.options.mss_val",
            "tcp.options.wscale.shift",
            "icmp.type",
            "icmp.code",
            "icmp.seq");

    /**
     * All that may differ, and why:
     *
     * <ul>
     *   <li>lengths and sequence numbers by 2 from the server's headers on: the recorded server ends its lines with LF, ours with
     *       CRLF as RFC 9112 wants it;
     *   <li>UDP and TCP checksums, which are not compared: the recorded ones were left to network cards that never saw them.
     * </ul>
     */
    private static final Set<String> REASONS =
            Set.of("frame.len", "ip.len", "udp.length", "tcp.len", "tcp.seq", "tcp.ack");

    private static final int LINE_ENDS = 2;

    @TempDir
    private static Path folder;

    private static JsonNode truth;

    @BeforeAll
    static void generate() throws Exception {
        assumeTrue(Tshark.installed(), "tshark is not installed");
        assumeTrue(Files.isDirectory(RECORDED), "no recorded swarm at " + RECORDED);
        String yaml = Files.readString(ROOT.resolve("samples/scenarios/seed.yaml"))
                + "capture: [docker_gwbridge, ingress_sbox, overlay_service.1, hostname.4]\n";
        new Generator(ScenarioReader.read("seed.yaml", yaml))
                .run(new CapturePerPoint(folder, "pcap"), Optional.of(folder), Limits.NONE);
        truth = new ObjectMapper().readTree(folder.resolve("truth.json").toFile());
    }

    private static int port(Predicate<JsonNode> wanted) {
        for (JsonNode connection : truth.path("connections")) {
            if (wanted.test(connection)) {
                return connection.at("/client/port").asInt();
            }
        }
        throw new AssertionError("no such connection in " + truth.path("connections"));
    }

    private static void compare(Path recorded, String recordedFilter, Path generated, String generatedFilter)
            throws IOException {
        List<List<String>> expected = rows(recorded, recordedFilter);
        List<List<String>> actual = rows(generated, generatedFilter);
        assertThat(actual)
                .as("packets in %s", generated)
                .hasSameSizeAs(expected)
                .isNotEmpty();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            for (int k = 0; k < FIELDS.size(); k++) {
                String was = expected.get(i).get(k);
                String is = actual.get(i).get(k);
                if (!was.equals(is) && !isExplained(FIELDS.get(k), was, is)) {
                    differences.add(
                            "packet " + (i + 1) + " " + FIELDS.get(k) + ": recorded " + was + ", generated " + is);
                }
            }
        }
        assertThat(differences).as("%s against %s", generated, recorded).isEmpty();
    }

    private static boolean isExplained(String field, String was, String is) {
        String[] before = was.split(",", -1);
        String[] after = is.split(",", -1);
        boolean explained = REASONS.contains(field) && before.length == after.length;
        for (int i = 0; explained && i < before.length; i++) {
            int more = Integer.parseInt(after[i]) - Integer.parseInt(before[i]);
            explained = more == 0 || more == LINE_ENDS;
        }
        return explained;
    }

    private static List<List<String>> rows(Path capture, String filter) throws IOException {
        List<String> options = new ArrayList<>(List.of("-Y", filter, "-T", "fields", "-E", "occurrence=a"));
        FIELDS.forEach(field -> options.addAll(List.of("-e", field)));
        return Tshark.lines(capture, options.toArray(String[]::new)).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    private static boolean isWeb(JsonNode connection, String service) {
        return connection.path("service").asText().equals(service)
                && connection.path("kind").asText().equals("http");
    }

    /** Recorded: 192.168.56.1:36249 asked the manager, and worker1's replica answered. */
    @Test
    void aRequestThroughTheMeshHasAllItsLegs() throws Exception {
        int port = port(each -> isWeb(each, "hostname")
                && each.path("entry").asText().equals("swarm-manager")
                && each.at("/task/vtep").asText().equals("192.168.56.102"));
        String recorded = "tcp.port==36249";
        String generated = "tcp.port==" + port;
        for (String place : List.of("docker_gwbridge", "ingress_sbox-eth0", "ingress_sbox-eth1")) {
            compare(
                    RECORDED.resolve("swarm-manager").resolve(place + ".pcap"),
                    recorded,
                    folder.resolve("swarm-manager").resolve(place + ".pcap"),
                    generated);
        }
        for (String node : List.of("swarm-manager", "swarm-worker1")) {
            compare(
                    RECORDED.resolve(node).resolve("underlay.pcap"),
                    recorded,
                    folder.resolve(node + ".pcap"),
                    generated);
        }
    }

    /** Recorded: 192.168.56.1:44529 asked worker3, whose own replica answered. */
    @Test
    void aRequestToALocalReplicaNeverCrosses() throws Exception {
        int port = port(each -> isWeb(each, "hostname")
                && each.path("entry").asText().equals("swarm-worker3")
                && each.at("/task/vtep").asText().equals("192.168.56.104"));
        String recorded = "tcp.port==44529";
        String generated = "tcp.port==" + port;
        Path there = RECORDED.resolve("swarm-worker3");
        Path here = folder.resolve("swarm-worker3");
        compare(there.resolve("underlay.pcap"), recorded, folder.resolve("swarm-worker3.pcap"), generated);
        compare(there.resolve("ingress_sbox-eth0.pcap"), recorded, here.resolve("ingress_sbox-eth0.pcap"), generated);
        compare(
                there.resolve("container-hostname-eth0.pcap"),
                recorded,
                here.resolve("container-hostname.4.pcap"),
                generated);
    }

    /** Recorded: the replica on worker1 asked the virtual address from port 33228, and worker2's replica answered. */
    @Test
    void aRequestToAVirtualAddressHasTwoLegs() throws Exception {
        int port = port(each ->
                isWeb(each, "overlay_service") && each.at("/task/vtep").asText().equals("192.168.56.103"));
        for (String node : List.of("swarm-worker1", "swarm-worker2")) {
            compare(
                    RECORDED.resolve(node).resolve("underlay.pcap"),
                    "tcp.port==33228",
                    folder.resolve(node + ".pcap"),
                    "tcp.port==" + port);
        }
        compare(
                RECORDED.resolve("swarm-worker1/container-overlay_service-eth0.pcap"),
                "tcp.port==33228",
                folder.resolve("swarm-worker1/container-overlay_service.1.pcap"),
                "tcp.port==" + port);
    }

    @Test
    void aPingBetweenContainersLooksTheSame() throws Exception {
        String five = "icmp && data.len==56 && ip.addr==10.0.0.7 && ip.addr==10.0.0.10";
        for (String node : List.of("swarm-manager", "swarm-worker3")) {
            compare(
                    RECORDED.resolve(node).resolve("underlay.pcap"),
                    five,
                    folder.resolve(node + ".pcap"),
                    "icmp && data.len>=48 && data.len<=56 && ip.addr==10.0.0.7");
        }
    }
}
