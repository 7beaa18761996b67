package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.CaptureSummary;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.analyzer.summary.Origin;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * One place from which packets were watched. Files of a node that follow each other in time, as ring-buffer files do, are
 * one vantage; captures that overlap are several, and the same packet may be in each.
 */
final class Vantage {
    /** A wrong outer source address makes some tunnels of a node look like another's. */
    private static final double NEARLY_ALL = 0.9;

    private final String node;
    private final CaptureSummary seen;

    private Vantage(String node, CaptureSummary seen) {
        this.node = node;
        this.seen = seen;
    }

    /** The node, in the user's word. */
    String node() {
        return node;
    }

    /** All that was seen from here. */
    CaptureSummary seen() {
        return seen;
    }

    /** Finds the vantages of all captures; those that are joined are used up. */
    static List<Vantage> of(SortedMap<Origin, CaptureSummary> captures) {
        List<Map.Entry<Origin, CaptureSummary>> byTime = new ArrayList<>(captures.entrySet());
        byTime.sort(Map.Entry.<Origin, CaptureSummary>comparingByValue((a, b) -> Long.compare(a.first(), b.first()))
                .thenComparing(Map.Entry.comparingByKey()));
        Map<String, List<Vantage>> byNode = new HashMap<>();
        List<Vantage> vantages = new ArrayList<>();
        for (Map.Entry<Origin, CaptureSummary> entry : byTime) {
            CaptureSummary capture = entry.getValue();
            if (capture.packets() == 0) {
                continue;
            }
            List<Vantage> ofNode = byNode.computeIfAbsent(entry.getKey().node(), any -> new ArrayList<>());
            Vantage continued = ofNode.stream()
                    .filter(vantage -> vantage.isContinuedBy(capture))
                    .findFirst()
                    .orElse(null);
            if (continued != null) {
                continued.seen.absorb(capture);
            } else {
                Vantage vantage = new Vantage(entry.getKey().node(), capture);
                ofNode.add(vantage);
                vantages.add(vantage);
            }
        }
        return vantages;
    }

    private boolean isContinuedBy(CaptureSummary capture) {
        return seen.last() <= capture.first() && seen.linkTypes().equals(capture.linkTypes());
    }

    /**
     * The underlay address of the node on which this was captured, as the packets tell it: the one tunnel endpoint that has
     * part in (nearly) every tunnel packet, and if two have, the one that talks to more others on the underlay.
     *
     * @return {@code null} if the packets do not tell
     */
    Address home() {
        Tunnels tunnels = seen.tunnels();
        Map<Address, Long> packets = new HashMap<>();
        long all = 0;
        for (int row = 0; row < tunnels.size(); row++) {
            all += tunnels.packets(row);
            packets.merge(tunnels.source(row), tunnels.packets(row), Long::sum);
            packets.merge(tunnels.destination(row), tunnels.packets(row), Long::sum);
        }
        double enough = NEARLY_ALL * all;
        List<Address> candidates = packets.entrySet().stream()
                .filter(entry -> entry.getValue() >= enough)
                .map(Map.Entry::getKey)
                .sorted(Comparator.<Address>comparingInt(
                                address -> peers(address).size())
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        boolean tie = candidates.size() > 1
                && peers(candidates.get(0)).size() == peers(candidates.get(1)).size();
        return candidates.isEmpty() || tie ? null : candidates.get(0);
    }

    private Set<Address> peers(Address address) {
        Flows flows = seen.flows();
        Set<Address> peers = new HashSet<>();
        for (int flow = 0; flow < flows.size(); flow++) {
            if (flows.vni(flow) == Sighting.UNDERLAY) {
                Address lower = flows.address(flow, 0);
                Address higher = flows.address(flow, 1);
                if (lower.equals(address)) {
                    peers.add(higher);
                } else if (higher.equals(address)) {
                    peers.add(lower);
                }
            }
        }
        return peers;
    }
}
