package dev.swarmlens.analyzer.kernel;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a forwarding table, as {@code bridge fdb} prints it.
 *
 * @param mac the destination, lower case with colons
 * @param device the device that frames to it leave by
 * @param bridge the bridge that the device belongs to, {@code ""} if the entry is the device's own
 * @param vtep the node that a vxlan device sends frames to it to, {@code ""} if the device is none
 * @param permanent whether someone set it, rather than a frame having taught it
 * @param at when the table was read, if known
 */
public record Forwarding(
        String mac, String device, String bridge, String vtep, boolean permanent, Optional<Instant> at) {

    /** Whether a frame from this MAC came in by a bridge's port, which teaches the bridge where it is. */
    public boolean isLearned() {
        return !permanent && vtep.isEmpty() && !bridge.isEmpty();
    }
}
