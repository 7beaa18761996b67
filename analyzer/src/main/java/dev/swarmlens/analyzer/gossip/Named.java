package dev.swarmlens.analyzer.gossip;

import java.util.List;

/**
 * A row of the endpoint table: what an address is called.
 *
 * @param name the task's name
 * @param service the service's name; empty for a container that is of none
 * @param virtualIp the service's address in the network; empty if there is none
 * @param ip the address
 * @param ports the ports that the service publishes
 * @param aliases by what other names the service is found
 */
public record Named(String name, String service, String virtualIp, String ip, List<Port> ports, List<String> aliases) {
    /**
     * A published port.
     *
     * @param protocol {@code tcp}, {@code udp} or {@code sctp}
     * @param target the port in the container
     * @param published the port on nodes
     */
    public record Port(String protocol, int target, int published) {}
}
