package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2;
import dev.swarmlens.codecs.loopback.Loopback;
import dev.swarmlens.codecs.rawip.RawIp;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary valid frames of all link types that captures of IP traffic have. */
public final class LinkFrames {
    private static final int ARPHRD_ETHERNET = 1;
    /** AF_INET6 of Darwin. */
    private static final int FAMILY_IPV6 = 30;

    private LinkFrames() {}

    /** IPv4 and IPv6 over every link type that carries them, and every Ethernet frame. */
    public static Arbitrary<LinkFrame> any() {
        Arbitrary<LinkFrame> ethernet = ValidFrames.any().map(packet -> new LinkFrame(LinkType.ETHERNET, packet));
        return Arbitraries.oneOf(ethernet, others());
    }

    private static Arbitrary<LinkFrame> others() {
        Arbitrary<LinkFrame> overIpv4 = frames(LinkType.IPV4, EtherType.IPV4, ValidFrames.ipv4());
        Arbitrary<LinkFrame> overIpv6 = frames(LinkType.IPV6, EtherType.IPV6, ValidFrames.ipv6());
        return Arbitraries.oneOf(overIpv4, overIpv6);
    }

    private static Arbitrary<LinkFrame> frames(LinkType alone, EtherType type, Arbitrary<List<Header>> inside) {
        Arbitrary<Link> links = Arbitraries.of(
                        alone,
                        LinkType.RAW,
                        LinkType.RAW_BSD,
                        LinkType.NULL,
                        LinkType.LOOP,
                        LinkType.LINUX_SLL,
                        LinkType.LINUX_SLL2)
                .map(linkType -> new Link(linkType, type));
        return Combinators.combine(
                        links,
                        Addresses.hostMac(),
                        ValidHeaders.number(0, LinuxCooked.OUTGOING),
                        inside,
                        Payloads.lengths(),
                        Payloads.seeds())
                .as((link, mac, direction, headers, length, seed) -> new LinkFrame(
                        link.linkType(),
                        ValidFrames.complete(ValidFrames.draft(
                                ValidFrames.join(link.headers(mac, direction), headers), length, seed))));
    }

    private record Link(LinkType linkType, EtherType type) {
        List<Header> headers(MacAddress sender, int direction) {
            long address = sender.bits() << 2 * Byte.SIZE;
            int family = type.equals(EtherType.IPV4) ? Loopback.FAMILY_IPV4 : FAMILY_IPV6;
            if (linkType.equals(LinkType.LINUX_SLL)) {
                return List.of(new LinuxCooked(direction, ARPHRD_ETHERNET, MacAddress.LENGTH, address, type));
            } else if (linkType.equals(LinkType.LINUX_SLL2)) {
                return List.of(new LinuxCooked2(type, 0, 1, ARPHRD_ETHERNET, direction, MacAddress.LENGTH, address));
            } else if (linkType.equals(LinkType.LOOP)) {
                return List.of(Loopback.ofFamily(family));
            } else if (linkType.equals(LinkType.NULL)) {
                // as a machine writes it whose numbers begin with their least byte
                return List.of(new Loopback(Integer.reverseBytes(family)));
            } else if (linkType.equals(LinkType.RAW) || linkType.equals(LinkType.RAW_BSD)) {
                return List.of(new RawIp());
            }
            return List.of();
        }
    }
}
