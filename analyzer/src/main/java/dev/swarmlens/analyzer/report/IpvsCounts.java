package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.kernel.BackendCounter;
import dev.swarmlens.analyzer.kernel.NodeTables;
import dev.swarmlens.analyzer.kernel.PortMark;
import dev.swarmlens.analyzer.kernel.Sandbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many connections the load balancers of each node gave to each task between two readings of their counters. */
final class IpvsCounts {

    private record Reading(long at, Sandbox sandbox) {}

    private record Place(String node, String sandbox) {}

    private final Inventory inventory;
    /** By the node's identifier and the sandbox's name, in the order of time. */
    private final Map<Place, List<Reading>> readings = new HashMap<>();

    IpvsCounts(Inventory inventory) {
        this.inventory = inventory;
        for (NodeTables tables : inventory.tables()) {
            String node = KernelFacts.node(inventory, tables).map(Node::id).orElse("");
            for (Sandbox sandbox : tables.sandboxes()) {
                if (!sandbox.counters().isEmpty()
                        && !node.isEmpty()
                        && tables.at().isPresent()) {
                    readings.computeIfAbsent(new Place(node, sandbox.name()), any -> new ArrayList<>())
                            .add(new Reading(Times.nanos(tables.at().get()), sandbox));
                }
            }
        }
        readings.values().forEach(ofNode -> ofNode.sort(Comparator.comparingLong(Reading::at)));
    }

    /**
     * What the counters of a node's routing mesh rose by, from the first reading to the last.
     *
     * @param address the node's underlay address
     * @param protocol the service's
     * @param ports what the service publishes
     * @return {@code null} if there are no two readings, or the node counted anew in between
     */
    Report.Ipvs of(String address, String protocol, Set<Integer> ports) {
        List<Reading> ofNode = readings(address, Sandbox.INGRESS);
        Set<Integer> marks = new HashSet<>();
        for (Reading reading : ofNode) {
            for (PortMark mark : reading.sandbox().marks()) {
                if (mark.protocol().equals(protocol) && ports.contains(mark.port())) {
                    marks.add(mark.mark());
                }
            }
        }
        return rise(ofNode, marks);
    }

    /**
     * What the counters of a node's load balancer of an overlay rose by, from the first reading to the last.
     *
     * @param address the node's underlay address
     * @param networkId the overlay's whole identifier
     * @param backends some tasks of the service: what shares a mark with them is the service's too
     * @return {@code null} if there are no two readings, or the node counted anew in between
     */
    Report.Ipvs ofOverlay(String address, String networkId, Set<String> backends) {
        String sandbox =
                Sandbox.OVERLAY_PREFIX + networkId.substring(0, Math.min(networkId.length(), Sandbox.OVERLAY_DIGITS));
        List<Reading> ofNode = readings(address, sandbox);
        Set<Integer> marks = new HashSet<>();
        for (Reading reading : ofNode) {
            for (BackendCounter counter : reading.sandbox().counters()) {
                if (backends.contains(counter.ip())) {
                    marks.add(counter.mark());
                }
            }
        }
        return rise(ofNode, marks);
    }

    private List<Reading> readings(String address, String sandbox) {
        String node = inventory.nodeByAddress(address).map(Node::id).orElse("");
        return readings.getOrDefault(new Place(node, sandbox), List.of());
    }

    private static Report.Ipvs rise(List<Reading> ofNode, Set<Integer> marks) {
        if (ofNode.size() < 2) {
            return null;
        }
        Reading before = ofNode.get(0);
        Reading after = ofNode.get(ofNode.size() - 1);
        Map<String, Long> rise = new TreeMap<>();
        for (BackendCounter counter : after.sandbox().counters()) {
            if (marks.contains(counter.mark())) {
                rise.merge(counter.ip(), counter.connections(), Long::sum);
            }
        }
        for (BackendCounter counter : before.sandbox().counters()) {
            // what is gone by the second reading took its count with it
            if (marks.contains(counter.mark()) && rise.containsKey(counter.ip())) {
                rise.merge(counter.ip(), -counter.connections(), Long::sum);
            }
        }
        if (rise.isEmpty() || rise.values().stream().anyMatch(count -> count < 0)) {
            return null;
        }
        return new Report.Ipvs(
                before.at(),
                after.at(),
                rise.entrySet().stream()
                        .sorted(Comparator.comparing(
                                each -> Names.parse(each.getKey()).orElse(null),
                                Comparator.nullsLast(Comparator.naturalOrder())))
                        .map(each -> new Report.IpvsBackend(each.getKey(), each.getValue()))
                        .toList());
    }
}
