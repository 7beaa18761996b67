package dev.swarmlens.analyzer.inventory;

import static dev.swarmlens.analyzer.inventory.Fields.address;
import static dev.swarmlens.analyzer.inventory.Fields.at;
import static dev.swarmlens.analyzer.inventory.Fields.each;
import static dev.swarmlens.analyzer.inventory.Fields.firstKnown;
import static dev.swarmlens.analyzer.inventory.Fields.later;
import static dev.swarmlens.analyzer.inventory.Fields.text;
import static dev.swarmlens.analyzer.inventory.Fields.time;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects from networks, containers and tasks who has which address. */
final class ClaimReader {

    private static final String INGRESS_SANDBOX = "ingress-sbox";
    private static final String LOAD_BALANCER_PREFIX = "lb-";
    private static final String LOAD_BALANCER_ENDPOINT_SUFFIX = "-endpoint";
    private static final String SWARM_LABEL = "com.docker.swarm.";
    private static final int PARTS_OF_TASK_NAME = 3;

    private final List<Claim> claims = new ArrayList<>();
    private int listings;

    List<Claim> claims() {
        return claims;
    }

    /** {@code docker network inspect}: what is attached on this node, and with {@code -v} everywhere, by service. */
    void fromNetwork(JsonNode network) {
        String networkId = text(network, "Id");
        int listing = listings++;
        at(network, "Containers").properties().forEach(attached -> {
            String key = attached.getKey();
            boolean loadBalancer = key.equals(INGRESS_SANDBOX) || key.startsWith(LOAD_BALANCER_PREFIX);
            for (String family : List.of("IPv4Address", "IPv6Address")) {
                Claim claim = add(networkId, address(attached.getValue(), family));
                claim.mac = mac(attached.getValue());
                claim.loadBalancer = loadBalancer;
                claim.containerId = loadBalancer ? "" : key;
                claim.listings.add(listing);
                name(claim, text(attached.getValue(), "Name"));
            }
        });
        String loadBalancerName = text(network, "Name") + LOAD_BALANCER_ENDPOINT_SUFFIX;
        at(network, "Services").properties().forEach(service -> {
            for (JsonNode task : each(service.getValue(), "Tasks")) {
                Claim claim = add(networkId, address(task, "EndpointIP"));
                name(claim, text(task, "Name"));
                claim.serviceName = service.getKey();
                claim.loadBalancer = service.getKey().isEmpty() && claim.name.equals(loadBalancerName);
                claim.nodeAddress = address(task, "Info", "Host IP");
            }
        });
    }

    /** {@code docker container inspect}, or one element of the API's container list. */
    void fromContainer(JsonNode container) {
        JsonNode configured = at(container, "Config", "Labels");
        JsonNode labels = configured.isObject() ? configured : at(container, "Labels");
        String name = text(container, "Name");
        if (name.isEmpty()) {
            name = each(container, "Names").stream()
                    .map(Fields::text)
                    .findFirst()
                    .orElse("");
        }
        for (JsonNode attachment : each(container, "NetworkSettings", "Networks")) {
            // A stopped container has lost its address; the swarm's wish for it is still there.
            String ip = firstKnown(address(attachment, "IPAddress"), address(attachment, "IPAMConfig", "IPv4Address"));
            for (String each : List.of(ip, address(attachment, "GlobalIPv6Address"))) {
                Claim claim = add(text(attachment, "NetworkID"), each);
                claim.mac = mac(attachment);
                claim.containerId = text(container, "Id");
                claim.serviceName = text(labels, SWARM_LABEL + "service.name");
                claim.nodeId = text(labels, SWARM_LABEL + "node.id");
                claim.since = time(container, "State", "StartedAt").or(() -> time(container, "Created"));
                claim.alive(
                        running(container),
                        later(time(container, "State", "StartedAt"), time(container, "State", "FinishedAt")));
                name(claim, name.startsWith("/") ? name.substring(1) : name);
                claim.taskId = firstKnown(text(labels, SWARM_LABEL + "task.id"), claim.taskId);
            }
        }
    }

    /** A task whose name is known by now, and its service's name if that is known. */
    void fromTask(Task task, String serviceName, Map<String, List<String>> addresses, JsonNode json) {
        addresses.forEach((networkId, ips) -> {
            for (String ip : ips) {
                Claim claim = add(networkId, ip);
                name(claim, task.name());
                claim.taskId = task.id();
                claim.containerId = task.containerId();
                claim.serviceName = serviceName;
                claim.nodeId = task.nodeId();
                claim.since = task.created();
                claim.alive(task.running(), time(json, "Status", "Timestamp"));
            }
        });
    }

    private Claim add(String networkId, String ip) {
        Claim claim = new Claim(networkId, ip);
        if (!networkId.isEmpty() && !ip.isEmpty()) {
            claims.add(claim);
        }
        return claim;
    }

    private static void name(Claim claim, String name) {
        claim.name = name;
        String[] parts = name.split("\\.", -1);
        if (parts.length >= PARTS_OF_TASK_NAME) {
            claim.taskId = parts[parts.length - 1];
        }
    }

    private static String mac(JsonNode json) {
        return text(json, "MacAddress").toLowerCase(Locale.ROOT);
    }

    private static boolean running(JsonNode container) {
        JsonNode state = at(container, "State");
        return state.isTextual()
                ? state.asText().equals("running")
                : at(state, "Running").asBoolean(false);
    }
}
