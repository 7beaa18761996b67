package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Gossip;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The members of the swarm, of the report: who manages, who gossips with whom. What two nodes exchange is told from wherever most
 * of it was seen, since a packet that two vantages saw is one packet.
 */
final class NodeSection {
    /** Fewer may be lost on a healthy network, or lie at the end of a capture. */
    private static final int UNANSWERED_PROBES = 3;

    /** Two nodes, in an order. */
    private record Pair(Address from, Address to) {
        Pair reversed() {
            return new Pair(to, from);
        }
    }

    /** What one node sent to another in a span of time. */
    private record Span(long packets, long probes, long acknowledgments, long first, long last) {
        static final Span NOTHING = new Span(0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** What one vantage saw of what one node sent to another. */
    private static final class Direction {
        private long management;
        private long encrypted;
        private long streams;
        private long streamsAnswered;
        private long largestMessage = -1;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private final NavigableMap<Long, Span> gossip = new TreeMap<>();

        private long gossip() {
            return gossip.values().stream().mapToLong(Span::packets).sum();
        }

        private void heard(long from, long to) {
            first = Math.min(first, from);
            last = Math.max(last, to);
        }
    }

    private static final Direction NOTHING = new Direction();

    private final Names names;
    private final NavigableSet<Address> addresses = new TreeSet<>();
    private final NavigableMap<Address, Boolean> answersManagement = new TreeMap<>();
    /** By vantage. */
    private final List<Map<Pair, Direction>> seen = new ArrayList<>();

    /** With whom each address exchanged something. */
    private final Map<Address, NavigableSet<Address>> others = new HashMap<>();

    private final Map<Address, Long> sentInTunnels = new HashMap<>();
    private final Map<Address, Long> receivedInTunnels = new HashMap<>();
    private final boolean seesNodes;

    NodeSection(Names names, List<Vantage> vantages, Collection<Tunnel> tunnels) {
        this.names = names;
        seesNodes = vantages.stream().anyMatch(vantage -> Vantage.seesNodes(vantage.seen()));
        names.inventory().nodes().forEach(node -> Names.parse(node.address()).ifPresent(addresses::add));
        for (Vantage vantage : vantages) {
            Map<Pair, Direction> here = new HashMap<>();
            conversations(vantage, here);
            gossip(vantage.seen().gossip(), here);
            seen.add(here);
            for (Pair pair : here.keySet()) {
                others.computeIfAbsent(pair.from(), any -> new TreeSet<>()).add(pair.to());
                others.computeIfAbsent(pair.to(), any -> new TreeSet<>()).add(pair.from());
            }
        }
        for (Tunnel tunnel : tunnels) {
            addresses.add(tunnel.source());
            addresses.add(tunnel.destination());
            sentInTunnels.merge(tunnel.source(), tunnel.packets(), Long::sum);
            receivedInTunnels.merge(tunnel.destination(), tunnel.packets(), Long::sum);
        }
    }

    private static Direction direction(Map<Pair, Direction> here, Address from, Address to) {
        return here.computeIfAbsent(new Pair(from, to), any -> new Direction());
    }

    private void conversations(Vantage vantage, Map<Pair, Direction> here) {
        Conversations conversations = vantage.seen().flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            boolean amongNodes = Vantage.isAmongNodes(conversations, row) && isByUdpOrTcp(conversations.protocol(row));
            boolean encrypted =
                    conversations.vni(row) == Sighting.UNDERLAY && conversations.protocol(row) == IpProtocol.ESP.code();
            if (amongNodes || encrypted) {
                for (int side = 0; side < 2; side++) {
                    Address from = conversations.address(row, side);
                    Direction direction = direction(here, from, conversations.address(row, 1 - side));
                    if (encrypted) {
                        direction.encrypted += conversations.packets(row, side);
                    } else if (conversations.packets(row, side) > 0) {
                        addresses.add(from);
                        direction.heard(conversations.first(row), conversations.last(row));
                        controlPlane(vantage, row, side, direction);
                    }
                }
            }
        }
    }

    private static boolean isByUdpOrTcp(int protocol) {
        return protocol == IpProtocol.UDP.code() || protocol == IpProtocol.TCP.code();
    }

    /** Counts what a node sent in a conversation on one of the swarm's ports. */
    private void controlPlane(Vantage vantage, int row, int side, Direction direction) {
        Conversations conversations = vantage.seen().flows().conversations();
        boolean asks = conversations.port(row, 1 - side) == Sighting.MANAGEMENT_PORT;
        boolean serves = conversations.port(row, side) == Sighting.MANAGEMENT_PORT;
        if (asks || serves) {
            direction.management += conversations.packets(row, side);
        }
        if (serves) {
            boolean accepts = conversations.isAnswered(row) || !conversations.isReset(row, side);
            answersManagement.merge(conversations.address(row, side), accepts, Boolean::logicalOr);
        }
        if (!asks && !serves && conversations.protocol(row) == IpProtocol.TCP.code() && conversations.hasSyn(row)) {
            boolean initiator = conversations.initiator(row) == side;
            if (initiator) {
                direction.streams++;
                direction.streamsAnswered += conversations.isAnswered(row) ? 1 : 0;
            }
            direction.largestMessage = Math.max(
                    direction.largestMessage,
                    vantage.seen()
                            .gossip()
                            .messageLength(
                                    conversations.address(row, side),
                                    conversations.port(row, side),
                                    conversations.address(row, 1 - side),
                                    conversations.port(row, 1 - side),
                                    initiator
                                            ? conversations.initialSequence(row) + 1
                                            : conversations.firstSequence(row, side)));
        }
    }

    private static void gossip(Gossip gossip, Map<Pair, Direction> here) {
        for (int row = 0; row < gossip.size(); row++) {
            direction(here, gossip.source(row), gossip.destination(row))
                    .gossip
                    .put(
                            gossip.span(row),
                            new Span(
                                    gossip.packets(row),
                                    gossip.probes(row),
                                    gossip.acknowledgments(row),
                                    gossip.first(row),
                                    gossip.last(row)));
        }
    }

    /** The members, by address. */
    List<Report.Node> nodes() {
        return addresses.stream().map(this::node).toList();
    }

    private Report.Node node(Address address) {
        Report.Traffic management = new Report.Traffic(0, 0);
        Report.Traffic gossip = new Report.Traffic(0, 0);
        Report.Traffic overlay = new Report.Traffic(
                sentInTunnels.getOrDefault(address, 0L), receivedInTunnels.getOrDefault(address, 0L));
        long largest = -1;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        List<Report.Peer> peers = new ArrayList<>();
        for (Address other : others.getOrDefault(address, Collections.emptyNavigableSet())) {
            Pair to = new Pair(address, other);
            List<Direction> sent = each(to);
            List<Direction> received = each(to.reversed());
            management = management.plus(traffic(sent, received, direction -> direction.management));
            overlay = overlay.plus(traffic(sent, received, direction -> direction.encrypted));
            largest = Math.max(largest, most(sent, direction -> direction.largestMessage));
            first = Math.min(
                    first,
                    sent.stream().mapToLong(direction -> direction.first).min().orElse(first));
            last = Math.max(last, most(sent, direction -> direction.last));
            Report.Peer peer = peer(other, sent, received);
            if (peer.gossip().sent() + peer.gossip().received() + peer.streams() > 0
                    || most(received, direction -> direction.streams) > 0) {
                gossip = gossip.plus(peer.gossip());
                peers.add(peer);
            }
        }
        return new Report.Node(
                address.toString(),
                names.node(address),
                isManager(address),
                names.isCaptured(address),
                seesNodes ? management : null,
                seesNodes ? gossip : null,
                seesNodes ? overlay : null,
                largest < 0 ? null : largest,
                Times.orNull(first),
                Times.orNull(last),
                peers);
    }

    /** What each vantage saw. */
    private List<Direction> each(Pair pair) {
        return seen.stream().map(here -> here.getOrDefault(pair, NOTHING)).toList();
    }

    private interface Count {
        long of(Direction direction);
    }

    private static long most(List<Direction> directions, Count count) {
        return directions.stream().mapToLong(count::of).max().orElse(Long.MIN_VALUE);
    }

    private static Report.Traffic traffic(List<Direction> sent, List<Direction> received, Count count) {
        return new Report.Traffic(Math.max(0, most(sent, count)), Math.max(0, most(received, count)));
    }

    /** By what it does on the managers' port; else by the inventory. */
    private Boolean isManager(Address address) {
        Boolean answers = answersManagement.get(address);
        return answers != null
                ? answers
                : names.inventory()
                        .nodeByAddress(address.toString())
                        .map(Node::role)
                        .flatMap(role -> role.isEmpty() ? Optional.empty() : Optional.of(role.equals("manager")))
                        .orElse(null);
    }

    private static Report.Peer peer(Address peer, List<Direction> sent, List<Direction> received) {
        int best = 0;
        long most = -1;
        for (int vantage = 0; vantage < sent.size(); vantage++) {
            long packets = sent.get(vantage).gossip() + received.get(vantage).gossip();
            if (packets > most) {
                most = packets;
                best = vantage;
            }
        }
        NavigableMap<Long, Span> there = sent.get(best).gossip;
        NavigableMap<Long, Span> back = received.get(best).gossip;
        long largest = most(sent, direction -> direction.largestMessage);
        return new Report.Peer(
                peer.toString(),
                new Report.Traffic(sent.get(best).gossip(), received.get(best).gossip()),
                there.values().stream().mapToLong(Span::probes).sum(),
                back.values().stream().mapToLong(Span::acknowledgments).sum(),
                unanswered(there, back),
                most(sent, direction -> direction.streams),
                most(sent, direction -> direction.streamsAnswered),
                largest < 0 ? null : largest);
    }

    /** Probes in a row that are not acknowledged, neither in the span of time in which they were sent nor before the next. */
    private static final class Silence {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long probes;
        private long heard;
        private long lastHeard = Long.MIN_VALUE;

        private void add(Span asked, Span answer) {
            if (asked.probes() > 0) {
                first = Math.min(first, asked.first());
                last = Math.max(last, asked.last());
                probes += asked.probes();
            }
            if (probes > 0) {
                heard += answer.packets();
                lastHeard = Math.max(lastHeard, answer.last());
            }
        }

        private void addTo(List<Report.Unanswered> silences) {
            if (probes >= UNANSWERED_PROBES) {
                silences.add(new Report.Unanswered(
                        Times.orNull(first), Times.orNull(last), probes, heard, Times.orNull(lastHeard)));
            }
        }
    }

    private static List<Report.Unanswered> unanswered(NavigableMap<Long, Span> there, NavigableMap<Long, Span> back) {
        NavigableSet<Long> spans = new TreeSet<>(there.keySet());
        spans.addAll(back.keySet());
        List<Report.Unanswered> silences = new ArrayList<>();
        Silence silence = new Silence();
        for (long span : spans) {
            Span answer = back.getOrDefault(span, Span.NOTHING);
            if (answer.acknowledgments() > 0) {
                silence.addTo(silences);
                silence = new Silence();
            } else {
                silence.add(there.getOrDefault(span, Span.NOTHING), answer);
            }
        }
        silence.addTo(silences);
        return silences;
    }
}
