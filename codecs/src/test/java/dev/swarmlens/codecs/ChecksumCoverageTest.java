package dev.swarmlens.codecs;

import static dev.swarmlens.codecs.ChecksumStatus.BAD;
import static dev.swarmlens.codecs.ChecksumStatus.GOOD;
import static dev.swarmlens.codecs.ChecksumStatus.ILLEGAL;
import static dev.swarmlens.codecs.ChecksumStatus.NOT_PRESENT;
import static dev.swarmlens.codecs.ChecksumStatus.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpView;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.Icmpv6View;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv4.Ipv4View;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6Fragment;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpView;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.udp.UdpView;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of a checksum depends on how much of what it covers is there. */
class ChecksumCoverageTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");
    private static final Ipv4 IPV4 = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final Ipv6 IPV6 = Ipv6.from("fd00::1").to("fd00::2");
    private static final Ipv6Extension OPTIONS =
            new Ipv6Extension(Ipv6ExtensionProtocol.DESTINATION, new IpProtocol(0), Bytes.ofHex("01 04 00 00 00 00"));
    /** An odd length, so that the last byte is a half word. */
    private static final Bytes DATA = Bytes.ofHex("61 62 63 64 65 66 67 68 69");

    /** One packet for each protocol that has a checksum over data, and IPv6 with and without an extension header. */
    private static List<Packet> packets() {
        return Stream.of(
                        Packet.of(ETHERNET, IPV4, Udp.from(1000).to(2000)),
                        Packet.of(ETHERNET, IPV4, Tcp.from(1000).to(2000)),
                        Packet.of(ETHERNET, IPV4, Icmp.echoRequest(1, 2)),
                        Packet.of(ETHERNET, IPV6, Udp.from(1000).to(2000)),
                        Packet.of(ETHERNET, IPV6, Tcp.from(1000).to(2000)),
                        Packet.of(ETHERNET, IPV6, Icmpv6.echoRequest(1, 2)),
                        Packet.of(ETHERNET, IPV6, OPTIONS, Udp.from(1000).to(2000)),
                        Packet.of(ETHERNET, IPV6, OPTIONS, Icmpv6.echoRequest(1, 2)))
                .map(packet -> packet.withPayload(DATA).withTrailer(Bytes.ofHex("ff ff ff")))
                .toList();
    }

    @Test
    void aComputedChecksumIsGoodAndThePaddingIsNotCovered() {
        for (Packet packet : packets()) {
            byte[] frame = packet.encode().toArray();

            assertThat(innermost(frame, frame.length)).as("%s", packet).isEqualTo(GOOD);
        }
    }

    @Test
    void aChangedByteMakesItBad() {
        for (Packet packet : packets()) {
            byte[] frame = packet.encode().toArray();
            frame[frame.length - 3 - 1] ^= 1;

            assertThat(innermost(frame, frame.length)).as("%s", packet).isEqualTo(BAD);
        }
    }

    @Test
    void aChangedAddressMakesItBadWhereAPseudoHeaderIsCovered() {
        for (Packet packet : packets()) {
            byte[] frame = packet.encode().toArray();
            boolean isIpv4 = packet.layers().get(1) instanceof Ipv4;
            frame[14 + (isIpv4 ? 12 : 8)] ^= 1;

            assertThat(innermost(frame, frame.length))
                    .as("%s", packet)
                    .isEqualTo(packet.layers().get(2) instanceof Icmp ? GOOD : BAD);
        }
    }

    @Test
    void aFrameThatTheCaptureCutIsUnverified() {
        for (Packet packet : packets()) {
            byte[] frame = packet.encode().toArray();

            assertThat(innermost(Arrays.copyOf(frame, frame.length - 3 - 1), frame.length))
                    .as("%s", packet)
                    .isEqualTo(UNVERIFIED);
            // of the padding nothing is needed
            assertThat(innermost(Arrays.copyOf(frame, frame.length - 3), frame.length))
                    .as("%s", packet)
                    .isEqualTo(GOOD);
        }
    }

    @Test
    void aFragmentIsUnverified() {
        Ipv4 fragment = IPV4.withFragment(Ipv4.FLAG_MORE_FRAGMENTS, 0);
        Ipv6Fragment first = new Ipv6Fragment(new IpProtocol(0), 0, 0, 0, true, 1);
        Ipv6Fragment atomic = new Ipv6Fragment(new IpProtocol(0), 0, 0, 0, false, 1);

        assertThat(innermost(Packet.of(ETHERNET, fragment, Udp.from(1).to(2)))).isEqualTo(UNVERIFIED);
        assertThat(innermost(Packet.of(ETHERNET, fragment, Tcp.from(1).to(2)))).isEqualTo(UNVERIFIED);
        assertThat(innermost(Packet.of(ETHERNET, fragment, Icmp.echoRequest(1, 2))))
                .isEqualTo(UNVERIFIED);
        assertThat(innermost(Packet.of(ETHERNET, IPV6, first, Udp.from(1).to(2))))
                .isEqualTo(UNVERIFIED);
        assertThat(innermost(Packet.of(ETHERNET, IPV6, first, Icmpv6.echoRequest(1, 2))))
                .isEqualTo(UNVERIFIED);
        assertThat(innermost(Packet.of(ETHERNET, IPV6, atomic, Udp.from(1).to(2))))
                .isEqualTo(GOOD);
    }

    /** RFC 768: no checksum over IPv4 is fine. RFC 8200 section 8.1: over IPv6 there must be one. */
    @Test
    void aUdpChecksumOfZeroIsNotPresentOverIpv4AndIllegalOverIpv6() {
        byte[] overIpv4 = packets().get(0).encode().toArray();
        put16(overIpv4, 14 + 20 + 6, 0);
        byte[] overIpv6 = packets().get(3).encode().toArray();
        put16(overIpv6, 14 + 40 + 6, 0);
        byte[] behindOptions = packets().get(6).encode().toArray();
        put16(behindOptions, 14 + 40 + 8 + 6, 0);

        assertThat(innermost(overIpv4, overIpv4.length)).isEqualTo(NOT_PRESENT);
        assertThat(innermost(overIpv6, overIpv6.length)).isEqualTo(ILLEGAL);
        assertThat(innermost(behindOptions, behindOptions.length)).isEqualTo(ILLEGAL);
    }

    @Test
    void theNearestNetworkLayerCounts() {
        Packet ipv4InIpv6 = Packet.of(
                ETHERNET,
                IPV6,
                Udp.from(1).to(Vxlan.PORT),
                Vxlan.of(1),
                ETHERNET,
                IPV4,
                Udp.from(1).to(2));
        byte[] frame = ipv4InIpv6.encode().toArray();
        int inner = frame.length - 8;
        assertThat(all(frame, frame.length)).containsExactly(GOOD, GOOD, GOOD);

        put16(frame, inner + 6, 0);

        assertThat(all(frame, frame.length)).containsExactly(BAD, GOOD, NOT_PRESENT);
    }

    @Test
    void theChecksumOfAnIpv4HeaderNeedsTheHeaderOnly() {
        byte[] frame = packets().get(0).encode().toArray();
        byte[] cut = Arrays.copyOf(frame, 34);
        byte[] changed = frame.clone();
        changed[14 + 8]--;

        assertThat(all(cut, frame.length)).containsExactly(GOOD);
        assertThat(all(changed, frame.length)).containsExactly(BAD, GOOD);
    }

    /** As Wireshark has it: a quoted ICMP message is not looked at, since quotes are mostly cut. */
    @Test
    void aQuotedIcmpMessageIsUnverifiedAndTheErrorItselfIsNot() {
        byte[] quoted = Packet.of(IPV4, Icmp.echoRequest(1, 2))
                .withPayload(DATA)
                .encode()
                .toArray();
        Packet error =
                Packet.of(ETHERNET, IPV4, new Icmp(Icmp.TIME_EXCEEDED, 0, 0, 0)).withPayload(Bytes.of(quoted));
        byte[] frame = error.encode().toArray();

        assertThat(all(frame, frame.length)).containsExactly(GOOD, GOOD, GOOD, UNVERIFIED);
    }

    /** As Wireshark has it: a datagram that an error quotes was accepted by those who sent it on. */
    @Test
    void aQuotedDatagramOverIpv6NeedsNoChecksum() {
        byte[] quoted = Packet.of(IPV6, Udp.from(1000).to(2000))
                .withPayload(DATA)
                .encode()
                .toArray();
        put16(quoted, 40 + 6, 0);
        byte[] frame = Packet.of(ETHERNET, IPV6, new Icmpv6(Icmpv6.TIME_EXCEEDED, 0, 0, 0, Bytes.EMPTY))
                .withPayload(Bytes.of(quoted))
                .encode()
                .toArray();

        assertThat(all(frame, frame.length)).containsExactly(GOOD, NOT_PRESENT);
    }

    /** As Wireshark has it: of an IP datagram that the capture cut nothing is verified. */
    @Test
    void aUdpDatagramThatIsShorterThanTheIpDatagramNeedsAllOfThat() {
        byte[] frame = packets().get(0).encode().toArray();
        // five bytes more in the IP datagram than UDP counts, a trailer of three
        byte[] longer = Arrays.copyOf(frame, frame.length + 5);
        put16(longer, 14 + 2, 20 + 8 + DATA.length() + 5);
        int cut = 14 + 20 + 8 + DATA.length() + 2;

        assertThat(innermost(longer, longer.length)).isEqualTo(GOOD);
        assertThat(innermost(Arrays.copyOf(longer, cut), longer.length)).isEqualTo(UNVERIFIED);
    }

    @Test
    void aDatagramInAFragmentIsVerifiedIfItIsWholeThereOrFitsAsFarAsItIs() {
        Packet tunnel = Packet.of(
                        ETHERNET,
                        IPV4.withFragment(Ipv4.FLAG_MORE_FRAGMENTS, 0),
                        Udp.from(1).to(Vxlan.PORT),
                        Vxlan.of(1),
                        ETHERNET,
                        IPV4,
                        Icmp.echoRequest(1, 2))
                .withPayload(Bytes.ofHex("01 02 03 04 00 00 00 00"));
        byte[] frame = tunnel.encode().toArray();
        int innerLength = 14 + 20 + 8 + 8 + 14 + 2;

        assertThat(all(frame, frame.length)).containsExactly(GOOD, UNVERIFIED, GOOD, GOOD);

        // the last four bytes, which are zeros, are in another fragment
        byte[] first = Arrays.copyOf(frame, frame.length - 4);
        put16(first, 14 + 2, first.length - 14);
        assertThat(innermost(first, first.length)).isEqualTo(GOOD);

        // the last six bytes are
        byte[] shorter = Arrays.copyOf(frame, frame.length - 6);
        put16(shorter, 14 + 2, shorter.length - 14);
        assertThat(innermost(shorter, shorter.length)).isEqualTo(UNVERIFIED);

        // and what is whole and wrong is wrong
        frame[frame.length - 8] ^= 1;
        assertThat(u16(frame, innerLength)).isEqualTo(20 + 8 + 8);
        assertThat(innermost(frame, frame.length)).isEqualTo(BAD);
    }

    @Test
    void aViewThatIsNotPutOnALayerKnowsNoPseudoHeader() {
        byte[] frame = packets().get(0).encode().toArray();
        UdpView view = new UdpView();

        view.wrap(frame, 34, frame.length - 3);

        assertThat(view.checksumStatus()).isEqualTo(UNVERIFIED);
    }

    @Test
    void theCodesAreThoseOfWireshark() {
        assertThat(Stream.of(BAD, GOOD, UNVERIFIED, NOT_PRESENT, ILLEGAL).map(ChecksumStatus::code))
                .containsExactly(0, 1, 2, 3, 4);
        // tshark has no code of its own for it
        assertThat(ChecksumStatus.PARTIAL.code()).isZero();
    }

    private static ChecksumStatus innermost(Packet packet) {
        byte[] frame = packet.withPayload(DATA).encode().toArray();
        return innermost(frame, frame.length);
    }

    private static ChecksumStatus innermost(byte[] frame, int wireLength) {
        List<ChecksumStatus> all = all(frame, wireLength);
        return all.get(all.size() - 1);
    }

    /** The status of each layer that has one, outermost first. */
    private static List<ChecksumStatus> all(byte[] frame, int wireLength) {
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard())
                .dissect(frame, 0, frame.length, wireLength, LinkType.ETHERNET.code(), layers);
        List<ChecksumStatus> all = new ArrayList<>();
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            if (view instanceof Ipv4View ip) {
                all.add(ip.checksumStatus());
            } else if (view instanceof UdpView udp) {
                all.add(udp.checksumStatus());
            } else if (view instanceof TcpView tcp) {
                all.add(tcp.checksumStatus());
            } else if (view instanceof IcmpView icmp) {
                all.add(icmp.checksumStatus());
            } else if (view instanceof Icmpv6View icmp) {
                all.add(icmp.checksumStatus());
            }
        }
        return all;
    }

    private static int u16(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    private static void put16(byte[] frame, int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }
}
