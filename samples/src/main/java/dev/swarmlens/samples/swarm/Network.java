package dev.swarmlens.samples.swarm;

import dev.swarmlens.samples.scenario.Subnet;

/**
 * An overlay.
 *
 * @param id as Docker names it
 * @param vni one for each subnet, which is one for each network here
 * @param encrypted whether its frames leave a node inside of ESP
 * @param mtu of an IP packet inside
 */
public record Network(String name, String id, int vni, Subnet subnet, boolean encrypted, int mtu) {}
