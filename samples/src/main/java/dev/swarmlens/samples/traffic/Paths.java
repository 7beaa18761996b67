package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.IpAddress;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.samples.scenario.Scenario.PortPlan;
import dev.swarmlens.samples.swarm.Client;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.wire.Leg;
import dev.swarmlens.samples.wire.Path;
import dev.swarmlens.samples.wire.Point;
import dev.swarmlens.samples.wire.Route;
import dev.swarmlens.samples.wire.Tunnel;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All ways that packets take. Until a load balancer has chosen, every leg takes as long as ever, so that who begins first is
 * served first.
 */
final class Paths {
    /** {@code 2001:db8::/64}. */
    private static final long DOCUMENTATION = 0x2001_0db8L << 32;

    private static final long FROM_CLIENT = 100_000;
    private static final long TO_BRIDGE = 60_000;
    private static final long TO_SANDBOX = 90_000;
    private static final long TO_TUNNEL = 60_000;
    private static final long TO_CONTAINER = 60_000;

    private final Swarm swarm;
    private final Vantage vantage;

    Paths(Swarm swarm, Vantage vantage) {
        this.swarm = swarm;
        this.vantage = vantage;
    }

    /** A way that is being laid. */
    private static final class Way {
        private final List<Leg> legs = new ArrayList<>();
        private final boolean steady;
        private OptionalInt fromPort = OptionalInt.empty();
        private OptionalInt toPort = OptionalInt.empty();

        Way(boolean steady) {
            this.steady = steady;
        }

        Way leg(
                Node node,
                MacAddress source,
                MacAddress destination,
                IpAddress from,
                IpAddress to,
                int hops,
                long delay,
                List<Point> seenAt,
                Optional<Tunnel> tunnel) {
            legs.add(new Leg(
                    node, source, destination, from, to, fromPort, toPort, hops, delay, steady, seenAt, tunnel));
            return this;
        }

        Way ports(OptionalInt newFrom, OptionalInt newTo) {
            fromPort = newFrom;
            toPort = newTo;
            return this;
        }

        Route route() {
            return new Route(legs);
        }
    }

    private static List<Point> reversed(List<Point> points) {
        List<Point> reversed = new ArrayList<>(points);
        Collections.reverse(reversed);
        return reversed;
    }

    /**
     * Through the routing mesh: the entry node's docker_gwbridge, its ingress sandbox, and the overlay if the task is elsewhere.
     *
     * @param at where the task runs
     */
    Path ingress(Client client, Node entry, Task task, Node at) {
        Network ingress = swarm.ingress();
        Endpoint balancer = swarm.loadBalancer(ingress, entry);
        Endpoint target = task.in(ingress);
        MacAddress sandboxMac = MacAddress.ofOverlayEndpoint(Node.INGRESS_SANDBOX);
        Way there = toEntry(client, entry);
        overlay(there, ingress, balancer, target, entry, at, 2, vantage.sandbox(entry), vantage.container(at, task));
        Way back = new Way(false);
        overlay(back, ingress, target, balancer, at, entry, 0, vantage.container(at, task), vantage.sandbox(entry));
        fromSandbox(back, client, entry, sandboxMac, 1);
        return new Path(there.route(), back.route());
    }

    /** No further than the entry node's ingress sandbox, which has forgotten the connection and answers for itself. */
    Path toSandbox(Client client, Node entry) {
        MacAddress sandboxMac = MacAddress.ofOverlayEndpoint(Node.INGRESS_SANDBOX);
        Way there = toEntry(client, entry);
        Way back = fromSandbox(new Way(false), client, entry, sandboxMac, 0);
        return new Path(there.route(), back.route());
    }

    /** No further than a node that does not listen, and resets. */
    Path toClosedPort(Client client, Node node) {
        return toNode(client, node, client.address(), node.address());
    }

    /** No further than a node, over IPv6. */
    Path toNodeOverIpv6(Client client, Node node) {
        return toNode(client, node, ipv6(client.address()), ipv6(node.address()));
    }

    /** An address for documentation, RFC 3849, that ends in the IPv4 address. */
    private static Ipv6Address ipv6(Ipv4Address address) {
        return new Ipv6Address(DOCUMENTATION, Integer.toUnsignedLong(address.bits()));
    }

    private Path toNode(Client client, Node node, IpAddress from, IpAddress to) {
        List<Point> seenAt = List.of(vantage.underlay(node));
        Way there =
                new Way(true).leg(node, client.mac(), node.mac(), from, to, 0, FROM_CLIENT, seenAt, Optional.empty());
        Way back = new Way(false).leg(node, node.mac(), client.mac(), to, from, 0, TO_BRIDGE, seenAt, Optional.empty());
        return new Path(there.route(), back.route());
    }

    private Way toEntry(Client client, Node entry) {
        MacAddress sandboxMac = MacAddress.ofOverlayEndpoint(Node.INGRESS_SANDBOX);
        return new Way(true)
                .leg(
                        entry,
                        client.mac(),
                        entry.mac(),
                        client.address(),
                        entry.address(),
                        0,
                        FROM_CLIENT,
                        List.of(vantage.underlay(entry)),
                        Optional.empty())
                .leg(
                        entry,
                        entry.gatewayMac(),
                        sandboxMac,
                        client.address(),
                        Node.INGRESS_SANDBOX,
                        1,
                        TO_BRIDGE,
                        vantage.bridge(entry),
                        Optional.empty());
    }

    private Way fromSandbox(Way back, Client client, Node entry, MacAddress sandboxMac, int hops) {
        return back.leg(
                        entry,
                        sandboxMac,
                        entry.gatewayMac(),
                        Node.INGRESS_SANDBOX,
                        client.address(),
                        hops,
                        TO_BRIDGE,
                        reversed(vantage.bridge(entry)),
                        Optional.empty())
                .leg(
                        entry,
                        entry.mac(),
                        client.mac(),
                        entry.address(),
                        client.address(),
                        hops + 1,
                        TO_BRIDGE,
                        List.of(vantage.underlay(entry)),
                        Optional.empty())
                .leg(
                        entry,
                        entry.mac(),
                        client.mac(),
                        entry.address(),
                        client.address(),
                        hops + 1,
                        FROM_CLIENT,
                        List.of(),
                        Optional.empty());
    }

    /** From one endpoint's interface to another's; through a tunnel if they are on two nodes. */
    private void overlay(
            Way way,
            Network network,
            Endpoint from,
            Endpoint to,
            Node here,
            Node there,
            int hops,
            List<Point> first,
            List<Point> last) {
        way.leg(here, from.mac(), to.mac(), from.ip(), to.ip(), hops, TO_SANDBOX, first, Optional.empty());
        if (!here.equals(there)) {
            Tunnel tunnel = new Tunnel(network, here, there);
            way.leg(here, from.mac(), to.mac(), from.ip(), to.ip(), hops, TO_TUNNEL, List.of(), Optional.of(tunnel));
        }
        way.leg(there, from.mac(), to.mac(), from.ip(), to.ip(), hops, TO_CONTAINER, last, Optional.empty());
    }

    /** To a port that is published on the task's own node, without the mesh. */
    Path host(Client client, Task task, PortPlan port) {
        Node node = task.node();
        MacAddress container = MacAddress.ofOverlayEndpoint(task.bridgeAddress());
        Way there = new Way(true)
                .leg(
                        node,
                        client.mac(),
                        node.mac(),
                        client.address(),
                        node.address(),
                        0,
                        FROM_CLIENT,
                        List.of(vantage.underlay(node)),
                        Optional.empty())
                .ports(OptionalInt.empty(), OptionalInt.of(port.target()))
                .leg(
                        node,
                        node.gatewayMac(),
                        container,
                        client.address(),
                        task.bridgeAddress(),
                        1,
                        TO_BRIDGE,
                        vantage.bridge(node, task),
                        Optional.empty());
        Way back = new Way(false)
                .ports(OptionalInt.of(port.target()), OptionalInt.empty())
                .leg(
                        node,
                        container,
                        node.gatewayMac(),
                        task.bridgeAddress(),
                        client.address(),
                        0,
                        TO_BRIDGE,
                        reversed(vantage.bridge(node, task)),
                        Optional.empty())
                .ports(OptionalInt.empty(), OptionalInt.empty())
                .leg(
                        node,
                        node.mac(),
                        client.mac(),
                        node.address(),
                        client.address(),
                        1,
                        TO_BRIDGE,
                        List.of(vantage.underlay(node)),
                        Optional.empty())
                .leg(
                        node,
                        node.mac(),
                        client.mac(),
                        node.address(),
                        client.address(),
                        1,
                        FROM_CLIENT,
                        List.of(),
                        Optional.empty());
        return new Path(there.route(), back.route());
    }

    /** From task to task, by its own address. */
    Path direct(Network network, Task from, Node here, Task to, Node there) {
        Way way = new Way(true);
        overlay(
                way,
                network,
                from.in(network),
                to.in(network),
                here,
                there,
                0,
                vantage.container(here, from),
                vantage.container(there, to));
        Way back = new Way(false);
        overlay(
                back,
                network,
                to.in(network),
                from.in(network),
                there,
                here,
                0,
                vantage.container(there, to),
                vantage.container(here, from));
        return new Path(way.route(), back.route());
    }

    /** From a task to a service's virtual address: its own node's load balancer asks a task in its own name. */
    Path virtual(Network network, Ipv4Address virtual, Task from, Node here, Task to, Node there) {
        Endpoint source = from.in(network);
        Endpoint balancer = swarm.loadBalancer(network, here);
        Way way = new Way(true)
                .leg(
                        here,
                        source.mac(),
                        balancer.mac(),
                        source.ip(),
                        virtual,
                        0,
                        TO_SANDBOX,
                        vantage.container(here, from),
                        Optional.empty());
        overlay(way, network, balancer, to.in(network), here, there, 1, List.of(), vantage.container(there, to));
        Way back = new Way(false);
        overlay(back, network, to.in(network), balancer, there, here, 0, vantage.container(there, to), List.of());
        back.leg(
                here,
                balancer.mac(),
                source.mac(),
                virtual,
                source.ip(),
                1,
                TO_CONTAINER,
                vantage.container(here, from),
                Optional.empty());
        return new Path(way.route(), back.route());
    }

    /** From a task to its own node's load balancer, which answers a ping of a virtual address itself. */
    Path toBalancer(Network network, Ipv4Address virtual, Task from, Node here) {
        Endpoint source = from.in(network);
        Endpoint balancer = swarm.loadBalancer(network, here);
        List<Point> seenAt = vantage.container(here, from);
        Way way = new Way(true)
                .leg(here, source.mac(), balancer.mac(), source.ip(), virtual, 0, TO_SANDBOX, seenAt, Optional.empty());
        Way back = new Way(false)
                .leg(here, balancer.mac(), source.mac(), virtual, source.ip(), 0, TO_SANDBOX, seenAt, Optional.empty());
        return new Path(way.route(), back.route());
    }

    /** From node to node, outside of all overlays. */
    Path underlay(Node here, Node there) {
        return new Path(across(here, there), across(there, here));
    }

    private Route across(Node here, Node there) {
        return new Way(false)
                .leg(
                        here,
                        here.mac(),
                        there.mac(),
                        here.address(),
                        there.address(),
                        0,
                        TO_TUNNEL,
                        List.of(vantage.underlay(here)),
                        Optional.empty())
                .leg(
                        there,
                        here.mac(),
                        there.mac(),
                        here.address(),
                        there.address(),
                        0,
                        Wire.UNDERLAY_NANOS,
                        List.of(vantage.underlay(there)),
                        Optional.empty())
                .route();
    }
}
