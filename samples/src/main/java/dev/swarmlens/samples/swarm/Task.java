package dev.swarmlens.samples.swarm;

import dev.swarmlens.codecs.Ipv4Address;
import java.util.Map;

/**
 * A replica of a service.
 *
 * @param slot 1 upward
 * @param id as Docker names it
 * @param containerId 64 hexadecimal digits
 * @param node where it runs when all begins
 * @param bridgeAddress its address on docker_gwbridge
 * @param endpoints its addresses, by the names of the networks
 */
public record Task(
        String service,
        int slot,
        String id,
        String containerId,
        Node node,
        Ipv4Address bridgeAddress,
        Map<String, Endpoint> endpoints) {
    private static final int HOST_NAME = 12;

    /** How scenarios call it, such as {@code web.2}. */
    public String shortName() {
        return service + "." + slot;
    }

    /** How Docker calls it. */
    public String name() {
        return shortName() + "." + id;
    }

    /** The beginning of its container's identifier, which is what the container calls itself. */
    public String hostName() {
        return containerId.substring(0, HOST_NAME);
    }

    /** Its address in a network that it is attached to. */
    public Endpoint in(Network network) {
        return endpoints.get(network.name());
    }
}
