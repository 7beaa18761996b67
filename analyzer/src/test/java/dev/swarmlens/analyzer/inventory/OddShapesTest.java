package dev.swarmlens.analyzer.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands where something else is expected, an inventory comes of it. */
class OddShapesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> ODD = List.of(
            "null",
            "true",
            "-1",
            "1e99",
            "\"\"",
            "\"<nil>\"",
            "\"a/b/c\"",
            "\"...\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"\": null}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"Id": "n", "Name": "net", "Driver": "overlay", "Scope": "swarm", "Created": "2026-11-22T11:33:27Z",
                 "Ingress": true, "IPAM": {"Config": [{"Subnet": "10.0.9.0/24", "Gateway": "10.0.9.1"}]},
                 "Containers": {"c": {"Name": "s.1.t", "MacAddress": "02:42:0a:00:09:03",
                   "IPv4Address": "10.0.9.3/24", "IPv6Address": ""}},
                 "Options": {"com.docker.network.driver.overlay.vxlanid_list": "4097"}, "Peers": [{"IP": "10.1.0.1"}],
                 "Services": {"s": {"Tasks": [
                   {"Name": "s.1.t", "EndpointIP": "10.0.9.3", "Info": {"Host IP": "10.1.0.1"}}]}}}
                """,
                """
                {"Id": "c", "Name": "/s.1.t", "Created": "2026-11-22T11:33:27Z",
                 "State": {"Running": true, "StartedAt": "2026-11-22T11:33:27Z", "FinishedAt": "0001-01-01T00:00:00Z"},
                 "Config": {"Labels": {"com.docker.swarm.service.name": "s", "com.docker.swarm.task.id": "t",
                   "com.docker.swarm.node.id": "node"}},
                 "NetworkSettings": {"Networks": {"net": {"NetworkID": "n", "IPAddress": "10.0.9.3",
                   "IPAMConfig": {"IPv4Address": "10.0.9.3"}, "MacAddress": "02:42:0a:00:09:03"}}}}
                """,
                """
                {"ID": "t", "Version": {"Index": 1}, "CreatedAt": "2026-11-22T11:33:27Z", "ServiceID": "s", "Slot": 1,
                 "NodeID": "node", "DesiredState": "running", "Status": {"Timestamp": "2026-11-22T11:33:27Z",
                   "State": "running", "ContainerStatus": {"ContainerID": "c"}},
                 "NetworksAttachments": [{"Addresses": ["10.0.9.3/24"], "Network": {"ID": "n", "Spec": {"Name": "net"},
                   "DriverState": {"Name": "overlay", "Options": {
                     "com.docker.network.driver.overlay.vxlanid_list": "4097"}},
                   "IPAMOptions": {"Configs": [{"Subnet": "10.0.9.0/24"}]}}}]}
                """,
                """
                {"ID": "node", "Version": {"Index": 1}, "Spec": {"Role": "manager"},
                 "Description": {"Hostname": "alpha"}, "Status": {"State": "ready", "Addr": "0.0.0.0"},
                 "ManagerStatus": {"Addr": "[fd00::1]:2377"}}
                """,
                """
                {"ID": "s", "Version": {"Index": 1}, "Spec": {"Name": "s", "TaskTemplate": {}, "EndpointSpec": {
                   "Mode": "vip", "Ports": [{"Protocol": "tcp", "TargetPort": 80, "PublishedPort": 80}]}},
                 "Endpoint": {"Spec": {"Mode": "vip"}, "Ports": [
                   {"Protocol": "tcp", "TargetPort": 80, "PublishedPort": 80, "PublishMode": "ingress"}],
                   "VirtualIPs": [{"NetworkID": "n", "Addr": "10.0.9.2/24"}]}}
                """,
            })
    void anythingMayStandAnywhere(String shape) throws IOException {
        JsonNode whole = JSON.readTree(shape);
        List<String> places = new ArrayList<>();
        collectPlaces(whole, "", places);
        assertThat(places).hasSizeGreaterThan(5);

        for (String place : places) {
            for (String odd : ODD) {
                String text = replaced(whole, place, JSON.readTree(odd)).toString();
                assertThatCode(() -> Inventory.parse(text, shape)).as(text).doesNotThrowAnyException();
            }
        }
    }

    private static void collectPlaces(JsonNode node, String here, List<String> places) {
        node.properties().forEach(member -> {
            String place = here + '/' + member.getKey();
            places.add(place);
            collectPlaces(member.getValue(), place, places);
        });
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            places.add(here + '/' + index);
            collectPlaces(node.get(index), here + '/' + index, places);
        }
    }

    private static JsonNode replaced(JsonNode whole, String place, JsonNode odd) {
        JsonNode copy = whole.deepCopy();
        JsonNode parent = copy.at(place.substring(0, place.lastIndexOf('/')));
        String last = place.substring(place.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.set(last, odd);
        } else if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), odd);
        }
        return copy;
    }
}
