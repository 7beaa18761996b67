package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.engine.Engine;
import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.inventory.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Names and tables of a swarm that runs while it is asked; what must come out is what Docker's own client prints. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealSwarmTest {
    private static final int FIRST_USER_VNI = 4097;

    private static TwoDaemons swarm;

    @BeforeAll
    static void start() throws Exception {
        swarm = TwoDaemons.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (swarm != null) {
            swarm.stop();
        }
    }

    @Test
    @Order(1)
    void theManagerNamesTheWholeSwarm() throws Exception {
        Inventory.Builder builder = Inventory.builder();
        assertThat(Engine.at(swarm.socket(TwoDaemons.MANAGER).toString()).ask((file, json) -> builder.read(json)))
                .isEmpty();
        Inventory inventory = builder.build();

        assertThat(inventory.nodes())
                .extracting(Node::hostname, Node::address)
                .containsExactly(
                        tuple(TwoDaemons.MANAGER, TwoDaemons.MANAGER_ADDRESS),
                        tuple(TwoDaemons.WORKER, TwoDaemons.WORKER_ADDRESS));
        assertThat(inventory.serviceByPublishedPort("tcp", 8000))
                .map(Service::name)
                .contains("web");
        for (String node : List.of(TwoDaemons.MANAGER, TwoDaemons.WORKER)) {
            Endpoint replica =
                    inventory.endpoint(FIRST_USER_VNI, swarm.address(node)).orElseThrow();
            assertThat(replica.containerId()).startsWith(swarm.replica(node));
            assertThat(replica.serviceName()).isEqualTo("web");
            assertThat(inventory.nodeById(replica.nodeId()).orElseThrow().hostname())
                    .isEqualTo(node);
        }
    }

    @Test
    @Order(2)
    void aWorkerNamesItsOwnAndSaysWhatItMayNotTell() throws Exception {
        Path capture = samples().resolve("swarm-worker1.pcap");
        Inventory.Builder builder = Inventory.builder();
        Engine.at(swarm.socket(TwoDaemons.WORKER).toString()).ask((file, json) -> builder.read(json));

        assertThat(builder.build().nodes())
                .extracting(Node::hostname, Node::address, Node::role)
                .containsExactly(tuple(TwoDaemons.WORKER, TwoDaemons.WORKER_ADDRESS, "worker"));

        Invocation answer =
                Invocation.of("networks", "--docker", "unix://" + swarm.socket(TwoDaemons.WORKER), capture.toString());

        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).contains("demo");
        assertThat(answer.err())
                .contains("nothing from GET /nodes, GET /services, GET /tasks: 503 This node is not a swarm manager.");
    }

    @Test
    @Order(3)
    void snapshotsConfirmWhatRunsOverTheCable() throws Exception {
        JsonNode endpoints = pingAndAnalyze("healthy");

        assertThat(endpoints).hasSize(2).allSatisfy(endpoint -> {
            assertThat(endpoint.path("vni").asInt()).isEqualTo(FIRST_USER_VNI);
            assertThat(endpoint.path("name").asText()).startsWith("web.");
            // the other node's forwarding entry and its neighbour
            assertThat(endpoint.path("confirmedBy")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(endpoint.path("contradictedBy")).isEmpty();
        });
    }

    @Test
    @Order(4)
    void snapshotsHoldNoSecretsUnlessAsked() throws Exception {
        Path snapshot = swarm.folder().resolve("secrets");
        take(TwoDaemons.MANAGER, snapshot);

        try (Stream<Path> files = Files.list(snapshot)) {
            assertThat(files)
                    .isNotEmpty()
                    .noneMatch(file -> file.endsWith("xfrm-state.txt"))
                    .allSatisfy(file -> assertThat(TwoDaemons.text(file)).doesNotContain(TwoDaemons.SECRET));
        }
        // the secret is there to be left out
        assertThat(swarm.docker(TwoDaemons.MANAGER, "service", "inspect", "web"))
                .contains(TwoDaemons.SECRET);

        Path withKeys = swarm.folder().resolve("keys");
        take(TwoDaemons.MANAGER, withKeys, "--with-keys");
        assertThat(Files.getPosixFilePermissions(withKeys.resolve("xfrm-state.txt")))
                .hasSize(2);
    }

    /** As in the recorded swarm 12-stale-fdb: the entry is wrong, and the packets say so. */
    @Test
    @Order(5)
    void aStaleForwardingEntryIsContradicted() throws Exception {
        String address = swarm.address(TwoDaemons.WORKER);
        String mac = swarm.docker(
                        TwoDaemons.WORKER,
                        "inspect",
                        "--format",
                        "{{.NetworkSettings.Networks.demo.MacAddress}}",
                        swarm.replica(TwoDaemons.WORKER))
                .strip();
        String sandbox = swarm.docker(TwoDaemons.MANAGER, "network", "inspect", "--format", "{{.Id}}", "demo")
                .substring(0, 10);
        TwoHosts.run(swarm.on(
                TwoDaemons.MANAGER,
                ("nsenter --net=" + swarm.namespaces(TwoDaemons.MANAGER).resolve("1-" + sandbox)
                                + " bridge fdb replace " + mac + " dev vxlan0 dst 192.0.2.177 self permanent")
                        .split(" ", -1)));

        JsonNode endpoints = pingAndAnalyze("stale");

        assertThat(endpoints)
                .filteredOn(endpoint -> endpoint.path("ip").asText().equals(address))
                .singleElement()
                .satisfies(endpoint -> {
                    assertThat(endpoint.path("vtep").asText()).isEqualTo(TwoDaemons.WORKER_ADDRESS);
                    assertThat(endpoint.path("contradictedBy")).singleElement().satisfies(mark -> {
                        assertThat(mark.path("node").asText()).isEqualTo(TwoDaemons.MANAGER);
                        assertThat(mark.path("table").asText()).isEqualTo("fdb");
                        assertThat(mark.path("key").asText()).isEqualTo(mac);
                        assertThat(mark.path("value").asText()).isEqualTo("192.0.2.177");
                        assertThat(mark.path("at")).hasSize(1);
                    });
                });
    }

    private static Path samples() {
        return Path.of(System.getProperty("swarmlens.root", ".."), "samples", "captures", "seed");
    }

    /** Both replicas ping each other while the cable is captured, then both nodes are asked for their tables. */
    private static JsonNode pingAndAnalyze(String name) throws Exception {
        Path folder = Files.createDirectory(swarm.folder().resolve(name));
        Path capture = folder.resolve("cable.pcap");
        Process tcpdump = new ProcessBuilder(swarm.inNetworkOf(
                        TwoDaemons.MANAGER,
                        "tcpdump",
                        "-Z",
                        "root",
                        "-U",
                        "-i",
                        TwoDaemons.DEVICE,
                        "-w",
                        capture.toString(),
                        "udp port 4789"))
                .redirectErrorStream(true)
                .start();
        try {
            awaitListening(tcpdump);
            ping(TwoDaemons.MANAGER, TwoDaemons.WORKER);
            ping(TwoDaemons.WORKER, TwoDaemons.MANAGER);
        } finally {
            tcpdump.destroy();
            tcpdump.waitFor();
        }
        take(TwoDaemons.MANAGER, folder.resolve("a"));
        take(TwoDaemons.WORKER, folder.resolve("b"));
        Invocation answer = Invocation.of(
                "endpoints", "-T", "json", "--inventory", folder.toString(), TwoDaemons.MANAGER + "=" + capture);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.json().path("endpoints");
    }

    private static void awaitListening(Process tcpdump) throws IOException {
        StringBuilder words = new StringBuilder();
        int next;
        while (words.indexOf("listening on") < 0
                && (next = tcpdump.getInputStream().read()) >= 0) {
            words.append((char) next);
        }
    }

    /** Whether it is answered is for the caller to find out. */
    private static void ping(String from, String to) throws Exception {
        try {
            swarm.docker(
                    from, "exec", swarm.replica(from), "/bin/busybox", "ping", "-c", "2", "-W", "1", swarm.address(to));
        } catch (IOException unanswered) {
            assertThat(unanswered.getMessage()).contains("packet loss");
        }
    }

    private static void take(String node, Path folder, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "snapshot",
                "--docker",
                "unix://" + swarm.socket(node),
                "--netns-dir",
                swarm.namespaces(node).toString()));
        arguments.addAll(List.of(options));
        arguments.add(folder.toString());
        swarm.swarmlens(node, arguments.toArray(String[]::new));
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("snapshot.json").toFile())
                        .path("node")
                        .asText())
                .isEqualTo(node);
    }
}
