package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.esp.Esp;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.Snap;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitrary valid frames: what a network without faults may carry. All lengths, checksums and codes are right, so that a packet's
 * bytes are the same in both {@link dev.swarmlens.codecs.Encoding encodings}, and parse into an equal packet, without a problem.
 *
 * <p>Edge cases, each with each: no payload and a frame of {@value Payloads#JUMBO} bytes; no options and as many as fit; the VNIs 0
 * and 2^24 − 1. A frame that makes a property fail shrinks towards few headers, zeros and no payload.
 */
public final class ValidFrames {
    private static final int SHORTEST_ETHERNET = 60;
    /** An initialization vector, a padded datagram without data and an integrity check value, as RFC 4106 has them. */
    private static final int SHORTEST_ESP = 28;

    private static final int ESP_ALIGNMENT = 4;
    private static final int DEEPEST_TUNNEL = 3;

    private ValidFrames() {}

    /** Ethernet frames, some of them with others inside of VXLAN. */
    public static Arbitrary<Packet> any() {
        return Arbitraries.oneOf(plain(), vxlan().map(VxlanFrame::packet));
    }

    /**
     * Ethernet frames, some with VLAN tags or IEEE 802.2, of ARP, IPv4 or IPv6 with its extension headers, and in these ICMP echoes,
     * UDP, TCP or ESP.
     */
    public static Arbitrary<Packet> plain() {
        return Combinators.combine(
                        link(),
                        inside(),
                        Payloads.lengths(),
                        Payloads.seeds(),
                        ValidHeaders.oneOf(List.of(true, false)))
                .as((link, inside, length, seed, padded) -> {
                    Packet packet = draft(join(link, inside), length, seed);
                    int missing = padded ? Math.max(0, SHORTEST_ETHERNET - packet.length()) : 0;
                    return complete(packet.withTrailer(Bytes.of(new byte[missing])));
                });
    }

    /** Such frames inside of VXLAN; one of four through several tunnels. */
    public static Arbitrary<VxlanFrame> vxlan() {
        Arbitrary<List<Tunnel>> tunnels = Arbitraries.frequencyOf(
                Tuple.of(3, tunnel().map(List::of)),
                Tuple.of(1, tunnel().list().ofMinSize(2).ofMaxSize(DEEPEST_TUNNEL)));
        return Combinators.combine(tunnels, link(), inside(), Payloads.lengths(), Payloads.seeds())
                .as(ValidFrames::tunnelled);
    }

    /** One tunnel's headers, the link's before them included. */
    private record Tunnel(List<Header> link, Header network, Udp udp, Vxlan vxlan) {
        Stream<Header> headers() {
            return Stream.concat(link.stream(), Stream.of(network, udp, vxlan));
        }
    }

    /** Not over IEEE 802.2, which ends at 1500 bytes. */
    private static Arbitrary<Tunnel> tunnel() {
        Arbitrary<Link> links =
                Arbitraries.frequency(Tuple.of(6, Link.ETHERNET), Tuple.of(1, Link.TAGGED), Tuple.of(1, Link.STACKED));
        Arbitrary<Header> network = Arbitraries.frequencyOf(
                Tuple.of(3, ValidHeaders.plainIpv4()),
                Tuple.of(1, ValidHeaders.ipv6().withoutEdgeCases()));
        return Combinators.combine(link(links), network, ValidHeaders.udpToVxlan(), ValidHeaders.vxlan())
                .as(Tunnel::new);
    }

    private static VxlanFrame tunnelled(
            List<Tunnel> tunnels, List<Header> link, List<Header> inside, int length, int seed) {
        List<Header> outer = tunnels.stream().flatMap(Tunnel::headers).toList();
        Packet inner = draft(join(link, inside), Math.max(0, length - length(outer)), seed);
        Packet packet = complete(new Packet(join(outer, inner.layers()), inner.payload(), Bytes.EMPTY));
        List<Header> layers = packet.layers();
        return new VxlanFrame(
                packet,
                tunnels.stream().map(tunnel -> tunnel.vxlan().vni()).toList(),
                new Packet(layers.subList(outer.size(), layers.size()), packet.payload(), Bytes.EMPTY));
    }

    // ---- parts

    private enum Link {
        ETHERNET,
        TAGGED,
        STACKED,
        SNAP
    }

    private static Arbitrary<List<Header>> link() {
        return link(Arbitraries.frequency(
                Tuple.of(6, Link.ETHERNET),
                Tuple.of(1, Link.TAGGED),
                Tuple.of(1, Link.STACKED),
                Tuple.of(1, Link.SNAP)));
    }

    private static Arbitrary<List<Header>> link(Arbitrary<Link> links) {
        return Combinators.combine(
                        links.edgeCases(edges -> edges.includeOnly(Link.ETHERNET)),
                        ValidHeaders.ethernet(),
                        ValidHeaders.vlan(),
                        ValidHeaders.vlan())
                .as((link, ethernet, tag, inner) -> switch (link) {
                    case ETHERNET -> List.of(ethernet);
                    case TAGGED -> List.of(ethernet, tag);
                    case STACKED -> List.of(ethernet.withType(EtherType.SERVICE_VLAN), tag, inner);
                    case SNAP -> List.of(ethernet, Llc.snap(), Snap.of(EtherType.IPV4));
                });
    }

    private static Arbitrary<List<Header>> inside() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, ipv4()),
                Tuple.of(3, ipv6()),
                Tuple.of(1, ValidHeaders.arp().map(List::<Header>of)));
    }

    /** IPv4 and what is in it. */
    static Arbitrary<List<Header>> ipv4() {
        Arbitrary<Header> last = Arbitraries.oneOf(
                ValidHeaders.udp(),
                ValidHeaders.tcp(),
                ValidHeaders.icmp().withoutEdgeCases(),
                ValidHeaders.esp().withoutEdgeCases());
        return Combinators.combine(ValidHeaders.ipv4(), last).as((network, header) -> List.of(network, header));
    }

    /** IPv6, its extension headers and what is in it. */
    static Arbitrary<List<Header>> ipv6() {
        Arbitrary<Header> last = Arbitraries.oneOf(
                ValidHeaders.udp(),
                ValidHeaders.tcp().withoutEdgeCases(),
                ValidHeaders.icmpv6().withoutEdgeCases(),
                ValidHeaders.esp().withoutEdgeCases());
        Arbitrary<Header> hopByHop =
                ValidHeaders.ipv6Options(Ipv6ExtensionProtocol.HOP_BY_HOP).map(header -> header);
        Arbitrary<Header> destination = ValidHeaders.ipv6Options(Ipv6ExtensionProtocol.DESTINATION)
                .<Header>map(header -> header)
                .withoutEdgeCases();
        Arbitrary<List<Header>> extensions = Arbitraries.oneOf(
                Arbitraries.just(List.of()),
                hopByHop.map(List::of),
                destination.map(List::of),
                Combinators.combine(hopByHop, destination).as((first, second) -> List.of(first, second)));
        return Combinators.combine(ValidHeaders.ipv6(), extensions, last)
                .as((network, between, header) -> join(join(List.of(network), between), List.of(header)));
    }

    // ---- assembly

    /** A packet of headers whose payload fills it up to a length, as far as its protocols allow. */
    static Packet draft(List<Header> headers, int length, int seed) {
        boolean isIeee = headers.stream().anyMatch(Llc.class::isInstance);
        int room = (isIeee ? Math.min(length, EtherType.MAX_LENGTH) : length) - length(headers);
        Header last = headers.get(headers.size() - 1);
        if (last instanceof Arp) {
            room = 0;
        } else if (last instanceof Esp) {
            room = Math.max(SHORTEST_ESP, room / ESP_ALIGNMENT * ESP_ALIGNMENT);
        }
        return new Packet(headers, Payloads.of(room, seed), Bytes.EMPTY);
    }

    /** The packet with all that encoding computes. */
    static Packet complete(Packet draft) {
        byte[] frame = draft.encode().toArray();
        List<Header> layers = new ArrayList<>();
        int at = 0;
        for (Header header : draft.layers()) {
            View view = header.protocol().newView();
            view.wrap(frame, at, frame.length);
            layers.add(view.toHeader());
            at += header.length();
        }
        return new Packet(layers, draft.payload(), draft.trailer());
    }

    static List<Header> join(List<? extends Header> outer, List<? extends Header> inner) {
        return Stream.<Header>concat(outer.stream(), inner.stream()).toList();
    }

    private static int length(List<Header> headers) {
        return headers.stream().mapToInt(Header::length).sum();
    }
}
