package dev.swarmlens.analyzer.inventory;

import java.util.List;
import java.util.Map;

/**
 * A service.
 *
 * @param id the service's identifier
 * @param name its name
 * @param endpointMode {@code vip} or {@code dnsrr}
 * @param ports what it publishes; all of them share one round-robin wheel on each entry node
 * @param virtualIps its virtual address on each network, by network identifier
 */
public record Service(
        String id, String name, String endpointMode, List<PublishedPort> ports, Map<String, String> virtualIps) {

    /** Copies the lists. */
    public Service {
        ports = List.copyOf(ports);
        virtualIps = Map.copyOf(virtualIps);
    }
}
