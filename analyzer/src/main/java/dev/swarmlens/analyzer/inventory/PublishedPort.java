package dev.swarmlens.analyzer.inventory;

/**
 * A port that a service publishes.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param target the port in the container
 * @param published the port that clients ask; in {@link Mode#INGRESS} this one, not the target, is in VXLAN packets
 * @param mode who answers on it
 */
public record PublishedPort(String protocol, int target, int published, Mode mode) {

    /** Which nodes answer on a published port. */
    public enum Mode {
        /** Every node, through the routing mesh. */
        INGRESS,
        /** Only the nodes that run a task, without the routing mesh. */
        HOST
    }
}
