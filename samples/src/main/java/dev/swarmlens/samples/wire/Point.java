package dev.swarmlens.samples.wire;

import dev.swarmlens.samples.swarm.Node;

/**
 * Where frames are captured.
 *
 * @param index 0 upward
 * @param node whose clock stamps them
 * @param name {@code underlay}, {@code docker_gwbridge}, {@code ingress_sbox-eth0}, {@code ingress_sbox-eth1} or that of a
 *     container, such as {@code container-web.1}
 */
public record Point(int index, Node node, String name) {
    /** A node's interface to the other nodes and the clients. */
    public static final String UNDERLAY = "underlay";
}
