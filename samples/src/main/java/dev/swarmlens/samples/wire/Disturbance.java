package dev.swarmlens.samples.wire;

import dev.swarmlens.samples.swarm.Node;

/** What may happen to datagrams on their way. */
public interface Disturbance {
    /** Has its way with a datagram that goes through a tunnel. */
    default void cross(Crossing crossing) {}

    /**
     * The number of the fault by which a datagram is lost that a node sends to another outside of tunnels.
     *
     * @return {@link Crossing#HEALTHY} if it arrives
     */
    default int losesOnUnderlay(Node from, Node to, Datagram datagram, long nanos) {
        return Crossing.HEALTHY;
    }

    /** Whether a node does not know whom a frame is for, so that it is never sent. */
    default boolean isUnknown(Leg leg, long nanos) {
        return false;
    }

    /** Whether a node is dead. */
    default boolean isDown(Node node, long nanos) {
        return false;
    }
}
