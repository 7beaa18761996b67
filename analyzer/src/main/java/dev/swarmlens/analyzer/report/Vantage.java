package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.esp.Spi;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.CaptureSummary;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.EspTunnels;
import dev.swarmlens.analyzer.summary.Origin;
import dev.swarmlens.analyzer.summary.Tunnels;
import dev.swarmlens.capture.CapturePoint;
import dev.swarmlens.codecs.LinkType;
import java.util.ArrayList;
import java.util.Collections;
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
public final class Vantage {
    /** A wrong outer source address makes some tunnels of a node look like another's. */
    private static final double NEARLY_ALL = 0.9;

    private final CapturePoint point;
    private final CaptureSummary seen;
    private final List<Span> spans = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();

    private Vantage(Origin origin, CaptureSummary seen) {
        this.point = origin.point();
        this.seen = seen;
        add(origin, seen);
    }

    private void add(Origin origin, CaptureSummary capture) {
        origins.add(origin);
        if (capture.first() <= capture.last()) {
            spans.add(new Span(capture.first(), capture.last()));
        }
    }

    /** The interfaces of files that were watched from here, in the order of time. */
    public List<Origin> origins() {
        return Collections.unmodifiableList(origins);
    }

    /** When each of the captures ran that were taken from here. */
    List<Span> spans() {
        return spans;
    }

    /** Whether one of its captures ran all of a time. */
    boolean ranFrom(long first, long last) {
        return spans.stream().anyMatch(span -> span.contains(first, last));
    }

    /** Whether a file, by its place on the command line, was taken here. */
    boolean isOf(int order) {
        return origins.stream().anyMatch(origin -> origin.order() == order);
    }

    /** Whether all interfaces of a node were captured as one, so that their frames have Linux's cooked headers. */
    boolean isCooked() {
        return seen.linkTypes().contains(LinkType.LINUX_SLL) || seen.linkTypes().contains(LinkType.LINUX_SLL2);
    }

    /** The node, in the user's word, and the interface, if it is known. */
    public CapturePoint point() {
        return point;
    }

    /** The node, in the user's word. */
    public String node() {
        return point.node();
    }

    /** All that was seen from here. */
    public CaptureSummary seen() {
        return seen;
    }

    /** Finds the vantages of all captures; those that are joined are used up. */
    static List<Vantage> of(SortedMap<Origin, CaptureSummary> captures) {
        List<Map.Entry<Origin, CaptureSummary>> byTime = new ArrayList<>(captures.entrySet());
        byTime.sort(Map.Entry.<Origin, CaptureSummary>comparingByValue((a, b) -> Long.compare(a.first(), b.first()))
                .thenComparing(Map.Entry.comparingByKey()));
        Map<CapturePoint, List<Vantage>> byPoint = new HashMap<>();
        List<Vantage> vantages = new ArrayList<>();
        for (Map.Entry<Origin, CaptureSummary> entry : byTime) {
            CaptureSummary capture = entry.getValue();
            if (capture.packets() == 0) {
                continue;
            }
            List<Vantage> atPoint = byPoint.computeIfAbsent(entry.getKey().point(), any -> new ArrayList<>());
            Vantage continued = atPoint.stream()
                    .filter(vantage -> vantage.isContinuedBy(capture))
                    .findFirst()
                    .orElse(null);
            if (continued != null) {
                continued.add(entry.getKey(), capture);
                continued.seen.absorb(capture);
            } else {
                Vantage vantage = new Vantage(entry.getKey(), capture);
                atPoint.add(vantage);
                vantages.add(vantage);
            }
        }
        return vantages;
    }

    private boolean isContinuedBy(CaptureSummary capture) {
        return seen.last() <= capture.first()
                && seen.linkTypes().equals(capture.linkTypes())
                && (seesNodes(seen) ? seesNodes(capture) : !seesNodes(capture) && hasAddressesOf(capture));
    }

    /** Whether somebody was seen here who was seen in a capture, too: what one interface shows, another one does not. */
    private boolean hasAddressesOf(CaptureSummary capture) {
        Set<Address> here = addresses(seen);
        return here.isEmpty() || addresses(capture).stream().anyMatch(here::contains);
    }

    private static Set<Address> addresses(CaptureSummary capture) {
        Conversations conversations = capture.flows().conversations();
        Set<Address> addresses = new HashSet<>();
        for (int row = 0; row < conversations.size(); row++) {
            addresses.add(conversations.address(row, 0));
            addresses.add(conversations.address(row, 1));
        }
        return addresses;
    }

    /**
     * The underlay address of the node on which this was captured, as the packets tell it: the one node that has part in
     * (nearly) every packet that only nodes exchange, and if two have, the one that talks to more others.
     *
     * @return {@code null} if the packets do not tell
     */
    public Address home() {
        Map<Address, Set<Address>> peers = new HashMap<>();
        Map<Address, Long> packets = new HashMap<>();
        long all = 0;
        for (Exchange exchange : exchanges()) {
            all += exchange.packets;
            packets.merge(exchange.one, exchange.packets, Long::sum);
            packets.merge(exchange.other, exchange.packets, Long::sum);
            peers.computeIfAbsent(exchange.one, any -> new HashSet<>()).add(exchange.other);
            peers.computeIfAbsent(exchange.other, any -> new HashSet<>()).add(exchange.one);
        }
        double enough = NEARLY_ALL * all;
        List<Address> candidates = packets.entrySet().stream()
                .filter(entry -> entry.getValue() >= enough)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(address -> -peers.get(address).size()))
                .toList();
        boolean tie = candidates.size() > 1
                && peers.get(candidates.get(0)).size()
                        == peers.get(candidates.get(1)).size();
        return candidates.isEmpty() || tie ? null : candidates.get(0);
    }

    /** What two nodes sent to each other, in either direction. */
    private record Exchange(Address one, Address other, long packets) {}

    /** What only nodes exchange: tunnel packets, gossip, management. */
    private List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        Tunnels tunnels = seen.tunnels();
        for (int row = 0; row < tunnels.size(); row++) {
            exchanges.add(new Exchange(tunnels.source(row), tunnels.destination(row), tunnels.packets(row)));
        }
        EspTunnels esp = seen.espTunnels();
        for (int row = 0; row < esp.size(); row++) {
            if (isSwarms(esp, row)) {
                exchanges.add(new Exchange(esp.source(row), esp.destination(row), esp.packets(row)));
            }
        }
        Conversations conversations = seen.flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            if (isAmongNodes(conversations, row)) {
                exchanges.add(new Exchange(
                        conversations.address(row, 0),
                        conversations.address(row, 1),
                        conversations.packets(row, 0) + conversations.packets(row, 1)));
            }
        }
        return exchanges;
    }

    /** The nodes that talk to each other as only the nodes of a swarm do: gossip and management. */
    public Set<Address> gossiping() {
        Set<Address> nodes = new HashSet<>();
        Conversations conversations = seen.flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            if (isAmongNodes(conversations, row)) {
                nodes.add(conversations.address(row, 0));
                nodes.add(conversations.address(row, 1));
            }
        }
        return nodes;
    }

    /** Whether anything was seen that only nodes exchange. */
    static boolean seesNodes(CaptureSummary seen) {
        Conversations conversations = seen.flows().conversations();
        boolean sees = seen.tunnels().size() > 0;
        EspTunnels esp = seen.espTunnels();
        for (int row = 0; !sees && row < esp.size(); row++) {
            sees = isSwarms(esp, row);
        }
        for (int row = 0; !sees && row < conversations.size(); row++) {
            sees = isAmongNodes(conversations, row);
        }
        return sees;
    }

    /** Whether an address outside of the overlays sent or received something. */
    boolean sees(Address address) {
        Conversations conversations = seen.flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            if (conversations.vni(row) == Sighting.UNDERLAY
                    && (conversations.address(row, 0).equals(address)
                            || conversations.address(row, 1).equals(address))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a conversation is the swarm's own, gossip or management, so that both its ends are nodes. */
    static boolean isAmongNodes(Conversations conversations, int row) {
        return conversations.vni(row) == Sighting.UNDERLAY
                && (isSwarmPort(conversations.port(row, 0)) || isSwarmPort(conversations.port(row, 1)));
    }

    /** Whether ESP is that of an encrypted overlay, by its SPI. */
    private static boolean isSwarms(EspTunnels esp, int row) {
        return Spi.tag(esp.source(row), esp.spi(row), esp.destination(row)).isPresent();
    }

    private static boolean isSwarmPort(int port) {
        return port == Sighting.MANAGEMENT_PORT || port == Sighting.GOSSIP_PORT;
    }
}
