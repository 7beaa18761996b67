package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.EspTunnels;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What addresses and numbers are called: by the inventory, else by Docker's habits, which are then said to be assumed. */
public final class Names {
    /** The first VNI that a swarm hands out; it goes to the network of the routing mesh. */
    static final int ASSUMED_INGRESS_VNI = 4096;

    private static final String INGRESS = "ingress";

    private final Inventory inventory;
    private final Map<Vantage, Address> homes = new HashMap<>();
    /** The nodes whose underlay was captured. */
    private final Set<Address> captured = new HashSet<>();

    /** The networks of which encrypted packets were opened. */
    private final Set<Integer> opened = new HashSet<>();
    /** The nodes that sent encrypted packets which were not opened. */
    private final Set<Address> closed = new HashSet<>();

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
        Set<Vantage> seeNodes = vantages.stream()
                .filter(vantage -> Vantage.seesNodes(vantage.seen()))
                .collect(Collectors.toSet());
        for (Vantage vantage : vantages) {
            Address home = homes.get(vantage);
            // the only node of a swarm has no other to talk to
            boolean onUnderlay = seeNodes.isEmpty() ? home != null && vantage.sees(home) : seeNodes.contains(vantage);
            if (home != null && onUnderlay) {
                captured.add(home);
            }
        }
        vantages.forEach(this::lookThroughEncryption);
        takeHomesOfLabels(vantages, seeNodes);
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

    private void lookThroughEncryption(Vantage vantage) {
        Tunnels tunnels = vantage.seen().tunnels();
        for (int row = 0; row < tunnels.size(); row++) {
            if (tunnels.encrypted(row) > 0) {
                opened.add(tunnels.vni(row));
            }
        }
        EspTunnels esp = vantage.seen().espTunnels();
        for (int row = 0; row < esp.size(); row++) {
            if (esp.opened(row) < esp.packets(row)) {
                closed.add(esp.source(row));
            }
        }
    }

    /** What was captured inside a node does not tell which; another capture that the user calls the same may. */
    private void takeHomesOfLabels(List<Vantage> vantages, Set<Vantage> seeNodes) {
        Map<String, Set<Address>> homesOfLabel = new HashMap<>();
        homes.forEach((vantage, home) -> homesOfLabel
                .computeIfAbsent(vantage.node(), any -> new HashSet<>())
                .add(home));
        for (Vantage vantage : vantages) {
            Set<Address> ofLabel = homesOfLabel.getOrDefault(vantage.node(), Set.of());
            if (ofLabel.size() == 1 && !seeNodes.contains(vantage)) {
                homes.putIfAbsent(vantage, ofLabel.iterator().next());
            }
        }
    }

    /** The address that is written so; empty if none is. */
    public static Optional<Address> parse(String address) {
        try {
            return Optional.of(Address.of(address));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** What Docker and the kernels said. */
    public Inventory inventory() {
        return inventory;
    }

    /** The underlay address of the node on which a vantage lies, or {@code null}. */
    public Address home(Vantage vantage) {
        return homes.get(vantage);
    }

    /** Whether what the node with this underlay address sends to other nodes was captured there. */
    public boolean isCaptured(Address node) {
        return captured.contains(node);
    }

    /** Whether a capture shows what a node sends into a network: in clear, or encrypted and all of it opened. */
    public boolean seesTunnels(Address node, int vni) {
        boolean isEncrypted = network(vni).map(Network::encrypted).orElse(false);
        return isCaptured(node) && (!isEncrypted || opened.contains(vni) && !closed.contains(node));
    }

    /** The name of the node with an underlay address: the swarm's, else the user's word for the capture; or {@code null}. */
    public String node(Address address) {
        return inventory.nodeByAddress(address.toString()).map(Node::hostname).orElse(labels.get(address));
    }

    /** The network with a VNI, by the inventory. */
    public Optional<Network> network(int vni) {
        return inventory.networkByVni(vni);
    }

    /** The name of the network with a VNI, by the inventory or assumed; or {@code null}. */
    public String networkName(int vni) {
        return network(vni).map(Network::name).orElse(isAssumedIngress(vni) ? INGRESS : null);
    }

    Report.Source networkNameSource(int vni) {
        if (network(vni).isPresent()) {
            return Report.Source.INVENTORY;
        }
        return isAssumedIngress(vni) ? Report.Source.ASSUMED : Report.Source.UNKNOWN;
    }

    /** Whether a VNI is the routing mesh's, by the inventory or by its number. */
    public boolean isIngress(int vni) {
        return network(vni).map(Network::ingress).orElse(isAssumedIngress(vni));
    }

    private boolean isAssumedIngress(int vni) {
        return vni == ASSUMED_INGRESS_VNI && inventory.ingressNetwork().isEmpty();
    }

    /** The endpoint with an address in a network, by the inventory. */
    public Optional<Endpoint> endpoint(int vni, Address ip) {
        return inventory.endpoint(vni, ip.toString());
    }
}
