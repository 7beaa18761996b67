package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What addresses and numbers are called: by the inventory, else by Docker's habits, which are then said to be assumed. */
final class Names {
    /** The first VNI that a swarm hands out; it goes to the network of the routing mesh. */
    static final int ASSUMED_INGRESS_VNI = 4096;

    private static final String INGRESS = "ingress";

    private final Inventory inventory;
    private final Map<Vantage, Address> homes = new HashMap<>();
    private final Map<Address, String> labels = new HashMap<>();

    Names(Inventory inventory, List<Vantage> vantages) {
        this.inventory = inventory;
        for (Vantage vantage : vantages) {
            Address home = inventory
                    .nodeByName(vantage.node())
                    .map(Node::address)
                    .flatMap(Names::parse)
                    .orElseGet(vantage::home);
            if (home != null) {
                homes.put(vantage, home);
            }
        }
        homes.forEach((vantage, home) -> {
            // one file of several nodes' interfaces is named after none of them
            boolean ofOneNode = homes.entrySet().stream()
                    .allMatch(entry -> !entry.getKey().node().equals(vantage.node())
                            || entry.getValue().equals(home));
            if (ofOneNode) {
                labels.merge(home, vantage.node(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
        });
    }

    static Optional<Address> parse(String address) {
        try {
            return Optional.of(Address.of(address));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    Inventory inventory() {
        return inventory;
    }

    /** The underlay address of the node on which a vantage lies, or {@code null}. */
    Address home(Vantage vantage) {
        return homes.get(vantage);
    }

    /** Whether a capture was taken on the node with this underlay address. */
    boolean isCaptured(Address node) {
        return homes.containsValue(node);
    }

    /** The name of the node with an underlay address: the swarm's, else the user's word for the capture; or {@code null}. */
    String node(Address address) {
        return inventory.nodeByAddress(address.toString()).map(Node::hostname).orElse(labels.get(address));
    }

    Optional<Network> network(int vni) {
        return inventory.networkByVni(vni);
    }

    String networkName(int vni) {
        return network(vni).map(Network::name).orElse(isAssumedIngress(vni) ? INGRESS : null);
    }

    Report.Source networkNameSource(int vni) {
        if (network(vni).isPresent()) {
            return Report.Source.INVENTORY;
        }
        return isAssumedIngress(vni) ? Report.Source.ASSUMED : Report.Source.UNKNOWN;
    }

    /** Whether a VNI is the routing mesh's, by the inventory or by its number. */
    boolean isIngress(int vni) {
        return network(vni).map(Network::ingress).orElse(isAssumedIngress(vni));
    }

    private boolean isAssumedIngress(int vni) {
        return vni == ASSUMED_INGRESS_VNI && inventory.ingressNetwork().isEmpty();
    }

    Optional<Endpoint> endpoint(int vni, Address ip) {
        return inventory.endpoint(vni, ip.toString());
    }
}
