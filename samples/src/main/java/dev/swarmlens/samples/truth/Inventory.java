package dev.swarmlens.samples.truth;

import static dev.swarmlens.samples.truth.NetworkInspection.object;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.swarmlens.samples.scenario.Scenario.PortPlan;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Service;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.swarm.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code docker network|service|node|container inspect} would print on each node. */
public final class Inventory {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Swarm swarm;
    private final String since;
    private final NetworkInspection networks;

    /**
     * The inventory of a swarm.
     *
     * @param start when everything was there
     */
    public Inventory(Swarm swarm, Instant start) {
        this.swarm = swarm;
        this.since = start.minusSeconds(60).toString();
        this.networks = new NetworkInspection(swarm, since);
    }

    /**
     * Writes a folder for each node.
     *
     * @throws IOException if that is impossible
     */
    public void write(Path folder) throws IOException {
        for (Node node : swarm.nodes()) {
            Path own = Files.createDirectories(folder.resolve(node.name()));
            List<Object> containers = new ArrayList<>();
            for (Service service : swarm.services()) {
                for (Task task : service.tasks()) {
                    if (task.node().equals(node)) {
                        containers.add(container(service, task));
                    }
                }
            }
            write(own.resolve("containers.json"), containers);
            for (Network network : swarm.networks()) {
                if (swarm.loadBalancer(network, node) != null) {
                    write(
                            own.resolve("network-inspect-" + network.name() + ".json"),
                            List.of(networks.of(network, node)));
                }
            }
            if (node.index() == 0) {
                write(
                        own.resolve("node-inspect.json"),
                        swarm.nodes().stream().map(this::node).toList());
                write(
                        own.resolve("service-inspect.json"),
                        swarm.services().stream().map(this::service).toList());
                write(
                        own.resolve("tasks.json"),
                        swarm.services().stream()
                                .flatMap(service -> service.tasks().stream().map(task -> task(service, task)))
                                .toList());
            }
        }
    }

    private static void write(Path file, Object content) throws IOException {
        JSON.writeValue(file.toFile(), content);
    }

    private Map<String, Object> node(Node node) {
        boolean manager = node.index() == 0;
        Map<String, Object> object = object(
                "ID",
                node.id(),
                "Version",
                object("Index", 9 + node.index()),
                "CreatedAt",
                since,
                "UpdatedAt",
                since,
                "Spec",
                object("Labels", object(), "Role", manager ? "manager" : "worker", "Availability", "active"),
                "Description",
                object(
                        "Hostname",
                        node.name(),
                        "Platform",
                        object("Architecture", "x86_64", "OS", "linux"),
                        "Engine",
                        object("EngineVersion", "20.10.24")),
                "Status",
                object("State", "ready", "Addr", node.address().toString()));
        if (manager) {
            object.put(
                    "ManagerStatus",
                    object("Leader", true, "Reachability", "reachable", "Addr", node.address() + ":2377"));
        }
        return object;
    }

    private Map<String, Object> service(Service service) {
        List<Map<String, Object>> ports =
                service.ports().stream().map(Inventory::port).toList();
        String mode = service.dnsRoundRobin() ? "dnsrr" : "vip";
        Map<String, Object> spec = object("Mode", mode);
        if (!ports.isEmpty()) {
            spec.put("Ports", ports);
        }
        Map<String, Object> endpoint = object("Spec", spec);
        if (!ports.isEmpty()) {
            endpoint.put("Ports", ports);
        }
        List<Object> virtual = new ArrayList<>();
        service.virtualAddresses().forEach((name, address) -> {
            Network network = swarm.network(name);
            virtual.add(object("NetworkID", network.id(), "Addr", NetworkInspection.withPrefix(address, network)));
        });
        endpoint.put("VirtualIPs", virtual);
        return object(
                "ID",
                service.id(),
                "Version",
                object("Index", 100),
                "CreatedAt",
                since,
                "UpdatedAt",
                since,
                "Spec",
                object(
                        "Name",
                        service.name(),
                        "Labels",
                        object(),
                        "TaskTemplate",
                        object("ContainerSpec", object("Image", service.name() + ":latest")),
                        "Mode",
                        object("Replicated", object("Replicas", service.tasks().size())),
                        "EndpointSpec",
                        spec),
                "Endpoint",
                endpoint);
    }

    private static Map<String, Object> port(PortPlan port) {
        return object(
                "Protocol",
                port.protocol(),
                "TargetPort",
                port.target(),
                "PublishedPort",
                port.published(),
                "PublishMode",
                port.host() ? "host" : "ingress");
    }

    private Map<String, Object> task(Service service, Task task) {
        List<Object> attachments = new ArrayList<>();
        for (Endpoint endpoint : task.endpoints().values()) {
            Network network = endpoint.network();
            attachments.add(object(
                    "Network",
                    object(
                            "ID",
                            network.id(),
                            "Spec",
                            object(
                                    "Name",
                                    network.name(),
                                    "Ingress",
                                    network.equals(swarm.ingress()),
                                    "Scope",
                                    "swarm"),
                            "DriverState",
                            object("Name", "overlay", "Options", NetworkInspection.options(network)),
                            "IPAMOptions",
                            object("Configs", List.of(NetworkInspection.addressing(network)))),
                    "Addresses",
                    List.of(NetworkInspection.withPrefix(endpoint.ip(), network))));
        }
        return object(
                "ID",
                task.id(),
                "Version",
                object("Index", 200 + task.slot()),
                "CreatedAt",
                since,
                "UpdatedAt",
                since,
                "ServiceID",
                service.id(),
                "Slot",
                task.slot(),
                "NodeID",
                task.node().id(),
                "Status",
                object(
                        "Timestamp",
                        since,
                        "State",
                        "running",
                        "ContainerStatus",
                        object("ContainerID", task.containerId())),
                "DesiredState",
                "running",
                "NetworksAttachments",
                attachments);
    }

    private Map<String, Object> container(Service service, Task task) {
        Map<String, Object> networks = new LinkedHashMap<>();
        task.endpoints()
                .forEach((name, endpoint) -> networks.put(
                        name,
                        object(
                                "IPAMConfig",
                                object("IPv4Address", endpoint.ip().toString()),
                                "Aliases",
                                List.of(task.hostName()),
                                "NetworkID",
                                endpoint.network().id(),
                                "EndpointID",
                                endpoint.id(),
                                "IPAddress",
                                endpoint.ip().toString(),
                                "IPPrefixLen",
                                endpoint.network().subnet().prefix(),
                                "MacAddress",
                                endpoint.mac().toString())));
        return object(
                "Id",
                task.containerId(),
                "Created",
                since,
                "State",
                object("Status", "running", "Running", true, "StartedAt", since, "FinishedAt", "0001-01-01T00:00:00Z"),
                "Name",
                "/" + task.name(),
                "Config",
                object(
                        "Hostname",
                        task.hostName(),
                        "Image",
                        service.name() + ":latest",
                        "Labels",
                        object(
                                "com.docker.swarm.node.id",
                                task.node().id(),
                                "com.docker.swarm.service.id",
                                service.id(),
                                "com.docker.swarm.service.name",
                                service.name(),
                                "com.docker.swarm.task",
                                "",
                                "com.docker.swarm.task.id",
                                task.id(),
                                "com.docker.swarm.task.name",
                                task.name())),
                "NetworkSettings",
                object("Networks", networks));
    }
}
