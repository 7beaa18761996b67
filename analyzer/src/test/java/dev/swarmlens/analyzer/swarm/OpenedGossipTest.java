package dev.swarmlens.analyzer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.gossip.GossipKeys;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of memberlist's own members, opened with their keys: what they say is what the script has them say. */
class OpenedGossipTest {
    private static final String NETWORK = "u3vgq8v2s4mn1ij0pcz5dkwxe";
    private static final String ONE = "a1b2c3d4e5f6";
    private static final String TWO = "b2c3d4e5f607";
    private static final String THREE = "c3d4e5f60718";

    private static Path vector(String name) {
        try {
            return Path.of(GossipKeys.class.getResource("vectors/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Invocation run(String command, Path keys, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--gossip-keys",
                keys.toString(),
                vector("cluster.pcap").toString()));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments);
    }

    private static JsonNode json(String command, Path keys, String... more) {
        List<String> options = new ArrayList<>(List.of("-T", "json"));
        options.addAll(List.of(more));
        Invocation answer = run(command, keys, options.toArray(String[]::new));
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json();
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static long count(String filter) throws IOException {
        return Tshark.lines(vector("cluster.pcap"), "-Y", filter).size();
    }

    /** Each UDP packet is a message, and each direction of a stream; whose sender may have another key. */
    @Test
    void everyMessageIsOpened(@TempDir Path folder) throws IOException {
        assumeTrue(Tshark.installed(), "no tshark");
        String messages = "(udp.port == 7946 || tcp.port == 7946 && tcp.seq == 1 && tcp.len > 0)";
        JsonNode all = json("nodes", vector("gossip-keys.txt")).path("gossip");

        assertThat(all.path("opened").asLong()).isEqualTo(count(messages));
        assertThat(all.path("notOpened").asLong()).isZero();
        assertThat(all.path("malformed").asLong()).isZero();

        Path oneKey = folder.resolve("keys");
        Files.writeString(oneKey, Files.readAllLines(vector("gossip-keys.txt")).get(1));
        JsonNode some = json("nodes", oneKey).path("gossip");
        assertThat(some.path("opened").asLong()).isEqualTo(count(messages + " && ip.src == 10.77.0.3"));
        assertThat(some.path("notOpened").asLong()).isEqualTo(count(messages + " && ip.src != 10.77.0.3"));
    }

    @Test
    void whoCameAndWent() {
        List<JsonNode> events = each(json("nodes", vector("gossip-keys.txt")).at("/gossip/events"))
                .toList();

        assertThat(events)
                .extracting(
                        event -> event.path("member").asText(),
                        event -> event.path("event").asText())
                .contains(
                        tuple(ONE, "joined"),
                        tuple(TWO, "joined"),
                        tuple(THREE, "joined"),
                        tuple(ONE, "alive"),
                        tuple(TWO, "alive"),
                        tuple(THREE, "alive"),
                        tuple(THREE, "suspected"),
                        tuple(TWO, "left"))
                .doesNotContain(tuple(ONE, "suspected"), tuple(ONE, "dead"), tuple(TWO, "dead"), tuple(THREE, "left"));
        assertThat(events)
                .allSatisfy(event -> assertThat(event.path("address").asText())
                        .isEqualTo("10.77.0."
                                + List.of("", ONE, TWO, THREE)
                                        .indexOf(event.path("member").asText())));
    }

    @Test
    void whatTheTablesSay() {
        JsonNode entries = json("nodes", vector("gossip-keys.txt")).at("/gossip/entries");

        assertThat(each(entries))
                .extracting(
                        entry -> entry.path("ip").asText(),
                        entry -> entry.path("mac").asText(),
                        entry -> entry.path("vtep").asText(),
                        entry -> entry.path("name").asText(),
                        entry -> entry.path("by").asText())
                .containsExactly(
                        tuple("10.0.1.5", "02:42:0a:00:01:05", "10.77.0.1", "web.1.tk1aaaaaaaaaaaaaaaaaaaaaa", ONE),
                        tuple("10.0.1.6", "02:42:0a:00:01:06", "10.77.0.3", "web.2.tk2bbbbbbbbbbbbbbbbbbbbbb", TWO),
                        tuple("10.0.1.7", "02:42:0a:00:01:07", "10.77.0.3", "web.3.tk3cccccccccccccccccccccc", TWO));
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.path("network").asText()).isEqualTo(NETWORK);
            assertThat(entry.path("vni").asInt()).isEqualTo(4097);
            assertThat(entry.path("service").asText()).isEqualTo("web");
            assertThat(entry.path("virtualIp").asText()).isEqualTo("10.0.1.2");
            assertThat(each(entry.path("publishedPorts")).map(JsonNode::asText))
                    .containsExactly("8080:80/tcp", "5005:5005/udp");
            assertThat(entry.path("deleted").asBoolean()).isFalse();
        });
    }

    /** The packets come from 10.77.0.2, whatever a member says of 10.0.1.6. */
    @Test
    void packetsAgreeOrNot() {
        JsonNode endpoints = json("endpoints", vector("gossip-keys.txt")).path("endpoints");

        assertThat(each(endpoints))
                .extracting(
                        endpoint -> endpoint.path("ip").asText(),
                        endpoint -> endpoint.path("name").asText(),
                        endpoint -> endpoint.path("kind").asText(),
                        endpoint -> endpoint.path("kindSource").asText(),
                        endpoint -> endpoint.path("vtep").asText(),
                        endpoint -> endpoint.path("confirmedBy").size(),
                        endpoint -> endpoint.path("contradictedBy").size())
                .containsExactly(
                        tuple("10.0.1.5", "web.1.tk1aaaaaaaaaaaaaaaaaaaaaa", "container", "gossip", "10.77.0.1", 1, 0),
                        tuple("10.0.1.6", "web.2.tk2bbbbbbbbbbbbbbbbbbbbbb", "container", "gossip", "10.77.0.2", 0, 1));
        JsonNode mark = endpoints.at("/1/contradictedBy/0");
        assertThat(mark.path("table").asText()).isEqualTo("overlay_peer_table");
        assertThat(mark.path("value").asText()).isEqualTo("10.77.0.3");
        assertThat(run("endpoints", vector("gossip-keys.txt")).out())
                .contains("overlay_peer_table, 10.0.1.6 is behind 10.77.0.3", "its packets say otherwise");
    }

    @Test
    void keysOfAnotherSwarm(@TempDir Path folder) throws IOException {
        Path keys = folder.resolve("keys");
        Files.writeString(keys, "00112233445566778899aabbccddeeff\n");
        Invocation answer = run("nodes", keys);

        assertThat(answer.exit()).isZero();
        assertThat(answer.out())
                .contains("GOSSIP: 0 of ")
                .contains("opens with the keys of")
                .doesNotContain("00112233");
    }

    @Test
    void aFileOfKeysThatIsNone(@TempDir Path folder) throws IOException {
        Path keys = folder.resolve("keys");
        Files.writeString(keys, "00112233445566778899aabbccddeeff\nsecret\n");
        Invocation wrong = run("nodes", keys);
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("line 2 is no key in hexadecimal digits")
                .doesNotContain("secret");

        Invocation absent = run("nodes", folder.resolve("absent"));
        assertThat(absent.exit()).isEqualTo(2);
        assertThat(absent.err()).contains("--gossip-keys", "absent");
    }

    /** A capture without gossip's keys says nothing of what is in it. */
    @Test
    void withoutKeysNothingIsTold() {
        Invocation answer = Invocation.of(
                List.of("nodes", "-T", "json", vector("cluster.pcap").toString()));

        assertThat(answer.json().path("gossip").isNull()).isTrue();
    }

    /** However the file is cut, as much is opened as in one piece. */
    @Test
    void slicesChangeNothing() {
        String alone = run("nodes", vector("gossip-keys.txt"), "-T", "json", "--threads", "1")
                .out();
        String sliced = run("nodes", vector("gossip-keys.txt"), "-T", "json", "--threads", "3")
                .out();

        assertThat(sliced).isEqualTo(alone);
    }
}
