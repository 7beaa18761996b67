package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.testkit.Frames;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/** Whole frames in computed encoding are what the standards say, in the eyes of RFC 1071 and of Pcap4J. */
class ComputedEncodingTest {
    private static final int HOME_ADDRESS = 0xc9;

    /** What these ports carry (DNS, GTP) Pcap4J takes apart, and sums up what it has written anew. */
    private static final Set<Integer> PORTS_OF_PCAP4J = Set.of(53, 2123, 2152, 3386);

    @Provide
    Arbitrary<Packet> frames() {
        return Frames.any();
    }

    @Provide
    Arbitrary<Packet> plainFrames() {
        return Frames.plain().filter(ComputedEncodingTest::leavesPayloadAlone);
    }

    @Provide
    Arbitrary<Packet> vxlanFrames() {
        return Frames.vxlan().filter(ComputedEncodingTest::leavesPayloadAlone);
    }

    @Property(tries = 500)
    void everyLayerOfAComputedEncodingLiesWhereThePacketPutIt(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();
        Layers layers = Layout.dissect(packet, frame, frame.length);

        assertThat(layers.problem()).isNull();
        assertThat(Extent.all(layers)).isEqualTo(Layout.of(packet));
        assertThat(frame).hasSize(packet.length());
    }

    @Property(tries = 500)
    void computedLengthsAndCodesAreThoseOfTheStandards(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();
        List<Extent> extents = Layout.of(packet);
        for (int i = 0; i < extents.size(); i++) {
            int at = extents.get(i).start();
            int length = extents.get(i).end() - at;
            String next = i + 1 < extents.size() ? extents.get(i + 1).protocol().name() : "";
            switch (extents.get(i).protocol().name()) {
                case "eth" -> {
                    List<Integer> values = next.equals("llc") ? List.of(length - 14) : etherTypes(next);
                    assertThat(u16(frame, at + 12)).isIn(values);
                }
                case "llc" -> assertThat(frame[at]).isEqualTo((byte) 0xaa);
                case "snap" -> assertThat(u16(frame, at + 3)).isIn(etherTypes(next));
                case "ipv6.hopopts", "ipv6.dstopts", "ipv6.fraghdr" ->
                    assertThat(frame[at]).isEqualTo(ipProtocol(next));
                case "vlan" -> {
                    List<Integer> values = next.equals("llc") ? List.of(length - 4) : etherTypes(next);
                    assertThat(u16(frame, at + 2)).isIn(values);
                }
                case "sll" -> assertThat(u16(frame, at + 14)).isIn(etherTypes(next));
                case "sll2" -> assertThat(u16(frame, at)).isIn(etherTypes(next));
                case "ip" -> {
                    assertThat(u16(frame, at + 2)).isEqualTo(length);
                    assertThat(frame[at + 9]).isEqualTo(ipProtocol(next));
                }
                case "ipv6" -> {
                    assertThat(u16(frame, at + 4)).isEqualTo(length - 40);
                    assertThat(frame[at + 6]).isEqualTo(ipProtocol(next));
                }
                case "udp" -> {
                    assertThat(u16(frame, at + 4)).isEqualTo(length);
                    assertThat(u16(frame, at + 2) == 4789).isEqualTo(next.equals("vxlan"));
                }
                default -> assertThat(next).isIn("", "eth");
            }
        }
    }

    @Property(tries = 500)
    void computedChecksumsAreGoodByRfc1071(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();
        List<Extent> extents = Layout.of(packet);
        for (int i = 0; i < extents.size(); i++) {
            Extent layer = extents.get(i);
            byte[] whole = Arrays.copyOfRange(frame, layer.start(), layer.end());
            switch (layer.protocol().name()) {
                case "ip" ->
                    assertThat(PlainChecksum.isGood(Arrays.copyOfRange(frame, layer.start(), layer.payload())))
                            .isTrue();
                case "icmp" -> assertThat(PlainChecksum.isGood(whole)).isTrue();
                case "icmpv6" -> assertGoodWithPseudoHeader(frame, extents, i, 58);
                case "tcp" -> assertGoodWithPseudoHeader(frame, extents, i, 6);
                case "udp" -> {
                    assertGoodWithPseudoHeader(frame, extents, i, 17);
                    assertThat(u16(whole, 6)).as("0 says that there is none").isNotZero();
                }
                default -> {}
            }
        }
    }

    @Property(tries = 300)
    void pcap4jFindsPlainFramesSound(@ForAll("plainFrames") Packet packet) throws Exception {
        byte[] frame = packet.encode().toArray();

        assertSoundByPcap4j(frame, 0, frame.length, packet);
    }

    @Property(tries = 300)
    void pcap4jFindsBothFramesOfATunnelSound(@ForAll("vxlanFrames") Packet packet) throws Exception {
        byte[] frame = packet.encode().toArray();
        List<Header> headers = packet.layers();
        int tunnel = IntStream.range(0, headers.size())
                .filter(i -> headers.get(i) instanceof Vxlan)
                .findFirst()
                .orElseThrow();
        int inner = headers.stream().limit(tunnel + 1).mapToInt(Header::length).sum();
        Packet outerPacket = new Packet(headers.subList(0, tunnel), Bytes.EMPTY, Bytes.EMPTY);
        Packet innerPacket = new Packet(headers.subList(tunnel + 1, headers.size()), packet.payload(), Bytes.EMPTY);

        assertSoundByPcap4j(frame, 0, frame.length, outerPacket);
        assertSoundByPcap4j(frame, inner, frame.length - inner, innerPacket);
    }

    @Property(tries = 300)
    void nothingButLengthsCodesAndChecksumsIsComputed(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();
        ParsedPacket parsed = Packet.parse(frame, Frames.linkType(packet), ProtocolRegistry.standard());

        assertThat(parsed.problem()).isEmpty();
        assertThat(Blank.computedFields(parsed.packet())).isEqualTo(Blank.computedFields(packet));
    }

    @Property(tries = 300)
    void computingASoundPacketChangesNothing(@ForAll("frames") Packet packet) {
        Bytes frame = packet.encode();
        Packet parsed = Packet.parse(frame.toArray(), Frames.linkType(packet), ProtocolRegistry.standard())
                .packet();

        assertThat(parsed.encode(Encoding.COMPUTED)).isEqualTo(frame);
    }

    @Property(tries = 300)
    void aPacketIsEncodedIntoALargerArrayAsIntoItsOwn(
            @ForAll("frames") Packet packet, @ForAll @IntRange(max = 100) int more) {
        byte[] frame = new byte[packet.length() + more];
        Arrays.fill(frame, (byte) 0x5a);

        int length = packet.encodeTo(frame, Encoding.COMPUTED, ProtocolRegistry.standard());

        assertThat(length).isEqualTo(packet.length());
        assertThat(Bytes.of(frame, 0, length)).isEqualTo(packet.encode());
        assertThat(Bytes.of(frame, length, frame.length).toHex()).isEqualTo("5a".repeat(more));
    }

    /** RFC 768: "If the computed checksum is zero, it is transmitted as all ones". */
    @Property(tries = 100)
    void aUdpChecksumThatComesOutAsZeroIsSentAsAllOnes(@ForAll("plainFrames") Packet any) {
        Packet packet = Packet.of(
                        Ethernet.from("02:42:0a:00:00:01").to("02:42:0a:00:00:02"),
                        Ipv4.from("10.0.0.1").to("10.0.0.2"),
                        Udp.from(1000).to(2000))
                .withPayload(Bytes.of(
                        Arrays.copyOf(any.payload().toArray(), any.payload().length() / 2 * 2 + 2)));
        byte[] payload = packet.payload().toArray();
        // with the checksum itself added to what it covers, the sum is all ones and its complement zero
        int checksum = u16(packet.encode().toArray(), 14 + 20 + 6);
        int last = payload.length - 2;
        int sum = u16(payload, last) + checksum;
        payload[last] = (byte) (sum % 0xffff >> 8);
        payload[last + 1] = (byte) (sum % 0xffff);

        byte[] frame = packet.withPayload(Bytes.of(payload)).encode().toArray();

        assertThat(u16(frame, 14 + 20 + 6)).isEqualTo(0xffff);
    }

    @Example
    void aBoundCodeThatThePacketAlreadyHasIsKept() {
        Ethernet ethernet = Ethernet.from("02:42:0a:00:00:01").to("02:42:0a:00:00:02");
        Packet packet = Packet.of(
                ethernet.withType(EtherType.SERVICE_VLAN),
                Vlan.id(7),
                Ipv4.from("10.0.0.1").to("10.0.0.2"));

        byte[] frame = packet.encode().toArray();

        assertThat(u16(frame, 12)).isEqualTo(0x88a8);
        assertThat(u16(frame, 16)).isEqualTo(0x0800);
    }

    private static void assertGoodWithPseudoHeader(byte[] frame, List<Extent> extents, int index, int protocol) {
        Extent ip = extents.subList(0, index).stream()
                .filter(layer -> List.of("ip", "ipv6").contains(layer.protocol().name()))
                .reduce((outer, inner) -> inner)
                .orElseThrow();
        // a home address among the options stands in for the source, RFC 6275 section 6.3, which the plain sum does not
        // know
        for (Extent between : extents.subList(extents.indexOf(ip) + 1, index)) {
            for (int at = between.start(); at < between.payload(); at++) {
                if ((frame[at] & 0xff) == HOME_ADDRESS) {
                    return;
                }
            }
        }
        Extent layer = extents.get(index);
        byte[] segment = Arrays.copyOfRange(frame, layer.start(), layer.end());
        byte[] addresses = PlainChecksum.addresses(frame, ip.start());
        assertThat(PlainChecksum.isGood(PlainChecksum.covered(addresses, protocol, segment)))
                .isTrue();
    }

    private static int u16(byte[] frame, int at) {
        return (frame[at] & 0xff) * 256 + (frame[at + 1] & 0xff);
    }

    private static List<Integer> etherTypes(String protocol) {
        return switch (protocol) {
            case "ip" -> List.of(0x0800);
            case "arp" -> List.of(0x0806);
            case "ipv6" -> List.of(0x86dd);
            case "vlan" -> List.of(0x8100, 0x88a8, 0x9100);
            default -> List.of();
        };
    }

    private static byte ipProtocol(String protocol) {
        return switch (protocol) {
            case "icmp" -> 1;
            case "tcp" -> 6;
            case "udp" -> 17;
            case "esp" -> 50;
            case "icmpv6" -> 58;
            case "ipv6.hopopts" -> 0;
            case "ipv6.fraghdr" -> 44;
            case "ipv6.dstopts" -> 60;
            default -> -1;
        };
    }

    private static boolean leavesPayloadAlone(Packet packet) {
        return packet.layers().stream()
                .flatMap(header -> header instanceof Udp udp
                        ? Stream.of(udp.sourcePort(), udp.destinationPort())
                        : header instanceof Tcp tcp ? Stream.of(tcp.sourcePort(), tcp.destinationPort()) : Stream.of())
                .noneMatch(PORTS_OF_PCAP4J::contains);
    }

    /** Fails unless Pcap4J finds the packet's layers, with good checksums, in an Ethernet frame. */
    private static void assertSoundByPcap4j(byte[] frame, int offset, int length, Packet packet)
            throws IllegalRawDataException {
        EthernetPacket ethernet = EthernetPacket.newPacket(frame, offset, length);
        IpV4Packet ipv4 = ethernet.get(IpV4Packet.class);
        IpV6Packet ipv6 = ethernet.get(IpV6Packet.class);
        for (Header header : packet.layers()) {
            if (header instanceof Ipv4) {
                assertThat(ipv4.getHeader().hasValidChecksum(false)).isTrue();
            } else if (header instanceof Ipv6) {
                assertThat(ipv6).isNotNull();
            } else if (header instanceof Icmp) {
                assertThat(ethernet.get(IcmpV4CommonPacket.class).hasValidChecksum(false))
                        .isTrue();
            } else if (header instanceof Udp) {
                UdpPacket udp = ethernet.get(UdpPacket.class);
                assertThat(
                                ipv4 != null
                                        ? udp.hasValidChecksum(source(ipv4), destination(ipv4), false)
                                        : udp.hasValidChecksum(source(ipv6), destination(ipv6), false))
                        .isTrue();
                assertThat(udp.getHeader().getLengthAsInt())
                        .isEqualTo(8
                                + (udp.getPayload() == null
                                        ? 0
                                        : udp.getPayload().length()));
            } else if (header instanceof Tcp) {
                TcpPacket tcp = ethernet.get(TcpPacket.class);
                assertThat(
                                ipv4 != null
                                        ? tcp.hasValidChecksum(source(ipv4), destination(ipv4), false)
                                        : tcp.hasValidChecksum(source(ipv6), destination(ipv6), false))
                        .isTrue();
                assertThat(
                                tcp.getPayload() == null
                                        ? Bytes.EMPTY
                                        : Bytes.of(tcp.getPayload().getRawData()))
                        .isEqualTo(packet.payload());
            } else if (header instanceof Arp) {
                assertThat(ethernet.contains(ArpPacket.class)).isTrue();
            }
        }
    }

    private static Inet4Address source(IpV4Packet packet) {
        return packet.getHeader().getSrcAddr();
    }

    private static Inet4Address destination(IpV4Packet packet) {
        return packet.getHeader().getDstAddr();
    }

    private static Inet6Address source(IpV6Packet packet) {
        return packet.getHeader().getSrcAddr();
    }

    private static Inet6Address destination(IpV6Packet packet) {
        return packet.getHeader().getDstAddr();
    }
}
