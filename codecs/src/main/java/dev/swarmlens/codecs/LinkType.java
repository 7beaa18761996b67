package dev.swarmlens.codecs;

/**
 * A link-layer header type: the LINKTYPE_ value that a capture file carries, which says what the first byte of a frame is.
 *
 * <p>The value is open: a file may name a type that nobody here has heard of, and it is kept as it is.
 *
 * @param code the LINKTYPE_ value, 0 to 65535
 */
public record LinkType(int code) {
    /** BSD loopback: four bytes of address family in the byte order of the recording machine. */
    public static final LinkType NULL = new LinkType(0);
    /** Ethernet. */
    public static final LinkType ETHERNET = new LinkType(1);
    /** Raw IP, as some systems' DLT_RAW files carry it. */
    public static final LinkType RAW_BSD = new LinkType(12);
    /** Raw IP: the first byte is that of an IPv4 or an IPv6 header. */
    public static final LinkType RAW = new LinkType(101);
    /** OpenBSD loopback: the address family in network byte order. */
    public static final LinkType LOOP = new LinkType(108);
    /** Linux cooked capture, version 1 ({@code tcpdump -i any} of older libpcap). */
    public static final LinkType LINUX_SLL = new LinkType(113);
    /** Raw IPv4. */
    public static final LinkType IPV4 = new LinkType(228);
    /** Raw IPv6. */
    public static final LinkType IPV6 = new LinkType(229);
    /** Linux cooked capture, version 2 ({@code tcpdump -i any}). */
    public static final LinkType LINUX_SLL2 = new LinkType(276);

    private static final int MAX = 0xffff;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code code} is outside 0 to 65535
     */
    public LinkType {
        if (code < 0 || code > MAX) {
            throw new IllegalArgumentException("link type " + code + " is outside 0.." + MAX);
        }
    }

    /**
     * The name that capture tools print.
     *
     * @return for example {@code EN10MB}, or {@code LINKTYPE_147} for a type without a name here
     */
    public String name() {
        return switch (code) {
            case 0 -> "NULL";
            case 1 -> "EN10MB";
            case 12, 101 -> "RAW";
            case 108 -> "LOOP";
            case 113 -> "LINUX_SLL";
            case 228 -> "IPV4";
            case 229 -> "IPV6";
            case 276 -> "LINUX_SLL2";
            default -> "LINKTYPE_" + code;
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
