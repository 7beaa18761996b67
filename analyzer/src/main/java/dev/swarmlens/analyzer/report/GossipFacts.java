package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.gossip.Entry;
import dev.swarmlens.analyzer.gossip.GossipKeys;
import dev.swarmlens.analyzer.gossip.MemberEvent;
import dev.swarmlens.analyzer.gossip.Named;
import dev.swarmlens.analyzer.gossip.OpenedGossip;
import dev.swarmlens.analyzer.gossip.Peer;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.summary.Claims;
import dev.swarmlens.codecs.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What nodes gossip of overlay addresses. Gossip names networks by their identifiers and does not carry their numbers: those are
 * the inventory's, or that of the network in which most of its addresses were seen with their MACs.
 */
final class GossipFacts {

    /** A row of the overlay peer table, and the number of its network. */
    record Told(int vni, Entry<Peer> entry) {}

    private record Sender(String ip, String mac) {}

    /** Something in a network, by the network's identifier or its number. */
    private record Place(String network, String key) {}

    private final OpenedGossip gossip;
    private final Names names;
    private final Map<String, Integer> vniByNetwork = new HashMap<>();

    private final Map<Place, String> nameByAddress = new HashMap<>();

    private GossipFacts(OpenedGossip gossip, Names names, List<Vantage> vantages) {
        this.gossip = gossip;
        this.names = names;
        Map<Integer, Set<Sender>> senders = new TreeMap<>();
        for (Vantage vantage : vantages) {
            Claims claims = vantage.seen().claims();
            for (int row = 0; row < claims.size(); row++) {
                senders.computeIfAbsent(claims.vni(row), any -> new HashSet<>())
                        .add(new Sender(claims.ip(row).toString(), new MacAddress(claims.mac(row)).toString()));
            }
        }
        Map<String, Set<Sender>> told = new HashMap<>();
        for (Entry<Peer> peer : gossip.peers()) {
            told.computeIfAbsent(peer.network(), any -> new HashSet<>())
                    .add(new Sender(peer.value().ip(), peer.value().mac()));
        }
        told.forEach((network, addresses) -> inventoryVni(network)
                .or(() -> likeliest(addresses, senders))
                .ifPresent(vni -> vniByNetwork.put(network, vni)));
        for (Entry<Named> named : gossip.named()) {
            Integer vni = vniByNetwork.get(named.network());
            if (vni != null && !named.deleted() && !named.value().name().isEmpty()) {
                nameByAddress.putIfAbsent(
                        new Place(vni.toString(), named.value().ip()),
                        named.value().name());
            }
        }
    }

    static GossipFacts of(GossipKeys keys, Names names, List<Vantage> vantages) {
        OpenedGossip gossip = OpenedGossip.of(
                keys,
                vantages.stream()
                        .flatMap(vantage -> vantage.seen().gossipPackets().stream())
                        .toList());
        return new GossipFacts(gossip, names, vantages);
    }

    private Optional<Integer> inventoryVni(String network) {
        return names.inventory().networks().stream()
                .filter(known -> known.id().equals(network) && known.vnis().size() == 1)
                .map(Network::vnis)
                .map(vnis -> vnis.get(0))
                .findFirst();
    }

    /** The network in which most of the addresses were seen, if there is one and no other is as good. */
    private static Optional<Integer> likeliest(Set<Sender> addresses, Map<Integer, Set<Sender>> senders) {
        int best = -1;
        long most = 0;
        boolean tie = false;
        for (Map.Entry<Integer, Set<Sender>> network : senders.entrySet()) {
            long common =
                    addresses.stream().filter(network.getValue()::contains).count();
            tie = common == most || tie && common < most;
            if (common > most) {
                most = common;
                best = network.getKey();
            }
        }
        return most == 0 || tie ? Optional.empty() : Optional.of(best);
    }

    /** The rows of the overlay peer table that hold at last, of networks whose number is known. */
    List<Told> peers() {
        return gossip.peers().stream()
                .filter(entry -> !entry.deleted() && vniByNetwork.containsKey(entry.network()))
                .map(entry -> new Told(vniByNetwork.get(entry.network()), entry))
                .toList();
    }

    /** What an address is called. */
    Optional<String> name(int vni, String ip) {
        return Optional.ofNullable(nameByAddress.get(new Place(Integer.toString(vni), ip)));
    }

    /** What the node is called that gossips under a name; this name if it is not known. */
    String nodeOf(String member) {
        String address = gossip.address(member);
        return address == null ? member : Names.parse(address).map(names::node).orElse(address);
    }

    Report.Gossip toReport() {
        return new Report.Gossip(
                gossip.opened(),
                gossip.notOpened(),
                gossip.malformed(),
                gossip.events().stream().map(this::event).toList(),
                entries());
    }

    private Report.GossipEvent event(MemberEvent event) {
        return new Report.GossipEvent(
                Times.orNull(event.time()), event.member(), gossip.address(event.member()), event.kind(), event.by());
    }

    /** Rows of both tables, joined by the endpoint that they are of. */
    private List<Report.GossipEntry> entries() {
        Map<Place, List<Entry<Peer>>> peers = new HashMap<>();
        for (Entry<Peer> peer : gossip.peers()) {
            peers.computeIfAbsent(new Place(peer.network(), peer.key()), any -> new ArrayList<>())
                    .add(peer);
        }
        List<Report.GossipEntry> entries = new ArrayList<>();
        for (Entry<Named> named : gossip.named()) {
            List<Entry<Peer>> here = peers.remove(new Place(named.network(), named.key()));
            if (here == null) {
                entries.add(entry(named, null, named.value()));
            } else {
                here.forEach(peer -> entries.add(entry(peer, peer.value(), named.value())));
            }
        }
        peers.values().forEach(here -> here.forEach(peer -> entries.add(entry(peer, peer.value(), null))));
        entries.sort(Comparator.comparing(Report.GossipEntry::network)
                .thenComparing(
                        entry -> Names.parse(entry.ip()).orElse(null), Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Report.GossipEntry::ip)
                .thenComparing(Report.GossipEntry::toString));
        return entries;
    }

    private Report.GossipEntry entry(Entry<?> entry, Peer peer, Named named) {
        return new Report.GossipEntry(
                entry.network(),
                vniByNetwork.get(entry.network()),
                peer == null ? named.ip() : peer.ip(),
                peer == null ? null : peer.mac(),
                peer == null ? null : peer.vtep(),
                named == null ? null : orNull(named.name()),
                named == null ? null : orNull(named.service()),
                named == null ? null : orNull(named.virtualIp()),
                named == null
                        ? List.of()
                        : named.ports().stream()
                                .map(port -> port.published() + ":" + port.target() + "/" + port.protocol())
                                .toList(),
                entry.owner(),
                Times.orNull(entry.first()),
                Times.orNull(entry.last()),
                entry.deleted());
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
