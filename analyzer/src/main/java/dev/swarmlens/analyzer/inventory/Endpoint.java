package dev.swarmlens.analyzer.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * An address on a network and who has, or had, it.
 *
 * @param networkId the network
 * @param ip the address on it
 * @param mac its MAC, lower case with colons; {@code ""} where only a task's JSON tells of this endpoint
 * @param name the container's name (for a task {@code service.slot.task}), or Docker's name of the load balancer's
 *     endpoint
 * @param kind what it is
 * @param containerId the container, {@code ""} for a load balancer
 * @param serviceName the service of the container, {@code ""} if it belongs to none
 * @param nodeId the node it is on
 * @param nodeAddress the underlay address of that node: where its VXLAN packets should come from
 * @param running whether it was alive when the files were printed
 * @param since when its container started, or else when its task was made
 */
public record Endpoint(
        String networkId,
        String ip,
        String mac,
        String name,
        Kind kind,
        String containerId,
        String serviceName,
        String nodeId,
        String nodeAddress,
        boolean running,
        Optional<Instant> since) {

    /** What answers at an address. */
    public enum Kind {
        /** A container, of a service or not. */
        CONTAINER,
        /** A node's own sandbox, in whose name it forwards to the tasks of services. */
        LOAD_BALANCER
    }

    Endpoint on(String id, String address) {
        return new Endpoint(networkId, ip, mac, name, kind, containerId, serviceName, id, address, running, since);
    }
}
