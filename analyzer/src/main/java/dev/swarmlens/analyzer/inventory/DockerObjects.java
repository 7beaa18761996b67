package dev.swarmlens.analyzer.inventory;

import static dev.swarmlens.analyzer.inventory.Fields.address;
import static dev.swarmlens.analyzer.inventory.Fields.at;
import static dev.swarmlens.analyzer.inventory.Fields.each;
import static dev.swarmlens.analyzer.inventory.Fields.firstKnown;
import static dev.swarmlens.analyzer.inventory.Fields.has;
import static dev.swarmlens.analyzer.inventory.Fields.text;
import static dev.swarmlens.analyzer.inventory.Fields.time;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Docker's objects, recognised by their shape and sorted. Of several versions of one node, service or task the newest
 * stands; what several nodes tell about one network is united.
 */
final class DockerObjects {

    private static final String DUAL_STACK_ANY = "::";
    private static final String ANY = "0.0.0.0";

    private final Map<String, Network> networks = new HashMap<>();
    private final Map<String, JsonNode> nodes = new HashMap<>();
    private final Map<String, Node> nodesBySelf = new HashMap<>();
    private final Map<String, JsonNode> services = new HashMap<>();
    private final Map<String, JsonNode> tasks = new HashMap<>();
    private final ClaimReader claims = new ClaimReader();

    /** Takes the object in if it is one of Docker's that matters here, and tells whether it was. */
    boolean take(JsonNode object) {
        if (has(object, "Id")) {
            if (has(object, "Driver") && has(object, "Scope")) {
                NetworkReader.fromInspect(object).ifPresent(this::unite);
                claims.fromNetwork(object);
                return true;
            }
            if (at(object, "NetworkSettings").isObject()) {
                claims.fromContainer(object);
                return true;
            }
            return false;
        }
        if (!has(object, "ID")) {
            return false;
        }
        if (has(object, "ServiceID")) {
            each(object, "NetworksAttachments").stream()
                    .flatMap(attachment -> NetworkReader.fromTask(at(attachment, "Network")).stream())
                    .forEach(this::unite);
            return keepNewest(tasks, object);
        }
        if (has(object, "Description", "Hostname")) {
            return keepNewest(nodes, object);
        }
        if (has(object, "Swarm", "NodeID")) {
            Node self = self(object);
            nodesBySelf.put(self.id(), self);
            return true;
        }
        if (at(object, "Spec", "TaskTemplate").isObject()
                || at(object, "Endpoint").isObject()) {
            return keepNewest(services, object);
        }
        return false;
    }

    Collection<Network> networks() {
        return networks.values();
    }

    /** The nodes, as managers know them, and where none was asked as they know themselves. */
    List<Node> nodes() {
        Map<String, Node> all = new HashMap<>(nodesBySelf);
        nodes.forEach((id, json) -> all.put(id, node(json)));
        return List.copyOf(all.values());
    }

    /** The services, the one changed last first. */
    List<Service> services() {
        return services.values().stream()
                .sorted((one, other) -> Long.compare(version(other), version(one)))
                .map(DockerObjects::service)
                .toList();
    }

    /** The tasks, with names; and by the way what they claim about addresses. */
    List<Task> tasks() {
        Map<String, String> names = taskNames();
        List<Task> named = new ArrayList<>();
        for (JsonNode json : tasks.values()) {
            Task task = task(json);
            String service = text(services.getOrDefault(task.serviceId(), json), "Spec", "Name");
            String place =
                    task.slot().isPresent() ? Integer.toString(task.slot().getAsInt()) : task.nodeId();
            String name =
                    service.isEmpty() ? names.getOrDefault(task.id(), "") : String.join(".", service, place, task.id());
            Task whole = task.named(name);
            named.add(whole);
            claims.fromTask(whole, service, task.addresses(), json);
        }
        return named;
    }

    /** What networks and containers claim about addresses, and tasks after {@link #tasks}. */
    List<Claim> claims() {
        return claims.claims();
    }

    private Map<String, String> taskNames() {
        Map<String, String> names = new HashMap<>();
        for (Claim claim : claims.claims()) {
            if (!claim.taskId.isEmpty() && !claim.name.isEmpty()) {
                names.put(claim.taskId, claim.name);
            }
        }
        return names;
    }

    private void unite(Network network) {
        networks.merge(network.id(), network, NetworkReader::unite);
    }

    private static boolean keepNewest(Map<String, JsonNode> known, JsonNode object) {
        known.merge(text(object, "ID"), object, (old, fresh) -> version(fresh) >= version(old) ? fresh : old);
        return true;
    }

    private static long version(JsonNode object) {
        return at(object, "Version", "Index").asLong(0);
    }

    private static Node node(JsonNode json) {
        String address = address(json, "Status", "Addr");
        // The first manager knows itself by the wildcard that it listens on.
        if (address.isEmpty() || address.equals(ANY) || address.equals(DUAL_STACK_ANY)) {
            address = firstKnown(withoutPort(text(json, "ManagerStatus", "Addr")), address);
        }
        return new Node(
                text(json, "ID"),
                text(json, "Description", "Hostname"),
                address,
                text(json, "Spec", "Role"),
                text(json, "Status", "State"));
    }

    /** What {@code docker info} tells of the node that it was asked on. */
    private static Node self(JsonNode info) {
        return new Node(
                text(info, "Swarm", "NodeID"),
                text(info, "Name"),
                address(info, "Swarm", "NodeAddr"),
                at(info, "Swarm", "ControlAvailable").asBoolean(false) ? "manager" : "worker",
                text(info, "Swarm", "LocalNodeState").equals("active") ? "ready" : "");
    }

    private static String withoutPort(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static Service service(JsonNode json) {
        Map<String, String> virtualIps = new LinkedHashMap<>();
        for (JsonNode virtual : each(json, "Endpoint", "VirtualIPs")) {
            String ip = address(virtual, "Addr");
            if (!ip.isEmpty()) {
                virtualIps.put(text(virtual, "NetworkID"), ip);
            }
        }
        // What the swarm made of the wish, with the ports that it chose itself; else the wish.
        List<JsonNode> ports = Stream.of(each(json, "Endpoint", "Ports"), each(json, "Spec", "EndpointSpec", "Ports"))
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(List.of());
        return new Service(
                text(json, "ID"),
                text(json, "Spec", "Name"),
                firstKnown(text(json, "Endpoint", "Spec", "Mode"), text(json, "Spec", "EndpointSpec", "Mode")),
                ports.stream().map(DockerObjects::port).toList(),
                virtualIps);
    }

    private static PublishedPort port(JsonNode json) {
        return new PublishedPort(
                text(json, "Protocol"),
                at(json, "TargetPort").asInt(0),
                at(json, "PublishedPort").asInt(0),
                text(json, "PublishMode").equals("host") ? PublishedPort.Mode.HOST : PublishedPort.Mode.INGRESS);
    }

    private static Task task(JsonNode json) {
        Map<String, List<String>> addresses = new LinkedHashMap<>();
        for (JsonNode attachment : each(json, "NetworksAttachments")) {
            List<String> ips = each(attachment, "Addresses").stream()
                    .map(Fields::address)
                    .filter(ip -> !ip.isEmpty())
                    .toList();
            if (has(attachment, "Network", "ID") && !ips.isEmpty()) {
                addresses.put(text(attachment, "Network", "ID"), ips);
            }
        }
        int slot = at(json, "Slot").asInt(0);
        return new Task(
                text(json, "ID"),
                "",
                text(json, "ServiceID"),
                slot > 0 ? OptionalInt.of(slot) : OptionalInt.empty(),
                text(json, "NodeID"),
                text(json, "Status", "ContainerStatus", "ContainerID"),
                text(json, "DesiredState"),
                text(json, "Status", "State"),
                addresses,
                time(json, "CreatedAt"));
    }
}
