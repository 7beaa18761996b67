package dev.swarmlens.samples.truth;

import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Service;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.swarm.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code docker network inspect --verbose} would print on a node. */
final class NetworkInspection {
    private static final String VNI_OPTION = "com.docker.network.driver.overlay.vxlanid_list";

    private final Swarm swarm;
    private final String since;

    NetworkInspection(Swarm swarm, String since) {
        this.swarm = swarm;
        this.since = since;
    }

    /** A mapping that keeps its order. */
    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    static String withPrefix(Object address, Network network) {
        return address + "/" + network.subnet().prefix();
    }

    static Map<String, Object> addressing(Network network) {
        return object(
                "Subnet",
                network.subnet().toString(),
                "Gateway",
                network.subnet().address(1).toString());
    }

    static Map<String, Object> options(Network network) {
        Map<String, Object> options = object(VNI_OPTION, String.valueOf(network.vni()));
        if (network.encrypted()) {
            options.put("encrypted", "");
        }
        return options;
    }

    /** A network as one node sees it. */
    Map<String, Object> of(Network network, Node node) {
        Map<String, Object> attached = new LinkedHashMap<>();
        Map<String, Object> services = new LinkedHashMap<>();
        List<Object> balancers = new ArrayList<>();
        boolean ingress = network.equals(swarm.ingress());
        for (Endpoint endpoint : swarm.endpoints(network)) {
            if (endpoint.loadBalancer()) {
                if (ingress) {
                    balancers.add(known(endpoint));
                }
                if (endpoint.node().equals(node)) {
                    attached.put(ingress ? "ingress-sbox" : "lb-" + network.name(), attachment(endpoint));
                }
            }
        }
        if (ingress) {
            services.put("", object("VIP", "<nil>", "Ports", List.of(), "LocalLBIndex", 0, "Tasks", balancers));
        }
        for (Service service : swarm.services()) {
            List<Object> tasks = new ArrayList<>();
            for (Task task : service.tasks()) {
                Endpoint endpoint = task.in(network);
                if (endpoint != null) {
                    tasks.add(known(endpoint));
                    if (task.node().equals(node)) {
                        attached.put(task.containerId(), attachment(endpoint));
                    }
                }
            }
            if (!tasks.isEmpty()) {
                Object virtual = service.virtualAddresses().get(network.name());
                services.put(
                        service.name(),
                        object(
                                "VIP",
                                virtual == null ? "<nil>" : virtual.toString(),
                                "Ports",
                                ingress
                                        ? service.ports().stream()
                                                .map(port ->
                                                        "Target: " + port.target() + ", Publish: " + port.published())
                                                .toList()
                                        : List.of(),
                                "LocalLBIndex",
                                256,
                                "Tasks",
                                tasks));
            }
        }
        return object(
                "Name",
                network.name(),
                "Id",
                network.id(),
                "Created",
                since,
                "Scope",
                "swarm",
                "Driver",
                "overlay",
                "EnableIPv6",
                false,
                "IPAM",
                object("Driver", "default", "Options", null, "Config", List.of(addressing(network))),
                "Internal",
                false,
                "Attachable",
                false,
                "Ingress",
                ingress,
                "ConfigFrom",
                object("Network", ""),
                "ConfigOnly",
                false,
                "Containers",
                attached,
                "Options",
                options(network),
                "Labels",
                object(),
                "Peers",
                swarm.nodes().stream()
                        .filter(peer -> swarm.loadBalancer(network, peer) != null)
                        .map(peer -> object(
                                "Name",
                                peer.id().substring(0, 12),
                                "IP",
                                peer.address().toString()))
                        .toList(),
                "Services",
                services);
    }

    private static Map<String, Object> attachment(Endpoint endpoint) {
        return object(
                "Name",
                endpoint.name(),
                "EndpointID",
                endpoint.id(),
                "MacAddress",
                endpoint.mac().toString(),
                "IPv4Address",
                withPrefix(endpoint.ip(), endpoint.network()),
                "IPv6Address",
                "");
    }

    private static Map<String, Object> known(Endpoint endpoint) {
        return object(
                "Name",
                endpoint.name(),
                "EndpointID",
                endpoint.id(),
                "EndpointIP",
                endpoint.ip().toString(),
                "Info",
                object("Host IP", endpoint.node().address().toString()));
    }
}
