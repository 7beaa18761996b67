package dev.swarmlens.codecs;

/**
 * An Internet protocol number (IANA), as in IPv4's Protocol and IPv6's Next Header. Any value can be held, known or not.
 *
 * @param code 0 to 255
 */
public record IpProtocol(int code) {
    /** Internet Control Message Protocol. */
    public static final IpProtocol ICMP = new IpProtocol(1);
    /** Transmission Control Protocol. */
    public static final IpProtocol TCP = new IpProtocol(6);
    /** User Datagram Protocol. */
    public static final IpProtocol UDP = new IpProtocol(17);
    /** IPv6 fragment header. */
    public static final IpProtocol IPV6_FRAGMENT = new IpProtocol(44);
    /** Encapsulating Security Payload. */
    public static final IpProtocol ESP = new IpProtocol(50);
    /** Internet Control Message Protocol for IPv6. */
    public static final IpProtocol ICMPV6 = new IpProtocol(58);

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
