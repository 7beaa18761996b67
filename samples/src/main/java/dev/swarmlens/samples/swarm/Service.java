package dev.swarmlens.samples.swarm;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.samples.scenario.Scenario.PortPlan;
import java.util.List;
import java.util.Map;

/**
 * A service.
 *
 * @param id as Docker names it
 * @param virtualAddresses by the names of the networks; none if its name means its tasks
 */
public record Service(
        String name,
        String id,
        List<PortPlan> ports,
        boolean dnsRoundRobin,
        Map<String, Ipv4Address> virtualAddresses,
        List<Task> tasks) {}
