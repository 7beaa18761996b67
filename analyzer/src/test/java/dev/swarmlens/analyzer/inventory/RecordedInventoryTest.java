package dev.swarmlens.analyzer.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inventories of recorded swarms, against what their folders tell in other words than JSON. */
class RecordedInventoryTest {

    private static final Pattern CONTAINER_ADDRESS = Pattern.compile("([^ =]+)=([0-9.]+),([0-9a-f:]+)");

    private static Inventory of(String scenario) throws IOException {
        return Inventory.read(List.of(folder(scenario)));
    }

    private static Path folder(String scenario) {
        Path swarm = Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "swarm");
        assumeTrue(Files.isDirectory(swarm), () -> "no recorded swarms at " + swarm + ": set swarmlens.captures");
        return swarm.resolve(scenario);
    }

    /** 01-seed/README.md, and node-ls.txt of its manager. */
    @Test
    void nodesOfTheSeed() throws IOException {
        assertThat(of("01-seed").nodes())
                .containsExactly(
                        new Node("ugxj5urdjedobkeeont12vv74", "swarm-manager", "192.168.56.101", "manager", "ready"),
                        new Node("v77447ese4aydtj1kqvjzpo5w", "swarm-worker1", "192.168.56.102", "worker", "ready"),
                        new Node("p8w6vy346xevevfr7dt4gmuyw", "swarm-worker2", "192.168.56.103", "worker", "ready"),
                        new Node("tzntp1ddjp1opwheqsjinmeqv", "swarm-worker3", "192.168.56.104", "worker", "ready"));
    }

    /** network-ls.txt and ns-1-*.link.txt of its nodes. */
    @Test
    void overlaysOfTheSeed() throws IOException {
        Inventory inventory = of("01-seed");

        assertThat(inventory.networks().stream()
                        .filter(network -> network.scope().equals("swarm")))
                .extracting(Network::name, Network::id, Network::vnis, Network::subnets)
                .containsExactly(
                        tuple("ingress", "xt3zikck91csv8u54r62ghdp8", List.of(4096), List.of("10.0.0.0/24")),
                        tuple("myoverlay", "nth8gp3bdlnqedaqdx6iqblas", List.of(4097), List.of("10.0.9.0/24")));
        assertThat(inventory.ingressNetwork())
                .map(Network::peers)
                .get()
                .isEqualTo(List.of("192.168.56.101", "192.168.56.102", "192.168.56.103", "192.168.56.104"));
        // Each of the four nodes has a bridge, a docker_gwbridge of its own.
        assertThat(inventory.networks()).hasSize(2 + 4 + 4);
    }

    /** service-ls.txt, service-ps.txt and README.md. */
    @Test
    void servicesOfTheSeed() throws IOException {
        Inventory inventory = of("01-seed");

        assertThat(inventory.services())
                .extracting(Service::name)
                .containsExactly("hostname", "myweb", "myweb2", "overlay_service");
        assertThat(inventory.serviceByPublishedPort("tcp", 8000))
                .map(Service::name)
                .contains("hostname");
        assertThat(inventory.serviceByPublishedPort("tcp", 80))
                .map(Service::name)
                .contains("myweb");
        assertThat(inventory.serviceByPublishedPort("tcp", 8080))
                .map(Service::name)
                .contains("myweb2");
        assertThat(inventory.serviceByVirtualIp("nth8gp3bdlnqedaqdx6iqblas", "10.0.9.2"))
                .map(Service::name)
                .contains("overlay_service");
        assertThat(inventory.tasks()).hasSize(13).allMatch(Task::running);
        assertThat(inventory.tasksOfService("0d685lxn3e2vo3rh4prru09gg"))
                .extracting(Task::name)
                .containsExactly(
                        "hostname.1.vv9brcs7gk11xlvcyf316fi9v",
                        "hostname.2.is9kt9r800ab38sc8g9y9pyde",
                        "hostname.3.8yh2mnycax4w3ilskwhez0wde",
                        "hostname.4.azgomt0o9nu7ye2xxksnnqp8k");
    }

    /** README.md: the replicas that ping each other, and A4 of swarm-on-the-wire.md: one load balancer a node. */
    @Test
    void endpointsOfTheSeed() throws IOException {
        Inventory inventory = of("01-seed");

        assertThat(inventory.endpoint(4096, "10.0.0.10")).get().satisfies(hostname -> {
            assertThat(hostname.name()).isEqualTo("hostname.4.azgomt0o9nu7ye2xxksnnqp8k");
            assertThat(hostname.containerId()).startsWith("929d17db2985");
            assertThat(hostname.nodeAddress()).isEqualTo("192.168.56.104");
            assertThat(hostname.mac()).isEqualTo("02:42:0a:00:00:0a");
        });
        assertThat(inventory.endpoint(4096, "10.0.0.2")).get().satisfies(balancer -> {
            assertThat(balancer.kind()).isEqualTo(Endpoint.Kind.LOAD_BALANCER);
            assertThat(balancer.nodeAddress()).isEqualTo("192.168.56.101");
        });
        // ns-lb_nth8gp3bd.addr.json of worker1 and worker2.
        assertThat(inventory.endpoint(4097, "10.0.9.5")).map(Endpoint::kind).contains(Endpoint.Kind.LOAD_BALANCER);
        assertThat(inventory.endpoint(4097, "10.0.9.6")).map(Endpoint::kind).contains(Endpoint.Kind.LOAD_BALANCER);
        // 11 replicas and 4 load balancers on ingress, 2 and 2 on myoverlay; each address has one owner.
        assertThat(inventory.endpoints().stream()
                        .filter(endpoint -> inventory
                                .networkById(endpoint.networkId())
                                .orElseThrow()
                                .driver()
                                .equals("overlay")))
                .hasSize(19)
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.running()).isTrue();
                    assertThat(endpoint.nodeId()).isNotEmpty();
                    assertThat(endpoint.mac()).isNotEmpty();
                });
    }

    /** 03-encrypted/README.md, and the VNIs of its ns-1-*.link.txt. */
    @Test
    void theEncryptedOverlay() throws IOException {
        Inventory inventory = of("03-encrypted");

        assertThat(inventory.networkByVni(4098)).get().satisfies(secure -> {
            assertThat(secure.name()).isEqualTo("secure");
            assertThat(secure.encrypted()).isTrue();
            assertThat(secure.subnets()).containsExactly("10.0.20.0/24");
        });
        assertThat(inventory.networkByVni(4096)).map(Network::encrypted).contains(false);
        assertThat(inventory.networkByVni(4097)).map(Network::encrypted).contains(false);
    }

    /** 19-healthy-busy/README.md: a port on one node only, a service without virtual address, UDP through the mesh. */
    @Test
    void servicesOfTheBusySwarm() throws IOException {
        Inventory inventory = of("19-healthy-busy");

        assertThat(inventory.serviceByPublishedPort("tcp", 9090)).get().satisfies(service -> {
            assertThat(service.name()).isEqualTo("hostport");
            assertThat(service.ports()).extracting(PublishedPort::mode).containsExactly(PublishedPort.Mode.HOST);
        });
        assertThat(inventory.serviceByPublishedPort("udp", 5005))
                .map(Service::name)
                .contains("line");
        assertThat(inventory.serviceByName("rr")).get().satisfies(service -> {
            assertThat(service.endpointMode()).isEqualTo("dnsrr");
            assertThat(service.virtualIps()).isEmpty();
        });
        assertThat(inventory.networkByVni(4099)).get().satisfies(network -> {
            assertThat(network.name()).isEqualTo("secnet");
            assertThat(network.encrypted()).isTrue();
        });
    }

    /** The inventory of these folders is of the same minutes as their containers.txt. */
    @ParameterizedTest
    @ValueSource(
            strings = {"11-dead-backend", "12-stale-fdb", "13-wrong-source", "15-cleartext-encrypted", "18-one-wheel"})
    void endpointsAreThoseOfTheContainers(String scenario) throws IOException {
        Inventory inventory = of(scenario);

        List<String> missing = new ArrayList<>();
        int addresses = 0;
        for (String line : Files.readAllLines(folder(scenario).resolve("containers.txt"))) {
            String[] columns = line.split(" ", -1);
            Matcher matcher = CONTAINER_ADDRESS.matcher(line);
            while (matcher.find()) {
                addresses++;
                String node = inventory.nodeByName(columns[0]).orElseThrow().id();
                String network = inventory.networks().stream()
                        .filter(some -> some.name().equals(matcher.group(1))
                                && some.scope().equals("swarm"))
                        .findFirst()
                        .orElseThrow()
                        .id();
                boolean found = inventory
                        .endpoint(network, matcher.group(2))
                        .filter(endpoint -> endpoint.name().equals(columns[1])
                                && endpoint.containerId().equals(columns[2])
                                && endpoint.mac().equals(matcher.group(3))
                                && endpoint.nodeId().equals(node))
                        .isPresent();
                if (!found) {
                    missing.add(line + " -> " + inventory.endpoints(network, matcher.group(2)));
                }
            }
        }

        assertThat(addresses).isPositive();
        assertThat(missing).isEmpty();
    }

    /** Captures beside the JSON are looked at, not read. */
    @Test
    void capturesArePassedOver() throws IOException {
        Inventory inventory = of("03-encrypted");

        long captures;
        try (Stream<Path> files = Files.walk(folder("03-encrypted"))) {
            captures = files.filter(file -> file.toString().contains(".pcap")).count();
        }
        assertThat((long) inventory.sources().passedOver()).isGreaterThan(captures);
        assertThat(inventory.sources().damaged()).isZero();
    }
}
