package dev.swarmlens.samples.wire;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpAddress;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Swarm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Carries datagrams from host to host, and lets each be seen on its way wherever somebody captures.
 *
 * <p>Not thread-safe.
 */
public final class Wire {
    /** What {@link #carry} says of what never arrives. */
    public static final long LOST = -1;

    /** How long the underlay takes from node to node. */
    public static final long UNDERLAY_NANOS = 150_000;

    private static final int TTL = 64;
    /** The kernel's ports for outgoing connections, from which a tunnel's source port is made, too. */
    private static final int FIRST_PORT = 32_768;

    private static final int LAST_PORT = 60_999;
    private static final long BETWEEN_POINTS = 15_000;
    private static final int PORT_MULTIPLIER = 0x9e37_79b1;

    private final Swarm swarm;
    private final Vantage vantage;
    private final List<Disturbance> disturbances;
    private final SplittableRandom random;
    private final ProtocolRegistry registry = ProtocolRegistry.standard();
    private final FrameQueue queue = new FrameQueue();
    private final Ipsec ipsec;
    private final int hashSeed;
    /** The next IP identification of each pair of nodes. */
    private final int[][] identifications;

    private final long slowestClock;
    private final Map<Claim, Long> claims = new LinkedHashMap<>();

    /**
     * Who was seen to send from which VTEP: what crossed the underlay says so.
     *
     * @param vtep the outer source
     */
    public record Claim(int vni, IpAddress ip, MacAddress mac, Ipv4Address vtep) {}

    /** Makes a wire with nothing on it. */
    public Wire(Swarm swarm, Vantage vantage, List<Disturbance> disturbances, SplittableRandom random) {
        this.swarm = swarm;
        this.vantage = vantage;
        this.disturbances = List.copyOf(disturbances);
        this.random = random;
        this.ipsec = new Ipsec(random.split());
        this.hashSeed = random.nextInt();
        int nodes = swarm.nodes().size();
        // of whoever is no node, too
        this.identifications = new int[nodes + 1][nodes];
        for (int[] row : identifications) {
            for (int i = 0; i < nodes; i++) {
                row[i] = random.nextInt(1 << Short.SIZE);
            }
        }
        this.slowestClock =
                swarm.nodes().stream().mapToLong(Node::clockNanos).min().orElse(0);
    }

    /** The keys of encrypted networks. */
    public Ipsec ipsec() {
        return ipsec;
    }

    /** Who was seen to send from which VTEP, and in how many frames, in the order in which they began. */
    public Map<Claim, Long> claims() {
        return claims;
    }

    /**
     * Begins to record.
     *
     * @param sink gets the frames, from another thread
     */
    public Recorder recorder(FrameSink sink) {
        return new Recorder(this::encode, sink);
    }

    /** Passes on what nothing can be captured before any more, if nothing is sent before a time. */
    public void drain(long nanos, Recorder recorder) {
        queue.drain(nanos == Long.MAX_VALUE ? nanos : nanos + slowestClock, recorder::accept);
    }

    /**
     * Carries a datagram.
     *
     * @param nanos when it is sent
     * @return when it arrives, or {@link #LOST}
     */
    public long carry(Datagram datagram, Route route, long nanos) {
        return carry(datagram, route, nanos, Crossing.HEALTHY);
    }

    /**
     * Carries a datagram that shows a fault.
     *
     * @param fault the fault's number
     */
    public long carry(Datagram datagram, Route route, long nanos, int fault) {
        long at = nanos;
        List<Leg> legs = route.legs();
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.get(i);
            at = route.enter(i, at + (leg.steady() ? leg.delayNanos() : jitter(leg.delayNanos())));
            if (isDown(leg.node(), at) || isUnknown(leg, at)) {
                return LOST;
            }
            if (leg.tunnel().isPresent()) {
                at = cross(datagram, route, i, at, fault);
                if (at == LOST) {
                    return LOST;
                }
            } else if (!leg.seenAt().isEmpty()) {
                Travelling frame = new Travelling(datagram, leg, Optional.empty());
                int lostBy = i + 1 < legs.size() ? losing(leg, legs.get(i + 1), datagram, at) : Crossing.HEALTHY;
                route.capture();
                for (int k = 0; k < leg.seenAt().size(); k++) {
                    queue.capture(
                            leg.seenAt().get(k),
                            at + k * BETWEEN_POINTS,
                            frame,
                            lostBy == Crossing.HEALTHY ? fault : lostBy);
                }
                if (lostBy != Crossing.HEALTHY) {
                    return LOST;
                }
            }
        }
        return route.leave(legs.size() - 1, at + jitter(BETWEEN_POINTS));
    }

    /** The fault by which a datagram is lost between two nodes, outside of tunnels. */
    private int losing(Leg leg, Leg next, Datagram datagram, long nanos) {
        if (next.tunnel().isEmpty() && !leg.node().equals(next.node())) {
            for (Disturbance disturbance : disturbances) {
                int fault = disturbance.losesOnUnderlay(leg.node(), next.node(), datagram, nanos);
                if (fault != Crossing.HEALTHY) {
                    return fault;
                }
            }
        }
        return Crossing.HEALTHY;
    }

    private boolean isDown(Node node, long nanos) {
        for (Disturbance disturbance : disturbances) {
            if (disturbance.isDown(node, nanos)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUnknown(Leg leg, long nanos) {
        for (Disturbance disturbance : disturbances) {
            if (disturbance.isUnknown(leg, nanos)) {
                return true;
            }
        }
        return false;
    }

    private long cross(Datagram datagram, Route route, int index, long nanos, int fault) {
        Leg leg = route.legs().get(index);
        Tunnel tunnel = leg.tunnel().orElseThrow();
        Crossing crossing = new Crossing(nanos, tunnel, leg, datagram);
        for (Disturbance disturbance : disturbances) {
            disturbance.cross(crossing);
        }
        int shown = crossing.fault() == Crossing.HEALTHY ? fault : crossing.fault();
        Travelling frame = new Travelling(datagram, leg, Optional.of(crossing));
        if (!crossing.isEncrypted()) {
            claims.merge(new Claim(crossing.vni(), leg.from(), leg.source(), crossing.outerSource()), 1L, Long::sum);
        }
        route.capture();
        // who is no node of the swarm captures nothing
        if (tunnel.from().index() < swarm.nodes().size()) {
            queue.capture(vantage.underlay(tunnel.from()), nanos, frame, shown);
        }
        long arrival = route.leave(index, nanos + jitter(UNDERLAY_NANOS) + crossing.delayNanos());
        if (crossing.isLost() || isDown(crossing.receiver(), arrival)) {
            return LOST;
        }
        queue.capture(vantage.underlay(crossing.receiver()), arrival, frame, shown);
        return crossing.isRefused() || !crossing.receiver().equals(tunnel.to()) ? LOST : arrival;
    }

    private void encode(Travelling frame, byte[] bytes) {
        Datagram datagram = frame.datagram();
        List<Header> inner = plain(datagram, frame.leg());
        if (frame.crossing().isEmpty()) {
            write(bytes, inner, datagram.payload());
            return;
        }
        Crossing crossing = frame.crossing().get();
        Node from = crossing.from();
        Node to = crossing.receiver();
        Ethernet ethernet = new Ethernet(crossing.nextHop(), from.mac(), EtherType.IPV4);
        int identification = identifications[from.index()][to.index()]++ & 0xffff;
        Ipv4 ip = new Ipv4(
                0,
                0,
                identification,
                0,
                0,
                TTL,
                IpProtocol.UDP,
                0,
                crossing.outerSource(),
                crossing.outerDestination(),
                Bytes.EMPTY);
        Udp udp = new Udp(sourcePort(datagram, frame.leg()), swarm.dataPathPort(), 0, 0);
        Vxlan vxlan = new Vxlan(Vxlan.FLAG_VALID_VNI, 0, crossing.vni(), crossing.reserved());
        if (crossing.isEncrypted()) {
            // keys are made for the advertised addresses, whatever becomes of them on the way
            Ipv4 advertised = Ipv4.from(from.address()).to(to.address());
            Bytes esp = seal(
                    advertised,
                    List.of(advertised, udp, vxlan, inner.get(0), inner.get(1), inner.get(2)),
                    datagram,
                    crossing);
            write(bytes, List.of(ethernet, ip.withNextProtocol(IpProtocol.ESP)), esp);
        } else if (crossing.isChecksumLeft()) {
            write(bytes, List.of(ethernet, ip, udp, vxlan), unfinished(inner, datagram));
        } else {
            write(
                    bytes,
                    List.of(ethernet, ip, udp, vxlan, inner.get(0), inner.get(1), inner.get(2)),
                    datagram.payload());
        }
    }

    private void write(byte[] bytes, List<Header> headers, Bytes payload) {
        Packet packet = new Packet(headers, payload, Bytes.EMPTY);
        packet.encodeTo(bytes, Encoding.COMPUTED, registry);
    }

    /** One port for each flow, as the kernel's hash of the inner packet gives it. */
    private int sourcePort(Datagram datagram, Leg leg) {
        int ports = 0;
        if (datagram.transport() instanceof Tcp tcp) {
            ports = tcp.sourcePort() << Short.SIZE | tcp.destinationPort();
        } else if (datagram.transport() instanceof Udp udp) {
            ports = udp.sourcePort() << Short.SIZE | udp.destinationPort();
        }
        int hash = hashSeed;
        for (int part : new int[] {bits(leg.from()), bits(leg.to()), ports, datagram.hash()}) {
            hash = Integer.rotateLeft((hash ^ part) * PORT_MULTIPLIER, 15);
        }
        return FIRST_PORT + Integer.remainderUnsigned(hash, LAST_PORT - FIRST_PORT + 1);
    }

    private static int bits(IpAddress address) {
        return address instanceof Ipv4Address ipv4 ? ipv4.bits() : address.hashCode();
    }

    private Bytes seal(Ipv4 ip, List<Header> clear, Datagram datagram, Crossing crossing) {
        byte[] packet =
                new Packet(clear, datagram.payload(), Bytes.EMPTY).encode().toArray();
        return Bytes.of(
                ipsec.seal(ip.source(), ip.destination(), crossing.keyAge(), packet, Ipv4.MIN_LENGTH, packet.length));
    }

    /** A frame whose transport checksum is but the pseudo-header's sum, as the kernel leaves it to the network card. */
    private static Bytes unfinished(List<Header> headers, Datagram datagram) {
        byte[] frame =
                new Packet(headers, datagram.payload(), Bytes.EMPTY).encode().toArray();
        int transport = Ethernet.LENGTH + Ipv4.MIN_LENGTH;
        boolean tcp = datagram.transport() instanceof Tcp;
        if (tcp || datagram.transport() instanceof Udp) {
            int addresses = transport - 2 * Ipv4Address.LENGTH;
            long sum = InternetChecksum.sum(
                    frame, addresses, transport, datagram.protocol().code() + frame.length - transport);
            BigEndian.put16(frame, transport + (tcp ? 16 : 6), InternetChecksum.fold(sum));
        }
        return Bytes.of(frame);
    }

    private static List<Header> plain(Datagram datagram, Leg leg) {
        if (datagram.isArp()) {
            return List.of(new Ethernet(leg.destination(), leg.source(), EtherType.ARP), datagram.transport());
        }
        Header ip = internet(datagram, leg);
        EtherType type = ip instanceof Ipv6 ? EtherType.IPV6 : EtherType.IPV4;
        return List.of(new Ethernet(leg.destination(), leg.source(), type), ip, translated(datagram.transport(), leg));
    }

    private static Header internet(Datagram datagram, Leg leg) {
        if (leg.from() instanceof Ipv6Address from && leg.to() instanceof Ipv6Address to) {
            return new Ipv6(0, 0, 0, datagram.protocol(), TTL - leg.hops(), from, to);
        }
        return new Ipv4(
                0,
                0,
                datagram.identification(),
                datagram.dontFragment() ? Ipv4.FLAG_DONT_FRAGMENT : 0,
                0,
                TTL - leg.hops(),
                datagram.protocol(),
                0,
                (Ipv4Address) leg.from(),
                (Ipv4Address) leg.to(),
                Bytes.EMPTY);
    }

    private static Header translated(Header transport, Leg leg) {
        if (leg.fromPort().isEmpty() && leg.toPort().isEmpty()) {
            return transport;
        }
        if (transport instanceof Tcp tcp) {
            return new Tcp(
                    leg.fromPort().orElse(tcp.sourcePort()),
                    leg.toPort().orElse(tcp.destinationPort()),
                    tcp.sequenceNumber(),
                    tcp.acknowledgmentNumber(),
                    tcp.flags(),
                    tcp.window(),
                    0,
                    0,
                    tcp.options());
        }
        if (transport instanceof Udp udp) {
            return new Udp(leg.fromPort().orElse(udp.sourcePort()), leg.toPort().orElse(udp.destinationPort()), 0, 0);
        }
        return transport;
    }

    /** Up to a half more. */
    private long jitter(long nanos) {
        return nanos + random.nextLong(nanos / 2 + 1);
    }
}
