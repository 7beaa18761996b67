package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpMessage;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Arbitrary ICMP errors about valid frames, tunnels included. All that is sent is valid; the quote may end anywhere after the first
 * eight bytes of the datagram's data.
 */
public final class IcmpErrors {
    /** RFC 792: "the first 64 bits of the original datagram's data". */
    private static final int SHORTEST_QUOTE = 8;
    /** RFC 1812 section 4.3.2.3: "without the length of the ICMP datagram exceeding 576 bytes". */
    private static final int LONGEST_ERROR = 576;
    /** RFC 4443 section 3.1: "without the ICMPv6 packet exceeding the minimum IPv6 MTU". */
    private static final int LONGEST_ERROR_IPV6 = 1280;

    private static final int PORT_UNREACHABLE_IPV6 = 4;

    private IcmpErrors() {}

    /** Port unreachable, too large for the next hop, and time exceeded. */
    public static Arbitrary<IcmpError> any() {
        return Combinators.combine(
                        causes(), reporters(), reasons(), ValidHeaders.number(SHORTEST_QUOTE, LONGEST_ERROR_IPV6))
                .as((cause, reporter, reason, quoted) ->
                        new IcmpError(ValidFrames.complete(reporter.report(cause, reason, quoted)), cause));
    }

    private static Arbitrary<Packet> causes() {
        Arbitrary<Packet> plain = Combinators.combine(
                        ValidHeaders.ethernet(),
                        Arbitraries.oneOf(ValidFrames.ipv4(), ValidFrames.ipv6()),
                        Payloads.lengths(),
                        Payloads.seeds())
                .as((link, inside, length, seed) ->
                        ValidFrames.complete(ValidFrames.draft(ValidFrames.join(List.of(link), inside), length, seed)));
        return Arbitraries.oneOf(
                plain, ValidFrames.vxlan().map(VxlanFrame::packet).withoutEdgeCases());
    }

    private static Arbitrary<Reason> reasons() {
        Arbitrary<Kind> kinds = ValidHeaders.oneOf(List.of(Kind.UNREACHABLE, Kind.TOO_BIG, Kind.TIME_EXCEEDED));
        return Combinators.combine(kinds, ValidHeaders.number(LONGEST_ERROR_IPV6, Payloads.JUMBO))
                .as(Reason::new);
    }

    private static Arbitrary<Reporter> reporters() {
        return Combinators.combine(Addresses.hostMac(), Addresses.hostIpv4(), Addresses.hostIpv6())
                .as(Reporter::new);
    }

    private enum Kind {
        UNREACHABLE,
        TOO_BIG,
        TIME_EXCEEDED
    }

    private record Reason(Kind kind, int mtu) {
        Icmp icmp() {
            return Icmp.of(
                    switch (kind) {
                        case UNREACHABLE -> new IcmpMessage.DestinationUnreachable(Icmp.PORT_UNREACHABLE, 0, 0);
                        case TOO_BIG -> new IcmpMessage.DestinationUnreachable(Icmp.FRAGMENTATION_NEEDED, 0, mtu);
                        case TIME_EXCEEDED -> new IcmpMessage.TimeExceeded(0, 0);
                    });
        }

        Icmpv6 icmpv6() {
            return Icmpv6.of(
                    switch (kind) {
                        case UNREACHABLE -> new Icmpv6Message.DestinationUnreachable(PORT_UNREACHABLE_IPV6, 0);
                        case TOO_BIG -> new Icmpv6Message.PacketTooBig(mtu);
                        case TIME_EXCEEDED -> new Icmpv6Message.TimeExceeded(0, 0);
                    });
        }
    }

    /** Who reports an error: a router, or the host that was meant. */
    private record Reporter(MacAddress mac, Ipv4Address ipv4, Ipv6Address ipv6) {
        Packet report(Packet cause, Reason reason, int quoted) {
            List<Header> layers = cause.layers();
            Ethernet link = Ethernet.from(mac).to(((Ethernet) layers.get(0)).source());
            int network = 0;
            int start = 0;
            while (!(layers.get(network) instanceof Ipv4 || layers.get(network) instanceof Ipv6)) {
                start += layers.get(network).length();
                network++;
            }
            Bytes datagram = Bytes.of(cause.encode().toArray(), start, cause.length());
            if (layers.get(network) instanceof Ipv4 about) {
                int room = LONGEST_ERROR - Ipv4.MIN_LENGTH - Icmp.LENGTH;
                return Packet.of(link, Ipv4.from(ipv4).to(about.source()), reason.icmp())
                        .withPayload(firstOf(datagram, Math.min(room, about.length() + quoted)));
            }
            Ipv6 about = (Ipv6) layers.get(network);
            int room = LONGEST_ERROR_IPV6 - Ipv6.LENGTH - Icmpv6.MIN_LENGTH;
            return Packet.of(link, Ipv6.from(ipv6).to(about.source()), reason.icmpv6())
                    .withPayload(firstOf(datagram, Math.min(room, about.length() + quoted)));
        }
    }

    private static Bytes firstOf(Bytes bytes, int length) {
        return Bytes.of(bytes.toArray(), 0, Math.min(length, bytes.length()));
    }
}
