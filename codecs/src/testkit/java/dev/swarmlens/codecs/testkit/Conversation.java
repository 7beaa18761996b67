package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import java.util.List;

/**
 * One request through the routing mesh of a swarm, from the first SYN to the last ACK: the frames that the underlay interface of
 * the node sees that the client asked, and the truth beside them.
 *
 * @param client who asks, from outside of the swarm
 * @param clientPort the TCP port that it asks from
 * @param entry the node that it asks
 * @param publishedPort the port that it asks there, which the overlay's frames have, too
 * @param server the node whose task answers; it may be the entry node itself, and then nothing is seen of the overlay
 * @param task the task's address in the ingress network
 * @param vni the VXLAN network identifier of the ingress network
 * @param request what the client says; nothing if it is empty
 * @param response what the task says; nothing if it is empty
 * @param sights the frames in order
 */
public record Conversation(
        Host client,
        int clientPort,
        Node entry,
        int publishedPort,
        Node server,
        Ipv4Address task,
        int vni,
        Bytes request,
        Bytes response,
        List<Sight> sights) {
    private static final long LOCAL_PREFIX = 0x5254_00L << 24;
    private static final int LAST_THREE_BYTES = 0xff_ffff;

    /** Keeps a copy of the list. */
    public Conversation {
        sights = List.copyOf(sights);
    }

    /**
     * An interface on the underlay.
     *
     * @param mac its MAC address
     * @param address its IPv4 address
     */
    public record Host(MacAddress mac, Ipv4Address address) {
        /** A virtual machine's interface, whose MAC address is 52:54:00 and the end of its IPv4 address. */
        public static Host of(Ipv4Address address) {
            return new Host(new MacAddress(LOCAL_PREFIX | address.bits() & LAST_THREE_BYTES), address);
        }
    }

    /**
     * A node of the swarm.
     *
     * @param underlay its interface to the other nodes, whose address is that of its tunnel endpoint
     * @param loadBalancer its address in the ingress network, which requests that it passes on come from
     */
    public record Node(Host underlay, Ipv4Address loadBalancer) {}

    /** Where a frame is on its way. */
    public enum Leg {
        /** Between the client and the entry node. */
        CLIENT,
        /** Between the entry node and the server, in VXLAN. */
        OVERLAY
    }

    /**
     * One frame.
     *
     * @param leg where it is on its way
     * @param fromClient whether it goes towards the task; if not, it comes from there
     * @param packet the frame, which is valid
     */
    public record Sight(Leg leg, boolean fromClient, Packet packet) {}

    /** Whether the entry node's own task answers. */
    public boolean isLocal() {
        return server.equals(entry);
    }

    /** All frames in order, as the entry node sees them. */
    public List<Packet> packets() {
        return sights.stream().map(Sight::packet).toList();
    }

    /** The frames of one leg in order; those of {@link Leg#OVERLAY} are all that the server's interface sees. */
    public List<Packet> packets(Leg leg) {
        return sights.stream()
                .filter(sight -> sight.leg() == leg)
                .map(Sight::packet)
                .toList();
    }
}
