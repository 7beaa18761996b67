package dev.swarmlens.samples.swarm;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;

/**
 * An address in an overlay, and who has it.
 *
 * @param id as Docker names it
 * @param name the task's, or that of the load balancer
 * @param loadBalancer whether it is a node's load balancer in this network
 * @param node where it is when all begins
 */
public record Endpoint(String id, String name, boolean loadBalancer, Network network, Ipv4Address ip, Node node) {
    /** Docker makes it of the address. */
    public MacAddress mac() {
        return MacAddress.ofOverlayEndpoint(ip);
    }
}
