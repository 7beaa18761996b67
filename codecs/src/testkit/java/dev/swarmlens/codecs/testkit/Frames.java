package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6Fragment;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.Snap;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlangpe.VxlanGpe;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitrary packets to test encoding itself with: Ethernet with and without VLAN tags or SNAP, or a Linux cooked header, ARP or IP
 * with ICMP, UDP, TCP or ESP, behind IPv6 extension headers at times, or VXLAN with any such Ethernet frame inside. Lengths,
 * checksums and codes in them are noise, which computed encoding puts right, and options are any bytes; the rest is such that every
 * header is dissected: no fragments, no quotes, no other tunnels. For frames as hosts send them see {@link ValidFrames}.
 */
public final class Frames {
    private static final int MORE_FRAGMENTS = Ipv4.FLAG_MORE_FRAGMENTS;
    /** So that the longest headers around it leave an IEEE 802.3 frame its 1500 bytes. */
    private static final int LARGEST_PAYLOAD = 900;

    private static final int LARGEST_EXTENSION = 64;

    private static final int LARGEST_TRAILER = 46;

    private Frames() {}

    /** Frames with and without a tunnel, over any link. */
    public static Arbitrary<Packet> any() {
        Arbitrary<Inside> inside = Arbitraries.oneOf(network(), exotic());
        return Combinators.combine(
                        Arbitraries.oneOf(ethernet(), cooked(), snap()),
                        Arbitraries.oneOf(inside, tunnelled(ethernet(), inside), tunnelled(snap(), inside)),
                        trailer())
                .as((link, most, trailer) -> most.under(link).toPacket(trailer))
                .withoutEdgeCases();
    }

    /** Ethernet frames without VLAN tags and without a tunnel, which any library reads. */
    public static Arbitrary<Packet> plain() {
        return Combinators.combine(untagged(), network(), trailer())
                .as((link, inside, trailer) -> inside.under(link).toPacket(trailer))
                .withoutEdgeCases();
    }

    /** VXLAN frames without VLAN tags. */
    public static Arbitrary<Packet> vxlan() {
        return Combinators.combine(untagged(), tunnelled(untagged(), network()), trailer())
                .as((link, inside, trailer) -> inside.under(link).toPacket(trailer))
                .withoutEdgeCases();
    }

    /** What the first byte of a frame is. */
    public static LinkType linkType(Packet packet) {
        Header outermost = packet.layers().get(0);
        if (outermost instanceof Ethernet) {
            return LinkType.ETHERNET;
        }
        return outermost instanceof LinuxCooked ? LinkType.LINUX_SLL : LinkType.LINUX_SLL2;
    }

    /** Bytes that once were frames: some bits flipped, some bytes overwritten, the end cut off; and a few that are still whole. */
    public static Arbitrary<byte[]> damaged() {
        Arbitrary<List<Integer>> places =
                Arbitraries.integers().between(0, Integer.MAX_VALUE).list().ofMaxSize(6);
        return Combinators.combine(any(), places, Arbitraries.integers().between(0, 3000), Arbitraries.bytes())
                .as((packet, hits, cut, noise) -> {
                    byte[] frame = packet.encode().toArray();
                    for (int hit : hits) {
                        // headers lie in front, so that is where most hits shall fall
                        int place = hit / Byte.SIZE % Math.min(frame.length, hit % 3 == 0 ? frame.length : 120);
                        frame[place] = hit % 5 == 0 ? noise : (byte) (frame[place] ^ 1 << hit % Byte.SIZE);
                    }
                    return Arrays.copyOf(frame, Math.min(frame.length, cut));
                })
                .withoutEdgeCases();
    }

    /** Headers from the network layer inwards, and what they carry. */
    private record Inside(List<Header> headers, Bytes payload) {
        static Inside of(Bytes payload, Header... headers) {
            return new Inside(List.of(headers), payload);
        }

        Inside under(List<? extends Header> outer) {
            return new Inside(Stream.concat(outer.stream(), headers.stream()).toList(), payload);
        }

        Packet toPacket(Bytes trailer) {
            return new Packet(headers, payload, trailer);
        }
    }

    private static Arbitrary<List<Header>> untagged() {
        return Headers.ethernet().map(header -> List.of(header));
    }

    private static Arbitrary<List<Header>> ethernet() {
        return tagged(Headers.ethernet().map(header -> header));
    }

    private static Arbitrary<List<Header>> cooked() {
        return tagged(Arbitraries.oneOf(Headers.linuxCooked(), Headers.linuxCooked2()));
    }

    private static Arbitrary<List<Header>> tagged(Arbitrary<Header> link) {
        Arbitrary<List<Vlan>> tags = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(List.of())),
                Tuple.of(1, Headers.vlan().list().ofMinSize(1).ofMaxSize(2)));
        return Combinators.combine(link, tags)
                .as((header, inner) ->
                        Stream.concat(Stream.of(header), inner.stream()).toList());
    }

    /** Ethernet with a length in place of a type, and the headers that bring the type back. */
    private static Arbitrary<List<Header>> snap() {
        return Combinators.combine(ethernet(), Headers.llc(), Headers.snap())
                .as((outer, llc, snap) -> Stream.concat(
                                outer.stream(),
                                Stream.of(
                                        new Llc(llc.dsap(), llc.ssap(), Llc.UNNUMBERED_INFORMATION),
                                        new Snap(Snap.ETHERNET, snap.type())))
                        .toList());
    }

    /** What stands behind more or less exotic headers. */
    private static Arbitrary<Inside> exotic() {
        Arbitrary<Header> message = Combinators.combine(
                        Headers.icmpv6(), Arbitraries.of(Icmpv6.ECHO_REQUEST, Icmpv6.ECHO_REPLY))
                .as((header, type) -> new Icmpv6(type, header.code(), header.checksum(), header.rest(), Bytes.EMPTY));
        Arbitrary<Header> last = Arbitraries.oneOf(message, Headers.tcp(), udp(), Headers.esp());
        Arbitrary<Inside> extended = Combinators.combine(Headers.ipv6(), extensions(), last, payload())
                .as((ip, between, header, data) ->
                        Inside.of(data, header).under(between).under(List.of(ip)));
        Arbitrary<Inside> encrypted =
                Combinators.combine(ip(), Headers.esp(), payload()).as((ip, esp, data) -> Inside.of(data, ip, esp));
        return Arbitraries.oneOf(extended, encrypted);
    }

    /** Extension headers, but for routing headers, which change what checksums cover. */
    private static Arbitrary<List<Header>> extensions() {
        Arbitrary<Header> options = Arbitraries.oneOf(
                        Headers.ipv6Extension(Ipv6ExtensionProtocol.HOP_BY_HOP),
                        Headers.ipv6Extension(Ipv6ExtensionProtocol.DESTINATION))
                .filter(header -> header.length() <= LARGEST_EXTENSION)
                .map(header -> header);
        Arbitrary<Header> atomic = Headers.ipv6Fragment()
                .map(header -> new Ipv6Fragment(
                        header.nextHeader(),
                        header.reserved(),
                        0,
                        header.reservedBits(),
                        false,
                        header.identification()));
        return Arbitraries.oneOf(options, atomic).list().ofMaxSize(3);
    }

    private static Arbitrary<Inside> network() {
        Arbitrary<Inside> arp = Headers.arpForIpv4().map(message -> Inside.of(Bytes.EMPTY, message));
        Arbitrary<Inside> icmp =
                Combinators.combine(ipv4(), echo(), payload()).as((ip, message, data) -> Inside.of(data, ip, message));
        Arbitrary<Inside> transport = Combinators.combine(
                        ip(), Arbitraries.oneOf(Headers.tcp(tcpOptions()), udp()), payload())
                .as((ip, header, data) -> Inside.of(data, ip, header));
        return Arbitraries.oneOf(arp, icmp, transport, transport);
    }

    private static Arbitrary<Inside> tunnelled(Arbitrary<List<Header>> link, Arbitrary<Inside> inside) {
        Arbitrary<Udp> toTunnel =
                Headers.udp().map(udp -> new Udp(udp.sourcePort(), Vxlan.PORT, udp.datagramLength(), udp.checksum()));
        return Combinators.combine(ip(), toTunnel, Headers.vxlan(), link, inside)
                .as((ip, udp, vxlan, inner, most) -> most.under(inner).under(List.of(ip, udp, vxlan)));
    }

    private static Arbitrary<Header> ip() {
        return Arbitraries.frequencyOf(Tuple.of(3, ipv4()), Tuple.of(1, Headers.ipv6()));
    }

    private static Arbitrary<Ipv4> ipv4() {
        return Headers.ipv4().map(header -> header.withFragment(header.flags() & ~MORE_FRAGMENTS, 0));
    }

    private static Arbitrary<Udp> udp() {
        return Headers.udp()
                .filter(header -> header.destinationPort() != Vxlan.PORT && header.destinationPort() != VxlanGpe.PORT);
    }

    /** Echoes, since errors quote. */
    private static Arbitrary<Icmp> echo() {
        return Combinators.combine(Headers.icmp(), Arbitraries.of(Icmp.ECHO_REQUEST, Icmp.ECHO_REPLY))
                .as((header, type) -> new Icmp(type, header.code(), header.checksum(), header.rest()));
    }

    /** Options that a library which takes them apart accepts. */
    private static Arbitrary<Bytes> tcpOptions() {
        return Arbitraries.of(
                        "",
                        "01010101",
                        "020405b4",
                        "0101080a0123456789abcdef",
                        "020405b40402080a012345670000000001030307",
                        "010105120000000100000002000000030000000401010101")
                .map(Bytes::ofHex);
    }

    private static Arbitrary<Bytes> payload() {
        return Arbitraries.oneOf(Headers.bytes(0, 64), Headers.bytes(LARGEST_PAYLOAD - 1, LARGEST_PAYLOAD));
    }

    private static Arbitrary<Bytes> trailer() {
        return Arbitraries.oneOf(Arbitraries.just(Bytes.EMPTY), Headers.bytes(0, LARGEST_TRAILER));
    }
}
