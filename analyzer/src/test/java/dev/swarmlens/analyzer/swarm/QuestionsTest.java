package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What a person asks of a swarm at night, answered from recorded ones, against what tshark, ping and the kernels said. */
class QuestionsTest {

    private static final int TCP = 6;
    private static final int IP_AND_TCP = 40;
    private static final int MAX_FRAME = 9216;

    private static final Pattern PING = Pattern.compile("\\S+ ([0-9.]+) \\[\\S+\\] docker exec \\S+ ping .* ([0-9.]+)");
    private static final Pattern COUNTS = Pattern.compile("(\\d+) packets transmitted, (\\d+) packets received.*");
    private static final Pattern TIMES = Pattern.compile("round-trip min/avg/max = ([0-9.]+)/[0-9.]+/([0-9.]+) ms");

    static List<RecordedSwarm> swarms() {
        return RecordedSwarm.all();
    }

    private static Stream<JsonNode> each(JsonNode object, String member) {
        return StreamSupport.stream(object.path(member).spliterator(), false);
    }

    private static JsonNode json(String command, RecordedSwarm swarm, List<String> captures) {
        List<String> arguments =
                new ArrayList<>(List.of(command, "-T", "json", "--top", "all", "--inventory", swarm.inventory() + ""));
        arguments.addAll(captures);
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json();
    }

    private static JsonNode json(String command, RecordedSwarm swarm) {
        return json(command, swarm, swarm.captureArguments());
    }

    /** Fields of the packets that tshark shows, one list a packet. */
    private static List<List<String>> rows(Path capture, List<String> fields, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-T", "fields"));
        fields.forEach(field -> arguments.addAll(List.of("-e", field)));
        return Tshark.lines(capture, arguments.toArray(String[]::new)).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    /** The lengths that tshark sees in one network. */
    private static final class Lengths {
        private final TreeSet<Integer> tcp = new TreeSet<>();
        private final TreeSet<Integer> others = new TreeSet<>();
        private final TreeSet<Integer> mss = new TreeSet<>();

        Integer largest() {
            TreeSet<Integer> whole = new TreeSet<>(others);
            if (!mss.isEmpty()) {
                whole.addAll(tcp.headSet(mss.first() + IP_AND_TCP, true));
            }
            return whole.isEmpty() ? null : whole.last();
        }
    }

    private static Map<Integer, Lengths> seenByTshark(RecordedSwarm swarm) throws IOException {
        Map<Integer, Lengths> byVni = new TreeMap<>();
        List<String> fields = List.of(
                "vxlan.vni",
                "ip.len",
                "ip.proto",
                "tcp.options.mss_val",
                "ip.flags.mf",
                "ip.frag_offset",
                "tcp.flags.syn");
        List<String> options = List.of("-o", "ip.defragment:FALSE", "-d", "udp.port==7789,vxlan", "-Y", "vxlan && ip");
        for (Path capture : swarm.underlayCaptures().values()) {
            for (List<String> row : rows(capture, fields, options)) {
                Lengths lengths = byVni.computeIfAbsent(Integer.valueOf(row.get(0)), any -> new Lengths());
                String[] length = row.get(1).split(",", -1);
                boolean outerFragment =
                        !row.get(4).matches("(0|False).*") || !row.get(5).matches("0.*");
                if (length.length < 2) {
                    continue;
                }
                int inner = Integer.parseInt(length[1]);
                if (inner <= MAX_FRAME && !outerFragment) {
                    boolean tcp = Integer.parseInt(row.get(2).split(",", -1)[1]) == TCP;
                    (tcp ? lengths.tcp : lengths.others).add(inner);
                }
                if (!row.get(3).isEmpty()) {
                    lengths.mss.add(Integer.valueOf(row.get(3)));
                }
            }
        }
        return byVni;
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void theLargestPacketsAndMssAreThoseThatTsharkSees(RecordedSwarm swarm) throws IOException {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
        Map<Integer, Lengths> seen = seenByTshark(swarm);

        assertThat(each(json("networks", swarm), "networks")).allSatisfy(network -> {
            Lengths lengths = seen.get(network.path("vni").asInt());
            Integer largest = lengths.largest();
            assertThat(network.path("largestInnerPacket").asText())
                    .as("%s", network.path("name"))
                    .isEqualTo(largest == null ? "null" : largest.toString());
            assertThat(network.at("/mss/smallest").asText(null))
                    .isEqualTo(
                            lengths.mss.isEmpty() ? null : lengths.mss.first().toString());
            assertThat(network.at("/mss/largest").asText(null))
                    .isEqualTo(lengths.mss.isEmpty() ? null : lengths.mss.last().toString());
        });
    }

    /** No packet that was one frame can be longer than the MTU of the device that sent it. */
    @ParameterizedTest
    @MethodSource("swarms")
    void noLargestPacketExceedsTheMtuOfTheKernels(RecordedSwarm swarm) {
        TreeSet<Integer> mtus = new TreeSet<>();
        for (Path tables : swarm.tables()) {
            RecordedSwarm.files(tables, "ns-1-*.link.json").stream()
                    .flatMap(file -> RecordedSwarm.values(file).stream())
                    .filter(device -> device.path("ifname").asText().equals("br0"))
                    .forEach(device -> mtus.add(device.path("mtu").asInt()));
        }
        assumeTrue(!mtus.isEmpty(), "no MTU was recorded");

        assertThat(each(json("networks", swarm), "networks"))
                .allSatisfy(network ->
                        assertThat(network.path("largestInnerPacket").asInt()).isLessThanOrEqualTo(mtus.last()));
    }

    /** What ping itself printed, inside of a container, where it is longer on the way than at the node's interface. */
    @ParameterizedTest
    @ValueSource(strings = {"01-seed", "02-eastwest"})
    void pingsAreThoseThatPingTellsOf(String name) throws IOException {
        RecordedSwarm swarm = RecordedSwarm.named(name);
        List<String> log = Files.readAllLines(RecordedSwarm.root().resolve(name).resolve("events.log"));
        List<JsonNode> crossing = each(json("pings", swarm), "pings")
                .filter(ping -> !ping.path("vni").isNull())
                .toList();

        assertThat(crossing).hasSizeGreaterThanOrEqualTo(3).allSatisfy(ping -> {
            int at = startOf(ping, log);
            Matcher counts = next(COUNTS, log, at);
            assertThat(ping.path("requests").asText()).isEqualTo(counts.group(1));
            assertThat(ping.path("replies").asText()).isEqualTo(counts.group(2));
            assertThat(ping.path("lost").asInt()).isZero();
            Matcher times = next(TIMES, log, at);
            assertThat(ping.at("/rttMicros/min").asLong() / 1e3)
                    .isLessThanOrEqualTo(Double.parseDouble(times.group(1)));
            assertThat(ping.at("/rttMicros/max").asLong() / 1e3)
                    .isLessThanOrEqualTo(Double.parseDouble(times.group(2)));
        });
    }

    /** The line of the latest command that began before the ping was seen. */
    private static int startOf(JsonNode ping, List<String> log) {
        Instant seen = Instant.parse(ping.path("first").asText());
        double second = seen.getEpochSecond() + seen.getNano() / 1e9;
        int start = -1;
        for (int i = 0; i < log.size(); i++) {
            Matcher command = PING.matcher(log.get(i));
            if (command.matches()
                    && command.group(2).equals(ping.at("/to/ip").asText())
                    && Double.parseDouble(command.group(1)) <= second) {
                start = i;
            }
        }
        assertThat(start).as("a command for %s", ping).isNotNegative();
        return start;
    }

    private static Matcher next(Pattern pattern, List<String> log, int from) {
        return log.subList(from, log.size()).stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("swarms")
    void nothingMovedButWhatIsKnownTo(RecordedSwarm swarm) {
        assertThat(each(json("endpoints", swarm), "endpoints")).allSatisfy(endpoint -> {
            OverlayAddress address = new OverlayAddress(
                    endpoint.path("vni").asInt(), endpoint.path("ip").asText());
            boolean elsewhere =
                    !KnownDeviations.alsoSentFrom(swarm.name(), address).isEmpty();
            assertThat(endpoint.path("contested").asBoolean()
                            || !endpoint.path("moves").isEmpty())
                    .as("%s", address)
                    .isEqualTo(elsewhere);
        });
    }

    /** By README.md the impostor sent 13 requests while the owner went on sending. */
    @Test
    void anImpostorContestsAnAddress() {
        RecordedSwarm swarm = RecordedSwarm.named("16-duplicate-ip");

        assertThat(each(json("endpoints", swarm), "endpoints")
                        .filter(endpoint -> endpoint.path("contested").asBoolean()))
                .singleElement()
                .satisfies(endpoint -> {
                    assertThat(endpoint.path("ip").asText()).isEqualTo("10.30.5.10");
                    assertThat(endpoint.path("vtep").asText()).isEqualTo("192.168.77.102");
                    assertThat(endpoint.path("moves")).isEmpty();
                    assertThat(each(endpoint, "claims"))
                            .extracting(claim -> claim.path("vtep").asText())
                            .containsExactly("192.168.77.102", "192.168.77.103");
                    assertThat(endpoint.at("/claims/1/packets").asInt()).isEqualTo(13);
                });
    }

    /** By README.md a container on worker1 looked up a name at a server that is none: four questions, each twice on the way. */
    @Test
    void whatAContainerSentOutIsToldAsTheContainers() throws IOException {
        RecordedSwarm swarm = RecordedSwarm.named("01-seed");
        Path node = RecordedSwarm.root().resolve("01-seed").resolve("swarm-worker1");
        Path container = node.resolve("container-overlay_service-any.pcap");
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
        List<String> options = List.of("-Y", "udp.dstport == 53 && ip.src == 172.18.0.0/16 && !icmp");
        Set<String> ports = new HashSet<>();
        rows(container, List.of("udp.srcport"), options).forEach(row -> ports.add(row.get(0)));
        options = List.of("-Y", "udp.dstport == 53 && !icmp");
        Set<String> all = new HashSet<>();
        rows(node.resolve("underlay.pcap"), List.of("udp.srcport"), options).forEach(row -> all.add(row.get(0)));

        JsonNode report = json(
                "egress",
                swarm,
                List.of("swarm-worker1=" + node.resolve("underlay.pcap"), "swarm-worker1=" + container));

        assertThat(ports).isNotEmpty();
        assertThat(each(report, "egress"))
                .extracting(
                        egress -> egress.path("via").asText(),
                        egress -> egress.path("from").asText(),
                        egress -> egress.path("node").asText(),
                        egress -> egress.at("/to/ip").asText() + ":" + egress.at("/to/port"),
                        egress -> egress.path("connections").asInt())
                .containsExactly(
                        tuple("docker_gwbridge", "172.18.0.5", "swarm-worker1", "192.168.56.1:53", ports.size()),
                        tuple(
                                "underlay",
                                "192.168.56.102",
                                "swarm-worker1",
                                "192.168.56.1:53",
                                all.size() - ports.size()));
        assertThat(report.at("/egress/0/container").asText()).startsWith("overlay_service.1.");
    }

    /** The list of containers was taken when the recording began, by another way than the inventory. */
    @ParameterizedTest
    @MethodSource("swarms")
    void aContainersAddressesStandTogether(RecordedSwarm swarm) throws IOException {
        Path list = RecordedSwarm.root().resolve(swarm.name()).resolve("containers.txt");
        assumeTrue(Files.exists(list), "no list of containers");
        Map<String, Set<String>> addressesById = new HashMap<>();
        Pattern row = Pattern.compile("\\S+ \\S+ ([0-9a-f]{64}) \\d+ (.*)");
        for (String line : Files.readAllLines(list)) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                Set<String> addresses = new TreeSet<>();
                Stream.of(matcher.group(2).trim().split(" ", -1))
                        .filter(address -> address.contains("="))
                        .forEach(address -> addresses.add(address.split(",", -1)[0]));
                addressesById.put(matcher.group(1), addresses);
            }
        }

        List<JsonNode> listed = each(json("endpoints", swarm), "containers")
                .filter(container ->
                        addressesById.containsKey(container.path("id").asText()))
                .toList();

        assertThat(listed).isNotEmpty().allSatisfy(container -> {
            Set<String> overlays = new TreeSet<>();
            each(container, "addresses")
                    .filter(address -> address.path("overlay").asBoolean())
                    .forEach(address -> overlays.add(address.path("network").asText()
                            + '='
                            + address.path("ip").asText()));
            assertThat(overlays)
                    .as("%s", container.path("name"))
                    .isEqualTo(addressesById.get(container.path("id").asText()));
        });
    }
}
