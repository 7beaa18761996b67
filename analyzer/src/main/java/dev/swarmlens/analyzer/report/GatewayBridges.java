package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.List;

/** The subnets of docker_gwbridge, by which containers leave their node: by the inventory, else what Docker gives it. */
final class GatewayBridges {
    /** The name of the bridge, and of its network. */
    static final String NAME = "docker_gwbridge";

    /** What Docker gives the bridge unless told otherwise. */
    private static final Subnet ASSUMED = Subnet.of("172.18.0.0/16");

    private record Subnet(long bits, int prefixLength) {
        static Subnet of(String cidr) {
            int slash = cidr.indexOf('/');
            return new Subnet(Address.of(cidr.substring(0, slash)).low(), Integer.parseInt(cidr.substring(slash + 1)));
        }

        boolean contains(Address address) {
            return address.isIpv4() && (address.low() ^ bits) >>> Integer.SIZE - prefixLength == 0;
        }
    }

    private final List<Subnet> subnets;

    GatewayBridges(Inventory inventory) {
        List<Subnet> known = inventory.networks().stream()
                .filter(network -> network.name().equals(NAME))
                .flatMap(network -> network.subnets().stream())
                .filter(subnet -> subnet.indexOf(':') < 0)
                .distinct()
                .map(Subnet::of)
                .toList();
        subnets = known.isEmpty() ? List.of(ASSUMED) : known;
    }

    boolean contains(Address address) {
        return subnets.stream().anyMatch(subnet -> subnet.contains(address));
    }
}
