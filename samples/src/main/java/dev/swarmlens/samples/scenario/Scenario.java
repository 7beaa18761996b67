package dev.swarmlens.samples.scenario;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A swarm, and what happens in it. Same scenario, same bytes.
 *
 * @param name what it is called
 * @param seed of all that is random
 * @param start when it begins
 * @param mtu of the underlay, in bytes of an IP packet
 * @param dataPathPort the UDP port of VXLAN
 * @param gossip whether the nodes gossip on port 7946
 * @param management whether the workers tell the manager on port 2377 that they are alive
 * @param nodes at least one; the first is the manager
 * @param networks user overlays; {@code ingress} is always there
 * @param services what runs
 * @param clients outside of the swarm
 * @param traffic what they do
 * @param faults what goes wrong
 * @param capture where to capture besides each node's underlay: {@code docker_gwbridge}, {@code ingress_sbox}, or a task such as
 *     {@code web.1}
 */
public record Scenario(
        String name,
        long seed,
        Instant start,
        int mtu,
        int dataPathPort,
        boolean gossip,
        boolean management,
        List<NodePlan> nodes,
        List<NetworkPlan> networks,
        List<ServicePlan> services,
        List<ClientPlan> clients,
        List<TrafficPlan> traffic,
        List<FaultPlan> faults,
        List<String> capture) {

    /** Makes the lists immutable. */
    public Scenario {
        nodes = List.copyOf(nodes);
        networks = List.copyOf(networks);
        services = List.copyOf(services);
        clients = List.copyOf(clients);
        traffic = List.copyOf(traffic);
        faults = List.copyOf(faults);
        capture = List.copyOf(capture);
    }

    /** When it begins, in nanoseconds since 1970. */
    public long startNanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, start);
    }

    /** The same with another seed. */
    public Scenario withSeed(long newSeed) {
        return new Scenario(
                name,
                newSeed,
                start,
                mtu,
                dataPathPort,
                gossip,
                management,
                nodes,
                networks,
                services,
                clients,
                traffic,
                faults,
                capture);
    }

    /**
     * A node.
     *
     * @param address on the underlay, also of its VTEP
     * @param mac of its underlay interface
     * @param clockNanos by how much its clock is ahead
     */
    public record NodePlan(String name, Ipv4Address address, MacAddress mac, long clockNanos) {}

    /**
     * A user overlay.
     *
     * @param subnet for example {@code 10.0.9.0/24}
     * @param vni empty to be allocated as Docker does, from 4097 in order
     */
    public record NetworkPlan(String name, Subnet subnet, OptionalInt vni, boolean encrypted) {}

    /**
     * A service.
     *
     * @param on the nodes of its replicas, in turn
     * @param networks the user overlays that its tasks are attached to
     * @param dnsRoundRobin whether its name means its tasks, without a virtual address
     */
    public record ServicePlan(
            String name,
            int replicas,
            List<String> on,
            List<String> networks,
            List<PortPlan> ports,
            boolean dnsRoundRobin) {
        /** Makes the lists immutable. */
        public ServicePlan {
            on = List.copyOf(on);
            networks = List.copyOf(networks);
            ports = List.copyOf(ports);
        }
    }

    /**
     * A published port.
     *
     * @param published on the nodes
     * @param target in the task
     * @param udp whether it is UDP, otherwise TCP
     * @param host whether it is published on the task's own node alone, without the routing mesh
     */
    public record PortPlan(int published, int target, boolean udp, boolean host) {
        /** {@code tcp} or {@code udp}. */
        public String protocol() {
            return udp ? "udp" : "tcp";
        }
    }

    /** Somebody outside of the swarm, on the nodes' underlay. */
    public record ClientPlan(String name, Ipv4Address address, MacAddress mac) {}

    /** What is done. */
    public enum Kind {
        /** Requests and answers over TCP, with or without keep-alive. */
        HTTP,
        /** One transfer over TCP. */
        TCP,
        /** Datagrams, each answered by one. */
        UDP,
        /** ICMP echo. */
        PING,
        /** Queries and answers. */
        DNS
    }

    /**
     * Something that somebody does again and again.
     *
     * @param kind what
     * @param from clients, services or tasks; each of them does it
     * @param to a service, or a task such as {@code web.2}
     * @param network the overlay it goes through if it comes from a task
     * @param port published, or the target port inside of an overlay
     * @param via the nodes that a client asks, in turn
     * @param connections how many, of each
     * @param requests in each connection: requests, datagrams or echoes
     * @param request bytes of one
     * @param response bytes of its answer
     * @param startNanos when the first begins
     * @param everyNanos from one to the next
     * @param thinkNanos between the requests of one connection
     */
    public record TrafficPlan(
            Kind kind,
            List<String> from,
            String to,
            Optional<String> network,
            OptionalInt port,
            List<String> via,
            int connections,
            int requests,
            int request,
            int response,
            long startNanos,
            long everyNanos,
            long thinkNanos) {
        /** Makes the lists immutable. */
        public TrafficPlan {
            from = List.copyOf(from);
            via = List.copyOf(via);
        }

        /** The same, once, by one alone. */
        public TrafficPlan onceFrom(String who) {
            return new TrafficPlan(
                    kind,
                    List.of(who),
                    to,
                    network,
                    port,
                    via,
                    1,
                    requests,
                    request,
                    response,
                    startNanos,
                    everyNanos,
                    thinkNanos);
        }
    }

    /**
     * Something that goes wrong.
     *
     * @param id which failure: {@code SW-01} and so on, or a word
     * @param from the node where it happens, or it begins
     * @param to the other node
     * @param task the task that it is about
     * @param startNanos from when
     * @param endNanos until when; {@link Long#MAX_VALUE} for ever
     * @param size bytes
     * @param loss the share of packets that is lost, 0 to 1
     * @param delayNanos added to each packet's way
     * @param address another address
     * @param network the network that it is about
     * @param refuse whether a task that is gone refuses, instead of saying nothing
     */
    public record FaultPlan(
            String id,
            Optional<String> from,
            Optional<String> to,
            Optional<String> task,
            long startNanos,
            long endNanos,
            int size,
            double loss,
            long delayNanos,
            Optional<Ipv4Address> address,
            Optional<String> network,
            boolean refuse) {}
}
