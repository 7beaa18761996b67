package dev.swarmlens.samples.wire;

import dev.swarmlens.samples.swarm.Node;

/** What may happen to datagrams on their way. */
public interface Disturbance {
    /** Has its way with a datagram that goes through a tunnel. */
    default void cross(Crossing crossing) {}

    /** Whether a node is dead. */
    default boolean isDown(Node node, long nanos) {
        return false;
    }
}
