package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.inventory.PublishedPort;
import dev.swarmlens.analyzer.inventory.Service;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the legs of connections through the routing mesh among all conversations, each once. */
final class Legs {
    private static final int TCP = IpProtocol.TCP.code();
    private static final int UDP = IpProtocol.UDP.code();
    /** What comes through the mesh has lost hops on its way; a packet with all that Linux gives began inside the network. */
    private static final int ORIGINAL_TTL = 64;

    /** A published port. */
    record Port(int protocol, int number) {}

    private final Names names;
    private final Map<Leg.Key, Leg> overlay = new HashMap<>();
    private final Map<Leg.Key, Leg> clients = new HashMap<>();
    private final Set<Port> ports = new HashSet<>();
    private final Set<Address> nodes = new HashSet<>();

    Legs(Names names, Collection<Vantage> vantages) {
        this.names = names;
        for (Service service : names.inventory().services()) {
            for (PublishedPort port : service.ports()) {
                if (port.mode() == PublishedPort.Mode.INGRESS) {
                    ports.add(new Port(port.protocol().equals("udp") ? UDP : TCP, port.published()));
                }
            }
        }
        for (Node node : names.inventory().nodes()) {
            Names.parse(node.address()).ifPresent(nodes::add);
        }
        vantages.forEach(this::collectOverlay);
        vantages.forEach(this::collectNodes);
        vantages.forEach(this::collectClients);
    }

    /** The legs from entry nodes to tasks. */
    Collection<Leg> overlay() {
        return overlay.values();
    }

    /** The legs from clients to entry nodes. */
    Collection<Leg> clients() {
        return clients.values();
    }

    private void collectOverlay(Vantage vantage) {
        Conversations conversations = vantage.seen().flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            if (conversations.vni(row) != Sighting.UNDERLAY
                    && names.isIngress(conversations.vni(row))
                    && isConnection(conversations, row)) {
                int initiator = overlayInitiator(conversations, row);
                if (conversations.timeToLive(row, initiator) != ORIGINAL_TTL) {
                    addOverlay(leg(vantage, row, initiator));
                }
            }
        }
    }

    private void addOverlay(Leg leg) {
        overlay.merge(leg.key(), leg, Leg::max);
        ports.add(new Port(leg.key().protocol(), leg.key().port()));
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
        for (int direction = 0; direction < 2; direction++) {
            boolean published = ports.contains(new Port(UDP, conversations.port(row, direction)));
            boolean otherPublished = ports.contains(new Port(UDP, conversations.port(row, 1 - direction)));
            if (published && !otherPublished) {
                return 1 - direction;
            }
        }
        return Talk.initiatorByPorts(
                conversations.port(row, 0), conversations.port(row, 1), conversations.firstDirection(row));
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

    private void collectClients(Vantage vantage) {
        Conversations conversations = vantage.seen().flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            if (conversations.vni(row) == Sighting.UNDERLAY && isConnection(conversations, row)) {
                for (int initiator = 0; initiator < 2; initiator++) {
                    boolean possible = conversations.protocol(row) == UDP || initiator == conversations.initiator(row);
                    if (possible
                            && ports.contains(
                                    new Port(conversations.protocol(row), conversations.port(row, 1 - initiator)))
                            && nodes.contains(conversations.address(row, 1 - initiator))) {
                        Leg leg = leg(vantage, row, initiator);
                        clients.merge(leg.key(), leg, Leg::max);
                    }
                }
            }
        }
    }

    private static Leg leg(Vantage vantage, int row, int initiator) {
        Conversations conversations = vantage.seen().flows().conversations();
        int responder = 1 - initiator;
        boolean tcp = conversations.protocol(row) == TCP;
        Leg.Key key = new Leg.Key(
                conversations.protocol(row),
                conversations.address(row, initiator),
                conversations.port(row, initiator),
                conversations.address(row, responder),
                conversations.port(row, responder),
                tcp ? conversations.initialSequence(row) : 0);
        return new Leg(
                key,
                Talk.vtep(vantage, row, initiator),
                Talk.vtep(vantage, row, responder),
                conversations.timestampValue(row),
                conversations.first(row),
                conversations.bytes(row, 0) + conversations.bytes(row, 1),
                tcp ? conversations.isAnswered(row) : conversations.packets(row, responder) > 0);
    }
}
