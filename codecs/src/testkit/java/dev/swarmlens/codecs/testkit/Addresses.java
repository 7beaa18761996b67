package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary addresses: any bits, the edge cases all zeros and all ones; and those that one host can have. */
public final class Addresses {
    private static final long GROUP_BIT = 1L << 40;
    private static final long FIRST_UNICAST_IPV4 = Ipv4Address.of("1.0.0.0").bits() & 0xffff_ffffL;
    private static final long LAST_UNICAST_IPV4 =
            Ipv4Address.of("223.255.255.255").bits() & 0xffff_ffffL;
    private static final Ipv6Address FIRST_GLOBAL_IPV6 = Ipv6Address.of("2000::");
    private static final Ipv6Address LAST_GLOBAL_IPV6 = Ipv6Address.of("3fff::");

    private Addresses() {}

    /** MAC addresses. */
    public static Arbitrary<MacAddress> mac() {
        long broadcast = MacAddress.BROADCAST.bits();
        return Arbitraries.longs()
                .between(0, broadcast)
                .edgeCases(edges -> edges.includeOnly(0L, broadcast))
                .map(MacAddress::new);
    }

    /** IPv4 addresses. */
    public static Arbitrary<Ipv4Address> ipv4() {
        return Arbitraries.longs()
                .between(0, 0xffff_ffffL)
                .edgeCases(edges -> edges.includeOnly(0L, 0xffff_ffffL))
                .map(bits -> new Ipv4Address(bits.intValue()));
    }

    /** IPv6 addresses. */
    public static Arbitrary<Ipv6Address> ipv6() {
        Arbitrary<Long> half = Arbitraries.longs().edgeCases(edges -> edges.includeOnly(0L, -1L));
        return Combinators.combine(half, half).as(Ipv6Address::new);
    }

    /** MAC addresses of one interface; the edge case is the least one. */
    public static Arbitrary<MacAddress> hostMac() {
        return Arbitraries.longs()
                .between(0, MacAddress.BROADCAST.bits())
                .edgeCases(edges -> edges.includeOnly(0L))
                .map(bits -> new MacAddress(bits & ~GROUP_BIT));
    }

    /** IPv4 addresses of one host, 1.0.0.0 to 223.255.255.255; the edge case is the least one. */
    public static Arbitrary<Ipv4Address> hostIpv4() {
        return Arbitraries.longs()
                .between(FIRST_UNICAST_IPV4, LAST_UNICAST_IPV4)
                .edgeCases(edges -> edges.includeOnly(FIRST_UNICAST_IPV4))
                .map(bits -> new Ipv4Address(bits.intValue()));
    }

    /** Global IPv6 addresses of one host, in 2000::/3; the edge case is the least one. */
    public static Arbitrary<Ipv6Address> hostIpv6() {
        Arbitrary<Long> prefix = Arbitraries.longs()
                .between(FIRST_GLOBAL_IPV6.high(), LAST_GLOBAL_IPV6.high())
                .edgeCases(edges -> edges.includeOnly(FIRST_GLOBAL_IPV6.high()));
        Arbitrary<Long> host = Arbitraries.longs().edgeCases(edges -> edges.includeOnly(0L));
        return Combinators.combine(prefix, host).as(Ipv6Address::new);
    }
}
