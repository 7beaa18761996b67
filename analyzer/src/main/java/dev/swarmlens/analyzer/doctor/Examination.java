package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Names;
import dev.swarmlens.analyzer.report.Picture;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Tunnels;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All that is known of a swarm: the report, and what was asked and not answered. */
public final class Examination {
    /** Conversations that did not go well are looked at until there are so many. */
    private static final int MAX_TROUBLED = 20_000;
    /** Conversations between the same nodes that went well, to compare with. */
    private static final int MAX_OTHERS = 500;
    /** Conversations that went well with somebody who did not answer others. */
    private static final int MAX_OF_ONE = 100;
    /** Connections of a replica that does not get its share. */
    private static final int MAX_OF_SHARE = 3;
    /** Claimed addresses of which frames are wanted. */
    private static final int MAX_CLAIMED = 50;
    /** Connections that were reset after they had lasted so long may have been forgotten on their way. */
    static final long IDLE = 10_000_000_000L;
    /** Clocks of nodes differ, and packets are on their way. */
    private static final long WHILE = 500_000_000L;

    private static final long SECOND = 1_000_000_000L;
    /** Who sends nothing for so long is gone: nodes gossip every second. */
    static final int AWAY_SECONDS = 5;

    private final Picture picture;
    private final List<Exchange> exchanges = new ArrayList<>();
    /** The rows of those, so that none is looked at twice. */
    private final Map<Vantage, BitSet> examined = new HashMap<>();
    /** Between whom something did not go well, and how many that did are compared with it. */
    private final Map<Vantage, Map<Pair, Integer>> troubled = new LinkedHashMap<>();
    /** Who did not answer, and when. */
    private final Map<Asked, Span> asked = new HashMap<>();

    private final CloseUp closeUp = new CloseUp();
    private boolean isFocused;
    private final EspWays espWays;
    private final Map<Integer, Vantage> vantages = new HashMap<>();
    private List<Probe> probes;
    private final Map<Vantage, Set<Probe.Identity>> identities = new HashMap<>();
    private final Set<Probe> explained = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The nodes that other nodes send tunnel packets to. */
    private final Set<Address> receivers = new TreeSet<>();
    /** Those, and who takes part in the swarm's own talk. */
    private final Set<Address> nodes = new TreeSet<>();
    /** Addresses that are another one's of a node. */
    private final Set<Address> aliases = new TreeSet<>();
    /** Identifiers that a node has by mistake for a network that has another one. */
    private final Set<Integer> mistaken = new TreeSet<>();
    /** Nodes that were seen to gossip or to manage. */
    private final Set<Address> gossiping = new TreeSet<>();
    /** When those were away. */
    private final Map<Address, List<CloseUp.Silence>> absences = new HashMap<>();

    Examination(Picture picture) {
        this.picture = picture;
        for (Vantage vantage : picture.vantages()) {
            lookForNodes(vantage);
        }
        Set<Integer> published = new HashSet<>();
        report().ingress().forEach(service -> published.addAll(service.publishedPorts()));
        for (Vantage vantage : picture.vantages()) {
            troubled.put(vantage, triage(vantage, published));
            wantTunnels(vantage.seen().tunnels());
            wantDnsAnswers(vantage.seen().flows().conversations());
        }
        wantClaims();
        OverlappingSubnets.overlaps(this).forEach(overlap -> overlap.frames().forEach(closeUp::want));
        UnevenLoad.shares(report()).forEach(this::wantLargest);
        espWays = new EspWays(picture);
        wantSealed();
        wantControlPlane();
        LostMulticast.calls(this)
                .keySet()
                .forEach(call -> closeUp.want(new CloseUp.Sample.Call(call.sender(), call.group())));
        NeighbourOverflow.requests(this)
                .forEach(request -> closeUp.want(new CloseUp.Sample.Request(request.asker(), request.target())));
    }

    /** Whether there is anything to look closer at. */
    boolean wantsCloserLook() {
        return isSwarm() && !(exchanges.isEmpty() && closeUp.isEmpty());
    }

    /** What is looked at closer: what did not go well, and, from the first time this is asked, what that is compared with. */
    CloseUp closeUp() {
        if (!isFocused) {
            isFocused = true;
            troubled.forEach(this::compare);
            exchanges.forEach(closeUp::want);
            closeUp.listenTo(nodes);
        }
        return closeUp;
    }

    private void lookForNodes(Vantage vantage) {
        Tunnels tunnels = vantage.seen().tunnels();
        for (int row = 0; row < tunnels.size(); row++) {
            receivers.add(tunnels.destination(row));
        }
        nodes.addAll(receivers);
        gossiping.addAll(vantage.gossiping());
        nodes.addAll(gossiping);
    }

    /** Collects what did not go well, and returns between whom. */
    private Map<Pair, Integer> triage(Vantage vantage, Set<Integer> published) {
        Conversations rows = vantage.seen().flows().conversations();
        Map<Pair, Integer> pairs = new HashMap<>();
        Set<Service> answering = answering(rows);
        for (int row = 0; row < rows.size() && exchanges.size() < MAX_TROUBLED; row++) {
            boolean overlay = rows.vni(row) != Sighting.UNDERLAY;
            if (overlay
                    ? Exchange.isTroubled(vantage.seen().flows(), row) || isUnanswered(rows, row, answering)
                    : isCutOff(rows, row) || isToPublishedPort(vantage, row, published)) {
                Exchange exchange = examine(vantage, row);
                if (overlay) {
                    pairs.put(Pair.of(exchange), 0);
                    asked.computeIfAbsent(Asked.of(exchange), any -> new Span()).include(exchange);
                }
            }
        }
        return pairs;
    }

    /** Collects what went well between the same nodes, or with those who did not answer others. */
    private void compare(Vantage vantage, Map<Pair, Integer> pairs) {
        Conversations rows = vantage.seen().flows().conversations();
        for (int row = 0; row < rows.size() && !asked.isEmpty(); row++) {
            if (rows.vni(row) != Sighting.UNDERLAY
                    && !Exchange.isTroubled(vantage.seen().flows(), row)
                    && !Exchange.isOneWay(rows, row)) {
                Exchange exchange = new Exchange(vantage, row);
                Integer others = pairs.computeIfPresent(Pair.of(exchange), (pair, count) -> count + 1);
                Span span = asked.get(Asked.of(exchange));
                if (others != null && others <= MAX_OTHERS || span != null && span.wants(exchange)) {
                    examine(vantage, row);
                }
            }
        }
    }

    /** Looks closer at a conversation. */
    private Exchange examine(Vantage vantage, int row) {
        Exchange exchange = new Exchange(vantage, row);
        BitSet rows = examined.computeIfAbsent(vantage, any -> new BitSet());
        if (!rows.get(row)) {
            rows.set(row);
            exchanges.add(exchange);
        }
        return exchange;
    }

    /** Looks closer at those of a replica's connections that carried most. */
    private void wantLargest(UnevenLoad.Share share) {
        for (Vantage vantage : picture.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            IntStream.range(0, rows.size())
                    .filter(row -> share.has(rows, row))
                    .boxed()
                    .sorted(Comparator.comparingLong((Integer row) -> -rows.bytes(row, 0) - rows.bytes(row, 1)))
                    .limit(MAX_OF_SHARE)
                    .forEach(row -> examine(vantage, row));
        }
    }

    /** A port of UDP in a network. */
    private record Service(int vni, int port) {}

    /** Where somebody answers datagrams: some protocols never do. */
    private static Set<Service> answering(Conversations rows) {
        Set<Service> answering = new HashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.vni(row) != Sighting.UNDERLAY
                    && rows.protocol(row) == IpProtocol.UDP.code()
                    && rows.packets(row, 0) > 0
                    && rows.packets(row, 1) > 0) {
                answering.add(new Service(rows.vni(row), rows.port(row, 1 - rows.firstDirection(row))));
            }
        }
        return answering;
    }

    /** Whether datagrams went one way, to where others are answered. */
    private static boolean isUnanswered(Conversations rows, int row, Set<Service> answering) {
        return Exchange.isOneWay(rows, row)
                && answering.contains(new Service(rows.vni(row), rows.port(row, 1 - rows.firstDirection(row))));
    }

    /** Whether a connection to a published port came over IPv6, and waited for an answer. */
    private static boolean isToPublishedPort(Vantage vantage, int row, Set<Integer> published) {
        Conversations rows = vantage.seen().flows().conversations();
        return rows.protocol(row) == IpProtocol.TCP.code()
                && !rows.address(row, 0).isIpv4()
                && rows.isAnswered(row)
                && published.contains(rows.port(row, 1 - rows.initiator(row)))
                && Ipv6Port.isHanging(vantage, row);
    }

    /** Who was asked. */
    private record Asked(int vni, Address address) {
        static Asked of(Exchange exchange) {
            return new Asked(exchange.vni(), exchange.address(1 - exchange.forward()));
        }
    }

    /** When somebody did not answer; others whom he answers meanwhile show that he is alive. */
    private static final class Span {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private int others;

        void include(Exchange exchange) {
            first = Math.min(first, exchange.first());
            last = Math.max(last, exchange.last());
        }

        boolean wants(Exchange exchange) {
            return exchange.first() >= first && exchange.first() <= last && others++ < MAX_OF_ONE;
        }
    }

    /** Whether a connection with a node was reset late in its life. */
    private boolean isCutOff(Conversations rows, int row) {
        return rows.protocol(row) == IpProtocol.TCP.code()
                && (rows.isReset(row, 0) || rows.isReset(row, 1))
                && rows.last(row) - rows.first(row) >= IDLE
                && (nodes.contains(rows.address(row, 0)) || nodes.contains(rows.address(row, 1)));
    }

    /** Two tunnel endpoints, in either direction. */
    private record Pair(Address lower, Address higher) {
        static Pair of(Exchange exchange) {
            int direction = exchange.source(exchange.forward()) == null ? 1 - exchange.forward() : exchange.forward();
            Address source = exchange.source(direction);
            Address destination = exchange.destination(direction);
            return source.compareTo(destination) <= 0 ? new Pair(source, destination) : new Pair(destination, source);
        }
    }

    private void wantTunnels(Tunnels tunnels) {
        Set<CloseUp.Sample.Through> used = new HashSet<>();
        for (int row = 0; row < tunnels.size(); row++) {
            used.add(new CloseUp.Sample.Through(tunnels.vni(row), tunnels.source(row), tunnels.destination(row)));
        }
        for (int row = 0; row < tunnels.size(); row++) {
            if (tunnels.fragments(row) > 0) {
                closeUp.want(new CloseUp.Sample.Fragment(tunnels.source(row), tunnels.destination(row)));
            }
            if (tunnels.arp(row) > 0) {
                closeUp.want(new CloseUp.Sample.Arp(tunnels.source(row)));
            }
            if (tunnels.irregular(row) > 0) {
                closeUp.want(new CloseUp.Sample.Irregular(tunnels.source(row)));
            }
            // whether nothing came back through the same network
            boolean isOneWay = !used.contains(
                    new CloseUp.Sample.Through(tunnels.vni(row), tunnels.destination(row), tunnels.source(row)));
            if (isOneWay) {
                closeUp.want(
                        new CloseUp.Sample.Through(tunnels.vni(row), tunnels.source(row), tunnels.destination(row)));
            }
            if (tunnels.packets(row) > tunnels.encrypted(row) && (isOneWay || isEncrypted(tunnels.vni(row)))) {
                closeUp.want(new CloseUp.Sample.Clear(tunnels.vni(row), tunnels.source(row), tunnels.destination(row)));
            }
        }
    }

    private void wantDnsAnswers(Conversations rows) {
        for (int row = 0; row < rows.size(); row++) {
            if (DnsAnswers.isIn(rows, row)) {
                closeUp.wantDnsAnswers(names().inventory().endpoints().stream()
                        .filter(endpoint -> !endpoint.serviceName().isEmpty())
                        .flatMap(endpoint -> Names.parse(endpoint.ip()).stream()));
                return;
            }
        }
    }

    private void wantClaims() {
        report().endpoints().stream()
                .filter(endpoint -> endpoint.claims().size() > 1)
                .limit(MAX_CLAIMED)
                .forEach(endpoint -> endpoint.claims()
                        .forEach(claim -> closeUp.want(new CloseUp.Sample.Claim(
                                endpoint.vni(), Address.of(endpoint.ip()), Address.of(claim.vtep())))));
    }

    private void wantSealed() {
        for (EspWays.Desync desync : espWays.desyncs()) {
            closeUp.want(sample(desync.stale()), 0, Long.MIN_VALUE);
            closeUp.want(sample(desync.current()), 0, Long.MIN_VALUE);
        }
        espWays.translated().forEach(tunnel -> closeUp.want(sample(tunnel), 0, Long.MIN_VALUE));
        espWays.blocks()
                .forEach(block -> closeUp.want(
                        sample(block),
                        block.from(),
                        block.isLost() ? block.receiver().seen().first() : Long.MIN_VALUE));
    }

    private static CloseUp.Sample.Sealed sample(Report.EspTunnel tunnel) {
        return new CloseUp.Sample.Sealed(
                Address.of(tunnel.from()),
                Address.of(tunnel.to()),
                Integer.parseUnsignedInt(tunnel.spi().substring(2), 16));
    }

    private static CloseUp.Sample.Sealed sample(EspWays.Block block) {
        return new CloseUp.Sample.Sealed(block.way().from(), block.way().to(), block.spi());
    }

    private void wantControlPlane() {
        for (Report.Node node : report().nodes()) {
            Address address = Address.of(node.address());
            closeUp.want(WithoutGossip.isSuspect(report(), node), new CloseUp.Sample.Management(address));
            closeUp.want(StateTooBig.isBig(node), new CloseUp.Sample.Message(address, StateTooBig.length(node)));
            for (Report.Peer peer : node.peers()) {
                closeUp.want(
                        !peer.unanswered().isEmpty(), new CloseUp.Sample.Gossip(address, Address.of(peer.address())));
            }
        }
    }

    /** Once the packets have been looked at: finds out what was answered. */
    void conclude() {
        for (Vantage vantage : picture.vantages()) {
            vantage.origins().forEach(origin -> vantages.put(key(origin.order(), origin.interfaceIndex()), vantage));
        }
        List<Probe> all = new ArrayList<>();
        CloseUp seen = closeUp();
        for (Exchange exchange : exchanges) {
            for (Packet packet : seen.packets(exchange)) {
                if (vantageOf(packet) == exchange.vantage()
                        && packet.time() >= exchange.first()
                        && packet.time() <= exchange.last()) {
                    exchange.packets().add(packet);
                }
            }
            if (exchange.isOverlay()) {
                all.addAll(Probes.of(exchange));
            }
        }
        all.sort(Probes.BY_TIME);
        probes = List.copyOf(all);
    }

    private static int key(int order, int interfaceIndex) {
        return order << Short.SIZE | interfaceIndex;
    }

    /** Where a packet was seen. */
    Vantage vantageOf(Packet packet) {
        return vantages.get(key(packet.order(), packet.interfaceIndex()));
    }

    // ---- for diagnoses

    Report report() {
        return picture.report();
    }

    Names names() {
        return picture.names();
    }

    List<Vantage> vantages() {
        return picture.vantages();
    }

    /** Conversations that did not go well, and others between the same nodes. */
    List<Exchange> exchanges() {
        return exchanges;
    }

    /** What was asked and has no explanation yet, oldest first. */
    List<Probe> probes() {
        return probes.stream().filter(probe -> !explained.contains(probe)).toList();
    }

    /** All that was asked, oldest first. */
    List<Probe> allProbes() {
        return probes;
    }

    /** Marks what a finding explains. */
    void explain(Collection<Probe> byFinding) {
        explained.addAll(byFinding);
    }

    /** Marks what a finding explains. */
    void explain(Predicate<Probe> byFinding) {
        probes.stream().filter(byFinding).forEach(explained::add);
    }

    /** The nodes that are known as such. */
    Set<Address> nodes() {
        return nodes;
    }

    /** The nodes that other nodes send tunnel packets to. */
    Set<Address> receivers() {
        return receivers;
    }

    /** Notes that an address is another one's of a node. */
    void addAlias(Address address) {
        aliases.add(address);
    }

    /** Whether an address is another one's of a node. */
    boolean isAlias(Address address) {
        return aliases.contains(address);
    }

    /** Notes that a node has an identifier for a network that has another one. */
    void addMistaken(int vni) {
        mistaken.add(vni);
    }

    /** Whether a node has an identifier for a network that has another one. */
    boolean isMistaken(int vni) {
        return mistaken.contains(vni);
    }

    /** Whether this is a swarm at all: others use VXLAN, too, and what they do with it is no failure of a swarm. */
    boolean isSwarm() {
        return !gossiping.isEmpty()
                || closeUp.wantsDnsAnswers() && !names().inventory().services().isEmpty()
                || report().networks().stream().anyMatch(network -> network.nameSource() == Report.Source.INVENTORY)
                || report().endpoints().stream().anyMatch(Examination::isDockers);
    }

    /** The MAC address that Docker makes of an overlay address: 02:42 and the IPv4 address. */
    static String dockersMac(Address ip) {
        return MacAddress.ofOverlayEndpoint(new Ipv4Address((int) ip.low())).toString();
    }

    /** Whether an overlay address has the MAC address that Docker makes of it. */
    private static boolean isDockers(Report.Endpoint endpoint) {
        Address ip = Address.of(endpoint.ip());
        return endpoint.mac() != null && ip.isIpv4() && endpoint.mac().equals(dockersMac(ip));
    }

    /** Whether a network is encrypted: Docker says so, or packets of it came out of ESP. */
    boolean isEncrypted(int vni) {
        return names().network(vni).map(network -> network.encrypted()).orElse(false)
                || report().networks().stream()
                        .anyMatch(network -> network.vni() == vni && Boolean.TRUE.equals(network.encrypted()));
    }

    /** What is wrong with ESP, as far as its headers tell. */
    EspWays espWays() {
        return espWays;
    }

    /** Marks what was asked between two nodes in encrypted networks. */
    void explainEncrypted(Address one, Address other) {
        explain(probe -> isEncrypted(probe.vni())
                && (one.equals(probe.source()) && other.equals(probe.destination())
                        || other.equals(probe.source()) && one.equals(probe.destination())));
    }

    /** Frames of an ESP tunnel, as evidence. */
    List<Report.Evidence> sealed(Report.EspTunnel tunnel, String note) {
        return closeUp.samples(sample(tunnel)).stream()
                .map(packet -> evidence(packet, note))
                .toList();
    }

    /** Frames that did not get through. */
    List<Packet> sealed(EspWays.Block block) {
        return closeUp.samples(sample(block));
    }

    /** Frames that did not get through, as evidence. */
    List<Report.Evidence> sealed(EspWays.Block block, String note) {
        return sealed(block).stream().map(packet -> evidence(packet, note)).toList();
    }

    /** The node that a vantage lies on; {@code null} if it is not known. */
    Address home(Vantage vantage) {
        return names().home(vantage);
    }

    /** Whether what was asked was seen on the node that asked. */
    boolean atSender(Probe probe) {
        return Objects.equals(home(probe.vantage()), probe.source());
    }

    /** Whether what was asked was seen on the node that shall answer. */
    boolean atReceiver(Probe probe) {
        return Objects.equals(home(probe.vantage()), probe.destination());
    }

    /** A vantage on a node from which its tunnels were seen when something was sent, and for a while after. */
    Vantage watching(Address node, Probe probe) {
        return vantages().stream()
                .filter(vantage -> node.equals(home(vantage))
                        && vantage.seen().tunnels().size() > 0
                        && vantage.seen().first() <= probe.first() - WHILE
                        && vantage.seen().last() >= probe.first() + WHILE)
                .findFirst()
                .orElse(null);
    }

    /** Whether a node sent anything, as far as any vantage saw it, from one moment to another. */
    boolean isHeard(Address node, long from, long to) {
        return closeUp.isHeard(node, from, to);
    }

    /**
     * Whether a node was away in some of a time, for 5 s and more: it sent nothing and was heard again. Of nodes that gossip, for
     * only those would have been heard every second.
     */
    boolean isAway(Address node, long from, long to) {
        return absences.computeIfAbsent(node, this::absences).stream()
                .anyMatch(absence -> absence.from() - SECOND <= to && absence.to() + SECOND >= from);
    }

    private List<CloseUp.Silence> absences(Address node) {
        List<CloseUp.Silence> found = new ArrayList<>();
        CloseUp.Silence absence =
                gossiping.contains(node) ? closeUp.lastSilence(node, AWAY_SECONDS, Long.MAX_VALUE) : null;
        while (absence != null) {
            found.add(absence);
            absence = closeUp.lastSilence(node, AWAY_SECONDS, absence.from() - SECOND);
        }
        return found;
    }

    /** When a node last sent anything, as far as any vantage saw it; the end of a second. */
    long lastHeard(Address node) {
        return closeUp.lastHeard(node);
    }

    /** What was asked at one vantage, by what makes it the same at another. */
    Set<Probe.Identity> identities(Vantage vantage) {
        return identities.computeIfAbsent(
                vantage,
                any -> probes.stream()
                        .filter(probe -> probe.vantage() == vantage)
                        .map(Probe::identity)
                        .collect(Collectors.toSet()));
    }

    /** A node's name and address. */
    String node(Address address) {
        String name = names().node(address);
        return name == null ? address.toString() : name + " (" + address + ")";
    }

    /** A node's name, or its address if it has none. */
    String shortNode(Address address) {
        String name = names().node(address);
        return name == null ? address.toString() : name;
    }

    /** A network's name and VNI. */
    String network(int vni) {
        String name = names().networkName(vni);
        return name == null ? "VNI " + vni : name + " (VNI " + vni + ")";
    }

    /** An overlay address, and whose it is if that is known. */
    String endpoint(int vni, Address ip) {
        return names().endpoint(vni, ip)
                .map(known -> known.name() + " (" + ip + ")")
                .orElse(ip.toString());
    }

    /** A frame as evidence. */
    Report.Evidence evidence(Packet packet, String note) {
        return vantageOf(packet).origins().stream()
                .filter(origin ->
                        origin.order() == packet.order() && origin.interfaceIndex() == packet.interfaceIndex())
                .map(origin -> new Report.Evidence(
                        origin.point().toString(),
                        origin.file(),
                        packet.number(),
                        Packet.timeOrNull(packet.time()),
                        note))
                .findFirst()
                .orElseThrow();
    }

    /** What was asked, as evidence: of each the first frame, and of several vantages about as many. */
    List<Report.Evidence> evidence(Collection<Probe> shown) {
        Map<Vantage, List<Probe>> byVantage = new LinkedHashMap<>();
        shown.forEach(probe -> byVantage
                .computeIfAbsent(probe.vantage(), any -> new ArrayList<>())
                .add(probe));
        int each = Math.max(1, Findings.MOST_EVIDENCE / Math.max(1, byVantage.size()));
        List<Report.Evidence> evidence = new ArrayList<>();
        byVantage
                .values()
                .forEach(probesThere -> probesThere.stream()
                        .limit(each)
                        .forEach(probe -> evidence.add(evidence(probe.copies().get(0), probe.words()))));
        return evidence;
    }
}
