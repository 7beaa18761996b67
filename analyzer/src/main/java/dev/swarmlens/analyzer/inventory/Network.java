package dev.swarmlens.analyzer.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Docker network. An overlay has one VNI a subnet: {@code vnis} and {@code subnets} pair up in order.
 *
 * @param id the network's whole identifier
 * @param name its name, unique among the networks of the swarm but not among those of several nodes
 * @param driver {@code overlay}, {@code bridge}, {@code host} …
 * @param scope {@code swarm} or {@code local}
 * @param ingress whether this is the routing mesh's network
 * @param encrypted whether the overlay leaves its nodes inside ESP
 * @param subnets in CIDR notation
 * @param gateways one a subnet, in the same order; missing where Docker gives none
 * @param vnis VXLAN network identifiers, one a subnet, empty if this is no overlay
 * @param peers underlay addresses of the nodes that take part, sorted
 * @param created when the network was made, if known
 */
public record Network(
        String id,
        String name,
        String driver,
        String scope,
        boolean ingress,
        boolean encrypted,
        List<String> subnets,
        List<String> gateways,
        List<Integer> vnis,
        List<String> peers,
        Optional<Instant> created) {

    /** Copies the lists. */
    public Network {
        subnets = List.copyOf(subnets);
        gateways = List.copyOf(gateways);
        vnis = List.copyOf(vnis);
        peers = List.copyOf(peers);
    }

    /** Returns the subnet, in CIDR notation, whose packets carry this VNI; empty if the network has no such VNI. */
    public Optional<String> subnetOf(int vni) {
        int position = vnis.indexOf(vni);
        return position >= 0 && position < subnets.size() ? Optional.of(subnets.get(position)) : Optional.empty();
    }
}
