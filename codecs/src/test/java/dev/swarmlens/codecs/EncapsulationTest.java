package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6Fragment;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.Snap;
import dev.swarmlens.codecs.loopback.Loopback;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one protocol says of those that it encloses, in whole frames: lengths, next headers, fragments, quotes. */
class EncapsulationTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");
    private static final Ipv4 IPV4 = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final Ipv6 IPV6 = Ipv6.from("fd00::1").to("fd00::2");
    private static final IpProtocol NOTHING = new IpProtocol(0xff);
    /** Router alert, RFC 2711, and padding. */
    private static final Ipv6Extension HOP_BY_HOP =
            new Ipv6Extension(Ipv6ExtensionProtocol.HOP_BY_HOP, NOTHING, Bytes.ofHex("05 02 00 00 01 00"));
    /** Padding, 16 bytes in all, RFC 8200 section 4.2. */
    private static final Ipv6Extension DESTINATION = new Ipv6Extension(
            Ipv6ExtensionProtocol.DESTINATION, NOTHING, Bytes.ofHex("01 0c 00 00 00 00 00 00 00 00 00 00 00 00"));

    private static final Ipv6Fragment ATOMIC = new Ipv6Fragment(NOTHING, 0, 0, 0, false, 0x01020304);
    private static final Ipv6Fragment FIRST = new Ipv6Fragment(NOTHING, 0, 0, 0, true, 0x01020304);

    // ---- IEEE 802.3 with a length

    @Test
    void anEthernetLengthIsComputedAndWhatLiesBehindItIsTrailer() {
        Packet packet = Packet.of(
                        ETHERNET,
                        Llc.snap(),
                        Snap.of(new EtherType(0)),
                        IPV4,
                        Udp.from(1000).to(2000))
                .withPayload(Bytes.ofHex("616263"))
                .withTrailer(Bytes.ofHex("00 00 00 00 00 00 01"));

        byte[] frame = packet.encode().toArray();
        Layers layers = dissect(frame);

        // LLC 3, SNAP 5, IPv4 20, UDP 8, data 3
        assertThat(u16(frame, 12)).isEqualTo(39);
        assertThat(u16(frame, 14 + 3 + 3)).isEqualTo(0x0800);
        assertThat(layers.problem()).isNull();
        assertThat(names(layers)).containsExactly("eth", "llc", "snap", "ip", "udp");
        for (int i = 0; i < layers.count(); i++) {
            assertThat(layers.end(i)).isEqualTo(14 + 39);
            assertThat(layers.wireEnd(i)).isEqualTo(14 + 39);
        }
        ParsedPacket parsed = Packet.parse(frame);
        assertThat(parsed.packet().payload()).isEqualTo(packet.payload());
        assertThat(parsed.packet().trailer()).isEqualTo(packet.trailer());
        assertThat(parsed.packet().encode(Encoding.VERBATIM)).isEqualTo(Bytes.of(frame));
        assertThat(parsed.packet().encode(Encoding.COMPUTED)).isEqualTo(Bytes.of(frame));
    }

    /** Where no header inside has a length of its own, it is Ethernet's alone that tells data from padding. */
    @Test
    void anEthernetLengthNarrowsWhatHasNoLength() {
        Packet packet = Packet.of(ETHERNET, new Llc(0x42, 0x42, Llc.UNNUMBERED_INFORMATION))
                .withPayload(Bytes.of(new byte[35]))
                .withTrailer(Bytes.of(new byte[8]));

        byte[] frame = packet.encode().toArray();
        Layers layers = dissect(frame);

        assertThat(u16(frame, 12)).isEqualTo(38);
        assertThat(layers.problem()).isNull();
        assertThat(layers.payloadStart()).isEqualTo(14 + 3);
        assertThat(layers.payloadEnd()).isEqualTo(14 + 38);
        assertThat(Packet.parse(frame).packet().trailer()).isEqualTo(packet.trailer());
    }

    @Test
    void aLengthInAVlanTagIsOneAsWell() {
        Packet packet = Packet.of(
                        ETHERNET, Vlan.id(7), Llc.snap(), Snap.of(new EtherType(0)), IPV4, Icmp.echoRequest(1, 2))
                .withPayload(Bytes.of(new byte[5]))
                .withTrailer(Bytes.of(new byte[9]));

        byte[] frame = packet.encode().toArray();
        Layers layers = dissect(frame);

        assertThat(u16(frame, 12)).isEqualTo(0x8100);
        assertThat(u16(frame, 16)).isEqualTo(3 + 5 + 20 + 8 + 5);
        assertThat(layers.problem()).isNull();
        assertThat(names(layers)).containsExactly("eth", "vlan", "llc", "snap", "ip", "icmp");
        assertThat(layers.end(0)).isEqualTo(frame.length);
        assertThat(layers.end(1)).isEqualTo(frame.length - 9);
        assertThat(layers.end(2)).isEqualTo(frame.length - 9);
        assertThat(Packet.parse(frame).packet().encode(Encoding.VERBATIM)).isEqualTo(Bytes.of(frame));
    }

    @Test
    void aLengthThatSaysTooMuchIsAFaultOfTheHeaderThatHasIt() {
        Packet packet = Packet.of(ETHERNET, Vlan.id(7), Llc.snap(), Snap.of(new EtherType(0x88b5)))
                .withPayload(Bytes.of(new byte[20]));
        byte[] inTag = packet.encode().toArray();
        put16(inTag, 16, 29);
        byte[] inEthernet = Packet.of(ETHERNET, Llc.snap(), Snap.of(new EtherType(0x88b5)))
                .withPayload(Bytes.of(new byte[20]))
                .encode()
                .toArray();
        put16(inEthernet, 12, 1500);

        assertThat(dissect(inTag).problem())
                .isEqualTo(new Problem(Fault.LENGTH_EXCEEDS, "vlan", 14, 4 + 29, 4 + 28, "frame"));
        assertThat(dissect(inEthernet).problem())
                .isEqualTo(new Problem(Fault.LENGTH_EXCEEDS, "eth", 0, 14 + 1500, 14 + 28, "frame"));
        assertThat(names(dissect(inEthernet))).containsExactly("eth", "llc", "snap");
    }

    @Test
    void aLengthThatSaysTooLittleNamesItselfAsTheLimit() {
        byte[] frame = Packet.of(ETHERNET, Llc.snap(), Snap.of(new EtherType(0)), IPV4)
                .encode()
                .toArray();
        put16(frame, 12, 3 + 4);

        Layers layers = dissect(frame);

        assertThat(layers.problem()).isEqualTo(new Problem(Fault.TOO_SHORT, "snap", 17, 5, 4, "eth.len"));
        assertThat(layers.incomplete().name()).isEqualTo("snap");
        assertThat(layers.incompleteStart()).isEqualTo(17);
        assertThat(layers.incompleteEnd()).isEqualTo(21);
    }

    @Test
    void ieee8022OfMoreThan1500BytesIsRefusedByComputedEncoding() {
        for (List<Header> link : List.<List<Header>>of(List.of(ETHERNET), List.of(ETHERNET, Vlan.id(1)))) {
            List<Header> headers = new ArrayList<>(link);
            headers.add(new Llc(0x42, 0x42, Llc.UNNUMBERED_INFORMATION));
            Packet longest = new Packet(headers, Bytes.of(new byte[1497]), Bytes.EMPTY);
            Packet tooLong = longest.withPayload(Bytes.of(new byte[1498]));

            assertThat(Packet.parse(longest.encode().toArray()).problem()).isEmpty();
            assertThatThrownBy(tooLong::encode)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1501 is outside 0..1500");
        }
    }

    @Test
    void onlyInformationIsHandedOn() {
        Packet ipv4InLlc = Packet.of(
                ETHERNET,
                new Llc(0, 0x06, Llc.UNNUMBERED_INFORMATION),
                IPV4,
                Udp.from(1).to(2));
        // IEEE 802.2 section 5.2: the lowest bit of information is 0, those of supervision are 1 and 0
        Packet numbered =
                Packet.of(ETHERNET, new Llc(0, 0x06, 0x0200), IPV4, Udp.from(1).to(2));
        Packet supervision =
                Packet.of(ETHERNET, new Llc(0, 0x06, 0x0201), IPV4, Udp.from(1).to(2));
        Packet test =
                Packet.of(ETHERNET, new Llc(0, 0x06, 0xe3), IPV4, Udp.from(1).to(2));

        byte[] frame = ipv4InLlc.encode().toArray();

        // the service access point of IP, RFC 1042
        assertThat(frame[14]).isEqualTo((byte) 0x06);
        assertThat(names(dissect(frame))).containsExactly("eth", "llc", "ip", "udp");
        assertThat(names(dissect(numbered.encode().toArray()))).containsExactly("eth", "llc", "ip", "udp");
        assertThat(names(dissect(supervision.encode().toArray()))).containsExactly("eth", "llc");
        assertThat(names(dissect(test.encode().toArray()))).containsExactly("eth", "llc");
    }

    @Test
    void snapHandsOnEtherTypesOnly() {
        for (int organization : new int[] {0, 0x0000f8, 0x00000c}) {
            byte[] frame = Packet.of(ETHERNET, Llc.snap(), new Snap(organization, EtherType.IPV4), IPV4)
                    .encode()
                    .toArray();

            assertThat(dissect(frame).count()).isEqualTo(organization == 0x00000c ? 3 : 4);
        }
    }

    // ---- IPv6 extension headers

    @Test
    void nextHeadersAndThePayloadLengthAreComputedThroughExtensionHeaders() {
        for (Header transport : List.of(Udp.from(1000).to(2000), Tcp.from(1000).to(2000), Icmpv6.echoRequest(7, 8))) {
            Packet packet = Packet.of(ETHERNET, IPV6, HOP_BY_HOP, DESTINATION, ATOMIC, transport)
                    .withPayload(Bytes.ofHex("61 62 63 64 65"))
                    .withTrailer(Bytes.of(new byte[3]));

            byte[] frame = packet.encode().toArray();
            Layers layers = dissect(frame);

            int hopByHop = 14 + 40;
            int destination = hopByHop + 8;
            int fragment = destination + 16;
            int inside = fragment + 8;
            int number = transport instanceof Udp ? 17 : transport instanceof Tcp ? 6 : 58;
            assertThat(u16(frame, 14 + 4)).isEqualTo(8 + 16 + 8 + transport.length() + 5);
            assertThat(frame[14 + 6]).as("hop-by-hop options").isZero();
            assertThat(frame[hopByHop]).as("destination options").isEqualTo((byte) 60);
            assertThat(frame[hopByHop + 1]).isZero();
            assertThat(frame[destination]).as("fragment").isEqualTo((byte) 44);
            assertThat(frame[destination + 1]).isEqualTo((byte) 1);
            assertThat(frame[fragment]).isEqualTo((byte) number);
            byte[] segment = Arrays.copyOfRange(frame, inside, frame.length - 3);
            assertThat(PlainChecksum.isGood(PlainChecksum.covered(PlainChecksum.addresses(frame, 14), number, segment)))
                    .as("checksum of %s", transport)
                    .isTrue();
            assertThat(layers.problem()).isNull();
            assertThat(names(layers))
                    .containsExactly(
                            "eth",
                            "ipv6",
                            "ipv6.hopopts",
                            "ipv6.dstopts",
                            "ipv6.fraghdr",
                            transport.protocol().name());
            assertThat(layers.isFragment(5))
                    .as("an atomic fragment is whole, RFC 6946")
                    .isFalse();
            ParsedPacket parsed = Packet.parse(frame);
            assertThat(parsed.packet().payload()).isEqualTo(packet.payload());
            assertThat(parsed.packet().trailer()).isEqualTo(packet.trailer());
            assertThat(parsed.packet().encode(Encoding.VERBATIM)).isEqualTo(Bytes.of(frame));
        }
    }

    @Test
    void anExtensionHeaderThatGoesOnBehindTheEndIsTooShort() {
        byte[] frame = Packet.of(ETHERNET, IPV6, DESTINATION, Udp.from(1).to(2))
                .encode()
                .toArray();
        frame[14 + 40 + 1] = 5;

        Layers layers = dissect(frame);

        assertThat(layers.problem()).isEqualTo(new Problem(Fault.TOO_SHORT, "ipv6.dstopts", 54, 48, 24, "ipv6.plen"));
        assertThat(layers.incomplete()).isSameAs(Ipv6ExtensionProtocol.DESTINATION);
        assertThat(layers.incompleteStart()).isEqualTo(54);
        assertThat(layers.incompleteEnd()).isEqualTo(78);
    }

    @Test
    void aFirstFragmentOfIpv6WhoseHeaderIsWholeIsSound() {
        byte[] frame = Packet.of(ETHERNET, IPV6, FIRST, Udp.from(1).to(2))
                .withPayload(Bytes.of(new byte[16]))
                .encode()
                .toArray();
        // the length of the whole datagram
        put16(frame, 14 + 40 + 8 + 4, 3000);

        Layers layers = dissect(frame);

        assertThat(layers.problem()).isNull();
        assertThat(names(layers)).containsExactly("eth", "ipv6", "ipv6.fraghdr", "udp");
        assertThat(layers.isFragment(2)).isFalse();
        assertThat(layers.isFragment(3)).isTrue();
        assertThat(layers.payloadEnd()).isEqualTo(frame.length);
    }

    @Test
    void aHeaderThatGoesOnInTheNextFragmentOfIpv6IsNotMalformed() {
        byte[] frame = Packet.of(ETHERNET, IPV6, new Ipv6Fragment(IpProtocol.TCP, 0, 0, 0, true, 7))
                .withPayload(Bytes.of(new byte[16]))
                .encode()
                .toArray();

        Layers layers = dissect(frame);

        assertThat(layers.problem()).isEqualTo(new Problem(Fault.IN_NEXT_FRAGMENT, "tcp", 62, 20, 16, "ipv6.plen"));
        assertThat(names(layers)).containsExactly("eth", "ipv6", "ipv6.fraghdr");
        assertThat(layers.incomplete().name()).isEqualTo("tcp");
        assertThat(layers.incompleteStart()).isEqualTo(62);
        assertThat(layers.incompleteEnd()).isEqualTo(78);
    }

    @Test
    void aLaterFragmentOfIpv6IsPayloadEvenIfItLooksLikeAHeader() {
        for (boolean more : new boolean[] {false, true}) {
            byte[] frame = Packet.of(
                            ETHERNET,
                            IPV6,
                            new Ipv6Fragment(NOTHING, 0, 185, 0, more, 7),
                            Udp.from(1).to(4789))
                    .withPayload(Bytes.of(new byte[24]))
                    .encode()
                    .toArray();

            Layers layers = dissect(frame);

            assertThat(layers.problem()).isNull();
            assertThat(names(layers)).containsExactly("eth", "ipv6", "ipv6.fraghdr");
            assertThat(layers.payloadEnd() - layers.payloadStart()).isEqualTo(8 + 24);
        }
    }

    // ---- links without addresses

    @Test
    void aLoopbackFamilyIsReadInBothByteOrders() {
        Udp udp = Udp.from(1).to(2);
        for (LinkType linkType : List.of(LinkType.NULL, LinkType.LOOP)) {
            for (int word : new int[] {2, 0x0200_0000}) {
                assertThat(layersOf(linkType, Packet.of(new Loopback(word), IPV4, udp)))
                        .containsExactly("null", "ip", "udp");
            }
            // OpenBSD and NetBSD, FreeBSD, macOS
            for (int family : new int[] {24, 28, 30}) {
                assertThat(layersOf(linkType, Packet.of(Loopback.ofFamily(family), IPV6, udp)))
                        .containsExactly("null", "ipv6", "udp");
                assertThat(layersOf(linkType, Packet.of(new Loopback(family << 24), IPV6, udp)))
                        .containsExactly("null", "ipv6", "udp");
                assertThat(new Loopback(family << 24).family()).isEqualTo(family);
            }
            for (int word : new int[] {0, 7, 0x0700_0000, 0x0002_0000, 0x0000_0200, -1}) {
                assertThat(layersOf(linkType, Packet.of(new Loopback(word), IPV4, udp)))
                        .containsExactly("null");
            }
            // some systems write an EtherType
            assertThat(layersOf(linkType, Packet.of(new Loopback(0x86dd), IPV6, udp)))
                    .containsExactly("null", "ipv6", "udp");
        }
    }

    private static List<String> layersOf(LinkType linkType, Packet packet) {
        byte[] frame = packet.withTrailer(Bytes.of(new byte[2])).encode().toArray();
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(frame, linkType, layers);
        Packet parsed =
                Packet.parse(frame, linkType, ProtocolRegistry.standard()).packet();

        assertThat(layers.problem()).isNull();
        assertThat(layers.end(0)).isEqualTo(frame.length);
        assertThat(parsed.encode(Encoding.VERBATIM)).isEqualTo(Bytes.of(frame));
        return names(layers);
    }

    // ---- quotes

    @Test
    void whatAnIcmpv6ErrorQuotesIsDissectedButWasNotSent() {
        byte[] quoted = Packet.of(IPV6, HOP_BY_HOP, Udp.from(5000).to(53))
                .withPayload(Bytes.of(new byte[100]))
                .encode()
                .toArray();
        for (int type = 0; type < 256; type++) {
            boolean followedByOptions = type >= 133 && type <= 137;
            Bytes body = Bytes.of(new byte[Icmpv6.bodyLength(type)]);
            Packet packet = Packet.of(ETHERNET, IPV6, new Icmpv6(type, 0, 0, 1280, body))
                    .withPayload(followedByOptions ? Bytes.EMPTY : Bytes.of(quoted, 0, 40 + 8 + 8 + 10));

            Layers layers = dissect(packet.encode().toArray());

            // destination unreachable, packet too big, time exceeded, parameter problem: RFC 4443 section 3
            assertThat(layers.problem()).isNull();
            assertThat(layers.count()).as("layers of type %d", type).isEqualTo(type >= 1 && type <= 4 ? 6 : 3);
            assertThat(layers.sentCount()).isEqualTo(3);
        }
    }

    @Test
    void aQuoteOfIpv6ThatEndsInsideOfAHeaderIsNotMalformed() {
        byte[] quoted = Packet.of(IPV6, Tcp.from(5000).to(53)).encode().toArray();
        Packet error = Packet.of(ETHERNET, IPV6, Icmpv6.of(new Icmpv6Message.TimeExceeded(0, 0)))
                .withPayload(Bytes.of(quoted, 0, 48));

        Layers layers = dissect(error.encode().toArray());

        assertThat(layers.fault()).isNotIn(Fault.TOO_SHORT, Fault.LENGTH_EXCEEDS, Fault.CUT_BY_CAPTURE);
        assertThat(names(layers)).containsExactly("eth", "ipv6", "icmpv6", "ipv6");
        assertThat(layers.sentCount()).isEqualTo(3);
        assertThat(layers.incomplete().name()).isEqualTo("tcp");
    }

    // ---- what is there of a header

    @Test
    void theBeginningOfAHeaderThatTheCaptureCutIsKnown() {
        byte[] frame =
                Packet.of(ETHERNET, IPV4, Tcp.from(1000).to(2000)).encode().toArray();
        byte[] moved = new byte[7 + frame.length];
        System.arraycopy(frame, 0, moved, 7, frame.length);
        Layers layers = new Layers();

        new Dissector(ProtocolRegistry.standard()).dissect(moved, 7, 7 + 34 + 5, frame.length, 1, layers);

        assertThat(layers.fault()).isEqualTo(Fault.CUT_BY_CAPTURE);
        assertThat(layers.incomplete().name()).isEqualTo("tcp");
        assertThat(layers.incompleteStart()).isEqualTo(7 + 34);
        assertThat(layers.incompleteEnd()).isEqualTo(7 + 34 + 5);
        assertThat(layers.payloadStart()).isEqualTo(7 + 34);
    }

    @Test
    void aHeaderThatIsWholeIsNotIncompleteAndTheOneOfTheFrameBeforeIsForgotten() {
        byte[] frame =
                Packet.of(ETHERNET, IPV4, Tcp.from(1000).to(2000)).encode().toArray();
        Layers layers = new Layers();
        Dissector dissector = new Dissector(ProtocolRegistry.standard());

        dissector.dissect(frame, 0, frame.length - 1, frame.length, 1, layers);
        assertThat(layers.incomplete()).isNotNull();
        dissector.dissect(frame, LinkType.ETHERNET, layers);

        assertThat(layers.incomplete()).isNull();
    }

    private static Layers dissect(byte[] frame) {
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(frame, LinkType.ETHERNET, layers);
        return layers;
    }

    private static List<String> names(Layers layers) {
        return Extent.all(layers).stream().map(layer -> layer.protocol().name()).toList();
    }

    private static int u16(byte[] frame, int at) {
        return (frame[at] & 0xff) * 256 + (frame[at + 1] & 0xff);
    }

    private static void put16(byte[] frame, int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }
}
