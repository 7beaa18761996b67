package dev.swarmlens.analyzer.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run of a replica.
 *
 * @param id the task's identifier
 * @param name {@code service.slot.id}, or {@code service.node.id} for a global service; also its container's name.
 *     {@code ""} if no file names the service
 * @param serviceId the service it belongs to
 * @param slot the replica's number, from 1; empty for the tasks of a global service
 * @param nodeId the node it runs on
 * @param containerId its container
 * @param desiredState where the swarm wants it: {@code running}, {@code shutdown} …
 * @param state where it is: {@code running}, {@code starting}, {@code failed} …
 * @param addresses its addresses on each network, by network identifier
 * @param created when the task was made, if known
 */
public record Task(
        String id,
        String name,
        String serviceId,
        OptionalInt slot,
        String nodeId,
        String containerId,
        String desiredState,
        String state,
        Map<String, List<String>> addresses,
        Optional<Instant> created) {

    private static final String RUNNING = "running";

    /** Copies the addresses. */
    public Task {
        addresses = Map.copyOf(addresses);
    }

    /** Returns whether the task runs. */
    public boolean running() {
        return state.equals(RUNNING);
    }

    Task named(String taskName) {
        return new Task(id, taskName, serviceId, slot, nodeId, containerId, desiredState, state, addresses, created);
    }
}
