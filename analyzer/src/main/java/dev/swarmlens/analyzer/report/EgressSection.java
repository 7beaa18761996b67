package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.analyzer.summary.KeyedRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What left the swarm, of the report. On docker_gwbridge a packet still has the container's address. On the underlay it has its
 * node's, as has what the node itself sends; a connection seen at both is told once, as the container's.
 */
final class EgressSection {
    private static final int MULTICAST_AND_UP = 224;

    private static final Comparator<Report.Egress> MOST_FIRST = Comparator.comparingLong(
                    (Report.Egress egress) -> -egress.connections())
            .thenComparing(Comparator.comparingLong((Report.Egress egress) -> -egress.bytes()))
            .thenComparing(egress -> egress.key());

    /** A connection without who began it from which address: what masquerading leaves as it was. */
    private record Rest(String protocol, Integer sourcePort, Report.Socket to) {
        static Rest of(Report.Flow flow) {
            return new Rest(flow.protocol(), flow.initiator().port(), flow.responder());
        }
    }

    private final Names names;
    private final List<Vantage> vantages;
    private final GatewayBridges bridges;
    private final Set<Address> nodes = new HashSet<>();
    private final Map<Report.Egress.Key, Report.Egress> egress = new TreeMap<>();
    private final Set<Rest> ofContainers = new HashSet<>();

    EgressSection(Names names, List<Vantage> vantages, Collection<Tunnel> tunnels) {
        this.names = names;
        this.vantages = vantages;
        Inventory inventory = names.inventory();
        bridges = new GatewayBridges(inventory);
        tunnels.forEach(tunnel -> nodes.addAll(List.of(tunnel.source(), tunnel.destination())));
        inventory.nodes().forEach(node -> Names.parse(node.address()).ifPresent(nodes::add));
        for (Vantage vantage : vantages) {
            addGossiping(vantage.seen().flows().conversations());
        }
        vantages.stream()
                .collect(Collectors.groupingBy(Vantage::node, TreeMap::new, Collectors.toList()))
                .forEach(this::leaveBridges);
        leaveNodes();
    }

    private void addGossiping(Conversations conversations) {
        for (int row = 0; row < conversations.size(); row++) {
            if (conversations.isLatest(row) && Vantage.isAmongNodes(conversations, row)) {
                nodes.add(conversations.address(row, 0));
                nodes.add(conversations.address(row, 1));
            }
        }
    }

    private boolean isOutside(Address address) {
        boolean unicast = !address.isIpv4() || (address.low() >>> 24 & 0xff) < MULTICAST_AND_UP;
        return unicast && !nodes.contains(address) && !bridges.contains(address);
    }

    /** Bridges of several nodes have the same addresses, so each node's captures are looked at alone. */
    private void leaveBridges(String node, List<Vantage> ofNode) {
        for (Report.Flow flow : flows(ofNode, bridges::contains)) {
            ofContainers.add(Rest.of(flow));
            String container = container(node, flow.initiator().ip());
            add(flow, Report.Via.DOCKER_GWBRIDGE, node, container);
        }
    }

    private void leaveNodes() {
        for (Report.Flow flow : flows(vantages, nodes::contains)) {
            if (!ofContainers.contains(Rest.of(flow))) {
                add(
                        flow,
                        Report.Via.UNDERLAY,
                        names.node(Address.of(flow.initiator().ip())),
                        null);
            }
        }
    }

    private interface Origin {
        boolean contains(Address address);
    }

    /** The flows to the outside that some addresses began. */
    private List<Report.Flow> flows(List<Vantage> where, Origin origin) {
        KeyedRows keys = new KeyedRows(Flows.KEY, Flows.KEY);
        long[] key = new long[Flows.KEY];
        for (Vantage vantage : where) {
            Conversations conversations = vantage.seen().flows().conversations();
            for (int row = 0; row < conversations.size(); row++) {
                if (conversations.isLatest(row) && conversations.vni(row) == Sighting.UNDERLAY) {
                    int initiator = Talk.initiator(conversations, row);
                    if (origin.contains(conversations.address(row, initiator))
                            && isOutside(conversations.address(row, 1 - initiator))) {
                        conversations.copyKey(row, key);
                        keys.findOrAppend(key);
                    }
                }
            }
        }
        List<Report.Flow> flows = new ArrayList<>();
        for (int row = 0; row < keys.size(); row++) {
            keys.copyKey(row, key);
            Report.Flow flow = new Talk(where, key).toReport();
            // of several captures the one that saw the beginning decides
            if (origin.contains(Address.of(flow.initiator().ip()))) {
                flows.add(flow);
            }
        }
        return flows;
    }

    private void add(Report.Flow flow, Report.Via via, String node, String container) {
        Report.Egress here = new Report.Egress(
                new Report.Egress.Key(via, node, flow.initiator().ip(), flow.protocol(), flow.responder()),
                container,
                flow.tcp() == null ? 1 : flow.tcp().connections(),
                flow.packetsReverse() > 0 ? 0 : 1,
                flow.packets(),
                flow.bytes(),
                flow.first(),
                flow.last());
        egress.merge(here.key(), here, Report.Egress::plus);
    }

    /** The name of the container that has an address on a node's bridge, or {@code null}. */
    private String container(String node, String ip) {
        Inventory inventory = names.inventory();
        String nodeId = inventory.nodeByName(node).map(Node::id).orElse(null);
        return inventory.networks().stream()
                .filter(network -> network.name().equals(GatewayBridges.NAME))
                .map(Network::id)
                .flatMap(id -> inventory.endpoints(id, ip).stream())
                .filter(endpoint -> !endpoint.containerId().isEmpty())
                .map(Endpoint::containerId)
                .filter(id -> inventory.endpoints().stream()
                        .anyMatch(endpoint -> endpoint.containerId().equals(id)
                                && endpoint.nodeId().equals(nodeId)))
                .flatMap(id -> ContainerSection.nameOf(inventory, id).stream())
                .findFirst()
                .orElse(null);
    }

    /** How many there are. */
    long total() {
        return egress.size();
    }

    /** Those with the most connections. */
    List<Report.Egress> most(int limit) {
        return egress.values().stream().sorted(MOST_FIRST).limit(limit).toList();
    }
}
