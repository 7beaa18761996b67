package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Frames that are sound, or unsound, in a way of their own. */
class SpecialFramesTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");
    private static final Ipv4 IPV4 = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final int UDP_LENGTH = 14 + 20 + 4;
    private static final int IPV4_TOTAL_LENGTH = 14 + 2;
    private static final Ipv6 IPV6 = Ipv6.from("fe80::1").to("fe80::2");

    // ---- lengths of zero, and lengths that lie

    @Test
    void anIpv4TotalLengthOfZeroMeansUpToTheEndOfTheFrame() {
        byte[] frame = Packet.of(ETHERNET, IPV4, Tcp.from(1).to(2))
                .withPayload(Bytes.of(new byte[500]))
                .encode()
                .toArray();
        put16(frame, IPV4_TOTAL_LENGTH, 0);

        Layers layers = Layout.dissect(frame);

        assertThat(layers.problem()).isNull();
        assertThat(Extent.names(layers)).containsExactly("eth", "ip", "tcp");
        assertThat(layers.payloadEnd() - layers.payloadStart()).isEqualTo(500);
    }

    /** RFC 2675 section 4: over IPv6 0 stands for a length that the field cannot say. Over IPv4 it does where that is so. */
    @Test
    void aUdpLengthOfZeroMeansUpToTheEndOfAnIpv6PacketOrOfALargeIpv4Datagram() {
        assertThat(dissectUdpOfNoLength(IPV6, 50).payloadEnd() - 62).isEqualTo(50);
        assertThat(dissectUdpOfNoLength(IPV4.withTimeToLive(1), 70_000).payloadEnd() - 42)
                .isEqualTo(70_000);
        assertThat(dissectUdpOfNoLength(IPV4, 50).problem())
                .isEqualTo(new Problem(Fault.BAD_LENGTH, "udp", 34, 8, 0, "frame"));
    }

    private static Layers dissectUdpOfNoLength(Header network, int dataLength) {
        byte[] start = Packet.of(ETHERNET, network, Udp.from(1).to(2))
                .withPayload(Bytes.of(new byte[dataLength % 1000]))
                .encode()
                .toArray();
        int udp = 14 + network.length();
        put16(start, udp + 4, 0);
        if (network == IPV6) {
            return Layout.dissect(start);
        }
        put16(start, IPV4_TOTAL_LENGTH, 0);
        return Layout.dissect(Arrays.copyOf(start, udp + 8 + dataLength));
    }

    /** RFC 2675 section 3, and a network card's segmentation ("BIG TCP") without the option. */
    @Test
    void anIpv6PayloadLengthOfZeroStandsForALengthThatTheFieldCannotSay() {
        byte[] large = Arrays.copyOf(tcpOverIpv6OfNoLength(), 14 + 40 + 20 + 70_000);
        byte[] small = Arrays.copyOf(tcpOverIpv6OfNoLength(), 14 + 40 + 20 + 500);

        assertThat(Layout.dissect(large).problem()).isNull();
        assertThat(Layout.dissect(large).payloadEnd()).isEqualTo(large.length);
        assertThat(Layout.dissect(small).problem())
                .isEqualTo(new Problem(Fault.TOO_SHORT, "tcp", 54, 20, 0, "ipv6.plen"));
        // cut by the capture, its length on the wire still tells
        Layers cut = Layout.dissect(small, large.length);
        assertThat(Extent.names(cut)).containsExactly("eth", "ipv6", "tcp");
        assertThat(cut.wireEnd()).isEqualTo(large.length);
    }

    private static byte[] tcpOverIpv6OfNoLength() {
        byte[] frame = Packet.of(ETHERNET, IPV6, Tcp.from(1).to(2)).encode().toArray();
        put16(frame, 14 + 4, 0);
        return frame;
    }

    /** RFC 2675 section 2. */
    @Test
    void aJumboPayloadOptionSaysWhereThePacketEnds() {
        Bytes jumbo = Bytes.ofHex("c2 04 00 01 11 70");
        byte[] frame = Arrays.copyOf(
                Packet.of(
                                ETHERNET,
                                IPV6,
                                new Ipv6Extension(Ipv6ExtensionProtocol.HOP_BY_HOP, new IpProtocol(0), jumbo),
                                Tcp.from(1).to(2))
                        .encode()
                        .toArray(),
                14 + 40 + 70_000 + 9);
        put16(frame, 14 + 4, 0);

        Layers layers = Layout.dissect(frame);

        assertThat(layers.problem()).isNull();
        assertThat(layers.payloadEnd()).isEqualTo(14 + 40 + 70_000);
    }

    @Test
    void aLengthShorterThanItsHeaderIsABadLength() {
        Packet packet = Packet.of(ETHERNET, IPV4, Udp.from(1).to(2)).withPayload(Bytes.of(new byte[50]));
        byte[] ipv4TooShort = packet.encode().toArray();
        put16(ipv4TooShort, IPV4_TOTAL_LENGTH, 19);
        byte[] udpTooShort = packet.encode().toArray();
        put16(udpTooShort, UDP_LENGTH, 7);

        assertThat(Layout.dissect(ipv4TooShort).problem())
                .isEqualTo(new Problem(Fault.BAD_LENGTH, "ip", 14, 20, 19, "frame"));
        assertThat(Layout.dissect(udpTooShort).problem())
                .isEqualTo(new Problem(Fault.BAD_LENGTH, "udp", 34, 8, 7, "ip.len"));
    }

    @Test
    void aHeaderLengthShorterThanTheSmallestHeaderIsABadLength() {
        byte[] ipv4 = Packet.of(ETHERNET, IPV4, Udp.from(1).to(2)).encode().toArray();
        ipv4[14] = 0x44;
        byte[] tcp = Packet.of(ETHERNET, IPV4, Tcp.from(1).to(2)).encode().toArray();
        tcp[34 + 12] = 0x40;

        assertThat(Layout.dissect(ipv4).problem()).isEqualTo(new Problem(Fault.BAD_LENGTH, "ip", 14, 20, 16, "frame"));
        assertThat(Layout.dissect(tcp).problem()).isEqualTo(new Problem(Fault.BAD_LENGTH, "tcp", 34, 20, 16, "ip.len"));
    }

    @Test
    void anotherVersionThanTheEtherTypeSaysIsABadVersion() {
        byte[] frame = Packet.of(ETHERNET, IPV4, Udp.from(1).to(2)).encode().toArray();
        put16(frame, 12, 0x86dd);
        byte[] padded = Arrays.copyOf(frame, 100);

        assertThat(Layout.dissect(padded).problem())
                .isEqualTo(new Problem(Fault.BAD_VERSION, "ipv6", 14, 6, 4, "frame"))
                .hasToString("ipv6 at offset 14 has a wrong version: needs version 6, says 4");
    }

    @Test
    void theInnerLengthFieldThatSaysTooMuchIsNamedByTheOuterOneThatHoldsIt() {
        byte[] frame = Packet.of(ETHERNET, IPV4, Udp.from(1).to(2))
                .withPayload(Bytes.of(new byte[50]))
                .encode()
                .toArray();
        put16(frame, UDP_LENGTH, 59);

        assertThat(Layout.dissect(frame).problem())
                .isEqualTo(new Problem(Fault.LENGTH_EXCEEDS, "udp", 34, 59, 58, "ip.len"));
    }

    @Test
    void aPayloadTooLongForALengthFieldIsRefusedByComputedEncoding() {
        // a network card is handed such packets, so the value holds them
        Packet packet = new Packet(List.of(ETHERNET, IPV4), Bytes.of(new byte[65_516]), Bytes.EMPTY);

        assertThatThrownBy(packet::encode)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536")
                .hasMessageContaining("0..65535");
    }

    /** RFC 791 section 3.1, RFC 8200 section 3, RFC 768: each length field has 16 bits. */
    @Test
    void aPayloadTooLongForALengthFieldIsRefusedWhenThePacketIsMade() {
        for (int more = 0; more <= 1; more++) {
            Bytes forIpv4 = Bytes.of(new byte[65_535 - 20 + more]);
            Bytes forIpv6 = Bytes.of(new byte[65_535 + more]);
            Bytes forUdp = Bytes.of(new byte[65_535 - 20 - 8 - 8 - 14 - 20 - 8 + more]);
            List<ThrowingCallable> makings = List.of(
                    () -> Packet.of(ETHERNET, IPV4).withPayload(forIpv4),
                    () -> Packet.of(ETHERNET, Ipv6.from("fd00::1").to("fd00::2"))
                            .withPayload(forIpv6),
                    () -> Packet.of(
                                    ETHERNET,
                                    IPV4,
                                    Udp.from(1).to(4789),
                                    Vxlan.of(1),
                                    ETHERNET,
                                    IPV4,
                                    Udp.from(1).to(2))
                            .withPayload(forUdp));
            for (ThrowingCallable making : makings) {
                if (more == 0) {
                    assertThatCode(making).doesNotThrowAnyException();
                } else {
                    assertThatThrownBy(making)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageMatching("(ip|ipv6) with all that it encloses has (65536|65576) bytes;"
                                    + " at most (65535|65575) are possible");
                }
            }
        }
        assertThatThrownBy(() -> Packet.of(Udp.from(1).to(2)).withPayload(Bytes.of(new byte[65_528])))
                .hasMessage("udp with all that it encloses has 65536 bytes; at most 65535 are possible");
        assertThatThrownBy(() -> Vxlan.of(1 << 24)).hasMessageContaining("16777216 is outside 0..16777215");
    }

    // ---- padding and depth

    @Test
    void paddingBehindAnArpMessageIsTrailer() {
        Packet packet = Packet.of(
                        ETHERNET,
                        Arp.request(
                                MacAddress.of("52:54:00:00:00:01"),
                                Ipv4Address.of("10.0.0.1"),
                                Ipv4Address.of("10.0.0.2")))
                .withTrailer(Bytes.of(new byte[18]));

        Packet parsed = Packet.parse(packet.encode().toArray()).packet();

        assertThat(parsed.payload()).isEqualTo(Bytes.EMPTY);
        assertThat(parsed.trailer()).isEqualTo(packet.trailer());
        assertThat(parsed.layers()).last().isEqualTo(packet.layers().get(1));
    }

    @Test
    void aTypeBetweenTheLargestLengthAndTheSmallestTypeIsNeither() {
        byte[] frame = new byte[14 + 46];
        put16(frame, 12, 0x05ff);

        assertThat(Extent.names(Layout.dissect(frame))).containsExactly("eth");
    }

    @Test
    void asManyLayersAsThereIsRoomForAreKept() {
        // VLAN tags between Ethernet and ARP
        Layers layers = Layout.dissect(tagged(Layers.CAPACITY - 2));

        assertThat(layers.problem()).isNull();
        assertThat(layers.count()).isEqualTo(Layers.CAPACITY);
        assertThat(layers.protocol(Layers.CAPACITY - 1).name()).isEqualTo("arp");
    }

    @Test
    void oneLayerMoreIsTooDeep() {
        Layers layers = Layout.dissect(tagged(Layers.CAPACITY - 1));

        assertThat(layers.problem())
                .hasToString(
                        "arp at offset %d is nested too deep: %d layers are followed",
                        14 + 4 * (Layers.CAPACITY - 1), Layers.CAPACITY);
        assertThat(layers.count()).isEqualTo(Layers.CAPACITY);
    }

    @Test
    void tunnelsInTunnelsAreTooDeepAndTheOuterLayersAreKept() {
        List<Header> headers = new ArrayList<>();
        for (int depth = 0; depth <= Layers.CAPACITY / 4; depth++) {
            headers.addAll(List.of(ETHERNET, IPV4, Udp.from(1).to(Vxlan.PORT), Vxlan.of(depth)));
        }
        byte[] frame = Packet.of(headers.toArray(Header[]::new)).encode().toArray();

        Layers layers = Layout.dissect(frame);

        assertThat(layers.fault()).isEqualTo(Fault.TOO_DEEP);
        assertThat(layers.count()).isEqualTo(Layers.CAPACITY);
        Extent.assertNested(layers);
        assertThat(Packet.parse(frame).packet().encode(Encoding.VERBATIM)).isEqualTo(Bytes.of(frame));
    }

    @Test
    void aReusedStackForgetsTheFrameBefore() {
        Layers layers = new Layers();
        Dissector dissector = new Dissector(ProtocolRegistry.standard());
        byte[] sound = Packet.of(ETHERNET, IPV4, Udp.from(1).to(2)).encode().toArray();

        dissector.dissect(tagged(Layers.CAPACITY), LinkType.ETHERNET, layers);
        dissector.dissect(sound, LinkType.ETHERNET, layers);

        assertThat(layers.problem()).isNull();
        assertThat(layers.faultProtocol()).isEmpty();
        assertThat(Extent.names(layers)).containsExactly("eth", "ip", "udp");
        assertThat(layers.sentCount()).isEqualTo(3);
    }

    @Test
    void theInnermostLayerOfAProtocolIsFound() {
        byte[] frame = Packet.of(
                        ETHERNET, IPV4, Udp.from(1).to(Vxlan.PORT), Vxlan.of(1), ETHERNET, IPV4, Icmp.echoReply(1, 1))
                .encode()
                .toArray();

        Layers layers = Layout.dissect(frame);

        assertThat(layers.lastIndexOf(IPV4.protocol())).isEqualTo(5);
        assertThat(layers.lastIndexOf(ETHERNET.protocol())).isEqualTo(4);
        assertThat(layers.lastIndexOf(Vlan.id(1).protocol())).isEqualTo(-1);
    }

    @Test
    void aLinkTypeThatNobodyKnowsIsPayloadFromItsFirstByte() {
        Layers layers = new Layers();

        new Dissector(ProtocolRegistry.standard()).dissect(new byte[60], new LinkType(147), layers);

        assertThat(layers.problem()).isNull();
        assertThat(layers.count()).isZero();
        assertThat(layers.payloadStart()).isZero();
        assertThat(layers.payloadEnd()).isEqualTo(60);
    }

    private static byte[] tagged(int tags) {
        List<Header> headers = new ArrayList<>(List.of(ETHERNET));
        headers.addAll(IntStream.range(0, tags).mapToObj(Vlan::id).toList());
        headers.add(Arp.request(
                MacAddress.of("52:54:00:00:00:01"), Ipv4Address.of("10.0.0.1"), Ipv4Address.of("10.0.0.2")));
        return Packet.of(headers.toArray(Header[]::new)).encode().toArray();
    }

    private static void put16(byte[] frame, int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }
}
