package dev.swarmlens.codecs;

/**
 * An Internet protocol number (IANA), as in IPv4's Protocol and IPv6's Next Header. Any value can be held, known or not.
 *
 * @param code 0 to 255
 */
public record IpProtocol(int code) {
    /** IPv6 hop-by-hop options. */
    public static final IpProtocol IPV6_HOP_BY_HOP = new IpProtocol(0);
    /** Internet Control Message Protocol. */
    public static final IpProtocol ICMP = new IpProtocol(1);
    /** IPv4 in IP. */
    public static final IpProtocol IPV4 = new IpProtocol(4);
    /** Transmission Control Protocol. */
    public static final IpProtocol TCP = new IpProtocol(6);
    /** User Datagram Protocol. */
    public static final IpProtocol UDP = new IpProtocol(17);
    /** IPv6 in IP. */
    public static final IpProtocol IPV6 = new IpProtocol(41);
    /** IPv6 routing header. */
    public static final IpProtocol IPV6_ROUTING = new IpProtocol(43);
    /** IPv6 fragment header. */
    public static final IpProtocol IPV6_FRAGMENT = new IpProtocol(44);
    /** Encapsulating Security Payload. */
    public static final IpProtocol ESP = new IpProtocol(50);
    /** Internet Control Message Protocol for IPv6. */
    public static final IpProtocol ICMPV6 = new IpProtocol(58);

    /** IPv6 destination options. */
    public static final IpProtocol IPV6_DESTINATION = new IpProtocol(60);
    /** Ethernet in IPv6, RFC 8986. */
    public static final IpProtocol ETHERNET = new IpProtocol(143);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code code} does not fit into 8 bits
     */
    public IpProtocol {
        Ranges.checkBits("IP protocol", code, 8);
    }

    /**
     * The protocol's short name in lower case.
     *
     * @return for example {@code tcp}, or the number for a protocol without a name here
     */
    @Override
    public String toString() {
        return switch (code) {
            case 1 -> "icmp";
            case 2 -> "igmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            case 44 -> "ipv6-frag";
            case 50 -> "esp";
            case 58 -> "icmpv6";
            case 132 -> "sctp";
            default -> Integer.toString(code);
        };
    }
}
