package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.DestinationUnreachable;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.NeighborAdvertisement;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.NeighborSolicitation;
import dev.swarmlens.codecs.icmpv6.NeighborOption;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6Fragment;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv6 in Ethernet. */
class Ipv6KernelTest extends KernelLab {
    private static final Ethernet TO_LINUX = Ethernet.from(OUR_MAC).to(LinuxHost.MAC);
    private static final Ethernet TO_US = Ethernet.from(LinuxHost.MAC).to(OUR_MAC);
    private static final Ipv6 OUR_IPV6_TO_LINUX = Ipv6.from(OUR_IPV6).to(LinuxHost.IPV6);

    /** Neighbour discovery must not have passed a router, RFC 4861 section 7.1. */
    private static final int UNFORWARDED = 255;

    private static final int DEFAULT_HOP_LIMIT = 64;

    /** RFC 4443 section 3.1. */
    private static final int PORT_UNREACHABLE = 4;

    private static final int FRAGMENT_LENGTH = 24;

    @BeforeAll
    static void addAddress() throws Exception {
        addIpv6();
    }

    private static Packet ours(Header... enclosed) {
        return packet(List.of(TO_LINUX, OUR_IPV6_TO_LINUX), enclosed);
    }

    /** Linux chooses a flow label. */
    private static Ipv6 fromLinux(Answer answer, int hopLimit) {
        int flowLabel = answer.outer(Ipv6.class).flowLabel();
        return new Ipv6(0, flowLabel, 0, new IpProtocol(0), hopLimit, LinuxHost.IPV6, OUR_IPV6);
    }

    /** RFC 4291 section 2.7.1. */
    private static Ipv6Address solicitedNode(Ipv6Address address) {
        return new Ipv6Address(0xff02L << 48, 0x1_ff00_0000L | address.low() & 0xff_ffff);
    }

    /** RFC 2464 section 7. */
    private static MacAddress multicast(Ipv6Address address) {
        return new MacAddress(0x3333L << 32 | address.low() & 0xffff_ffffL);
    }

    private static Ipv6 unforwarded(Ipv6Address source, Ipv6Address destination) {
        return new Ipv6(0, 0, 0, new IpProtocol(0), UNFORWARDED, source, destination);
    }

    private static Predicate<Answer> isIcmpv6(int type, int identifier) {
        return answer ->
                answer.endsWith(Icmpv6.class, icmp -> icmp.type() == type && icmp.rest() >>> Short.SIZE == identifier);
    }

    private static NeighborAdvertisement advertisementOf(Ipv6Address address) {
        return new NeighborAdvertisement(false, true, true, address);
    }

    private static Predicate<Answer> mentions(Icmpv6Message message) {
        return answer -> answer.packet().layers().stream()
                .anyMatch(header ->
                        header instanceof Icmpv6 icmp && icmp.message().equals(message));
    }

    private static Predicate<Answer> isUdpTo(int port) {
        return answer -> answer.endsWith(Udp.class, udp -> udp.destinationPort() == port);
    }

    @Test
    void aNeighbourSolicitationIsAnswered() throws Exception {
        Ipv6Address group = solicitedNode(LinuxHost.IPV6);
        Packet solicitation = Packet.of(
                Ethernet.from(OUR_MAC).to(multicast(group)),
                unforwarded(OUR_IPV6, group),
                Icmpv6.of(new NeighborSolicitation(LinuxHost.IPV6)),
                NeighborOption.sourceLinkLayerAddress(OUR_MAC));

        Answer answer = wire.ask(solicitation, mentions(advertisementOf(LinuxHost.IPV6)));

        Packet expected = Packet.of(
                TO_US,
                fromLinux(answer, UNFORWARDED),
                Icmpv6.of(advertisementOf(LinuxHost.IPV6)),
                NeighborOption.targetLinkLayerAddress(LinuxHost.MAC));
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }

    /** Before Linux answers a stranger it asks for the stranger's address, and needs our advertisement. */
    @Test
    void ourNeighbourAdvertisementIsTaken() throws Exception {
        int identifier = 0x77;
        Ipv6Address stranger = Ipv6Address.of("2001:db8::77");
        Packet echoRequest = Packet.of(
                Ethernet.from(STRANGE_MAC).to(LinuxHost.MAC),
                Ipv6.from(stranger).to(LinuxHost.IPV6),
                Icmpv6.echoRequest(identifier, 1));
        Answer solicitation = wire.ask(echoRequest, mentions(new NeighborSolicitation(stranger)));

        Packet advertisement = Packet.of(
                Ethernet.from(STRANGE_MAC).to(LinuxHost.MAC),
                unforwarded(stranger, solicitation.outer(Ipv6.class).source()),
                Icmpv6.of(advertisementOf(stranger)),
                NeighborOption.targetLinkLayerAddress(STRANGE_MAC));
        Answer echoReply = wire.ask(advertisement, isIcmpv6(Icmpv6.ECHO_REPLY, identifier));

        Ipv6Address group = solicitedNode(stranger);
        assertThat(solicitation.outer(Ethernet.class).destination()).isEqualTo(multicast(group));
        assertThat(solicitation.outer(Ipv6.class).destination()).isEqualTo(group);
        assertThat(solicitation.packet().layers()).endsWith(NeighborOption.sourceLinkLayerAddress(LinuxHost.MAC));
        assertThat(echoReply.outer(Ethernet.class).destination()).isEqualTo(STRANGE_MAC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 56, 1451, 1452})
    void anEchoRequestIsAnswered(int length) throws Exception {
        int identifier = 0x1000 + length;
        Packet request = ours(Icmpv6.echoRequest(identifier, 0xfffe)).withPayload(counting(length));

        Answer answer = wire.ask(request, isIcmpv6(Icmpv6.ECHO_REPLY, identifier));

        Packet expected = Packet.of(TO_US, fromLinux(answer, DEFAULT_HOP_LIMIT), Icmpv6.echoReply(identifier, 0xfffe))
                .withPayload(counting(length));
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 512, 1451, 1452})
    void aUdpDatagramIsEchoed(int length) throws Exception {
        int port = 40_000 + length;
        Packet datagram = ours(Udp.from(port).to(LinuxHost.ECHO_PORT)).withPayload(counting(length));

        Answer answer = wire.ask(datagram, isUdpTo(port));

        Packet expected = Packet.of(
                        TO_US,
                        fromLinux(answer, DEFAULT_HOP_LIMIT),
                        Udp.from(LinuxHost.ECHO_PORT).to(port))
                .withPayload(counting(length));
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }

    @Test
    void aUdpDatagramForAClosedPortIsQuoted() throws Exception {
        int port = 50_001;
        Packet datagram = ours(Udp.from(port).to(LinuxHost.CLOSED_PORT)).withPayload(PAYLOAD);

        Answer answer = wire.ask(datagram, any -> any.endsWith(Udp.class, udp -> udp.sourcePort() == port));

        Packet expected = Packet.of(
                        TO_US,
                        fromLinux(answer, DEFAULT_HOP_LIMIT),
                        Icmpv6.of(new DestinationUnreachable(PORT_UNREACHABLE, 0)))
                .withPayload(enclosed(datagram, 0));
        assertThat(answer.frame()).isEqualTo(expected.encode());
        assertThat(answer.packet().layers())
                .endsWith(
                        computed(datagram).layers().get(1),
                        computed(datagram).layers().get(2));
        assertThat(answer.packet().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void aTcpSegmentForAClosedPortIsReset() throws Exception {
        int port = 50_002;
        int flags = Tcp.FLAG_RST | Tcp.FLAG_ACK;
        Packet syn = ours(
                Tcp.from(port).to(LinuxHost.CLOSED_PORT).withFlags(Tcp.FLAG_SYN).withNumbers(1, 0));

        Answer answer = wire.ask(
                syn, any -> any.endsWith(Tcp.class, tcp -> tcp.destinationPort() == port && tcp.flags() == flags));

        Packet expected = Packet.of(
                TO_US,
                fromLinux(answer, DEFAULT_HOP_LIMIT),
                new Tcp(LinuxHost.CLOSED_PORT, port, 0, 2, flags, 0, 0, 0, Bytes.EMPTY));
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }

    /** Padding (PadN, RFC 8200 section 4.2) is all that they hold. */
    @Test
    void extensionHeadersAreSkipped() throws Exception {
        int identifier = 0x60;
        Bytes padding = Bytes.ofHex("0104 00000000");
        Packet request = ours(
                        new Ipv6Extension(Ipv6ExtensionProtocol.HOP_BY_HOP, new IpProtocol(0), padding),
                        new Ipv6Extension(Ipv6ExtensionProtocol.DESTINATION, new IpProtocol(0), padding),
                        Icmpv6.echoRequest(identifier, 1))
                .withPayload(PAYLOAD);

        Answer answer = wire.ask(request, isIcmpv6(Icmpv6.ECHO_REPLY, identifier));

        assertThat(answer.packet().payload()).isEqualTo(PAYLOAD);
    }

    /** The last fragment is sent first, since a host must take them in any order. */
    @Test
    void fragmentsAreReassembled() throws Exception {
        int port = 30_000;
        Bytes payload = counting(100);
        Bytes datagram = enclosed(ours(Udp.from(port).to(LinuxHost.ECHO_PORT)).withPayload(payload), 1);
        List<Packet> fragments = new ArrayList<>();
        for (int start = 0; start < datagram.length(); start += FRAGMENT_LENGTH) {
            int end = Math.min(start + FRAGMENT_LENGTH, datagram.length());
            boolean more = end < datagram.length();
            fragments.add(ours(new Ipv6Fragment(IpProtocol.UDP, 0, start / 8, 0, more, 0xf4a6_f4a6L))
                    .withPayload(Bytes.of(datagram.toArray(), start, end)));
        }
        assertThat(fragments).hasSize(5);
        Collections.reverse(fragments);

        Answer answer = wire.ask(fragments, Encoding.COMPUTED, isUdpTo(port));

        assertThat(answer.packet().payload()).isEqualTo(payload);
    }
}
