package dev.swarmlens.analyzer.inventory;

import static dev.swarmlens.analyzer.inventory.Printed.NODES;
import static dev.swarmlens.analyzer.inventory.Printed.OVERLAY;
import static dev.swarmlens.analyzer.inventory.Printed.SERVICE;
import static dev.swarmlens.analyzer.inventory.Printed.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks, nodes, services and tasks from small JSON; and what is not Docker's. */
class InventoryTest {

    @Test
    void readsANetworkOfTwoSubnets() {
        Inventory inventory = Inventory.parse(OVERLAY);

        Network network = inventory.networkByVni(4098).orElseThrow();
        assertThat(network)
                .isEqualTo(new Network(
                        "n1",
                        "shop_net",
                        "overlay",
                        "swarm",
                        false,
                        true,
                        List.of("10.0.9.0/24", "10.0.19.0/24"),
                        List.of("10.0.9.1"),
                        List.of(4097, 4098),
                        List.of("192.168.1.9", "192.168.1.10"),
                        network.created()));
        assertThat(network.created()).contains(Instant.parse("2026-11-22T11:33:27.645509565Z"));
        assertThat(network.subnetOf(4098)).contains("10.0.19.0/24");
        assertThat(network.subnetOf(4099)).isEmpty();
        assertThat(inventory.networkById("n1")).contains(network);
        assertThat(inventory.ingressNetwork()).isEmpty();
    }

    @Test
    void unitesWhatTheNodesTellAboutOneNetwork() {
        String seenFromAManagerThatIsNotAttached = """
                {"Id": "n1", "Name": "shop_net", "Driver": "overlay", "Scope": "swarm", "Containers": null,
                 "IPAM": {"Config": null}, "Options": null}
                """;

        for (Inventory inventory : List.of(
                Inventory.parse(OVERLAY, seenFromAManagerThatIsNotAttached),
                Inventory.parse(seenFromAManagerThatIsNotAttached, OVERLAY))) {
            assertThat(inventory.networks()).hasSize(1);
            assertThat(inventory.networkByVni(4097)).get().satisfies(network -> {
                assertThat(network.encrypted()).isTrue();
                assertThat(network.subnets()).hasSize(2);
                assertThat(network.peers()).hasSize(2);
            });
        }
    }

    @Test
    void knowsANetworkFromTheTasksAttachedToIt() {
        Inventory inventory = Inventory.parse("""
                {"ID": "t1", "ServiceID": "s1", "NetworksAttachments": [{"Addresses": ["10.0.0.7/24"], "Network": {
                  "ID": "n0", "Spec": {"Name": "ingress", "Ingress": true, "Scope": "swarm"},
                  "DriverState": {"Name": "overlay", "Options": {
                    "com.docker.network.driver.overlay.vxlanid_list": "4096"}},
                  "IPAMOptions": {"Configs": [{"Subnet": "10.0.0.0/24", "Gateway": "10.0.0.1"}]}}}]}
                """);

        assertThat(inventory.ingressNetwork()).get().satisfies(network -> {
            assertThat(network.name()).isEqualTo("ingress");
            assertThat(network.vnis()).containsExactly(4096);
            assertThat(network.subnets()).containsExactly("10.0.0.0/24");
            assertThat(network.encrypted()).isFalse();
        });
        assertThat(inventory.endpoint(4096, "10.0.0.7")).isPresent();
    }

    @Test
    void takesTheManagersAddressWithoutPortWhereItsOwnIsAWildcard() {
        Inventory inventory = Inventory.parse(NODES);

        assertThat(inventory.nodes())
                .containsExactly(
                        new Node("node2", "Beta", "192.168.1.10", "worker", "down"),
                        new Node("node1", "alpha", "192.168.1.9", "manager", "ready"));
        assertThat(inventory.nodeByAddress("192.168.1.9")).map(Node::id).contains("node1");
        assertThat(inventory.nodeByName("beta")).map(Node::id).contains("node2");
        assertThat(inventory.nodeByAddress("0.0.0.0")).isEmpty();
    }

    @Test
    void ofTwoVersionsTheNewerStandsInWhateverOrder() {
        String older = SERVICE.replace("\"Index\": 20", "\"Index\": 19").replace("8000", "7000");

        for (Inventory inventory : List.of(Inventory.parse(SERVICE, older), Inventory.parse(older, SERVICE))) {
            assertThat(inventory.services()).hasSize(1);
            assertThat(inventory.serviceByPublishedPort("tcp", 8000)).isPresent();
            assertThat(inventory.serviceByPublishedPort("tcp", 7000)).isEmpty();
        }
    }

    @Test
    void findsServicesByNamePortAndVirtualAddress() {
        Inventory inventory = Inventory.parse(SERVICE);

        Service shop = new Service(
                "s1",
                "shop",
                "vip",
                List.of(
                        new PublishedPort("tcp", 80, 8000, PublishedPort.Mode.INGRESS),
                        new PublishedPort("udp", 53, 8000, PublishedPort.Mode.HOST)),
                Map.of("n1", "10.0.9.2"));
        assertThat(inventory.serviceById("s1")).contains(shop);
        assertThat(inventory.serviceByName("shop")).contains(shop);
        assertThat(inventory.serviceByPublishedPort("tcp", 8000)).contains(shop);
        assertThat(inventory.serviceByPublishedPort("udp", 8000)).contains(shop);
        assertThat(inventory.serviceByPublishedPort("tcp", 80)).isEmpty();
        assertThat(inventory.serviceByVirtualIp("n1", "10.0.9.2")).contains(shop);
    }

    @Test
    void thePortOfTheRoutingMeshOutranksAHostPort() {
        String onItsOwnNodes = """
                {"ID": "s2", "Version": {"Index": 99}, "Spec": {"Name": "local", "TaskTemplate": {},
                  "EndpointSpec": {"Mode": "dnsrr", "Ports": [
                    {"Protocol": "tcp", "TargetPort": 80, "PublishedPort": 8000, "PublishMode": "host"}]}}}
                """;

        Inventory inventory = Inventory.parse(SERVICE, onItsOwnNodes);

        assertThat(inventory.serviceByPublishedPort("tcp", 8000))
                .map(Service::name)
                .contains("shop");
        assertThat(inventory.serviceByName("local")).map(Service::endpointMode).contains("dnsrr");
    }

    @Test
    void namesTasksLikeTheirContainers() {
        String global = TASK.replace("\"Slot\": 1,", "").replace("t1", "t2").replace("c1", "c2");

        Inventory inventory = Inventory.parse(TASK, SERVICE, global);

        assertThat(inventory.tasksOfService("s1")).extracting(Task::name).containsExactly("shop.1.t1", "shop.node1.t2");
        assertThat(inventory.tasks()).extracting(Task::slot).containsExactly(OptionalInt.of(1), OptionalInt.empty());
        assertThat(inventory.tasks().get(0).addresses()).isEqualTo(Map.of("n1", List.of("10.0.9.3")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "plain text",
                "[]",
                "{}",
                "[[[{\"Id\": \"x\"}]]]",
                "[1, \"two\", null, true]",
                "{\"Id\": 5, \"Driver\": {}, \"Scope\": []}",
                "{\"Name\": \"volume\", \"Driver\": \"local\", \"Scope\": \"local\"}",
                "{\"ID\": \"secret\", \"Spec\": {\"Name\": \"password\"}}",
                "[{\"ifindex\": 1, \"ifname\": \"lo\"}]",
                "{\"schemaVersion\": 1, \"networks\": []}",
            })
    void passesOverWhatIsNotDockers(String text) {
        Inventory inventory = Inventory.parse(text);

        assertThat(inventory.sources()).isEqualTo(new Sources(0, 1, 0, 0));
        assertThat(inventory.endpoints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Id\":\"n\",\"Driver\":\"overlay\",\"Scope\":\"swarm\",\"IPAM\":7,\"Options\":[],\"Containers\":[{}],"
                        + "\"Services\":{\"x\":null,\"y\":{\"Tasks\":{\"z\":1}}},\"Peers\":{\"a\":null},\"Created\":\"?\"}",
                "{\"Id\":\"n\",\"Driver\":\"overlay\",\"Scope\":\"swarm\",\"Options\":"
                        + "{\"com.docker.network.driver.overlay.vxlanid_list\":\"x,,-1,99999999999,16777216\"}}",
                "{\"Id\":\"c\",\"NetworkSettings\":{\"Networks\":{\"a\":null,\"b\":{\"IPAMConfig\":null}}},\"State\":null}",
                "{\"ID\":\"t\",\"ServiceID\":\"s\",\"NetworksAttachments\":[null,{\"Network\":null,\"Addresses\":null},"
                        + "{\"Network\":{\"ID\":\"n\"},\"Addresses\":[null,\"\",\"<nil>\"]}],\"Slot\":\"x\"}",
                "{\"ID\":\"n\",\"Description\":{\"Hostname\":\"h\"},\"Status\":null,\"ManagerStatus\":[]}",
                "{\"ID\":\"s\",\"Spec\":{\"TaskTemplate\":{}},\"Endpoint\":{\"Ports\":[null],\"VirtualIPs\":[{}]}}",
            })
    void anOddShapeIsReadAsFarAsItGoes(String text) {
        Inventory inventory = Inventory.parse(text);

        assertThat(inventory.sources()).isEqualTo(new Sources(1, 0, 0, 1));
        assertThat(inventory.networks())
                .allSatisfy(network -> assertThat(network.vnis()).isEmpty());
        assertThat(inventory.endpoints()).isEmpty();
    }

    @Test
    void keepsWhatStandsBeforeABreak() {
        Inventory inventory = Inventory.parse(NODES + "{\"ID\": \"node3\", \"Descr");

        assertThat(inventory.nodes()).hasSize(2);
        assertThat(inventory.sources()).isEqualTo(new Sources(1, 0, 1, 2));
    }

    @Test
    void readsFilesAndFoldersByContentAndCountsTheRest(@TempDir Path folder) throws IOException {
        Path deep = Files.createDirectories(folder.resolve("worker1/inspect"));
        Files.writeString(deep.resolve("anything.txt"), "\n  " + OVERLAY);
        // What a Windows shell makes of `docker node inspect … > nodes.json`.
        Files.write(deep.resolve("nodes.json"), ("\uFEFF" + NODES).getBytes(StandardCharsets.UTF_16LE));
        Files.write(deep.resolve("underlay.pcap"), new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1});
        Files.writeString(deep.resolve("link.json"), "[{\"ifindex\": 1}]");
        Path alone = Files.writeString(folder.resolve("../alone-" + folder.getFileName()), SERVICE);

        Inventory inventory = Inventory.read(List.of(folder, alone));

        assertThat(inventory.networks()).hasSize(1);
        assertThat(inventory.nodes()).hasSize(2);
        assertThat(inventory.services()).hasSize(1);
        assertThat(inventory.sources()).isEqualTo(new Sources(3, 2, 0, 4));
    }

    @Test
    void aNamedFileThatIsNotThereIsAnError(@TempDir Path folder) {
        List<Path> missing = List.of(folder.resolve("missing.json"));

        assertThatThrownBy(() -> Inventory.read(missing)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theEmptyOneKnowsNothing() {
        assertThat(Inventory.EMPTY.networkByVni(4096)).isEmpty();
        assertThat(Inventory.EMPTY.ingressNetwork()).isEmpty();
        assertThat(Inventory.EMPTY.nodeByAddress("192.168.1.9")).isEmpty();
        assertThat(Inventory.EMPTY.endpoint(4096, "10.0.0.7")).isEmpty();
        assertThat(Inventory.EMPTY.sources()).isEqualTo(new Sources(0, 0, 0, 0));
    }

    /** A worker must not tell of nodes, but {@code docker info} tells of itself; the answer is one of Docker 20.10. */
    @Test
    void aWorkerKnowsItself() {
        String info = """
                {"ID":"YZLF:QVCL:W2YA","Containers":2,"Driver":"vfs","Name":"swarm-b","Swarm":{"NodeID":"w1lsfwyzlzedkvswf7r14znzj",
                "NodeAddr":"192.0.2.102","LocalNodeState":"active","ControlAvailable":false,"Error":"","RemoteManagers":[
                {"NodeID":"mo42gdbh04ul2kd0c0edy25o7","Addr":"192.0.2.101:2377"}]},"LiveRestoreEnabled":false}
                """;

        assertThat(Inventory.parse(info).nodes())
                .containsExactly(new Node("w1lsfwyzlzedkvswf7r14znzj", "swarm-b", "192.0.2.102", "worker", "ready"));
        // not in a swarm
        assertThat(Inventory.parse("{\"ID\":\"YZLF\",\"Name\":\"x\",\"Swarm\":{\"NodeID\":\"\",\"NodeAddr\":\"\"}}")
                        .nodes())
                .isEmpty();
    }
}
