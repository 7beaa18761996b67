package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The members of recorded swarms: who manages and who gossips, against what tshark counts. */
class NodesTest {
    private static final String MANAGER = "192.168.56.101";
    private static final String WORKER1 = "192.168.56.102";
    private static final String WORKER2 = "192.168.56.103";
    private static final String WORKER3 = "192.168.56.104";
    private static final int GOSSIP_ENCRYPTED = 10;
    private static final int GOSSIP_HEADER = 5;

    private record Pair(String from, String to) {}

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    private static JsonNode nodes(List<String> options, List<String> captures) {
        List<String> arguments = new ArrayList<>(List.of("nodes", "-T", "json"));
        arguments.addAll(options);
        arguments.addAll(captures);
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json().path("nodes");
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode node(JsonNode nodes, String address) {
        return each(nodes)
                .filter(node -> node.path("address").asText().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode peer(JsonNode nodes, String node, String peer) {
        return node(node(nodes, node).path("peers"), peer);
    }

    /** Rows of fields of the packets that a filter chooses. */
    private static List<String[]> rows(Path capture, String filter, String... fields) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-Y", filter, "-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        return Tshark.lines(capture, arguments.toArray(String[]::new)).stream()
                .map(line -> line.split("\t", -1))
                .toList();
    }

    /** What tshark sees on the swarm's ports in the captures: of each pair of nodes the most packets that one of them has. */
    private static final class SeenByTshark {
        private final Map<Pair, Long> management = new HashMap<>();
        private final Map<Pair, Long> gossip = new HashMap<>();
        private final Map<String, Long> longestMessages = new TreeMap<>();

        private SeenByTshark(Iterable<Path> captures) throws IOException {
            for (Path capture : captures) {
                Map<Pair, Long> managementHere = new HashMap<>();
                Map<Pair, Long> gossipHere = new HashMap<>();
                List<String[]> rows = rows(
                        capture,
                        "(tcp.port == 2377 || tcp.port == 7946 || udp.port == 7946) && !vxlan && !icmp",
                        "ip.src",
                        "ip.dst",
                        "udp.port",
                        "tcp.port",
                        "tcp.seq",
                        "tcp.payload");
                for (String[] row : rows) {
                    Pair pair = new Pair(row[0], row[1]);
                    if (!row[2].isEmpty()) {
                        gossipHere.merge(pair, 1L, Long::sum);
                    } else if (row[3].contains("2377")) {
                        managementHere.merge(pair, 1L, Long::sum);
                    } else if (row[4].equals("1") && row[5].length() >= 2 * GOSSIP_HEADER) {
                        message(row[0], row[5].replace(":", ""));
                    }
                }
                managementHere.forEach((pair, packets) -> management.merge(pair, packets, Math::max));
                gossipHere.forEach((pair, packets) -> gossip.merge(pair, packets, Math::max));
            }
        }

        private void message(String from, String bytes) {
            if (Integer.parseInt(bytes.substring(0, 2), 16) == GOSSIP_ENCRYPTED) {
                longestMessages.merge(from, Long.parseLong(bytes.substring(2, 2 * GOSSIP_HEADER), 16), Math::max);
            }
        }
    }

    private static Map<String, Long> sent(Map<Pair, Long> counts) {
        Map<String, Long> sent = new TreeMap<>();
        counts.forEach((pair, packets) -> sent.merge(pair.from(), packets, Long::sum));
        return sent;
    }

    private static Map<String, Long> sent(JsonNode nodes, String member) {
        Map<String, Long> sent = new TreeMap<>();
        each(nodes)
                .filter(node -> node.path(member).path("sent").asLong() > 0)
                .forEach(node -> sent.put(
                        node.path("address").asText(),
                        node.path(member).path("sent").asLong()));
        return sent;
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void everyPacketOnTheSwarmsPortsIsCounted(RecordedSwarm swarm) throws IOException {
        assumeTrue(Tshark.installed(), "no tshark");
        SeenByTshark tshark = new SeenByTshark(swarm.underlayCaptures().values());
        JsonNode nodes = nodes(List.of(), swarm.captureArguments());
        Map<String, Long> longest = new TreeMap<>();
        each(nodes)
                .filter(node -> !node.path("largestMessage").isNull())
                .forEach(node -> longest.put(
                        node.path("address").asText(),
                        node.path("largestMessage").asLong()));

        assertThat(sent(nodes, "management")).isEqualTo(sent(tshark.management));
        assertThat(sent(nodes, "gossip")).isEqualTo(sent(tshark.gossip));
        assertThat(longest).isEqualTo(tshark.longestMessages);
    }

    /** The manager is who accepts on 2377, and nobody's probes stay unanswered, in no recording. */
    @ParameterizedTest
    @MethodSource("swarms")
    void oneManagerAndNoSilence(RecordedSwarm swarm) {
        String manager = swarm.addressByNode().get("swarm-manager");
        JsonNode nodes = nodes(List.of(), swarm.captureArguments());

        assertThat(each(nodes)
                        .filter(node -> node.path("manager").asBoolean())
                        .map(node -> node.path("address").asText()))
                .containsExactly(manager);
        assertThat(each(nodes).flatMap(node -> each(node.path("peers"))).map(peer -> peer.path("unanswered")))
                .allMatch(JsonNode::isEmpty);
    }

    /** By README.md, worker2 has no VXLAN and no gossip in any capture; and it talks to the manager. */
    @Test
    void aNodeWhoseGossipNeverCameUp() {
        RecordedSwarm swarm = RecordedSwarm.named("04-dataport7789");
        List<String> manager =
                List.of("swarm-manager=" + swarm.underlayCaptures().get("swarm-manager"));
        for (List<String> captures : List.of(swarm.captureArguments(), manager)) {
            JsonNode nodes = nodes(List.of(), captures);
            JsonNode leftOut = node(nodes, WORKER2);

            assertThat(leftOut.at("/management/sent").asInt()).isPositive();
            assertThat(leftOut.at("/gossip/sent").asInt()).isZero();
            assertThat(leftOut.at("/gossip/received").asInt()).isZero();
            assertThat(leftOut.at("/overlay/sent").asInt()).isZero();
            assertThat(leftOut.path("peers")).isEmpty();
            assertThat(each(node(nodes, MANAGER).path("peers"))
                            .map(peer -> peer.path("address").asText()))
                    .containsExactly(WORKER1, WORKER3);
            assertThat(text(captures)).contains("192.168.56.103 talks to managers and not one packet of gossip");
        }
    }

    private static String text(List<String> captures) {
        List<String> arguments = new ArrayList<>(List.of("nodes"));
        arguments.addAll(captures);
        return Invocation.of(arguments).out();
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void healthyMembersAreNotCalledLeftOut(RecordedSwarm swarm) {
        assumeTrue(!swarm.name().startsWith("04"), "there one is");
        for (String capture : swarm.captureArguments()) {
            assertThat(text(List.of(capture))).doesNotContain("talks to managers and");
        }
        assertThat(text(swarm.captureArguments())).doesNotContain("talks to managers and");
    }

    /** What the manager would have seen if a firewall had dropped worker1's gossip, and if only its acknowledgments were lost. */
    @Test
    void probesThatStayUnanswered() throws IOException {
        assumeTrue(Tshark.installed(), "no tshark");
        RecordedSwarm swarm = RecordedSwarm.named("00-bootstrap");
        Path capture = swarm.underlayCaptures().get("swarm-manager");
        String back = "ip.src == " + WORKER1 + " and ip.dst == " + MANAGER + " and udp.port == 7946";
        // 8 bytes of UDP; 29 of encryption; a type; {SeqNo, Node, SourceAddr, SourcePort, SourceNode} with 12 digits a
        // name
        int probes = rows(
                        capture,
                        "udp.length == 118 && ip.src == " + MANAGER + " && ip.dst == " + WORKER1
                                + " && udp.port == 7946",
                        "ip.id")
                .size();
        int others = rows(capture, back + " && udp.length != 55", "ip.id").size();

        JsonNode silent =
                peer(nodes(List.of("-Y", "not (" + back + ")"), List.of(capture.toString())), MANAGER, WORKER1);
        assertThat(probes).isGreaterThan(10);
        assertThat(silent.at("/gossip/received").asInt()).isZero();
        assertThat(silent.path("unanswered")).hasSize(1);
        assertThat(silent.at("/unanswered/0/probes").asInt()).isEqualTo(probes);
        assertThat(silent.at("/unanswered/0/heard").asInt()).isZero();

        JsonNode oneWay = peer(
                nodes(List.of("-Y", "not (" + back + " and udp.length == 55)"), List.of(capture.toString())),
                MANAGER,
                WORKER1);
        assertThat(oneWay.path("unanswered")).hasSize(1);
        assertThat(oneWay.at("/unanswered/0/heard").asInt()).isBetween(others - 5, others);
        assertThat(oneWay.at("/gossip/received").asInt()).isEqualTo(others);
        JsonNode well = peer(nodes(List.of(), List.of(capture.toString())), MANAGER, WORKER1);
        assertThat(well.path("unanswered")).isEmpty();
        assertThat(well.path("probes").asInt()).isBetween(probes, probes + 3);
    }

    /** On a container's interface nothing is seen of what nodes send to each other. */
    @Test
    void whatCannotBeSeenIsNull() {
        RecordedSwarm swarm = RecordedSwarm.named("04-dataport7789");
        Path inside = RecordedSwarm.root().resolve("04-dataport7789/swarm-manager/container-tools-eth0.pcap");
        JsonNode nodes =
                nodes(List.of("--inventory", swarm.inventory().toString()), List.of("swarm-manager=" + inside));

        assertThat(nodes).hasSize(4);
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.path("gossip").isNull()).isTrue();
            assertThat(node.path("management").isNull()).isTrue();
            assertThat(node.path("overlay").isNull()).isTrue();
        });
        assertThat(node(nodes, MANAGER).path("manager").asBoolean()).isTrue();
        assertThat(node(nodes, WORKER2).path("manager").asText()).isEqualTo("false");
    }
}
