package dev.swarmlens.samples.traffic;

import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Task;

/** What faults make of tasks and connections; nothing, if there are none. */
public interface Troubles {
    /** No fault. */
    int NONE = -1;

    /** Where a task runs then. */
    default Node whereIs(Task task, long nanos) {
        return task.node();
    }

    /** Whether load balancers have forgotten a task by then. */
    default boolean isForgotten(Task task, long nanos) {
        return false;
    }

    /** The number of the fault by which a task says nothing to who connects, {@link #NONE} if it does. */
    default int silent(Task task, long nanos) {
        return NONE;
    }

    /** Whether a task that is silent has a kernel that refuses connections in its stead. */
    default boolean refuses(Task task, long nanos) {
        return false;
    }

    /** The number of the fault by which clients use their ports again too soon, {@link #NONE} if they do not. */
    default int reuse(long nanos) {
        return NONE;
    }

    /** The number of the fault by which a node has no part in gossip and overlays, {@link #NONE} if it has. */
    default int apart(Node node, long nanos) {
        return NONE;
    }

    /** How many times as many requests as usual a connection with a task has. */
    default int load(Task task, long nanos) {
        return 1;
    }

    /** The number of the fault by which a connection is left idle for so long that it is forgotten. */
    default int idle(long nanos) {
        return NONE;
    }

    /** For how long. */
    default long idleNanos() {
        return 0;
    }

    /** The number of the fault by which clients come to a node over IPv6, and hang; {@link #NONE} if they do not. */
    default int hangs(Node node, long nanos) {
        return NONE;
    }

    /** The number of the fault by which the swarm's state is longer than nodes take, {@link #NONE} if it is not. */
    default int overgrown(long nanos) {
        return NONE;
    }

    /** How long it is then, in bytes. */
    default long overgrownLength() {
        return 0;
    }
}
