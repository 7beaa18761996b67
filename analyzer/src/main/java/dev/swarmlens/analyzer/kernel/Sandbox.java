package dev.swarmlens.analyzer.kernel;

import java.util.List;
import java.util.Map;

/**
 * The tables of one network namespace.
 *
 * @param name what Docker calls it: {@code 1-} and ten letters of the network's identifier for an overlay's,
 *     {@code ingress_sbox}, {@code lb_} and nine letters for an overlay's load balancer
 * @param vnis the VNI of each vxlan device
 * @param forwarding the forwarding tables
 * @param neighbours the neighbour tables
 * @param counters IPVS' counters
 * @param marks marks of published ports
 */
public record Sandbox(
        String name,
        Map<String, Integer> vnis,
        List<Forwarding> forwarding,
        List<Neighbour> neighbours,
        List<BackendCounter> counters,
        List<PortMark> marks) {

    /** The namespace in which a node balances the routing mesh's connections. */
    public static final String INGRESS = "ingress_sbox";

    /** What the names of the namespaces begin with in which a node balances the connections of an overlay's services. */
    public static final String OVERLAY_PREFIX = "lb_";

    /** How many letters of the overlay's identifier follow. */
    public static final int OVERLAY_DIGITS = 9;

    /** Copies what it is given. */
    public Sandbox {
        vnis = Map.copyOf(vnis);
        forwarding = List.copyOf(forwarding);
        neighbours = List.copyOf(neighbours);
        counters = List.copyOf(counters);
        marks = List.copyOf(marks);
    }
}
