package dev.swarmlens.samples.swarm;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;

/**
 * A machine of the swarm.
 *
 * @param index 0 for the manager
 * @param id as Docker names it
 * @param address on the underlay, and of its VTEP
 * @param mac of its underlay interface
 * @param gatewayMac of its docker_gwbridge
 * @param clockNanos by how much its clock is ahead
 */
public record Node(
        int index,
        String name,
        String id,
        Ipv4Address address,
        MacAddress mac,
        MacAddress gatewayMac,
        long clockNanos) {
    /** The address of each node's docker_gwbridge. */
    public static final Ipv4Address GATEWAY = Ipv4Address.of("172.18.0.1");

    /** The address of each node's ingress sandbox on docker_gwbridge. */
    public static final Ipv4Address INGRESS_SANDBOX = Ipv4Address.of("172.18.0.2");
}
