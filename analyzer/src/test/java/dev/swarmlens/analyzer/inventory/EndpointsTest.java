package dev.swarmlens.analyzer.inventory;

import static dev.swarmlens.analyzer.inventory.Printed.NODES;
import static dev.swarmlens.analyzer.inventory.Printed.OVERLAY;
import static dev.swarmlens.analyzer.inventory.Printed.SERVICE;
import static dev.swarmlens.analyzer.inventory.Printed.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has which address, from all that the files claim about it. */
class EndpointsTest {

    @Test
    void joinsWhatNetworkAndTaskTellAboutOneEndpoint() {
        Inventory inventory = Inventory.parse(OVERLAY, TASK, SERVICE, NODES);

        Endpoint shop = inventory.endpoint(4097, "10.0.9.3").orElseThrow();
        assertThat(shop)
                .isEqualTo(new Endpoint(
                        "n1",
                        "10.0.9.3",
                        "02:42:0a:00:09:03",
                        "shop.1.t1",
                        Endpoint.Kind.CONTAINER,
                        "c1",
                        "shop",
                        "node1",
                        "192.168.1.9",
                        true,
                        shop.since()));
        assertThat(shop.since()).contains(Instant.parse("2026-11-22T11:34:00Z"));
        // The list that names the load balancer also names the task, whose node is known.
        assertThat(inventory.endpoint("n1", "10.0.9.4")).get().satisfies(balancer -> {
            assertThat(balancer.kind()).isEqualTo(Endpoint.Kind.LOAD_BALANCER);
            assertThat(balancer.nodeId()).isEqualTo("node1");
            assertThat(balancer.containerId()).isEmpty();
        });
        assertThat(inventory.endpoints()).hasSize(2);
    }

    @Test
    void takesFromTheVerboseListWhichNodeEachTaskIsOn() {
        Inventory inventory = Inventory.parse(NODES, """
                {"Id": "n0", "Name": "ingress", "Driver": "overlay", "Scope": "swarm", "Ingress": true,
                 "Services": {
                   "": {"VIP": "<nil>", "Tasks": [
                     {"Name": "ingress-endpoint", "EndpointIP": "10.0.0.2", "Info": {"Host IP": "192.168.1.10"}},
                     {"Name": "gone", "EndpointIP": "<nil>", "Info": null}]},
                   "shop": {"VIP": "10.0.0.6", "Tasks": [
                     {"Name": "shop.1.t1", "EndpointIP": "10.0.0.7", "Info": {"Host IP": "192.168.1.9"}}]}}}
                """);

        assertThat(inventory.endpoints())
                .extracting(Endpoint::ip, Endpoint::kind, Endpoint::nodeId, Endpoint::serviceName)
                .containsExactly(
                        tuple("10.0.0.2", Endpoint.Kind.LOAD_BALANCER, "node2", ""),
                        tuple("10.0.0.7", Endpoint.Kind.CONTAINER, "node1", "shop"));
    }

    @Test
    void aDataPathOfItsOwnLeadsToItsNode() {
        Inventory inventory = Inventory.parse(NODES, SERVICE, TASK, """
                {"Id": "n1", "Name": "shop_net", "Driver": "overlay", "Scope": "swarm", "Services": {"shop": {"Tasks": [
                  {"Name": "shop.1.t1", "EndpointIP": "10.0.9.3", "Info": {"Host IP": "172.31.0.9"}}]}}}
                """);

        assertThat(inventory.nodeByAddress("172.31.0.9")).map(Node::hostname).contains("alpha");
        assertThat(inventory.nodeByAddress("192.168.1.9")).map(Node::hostname).contains("alpha");
        assertThat(inventory.endpoint("n1", "10.0.9.3"))
                .map(Endpoint::nodeAddress)
                .contains("172.31.0.9");
    }

    @Test
    void keepsAllOwnersOfAReusedAddressAndPrefersTheOneThatRuns() {
        String container = """
                {"Id": "%s", "Name": "/%s", "State": {"Running": %s, "StartedAt": "%s"},
                 "Config": {"Labels": {"com.docker.swarm.service.name": "shop", "com.docker.swarm.node.id": "node1"}},
                 "NetworkSettings": {"Networks": {"shop_net": {"IPAMConfig": {"IPv4Address": "10.0.9.3"},
                   "NetworkID": "n1", "IPAddress": "", "MacAddress": ""}}}}
                """;
        String stoppedLast = container.formatted("c9", "shop.1.t9", "false", "2026-11-22T12:00:00Z");
        String runs = container.formatted("c7", "shop.1.t7", "true", "2026-11-22T11:00:00Z");
        String stoppedFirst = container.formatted("c5", "shop.1.t5", "false", "2026-11-22T10:00:00Z");

        for (Inventory inventory : List.of(
                Inventory.parse(stoppedLast, runs, stoppedFirst), Inventory.parse(stoppedFirst, runs, stoppedLast))) {
            assertThat(inventory.endpoints("n1", "10.0.9.3"))
                    .extracting(Endpoint::containerId)
                    .containsExactly("c7", "c9", "c5");
            assertThat(inventory.endpoint("n1", "10.0.9.3")).map(Endpoint::name).contains("shop.1.t7");
        }
    }

    @Test
    void understandsTheContainerListOfTheEngineApi() {
        Inventory inventory = Inventory.parse("""
                [{"Id": "c1", "Names": ["/web"], "State": "running", "Created": 1795347045, "Labels": {},
                  "NetworkSettings": {"Networks": {"shop_net": {"NetworkID": "n1", "IPAddress": "10.0.9.3",
                    "GlobalIPv6Address": "fd00::3", "MacAddress": "02:42:0a:00:09:03"}}}}]
                """);

        assertThat(inventory.endpoints()).extracting(Endpoint::ip).containsExactly("10.0.9.3", "fd00::3");
        assertThat(inventory.endpoint("n1", "10.0.9.3")).get().satisfies(web -> {
            assertThat(web.name()).isEqualTo("web");
            assertThat(web.running()).isTrue();
            assertThat(web.serviceName()).isEmpty();
        });
    }
}
