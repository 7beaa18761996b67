package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Addresses that are another one's of a node: overlay addresses are sent from both, with the same outer MAC address, and nobody
 * sends VXLAN to the other one. The MAC address alone would not do, for behind a router all nodes have the same.
 */
public final class Aliases {
    private final Map<Alias, Set<String>> aliases = new TreeMap<>();
    /** The node of each that belongs to one alone. */
    private final Map<Address, Address> nodes = new HashMap<>();

    /**
     * An address that nobody sends VXLAN to.
     *
     * @param source the address
     * @param node the address by which the others know the node
     */
    public record Alias(Address source, Address node) implements Comparable<Alias> {
        @Override
        public int compareTo(Alias other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : node.compareTo(other.node);
        }
    }

    private Aliases() {}

    /**
     * Finds them.
     *
     * @param endpoints the overlay addresses, and who claimed them
     */
    public static Aliases of(List<Vantage> vantages, List<Report.Endpoint> endpoints) {
        Aliases found = new Aliases();
        Set<Address> receivers = new HashSet<>();
        Map<Address, Set<Long>> macs = new HashMap<>();
        for (Vantage vantage : vantages) {
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                receivers.add(tunnels.destination(row));
                if (tunnels.mac(row) != 0) {
                    macs.computeIfAbsent(tunnels.source(row), any -> new HashSet<>())
                            .add(tunnels.mac(row));
                }
            }
        }
        for (Report.Endpoint endpoint : endpoints) {
            for (Report.Claim odd : endpoint.claims()) {
                Address source = Address.of(odd.vtep());
                if (receivers.contains(source)) {
                    continue;
                }
                for (Report.Claim usual : endpoint.claims()) {
                    Address node = Address.of(usual.vtep());
                    if (receivers.contains(node)
                            && !Collections.disjoint(
                                    macs.getOrDefault(source, Set.of()), macs.getOrDefault(node, Set.of()))) {
                        found.aliases
                                .computeIfAbsent(new Alias(source, node), any -> new TreeSet<>())
                                .add(endpoint.vni() + " " + endpoint.ip());
                    }
                }
            }
        }
        Set<Address> ambiguous = new HashSet<>();
        for (Alias alias : found.aliases.keySet()) {
            if (found.nodes.put(alias.source(), alias.node()) != null) {
                ambiguous.add(alias.source());
            }
        }
        found.nodes.keySet().removeAll(ambiguous);
        return found;
    }

    /** All of them, and of each the overlay addresses that were sent from both: VNI, a blank, and the address. */
    public Map<Alias, Set<String>> all() {
        return Collections.unmodifiableMap(aliases);
    }

    /** The address by which a node is known that sends from a tunnel endpoint; {@code null} for {@code null}. */
    Address node(Address vtep) {
        return nodes.isEmpty() || vtep == null ? vtep : nodes.getOrDefault(vtep, vtep);
    }
}
