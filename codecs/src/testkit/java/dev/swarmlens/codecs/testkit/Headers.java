package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.esp.Esp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.NeighborOption;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6Fragment;
import dev.swarmlens.codecs.isl.Isl;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.Snap;
import dev.swarmlens.codecs.loopback.Loopback;
import dev.swarmlens.codecs.rawip.RawIp;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlangpe.VxlanGpe;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.LongArbitrary;

/**
 * Arbitrary headers: whatever value a header can hold, lengths and checksums that lie included. Their edge cases are the header
 * of zeros and the header of ones, each with the fewest and the most options.
 */
public final class Headers {
    private Headers() {}

    /** Ethernet headers. */
    public static Arbitrary<Ethernet> ethernet() {
        return numbers(48, 48, 16)
                .map(n -> new Ethernet(new MacAddress(n[0]), new MacAddress(n[1]), new EtherType((int) n[2])));
    }

    /** ISL headers. */
    public static Arbitrary<Isl> isl() {
        return numbers(48, 48, 16, 24, 24, 15, 1, 16, 16)
                .map(n -> new Isl(
                        new MacAddress(n[0]),
                        new MacAddress(n[1]),
                        (int) n[2],
                        (int) n[3],
                        (int) n[4],
                        (int) n[5],
                        n[6] == 1,
                        (int) n[7],
                        (int) n[8]));
    }

    /** VLAN tags. */
    public static Arbitrary<Vlan> vlan() {
        return numbers(3, 1, 12, 16).map(n -> new Vlan((int) n[0], n[1] == 1, (int) n[2], new EtherType((int) n[3])));
    }

    /** ARP messages with addresses of any length. */
    public static Arbitrary<Arp> arp() {
        Arbitrary<Integer> lengths = Arbitraries.of(0, 1, 4, 6, 16, 255);
        Arbitrary<Arp> any = Combinators.combine(lengths, lengths)
                .flatAs((hardware, protocol) -> arp(numbers(16, 16, 16), hardware, protocol));
        Bytes none = Bytes.EMPTY;
        Bytes longest = ones(255);
        return withEdges(
                any,
                new Arp(0, new EtherType(0), 0, none, none, none, none),
                new Arp(0xffff, new EtherType(0xffff), 0xffff, longest, longest, longest, longest));
    }

    /** ARP messages for IPv4 over Ethernet. */
    public static Arbitrary<Arp> arpForIpv4() {
        Arbitrary<long[]> ipv4OverEthernet = Arbitraries.of(Arp.REQUEST, Arp.REPLY)
                .withoutEdgeCases()
                .map(operation -> new long[] {Arp.ETHERNET, EtherType.IPV4.code(), operation});
        return arp(ipv4OverEthernet, MacAddress.LENGTH, Ipv4Address.LENGTH);
    }

    private static Arbitrary<Arp> arp(Arbitrary<long[]> types, int hardware, int protocol) {
        return Combinators.combine(types, bytes(hardware), bytes(protocol), bytes(hardware), bytes(protocol))
                .as((n, senderHardware, senderProtocol, targetHardware, targetProtocol) -> new Arp(
                        (int) n[0],
                        new EtherType((int) n[1]),
                        (int) n[2],
                        senderHardware,
                        senderProtocol,
                        targetHardware,
                        targetProtocol));
    }

    /** IPv4 headers, fragments included. */
    public static Arbitrary<Ipv4> ipv4() {
        return Combinators.combine(numbers(8, 16, 16, 3, 13, 8, 8, 16, 32, 32), options(Ipv4.MAX_OPTIONS))
                .as((n, options) -> new Ipv4(
                        (int) n[0],
                        (int) n[1],
                        (int) n[2],
                        (int) n[3],
                        (int) n[4],
                        (int) n[5],
                        new IpProtocol((int) n[6]),
                        (int) n[7],
                        new Ipv4Address((int) n[8]),
                        new Ipv4Address((int) n[9]),
                        options));
    }

    /** IPv6 headers. */
    public static Arbitrary<Ipv6> ipv6() {
        return numbers(8, 20, 16, 8, 8, 64, 64, 64, 64)
                .map(n -> new Ipv6(
                        (int) n[0],
                        (int) n[1],
                        (int) n[2],
                        new IpProtocol((int) n[3]),
                        (int) n[4],
                        new Ipv6Address(n[5], n[6]),
                        new Ipv6Address(n[7], n[8])));
    }

    /** ICMP headers. */
    public static Arbitrary<Icmp> icmp() {
        return numbers(8, 8, 16, 32).map(n -> new Icmp((int) n[0], (int) n[1], (int) n[2], (int) n[3]));
    }

    /** UDP headers. */
    public static Arbitrary<Udp> udp() {
        return numbers(16, 16, 16, 16).map(n -> new Udp((int) n[0], (int) n[1], (int) n[2], (int) n[3]));
    }

    /** TCP headers, their options any bytes. */
    public static Arbitrary<Tcp> tcp() {
        return tcp(options(Tcp.MAX_OPTIONS));
    }

    /** TCP headers with the given options. */
    public static Arbitrary<Tcp> tcp(Arbitrary<Bytes> options) {
        return Combinators.combine(numbers(16, 16, 32, 32, 12, 16, 16, 16), options)
                .as((n, chosen) -> new Tcp(
                        (int) n[0], (int) n[1], n[2], n[3], (int) n[4], (int) n[5], (int) n[6], (int) n[7], chosen));
    }

    /** VXLAN-GPE headers. */
    public static Arbitrary<VxlanGpe> vxlanGpe() {
        return numbers(8, 16, 8, 24, 8)
                .map(n -> new VxlanGpe((int) n[0], (int) n[1], (int) n[2], (int) n[3], (int) n[4]));
    }

    /** VXLAN headers. */
    public static Arbitrary<Vxlan> vxlan() {
        return numbers(16, 16, 24, 8).map(n -> new Vxlan((int) n[0], (int) n[1], (int) n[2], (int) n[3]));
    }

    /** Linux cooked headers, version 1. */
    public static Arbitrary<LinuxCooked> linuxCooked() {
        return numbers(16, 16, 16, 64, 16)
                .map(n -> new LinuxCooked((int) n[0], (int) n[1], (int) n[2], n[3], new EtherType((int) n[4])));
    }

    /** Linux cooked headers, version 2. */
    public static Arbitrary<LinuxCooked2> linuxCooked2() {
        return numbers(16, 16, 32, 16, 8, 8, 64)
                .map(n -> new LinuxCooked2(
                        new EtherType((int) n[0]), (int) n[1], (int) n[2], (int) n[3], (int) n[4], (int) n[5], n[6]));
    }

    /** ESP headers. */
    public static Arbitrary<Esp> esp() {
        return numbers(32, 32).map(n -> new Esp(n[0], n[1]));
    }

    /** ICMPv6 headers. */
    public static Arbitrary<Icmpv6> icmpv6() {
        Arbitrary<Integer> types = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(0, 255)),
                Tuple.of(1, Arbitraries.integers().between(Icmpv6.ROUTER_SOLICITATION, Icmpv6.REDIRECT)));
        return Combinators.combine(types.withoutEdgeCases(), numbers(8, 16, 32), bytes(32))
                .as((type, n, body) ->
                        new Icmpv6(type, (int) n[0], (int) n[1], (int) n[2], firstOf(body, Icmpv6.bodyLength(type))));
    }

    /** Options of neighbour discovery. */
    public static Arbitrary<NeighborOption> neighborOption() {
        Arbitrary<Bytes> data = withEdges(
                bytes(6, 53).map(bytes -> firstOf(bytes, 6 + (bytes.length() - 6) / 8 * 8)),
                Bytes.of(new byte[6]),
                ones(6 + 8 * 254));
        Arbitrary<Integer> types = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(0, 255)),
                Tuple.of(1, Arbitraries.integers().between(1, 5)));
        return Combinators.combine(types.withoutEdgeCases(), data).as(NeighborOption::new);
    }

    /** LLC headers, numbered and not. */
    public static Arbitrary<Llc> llc() {
        Arbitrary<Llc> unnumbered = numbers(8, 8, 6).map(n -> new Llc((int) n[0], (int) n[1], (int) n[2] << 2 | 3));
        Arbitrary<Llc> information = numbers(8, 8, 15).map(n -> new Llc((int) n[0], (int) n[1], (int) n[2] << 1));
        Arbitrary<Llc> supervisory = numbers(8, 8, 14).map(n -> new Llc((int) n[0], (int) n[1], (int) n[2] << 2 | 1));
        return Arbitraries.oneOf(unnumbered, information, supervisory);
    }

    /** SNAP headers. */
    public static Arbitrary<Snap> snap() {
        return numbers(24, 16).map(n -> new Snap((int) n[0], new EtherType((int) n[1])));
    }

    /** BSD loopback headers, in both byte orders. */
    public static Arbitrary<Loopback> loopback() {
        Arbitrary<Integer> families = Arbitraries.of(2, 10, 24, 28, 30, 7);
        return Arbitraries.oneOf(
                numbers(32).map(n -> new Loopback((int) n[0])),
                families.map(Loopback::ofFamily),
                families.map(family -> new Loopback(Integer.reverseBytes(family))));
    }

    /** The header of a frame without a link layer, of which there is one. */
    public static Arbitrary<RawIp> rawIp() {
        return Arbitraries.just(new RawIp());
    }

    /** IPv6 extension headers of one kind. */
    public static Arbitrary<Ipv6Extension> ipv6Extension(Ipv6ExtensionProtocol protocol) {
        Arbitrary<Bytes> data = withEdges(
                bytes(6, 53).map(bytes -> firstOf(bytes, 6 + (bytes.length() - 6) / 8 * 8)),
                Bytes.of(new byte[6]),
                ones(6 + 8 * 255));
        return Combinators.combine(numbers(8), data)
                .as((n, chosen) -> new Ipv6Extension(protocol, new IpProtocol((int) n[0]), chosen));
    }

    /** IPv6 extension headers with a length, of all kinds. */
    public static Arbitrary<Ipv6Extension> ipv6Extension() {
        return Arbitraries.of(
                        Ipv6ExtensionProtocol.HOP_BY_HOP,
                        Ipv6ExtensionProtocol.ROUTING,
                        Ipv6ExtensionProtocol.DESTINATION)
                .flatMap(Headers::ipv6Extension);
    }

    /** IPv6 fragment headers. */
    public static Arbitrary<Ipv6Fragment> ipv6Fragment() {
        return numbers(8, 8, 13, 2, 1, 32)
                .map(n -> new Ipv6Fragment(
                        new IpProtocol((int) n[0]), (int) n[1], (int) n[2], (int) n[3], n[4] == 1, n[5]));
    }

    /** As many bytes as said. */
    public static Arbitrary<Bytes> bytes(int length) {
        return bytes(length, length);
    }

    /** Between so few and so many bytes. */
    public static Arbitrary<Bytes> bytes(int min, int max) {
        Arbitrary<Bytes> any = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(min)
                .ofMaxSize(max)
                .map(Bytes::of);
        return withEdges(any, ones(min), ones(max));
    }

    /** Options of a header: any bytes, whole words. */
    public static Arbitrary<Bytes> options(int max) {
        return withEdges(bytes(0, max).map(bytes -> firstOf(bytes, bytes.length() / 4 * 4)), Bytes.EMPTY, ones(max));
    }

    private static Bytes firstOf(Bytes bytes, int length) {
        return Bytes.of(bytes.toArray(), 0, length);
    }

    private static Bytes ones(int length) {
        return Bytes.ofHex("ff".repeat(length));
    }

    /** One number for each count of bits. */
    private static Arbitrary<long[]> numbers(int... bits) {
        long[] ones = new long[bits.length];
        List<Arbitrary<Long>> each = new ArrayList<>();
        for (int i = 0; i < bits.length; i++) {
            ones[i] = bits[i] == Long.SIZE ? -1 : (1L << bits[i]) - 1;
            LongArbitrary all = Arbitraries.longs();
            Arbitrary<Long> fitting = bits[i] == Long.SIZE ? all : all.between(0, ones[i]);
            each.add(fitting.withoutEdgeCases());
        }
        Arbitrary<long[]> any = Combinators.combine(each)
                .as(numbers -> numbers.stream().mapToLong(Long::longValue).toArray());
        return withEdges(any, new long[bits.length], ones);
    }

    /** Sometimes the least, sometimes the most; these two and no more are the edge cases, of which combining makes many. */
    private static <T> Arbitrary<T> withEdges(Arbitrary<T> any, T least, T most) {
        return Arbitraries.frequencyOf(
                Tuple.of(18, any.withoutEdgeCases()),
                Tuple.of(1, Arbitraries.just(least)),
                Tuple.of(1, Arbitraries.just(most)));
    }
}
