package dev.swarmlens.capture;

import java.util.Objects;

/**
 * Where frames were captured: a machine, and one of its interfaces if that is known.
 *
 * @param node the machine, in whatever name the user gave it; never null
 * @param interfaceName the interface, for example {@code eth1}; null if the capture does not say
 */
public record CapturePoint(String node, String interfaceName) {
    /**
     * Checks that the node has a name.
     *
     * @throws NullPointerException if {@code node} is null
     */
    public CapturePoint {
        Objects.requireNonNull(node, "node");
    }

    @Override
    public String toString() {
        return interfaceName == null ? node : node + "/" + interfaceName;
    }
}
