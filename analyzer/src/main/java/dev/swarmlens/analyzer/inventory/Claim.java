package dev.swarmlens.analyzer.inventory;

import static dev.swarmlens.analyzer.inventory.Fields.firstKnown;
import static dev.swarmlens.analyzer.inventory.Fields.later;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one place of one file says about one address: a piece of an {@link Endpoint}. Claims that name the same owner are
 * joined into one.
 */
final class Claim {

    final String networkId;
    final String ip;

    String mac = "";
    String name = "";
    String taskId = "";
    String containerId = "";
    String serviceName = "";
    String nodeId = "";
    String nodeAddress = "";
    boolean loadBalancer;
    Optional<Instant> since = Optional.empty();

    /**
     * Numbers of the network inspects whose {@code Containers} list this address. Such a list holds what is on the node
     * that printed it, so all its members share a node.
     */
    final Set<Integer> listings = new HashSet<>();

    private Optional<Boolean> alive = Optional.empty();
    private Instant asOf = Instant.MIN;

    Claim(String networkId, String ip) {
        this.networkId = networkId;
        this.ip = ip;
    }

    /** Says outright whether the owner ran, and when that was true. */
    Claim alive(boolean running, Optional<Instant> when) {
        alive = Optional.of(running);
        asOf = when.orElse(Instant.EPOCH);
        return this;
    }

    boolean sameOwner(Claim other) {
        return same(containerId, other.containerId)
                || same(taskId, other.taskId)
                // Only tasks' names are unique in a swarm: two nodes may each have a plain container "web".
                || (same(name, other.name) && !differ(containerId, other.containerId));
    }

    /** Takes over what only the other claim knows. Where both know and differ, this one stands. */
    void join(Claim other) {
        mac = firstKnown(mac, other.mac);
        name = firstKnown(name, other.name);
        taskId = firstKnown(taskId, other.taskId);
        containerId = firstKnown(containerId, other.containerId);
        serviceName = firstKnown(serviceName, other.serviceName);
        nodeId = firstKnown(nodeId, other.nodeId);
        nodeAddress = firstKnown(nodeAddress, other.nodeAddress);
        loadBalancer |= other.loadBalancer;
        since = later(since, other.since);
        listings.addAll(other.listings);
        if (other.asOf.isAfter(asOf)) {
            alive = other.alive;
            asOf = other.asOf;
        } else if (other.asOf.equals(asOf) && other.alive.orElse(false)) {
            alive = other.alive;
        }
    }

    /** An address that is merely listed is taken for alive. */
    Endpoint toEndpoint() {
        Endpoint.Kind kind = loadBalancer ? Endpoint.Kind.LOAD_BALANCER : Endpoint.Kind.CONTAINER;
        return new Endpoint(
                networkId,
                ip,
                mac,
                name,
                kind,
                containerId,
                serviceName,
                nodeId,
                nodeAddress,
                alive.orElse(true),
                since);
    }

    private static boolean same(String one, String other) {
        return !one.isEmpty() && one.equals(other);
    }

    private static boolean differ(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }
}
