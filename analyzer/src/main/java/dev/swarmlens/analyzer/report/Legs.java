package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.PublishedPort;
import dev.swarmlens.analyzer.inventory.Service;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the legs of balanced connections among all conversations, each once: through the routing mesh, and to virtual
 * addresses of services. What was captured inside a node, on docker_gwbridge, in a sandbox or a container, is the same
 * connections without their tunnel.
 */
final class Legs {
    private static final int TCP = IpProtocol.TCP.code();
    private static final int UDP = IpProtocol.UDP.code();
    /** What is balanced has lost hops on its way; a packet with all that Linux gives began inside the network. */
    private static final int ORIGINAL_TTL = 64;
    /** In a network of the user's: what a container sent, forwarded once or twice. */
    private static final int FORWARDED_TTL = 62;

    /** A connection at a node. */
    private record At(Address node, Leg.Connection connection) {}

    private final Names names;
    private final Aliases aliases;
    private final Balancers balancers;
    private final Map<Leg.Key, Leg> overlay = new HashMap<>();
    private final Map<Leg.Key, Leg> clients = new HashMap<>();
    private final Map<At, Leg> gateways = new HashMap<>();
    private final BitSet tcpPorts = new BitSet();
    private final BitSet udpPorts = new BitSet();
    private final Set<Address> nodes;
    private int latestVni = Sighting.UNDERLAY;
    private boolean latestIsIngress;

    Legs(Names names, Aliases aliases, Collection<Vantage> vantages) {
        this.names = names;
        this.aliases = aliases;
        this.balancers = new Balancers(names);
        this.nodes = balancers.nodes();
        for (Service service : names.inventory().services()) {
            for (PublishedPort port : service.ports()) {
                if (port.mode() == PublishedPort.Mode.INGRESS) {
                    ports(port.protocol().equals("udp") ? UDP : TCP).set(port.published());
                }
            }
        }
        vantages.forEach(this::collectOverlay);
        vantages.forEach(this::collectNodes);
        vantages.forEach(this::collectClients);
        balancers.ready();
        vantages.forEach(this::collectFromLoadBalancers);
        learn(vantages);
        balancers.ready();
        vantages.forEach(this::collectFromClients);
        clientsBehindGateways();
        placeTasks();
    }

    private BitSet ports(int protocol) {
        return protocol == TCP ? tcpPorts : udpPorts;
    }

    /** The legs from load balancers to tasks. */
    Collection<Leg> overlay() {
        return overlay.values();
    }

    /** The legs from clients to entry nodes and virtual addresses. */
    Collection<Leg> clients() {
        return clients.values();
    }

    /** The leg on docker_gwbridge by which a client's connection came into the routing mesh of a node, or {@code null}. */
    Leg gateway(Address node, Leg.Connection connection) {
        return gateways.get(new At(node, connection));
    }

    private void collectOverlay(Vantage vantage) {
        Conversations conversations = vantage.seen().flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            int vni = conversations.vni(row);
            if (vni != Sighting.UNDERLAY && isConnection(conversations, row)) {
                int initiator = overlayInitiator(conversations, row);
                int ttl = conversations.timeToLive(row, initiator);
                if (isIngress(vni)) {
                    if (ttl != ORIGINAL_TTL) {
                        Leg leg = leg(vantage, row, initiator, vni);
                        ports(leg.key().protocol()).set(leg.key().port());
                        addOverlay(leg);
                    }
                } else if (ttl >= FORWARDED_TTL && ttl < ORIGINAL_TTL) {
                    Leg leg = leg(vantage, row, initiator, vni);
                    if (balancers.mayBalance(vni, leg.key().initiator())) {
                        addOverlay(leg);
                    }
                }
            }
        }
    }

    private boolean isIngress(int vni) {
        if (vni != latestVni) {
            latestVni = vni;
            latestIsIngress = names.isIngress(vni);
        }
        return latestIsIngress;
    }

    private void addOverlay(Leg leg) {
        overlay.merge(leg.key(), leg, Leg::max);
        balancers.learnLoadBalancer(leg.key().initiator(), leg.key().vni(), leg.initiatorVtep());
        if (leg.initiatorVtep() != null) {
            nodes.add(leg.initiatorVtep());
            nodes.add(leg.responderVtep());
        }
    }

    private static boolean isConnection(Conversations conversations, int row) {
        int protocol = conversations.protocol(row);
        return protocol == TCP && conversations.initiator(row) != Conversations.NONE
                || protocol == UDP && conversations.port(row, 0) != 0;
    }

    private int overlayInitiator(Conversations conversations, int row) {
        if (conversations.protocol(row) == TCP) {
            return conversations.initiator(row);
        }
        boolean forwarded0 = isForwarded(conversations.timeToLive(row, 0));
        boolean forwarded1 = isForwarded(conversations.timeToLive(row, 1));
        if (forwarded0 != forwarded1) {
            return forwarded0 ? 0 : 1;
        }
        for (int direction = 0; direction < 2; direction++) {
            if (udpPorts.get(conversations.port(row, direction))
                    && !udpPorts.get(conversations.port(row, 1 - direction))) {
                return 1 - direction;
            }
        }
        return Talk.initiatorByPorts(
                conversations.port(row, 0), conversations.port(row, 1), conversations.firstDirection(row));
    }

    private static boolean isForwarded(int ttl) {
        return ttl != 0 && ttl != ORIGINAL_TTL;
    }

    private void collectNodes(Vantage vantage) {
        if (names.home(vantage) != null) {
            nodes.add(names.home(vantage));
        }
        Conversations conversations = vantage.seen().flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            if (Vantage.isAmongNodes(conversations, row)) {
                nodes.add(conversations.address(row, 0));
                nodes.add(conversations.address(row, 1));
            }
        }
    }

    /** What to do with a conversation that was seen without a tunnel. */
    private interface Plain {
        void see(int row, int initiator);
    }

    private static void eachPlain(Conversations conversations, Plain plain) {
        for (int row = 0; row < conversations.size(); row++) {
            if (conversations.vni(row) == Sighting.UNDERLAY && isConnection(conversations, row)) {
                if (conversations.protocol(row) == TCP) {
                    plain.see(row, conversations.initiator(row));
                } else {
                    plain.see(row, 0);
                    plain.see(row, 1);
                }
            }
        }
    }

    private boolean asksPublishedPort(Conversations conversations, int row, int initiator) {
        return ports(conversations.protocol(row)).get(conversations.port(row, 1 - initiator));
    }

    private void collectClients(Vantage vantage) {
        Conversations conversations = vantage.seen().flows().conversations();
        eachPlain(conversations, (row, initiator) -> {
            if (asksPublishedPort(conversations, row, initiator)
                    && nodes.contains(conversations.address(row, 1 - initiator))) {
                addClient(leg(vantage, row, initiator, Sighting.UNDERLAY));
            }
        });
    }

    private void addClient(Leg leg) {
        clients.merge(leg.key(), leg, Leg::max);
    }

    /**
     * Learns who is what inside the nodes: a connection that goes on as one that is known, by its sequence number, but
     * between other addresses, asked either a virtual address or came in by docker_gwbridge.
     */
    private void learn(Collection<Vantage> vantages) {
        BitSet balancedPorts = new BitSet();
        overlay.keySet().forEach(key -> balancedPorts.set(key.port()));
        clients.keySet().forEach(key -> balancedPorts.set(key.port()));
        List<Leg> unknown = new ArrayList<>();
        for (Vantage vantage : vantages) {
            Conversations conversations = vantage.seen().flows().conversations();
            eachPlain(conversations, (row, initiator) -> {
                int responder = 1 - initiator;
                if (conversations.protocol(row) == TCP
                        && balancedPorts.get(conversations.port(row, responder))
                        && !nodes.contains(conversations.address(row, responder))
                        && balancers.loadBalancer(conversations.address(row, initiator)) == null) {
                    unknown.add(leg(vantage, row, initiator, Sighting.UNDERLAY));
                }
            });
        }
        if (!unknown.isEmpty()) {
            learn(unknown);
        }
    }

    private void learn(List<Leg> unknown) {
        Map<Leg.Connection, List<Leg>> wanted = new HashMap<>();
        for (Leg leg : unknown) {
            wanted.computeIfAbsent(leg.connection(), any -> new ArrayList<>()).add(leg);
        }
        for (Collection<Leg> legs : List.of(overlay.values(), clients.values())) {
            for (Leg leg : legs) {
                for (Leg before : wanted.getOrDefault(leg.connection(), List.of())) {
                    int vni = leg.key().vni();
                    if (before.agreesWith(leg)) {
                        if (vni == Sighting.UNDERLAY || isIngress(vni)) {
                            balancers.learnGateway(before.key().responder());
                        } else {
                            balancers.learnVirtualIp(before.key().responder(), vni);
                        }
                    }
                }
            }
        }
    }

    /** Collects what load balancers sent, where it was captured inside a node. */
    private void collectFromLoadBalancers(Vantage vantage) {
        Conversations conversations = vantage.seen().flows().conversations();
        eachPlain(conversations, (row, initiator) -> {
            if (balancers.mayKnow(conversations.addressLow(row, initiator))
                    && isForwarded(conversations.timeToLive(row, initiator))) {
                Balancers.LoadBalancer by = balancers.loadBalancer(conversations.address(row, initiator));
                if (by != null && by.node() != null) {
                    Leg leg = leg(vantage, row, initiator, by.vni()).between(by.node(), null);
                    overlay.merge(leg.key(), leg, Leg::max);
                }
            }
        });
    }

    /** Collects what clients sent, where it was captured inside a node. */
    private void collectFromClients(Vantage vantage) {
        Address home = names.home(vantage);
        if (home == null) {
            return;
        }
        Conversations conversations = vantage.seen().flows().conversations();
        eachPlain(conversations, (row, initiator) -> {
            if (balancers.mayKnow(conversations.addressLow(row, 1 - initiator))
                    && balancers.loadBalancer(conversations.address(row, initiator)) == null) {
                Address asked = conversations.address(row, 1 - initiator);
                int vni = balancers.virtualIpNetwork(asked);
                if (vni != Sighting.UNDERLAY) {
                    addClient(leg(vantage, row, initiator, vni).between(home, home));
                } else if (balancers.isGateway(asked) && asksPublishedPort(conversations, row, initiator)) {
                    Leg leg = leg(vantage, row, initiator, Sighting.UNDERLAY);
                    gateways.merge(new At(home, leg.connection()), leg, Leg::max);
                }
            }
        });
    }

    /** Who came in by docker_gwbridge has asked its node, whether that was captured or not. */
    private void clientsBehindGateways() {
        Set<At> known = new HashSet<>();
        if (!gateways.isEmpty()) {
            clients.values().forEach(leg -> known.add(new At(leg.entry(), leg.connection())));
        }
        gateways.forEach((at, leg) -> {
            if (!known.contains(at)) {
                addClient(leg.asking(at.node()));
            }
        });
    }

    /** Says on which node tasks are that no tunnel packet went to. */
    private void placeTasks() {
        Map<Address, Address> seen = new HashMap<>();
        boolean all = true;
        for (Leg leg : overlay.values()) {
            if (leg.responderVtep() == null) {
                all = false;
            } else {
                seen.put(leg.key().responder(), leg.responderVtep());
            }
        }
        if (!all) {
            overlay.replaceAll((key, leg) -> leg.responderVtep() != null ? leg : placed(leg, seen));
        }
    }

    private Leg placed(Leg leg, Map<Address, Address> seen) {
        Address node = seen.get(leg.key().responder());
        if (node == null) {
            node = balancers.nodeOf(leg.key().vni(), leg.key().responder());
        }
        // what leaves a node in a tunnel is seen where the node's underlay is: this did not leave
        if (node == null && names.seesTunnels(leg.initiatorVtep(), leg.key().vni())) {
            node = leg.initiatorVtep();
        }
        return leg.between(leg.initiatorVtep(), node);
    }

    private Leg leg(Vantage vantage, int row, int initiator, int vni) {
        Conversations conversations = vantage.seen().flows().conversations();
        int responder = 1 - initiator;
        boolean tcp = conversations.protocol(row) == TCP;
        Leg.Key key = new Leg.Key(
                vni,
                conversations.protocol(row),
                conversations.address(row, initiator),
                conversations.port(row, initiator),
                conversations.address(row, responder),
                conversations.port(row, responder),
                tcp ? conversations.initialSequence(row) : 0);
        return new Leg(
                key,
                aliases.node(Talk.vtep(vantage, row, initiator)),
                aliases.node(Talk.vtep(vantage, row, responder)),
                conversations.timestampValue(row),
                conversations.first(row),
                conversations.bytes(row, 0) + conversations.bytes(row, 1),
                tcp ? conversations.isAnswered(row) : conversations.packets(row, responder) > 0);
    }
}
