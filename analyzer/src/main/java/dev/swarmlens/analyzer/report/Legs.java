package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.inventory.PublishedPort;
import dev.swarmlens.analyzer.inventory.Service;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
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
        Flows flows = vantage.seen().flows();
        Conversations conversations = flows.conversations();
        for (int row = 0; row < conversations.size(); row++) {
            int flow = conversations.flow(row);
            if (flows.vni(flow) != Sighting.UNDERLAY && names.isIngress(flows.vni(flow)) && isConnection(flows, row)) {
                Leg leg = leg(vantage, row, overlayInitiator(flows, row));
                overlay.merge(leg.key(), leg, Leg::max);
                ports.add(new Port(leg.key().protocol(), leg.key().port()));
                if (leg.initiatorVtep() != null) {
                    nodes.add(leg.initiatorVtep());
                    nodes.add(leg.responderVtep());
                }
            }
        }
    }

    private static boolean isConnection(Flows flows, int row) {
        int flow = flows.conversations().flow(row);
        int protocol = flows.protocol(flow);
        return protocol == TCP && flows.conversations().initiator(row) != Conversations.NONE
                || protocol == UDP && flows.port(flow, 0) != 0;
    }

    private int overlayInitiator(Flows flows, int row) {
        Conversations conversations = flows.conversations();
        int flow = conversations.flow(row);
        if (flows.protocol(flow) == TCP) {
            return conversations.initiator(row);
        }
        for (int direction = 0; direction < 2; direction++) {
            boolean published = ports.contains(new Port(UDP, flows.port(flow, direction)));
            boolean otherPublished = ports.contains(new Port(UDP, flows.port(flow, 1 - direction)));
            if (published && !otherPublished) {
                return 1 - direction;
            }
        }
        return Talk.initiatorByPorts(flows.port(flow, 0), flows.port(flow, 1), conversations.firstDirection(row));
    }

    private void collectNodes(Vantage vantage) {
        if (names.home(vantage) != null) {
            nodes.add(names.home(vantage));
        }
        Flows flows = vantage.seen().flows();
        for (int flow = 0; flow < flows.size(); flow++) {
            if (Vantage.isAmongNodes(flows, flow)) {
                nodes.add(flows.address(flow, 0));
                nodes.add(flows.address(flow, 1));
            }
        }
    }

    private void collectClients(Vantage vantage) {
        Flows flows = vantage.seen().flows();
        Conversations conversations = flows.conversations();
        for (int row = 0; row < conversations.size(); row++) {
            int flow = conversations.flow(row);
            if (flows.vni(flow) == Sighting.UNDERLAY && isConnection(flows, row)) {
                for (int initiator = 0; initiator < 2; initiator++) {
                    boolean possible = flows.protocol(flow) == UDP || initiator == conversations.initiator(row);
                    if (possible
                            && ports.contains(new Port(flows.protocol(flow), flows.port(flow, 1 - initiator)))
                            && nodes.contains(flows.address(flow, 1 - initiator))) {
                        Leg leg = leg(vantage, row, initiator);
                        clients.merge(leg.key(), leg, Leg::max);
                    }
                }
            }
        }
    }

    private static Leg leg(Vantage vantage, int row, int initiator) {
        Flows flows = vantage.seen().flows();
        Conversations conversations = flows.conversations();
        int flow = conversations.flow(row);
        int responder = 1 - initiator;
        boolean tcp = flows.protocol(flow) == TCP;
        Leg.Key key = new Leg.Key(
                flows.protocol(flow),
                flows.address(flow, initiator),
                flows.port(flow, initiator),
                flows.address(flow, responder),
                flows.port(flow, responder),
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
