package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.esp.Esp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Headers as a well-behaved host sends them: reserved bits are zero, options are well-formed, addresses are those of hosts.
 * Lengths, checksums and codes are left to {@link dev.swarmlens.codecs.Encoding#COMPUTED}. Each has one edge case, the least of
 * everything, and a second one where that says so.
 */
public final class ValidHeaders {
    private static final int FIRST_EPHEMERAL_PORT = 32_768;
    private static final int LAST_EPHEMERAL_PORT = 60_999;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_VNI = 0xff_ffff;
    private static final int MAX_VLAN_ID = 4094;

    private ValidHeaders() {}

    /** Ethernet headers from host to host. */
    public static Arbitrary<Ethernet> ethernet() {
        return Combinators.combine(Addresses.hostMac(), Addresses.hostMac())
                .as((source, destination) -> Ethernet.from(source).to(destination));
    }

    /** VLAN tags with an identifier from 0 (priority only) to 4094. */
    public static Arbitrary<Vlan> vlan() {
        return Combinators.combine(number(0, 7), oneOf(List.of(false, true)), number(0, MAX_VLAN_ID))
                .as((priority, eligible, id) ->
                        new Vlan(priority, eligible, id, Vlan.id(id).type()));
    }

    /** ARP requests and replies for IPv4 over Ethernet. */
    public static Arbitrary<Arp> arp() {
        return Combinators.combine(
                        oneOf(List.of(true, false)),
                        Addresses.hostMac(),
                        Addresses.hostIpv4(),
                        Addresses.hostMac(),
                        Addresses.hostIpv4())
                .as((asks, mac, ip, otherMac, otherIp) ->
                        asks ? Arp.request(mac, ip, otherIp) : Arp.reply(mac, ip, otherMac, otherIp));
    }

    /** IPv4 headers of whole datagrams; the second edge case has 40 bytes of options. */
    public static Arbitrary<Ipv4> ipv4() {
        return ipv4(ipv4Options());
    }

    /** IPv4 headers without options. */
    public static Arbitrary<Ipv4> plainIpv4() {
        return ipv4(Arbitraries.just(Bytes.EMPTY));
    }

    private static Arbitrary<Ipv4> ipv4(Arbitrary<Bytes> options) {
        return Combinators.combine(
                        number(0, 0xff),
                        number(0, 0xffff),
                        oneOf(List.of(0, Ipv4.FLAG_DONT_FRAGMENT)),
                        number(1, 0xff),
                        Addresses.hostIpv4(),
                        Addresses.hostIpv4(),
                        options)
                .as((typeOfService, id, flags, hops, source, destination, chosen) -> new Ipv4(
                        typeOfService, 0, id, flags, 0, hops, new IpProtocol(0), 0, source, destination, chosen));
    }

    /** No options; no operation; router alert, RFC 2113; timestamps; record route as long as it can be, and its end. */
    private static Arbitrary<Bytes> ipv4Options() {
        return Arbitraries.of(
                Bytes.EMPTY,
                Bytes.ofHex("01010101"),
                Bytes.ofHex("94040000"),
                Bytes.ofHex("440c0500" + "00".repeat(8)),
                Bytes.ofHex("072704" + "00".repeat(36) + "00"));
    }

    /** IPv6 headers. */
    public static Arbitrary<Ipv6> ipv6() {
        return Combinators.combine(
                        number(0, 0xff),
                        number(0, 0xf_ffff),
                        number(1, 0xff),
                        Addresses.hostIpv6(),
                        Addresses.hostIpv6())
                .as((trafficClass, label, hops, source, destination) ->
                        new Ipv6(trafficClass, label, 0, new IpProtocol(0), hops, source, destination));
    }

    /** Hop-by-hop or destination options, of padding: RFC 8200 section 4.2. The second edge case is 264 bytes long. */
    public static Arbitrary<Ipv6Extension> ipv6Options(Ipv6ExtensionProtocol protocol) {
        return Arbitraries.of(
                        "0104" + "00".repeat(4),
                        "000103" + "00".repeat(3),
                        "01fe" + "00".repeat(254) + "0104" + "00".repeat(4))
                .map(data -> new Ipv6Extension(protocol, new IpProtocol(0), Bytes.ofHex(data)));
    }

    /** Echo requests and replies. */
    public static Arbitrary<Icmp> icmp() {
        return Combinators.combine(oneOf(List.of(true, false)), number(0, 0xffff), number(0, 0xffff))
                .as((asks, id, sequence) -> asks ? Icmp.echoRequest(id, sequence) : Icmp.echoReply(id, sequence));
    }

    /** Echo requests and replies of IPv6. */
    public static Arbitrary<Icmpv6> icmpv6() {
        return Combinators.combine(oneOf(List.of(true, false)), number(0, 0xffff), number(0, 0xffff))
                .as((asks, id, sequence) -> asks ? Icmpv6.echoRequest(id, sequence) : Icmpv6.echoReply(id, sequence));
    }

    /** UDP headers to a port without a protocol, so that what follows is payload. */
    public static Arbitrary<Udp> udp() {
        return Combinators.combine(number(1, MAX_PORT), number(1, MAX_PORT).filter(ValidHeaders::isUnbound))
                .as((source, destination) -> Udp.from(source).to(destination));
    }

    private static boolean isUnbound(int port) {
        return ProtocolRegistry.standard().find(Binding.UDP_DESTINATION_PORT, port) == null;
    }

    /** UDP headers to the port of VXLAN. */
    public static Arbitrary<Udp> udpToVxlan() {
        return number(FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT)
                .map(source -> Udp.from(source).to(Vxlan.PORT));
    }

    /** TCP headers of a connection's every stage; the second edge case has 40 bytes of options. */
    public static Arbitrary<Tcp> tcp() {
        Arbitrary<Integer> flags = oneOf(List.of(
                Tcp.FLAG_SYN,
                Tcp.FLAG_SYN | Tcp.FLAG_ACK,
                Tcp.FLAG_ACK,
                Tcp.FLAG_PSH | Tcp.FLAG_ACK,
                Tcp.FLAG_FIN | Tcp.FLAG_ACK,
                Tcp.FLAG_RST,
                Tcp.FLAG_RST | Tcp.FLAG_ACK));
        Arbitrary<Long> numbers =
                Arbitraries.longs().between(0, 0xffff_ffffL).edgeCases(edges -> edges.includeOnly(0L));
        return Combinators.combine(
                        number(1, MAX_PORT),
                        number(1, MAX_PORT),
                        numbers,
                        numbers,
                        flags,
                        number(0, 0xffff),
                        tcpOptions())
                .as((source, destination, sequence, acknowledgment, chosen, window, options) -> new Tcp(
                        source,
                        destination,
                        sequence,
                        (chosen & Tcp.FLAG_ACK) == 0 ? 0 : acknowledgment,
                        chosen,
                        window,
                        0,
                        0,
                        options));
    }

    /**
     * No options; no operation; maximum segment size; timestamps; what Linux puts into a SYN; two SACK blocks; and all of these as
     * long as options can be.
     */
    private static Arbitrary<Bytes> tcpOptions() {
        String synOfLinux = "020405b4" + "0402" + "080a0123456700000000" + "01" + "030307";
        return Arbitraries.of(
                        "",
                        "01010101",
                        "020405b4",
                        "0101080a0123456789abcdef",
                        synOfLinux,
                        "0101051200000001000000020000000300000004",
                        synOfLinux + "0101051200000001000000020000000300000004")
                .map(Bytes::ofHex);
    }

    /** VXLAN headers, some with a group policy; the edge cases are the least and the largest VNI. */
    public static Arbitrary<Vxlan> vxlan() {
        Arbitrary<Integer> vnis =
                Arbitraries.integers().between(0, MAX_VNI).edgeCases(edges -> edges.includeOnly(0, MAX_VNI));
        Arbitrary<Boolean> withPolicy = oneOf(List.of(false, false, false, true));
        return Combinators.combine(vnis, withPolicy, number(0, 0xffff))
                .as((vni, grouped, group) -> grouped ? Vxlan.of(vni).withGroupPolicyId(group) : Vxlan.of(vni));
    }

    /** ESP headers; security parameter indices begin at 256, RFC 4303 section 2.1, and sequence numbers at 1. */
    public static Arbitrary<Esp> esp() {
        Arbitrary<Long> indices =
                Arbitraries.longs().between(0x100, 0xffff_ffffL).edgeCases(edges -> edges.includeOnly(0x100L));
        Arbitrary<Long> numbers =
                Arbitraries.longs().between(1, 0xffff_ffffL).edgeCases(edges -> edges.includeOnly(1L));
        return Combinators.combine(indices, numbers).as(Esp::new);
    }

    /** One of some values, of which the first is the one edge case. */
    static <T> Arbitrary<T> oneOf(List<T> values) {
        return Arbitraries.of(values).edgeCases(edges -> edges.filter(values.get(0)::equals));
    }

    /** Numbers of which the least is the one edge case, so that combinations of many have few. */
    static Arbitrary<Integer> number(int min, int max) {
        return Arbitraries.integers().between(min, max).edgeCases(edges -> edges.includeOnly(min));
    }
}
