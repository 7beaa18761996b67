package dev.swarmlens.analyzer.inventory;

/**
 * A member of the swarm.
 *
 * @param id the node's identifier
 * @param hostname the name it reported when it joined
 * @param address the address it is known by in the swarm, without port; the address of its VXLAN packets may be another
 *     one where the data path has an interface of its own
 * @param role {@code manager} or {@code worker}
 * @param state {@code ready}, {@code down} …
 */
public record Node(String id, String hostname, String address, String role, String state) {}
