package dev.swarmlens.codecs;

/** An IPv4 or an IPv6 address. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

    /**
     * Reads an address in its usual notation.
     *
     * @throws IllegalArgumentException if it is neither an IPv4 nor an IPv6 address
     */
    static IpAddress of(String text) {
        return text.indexOf(':') >= 0 ? Ipv6Address.of(text) : Ipv4Address.of(text);
    }
}
