package dev.swarmlens.analyzer.sighting;

import dev.swarmlens.codecs.IpAddress;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;

/**
 * An IP address of either version as 128 bits; IPv4 in its IPv4-mapped form, RFC 4291 section 2.5.5.2, so that one key fits
 * both.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record Address(long high, long low) implements Comparable<Address> {
    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long IPV4_MASK = 0xffff_ffffL;

    /** The low half of an IPv4 address in its mapped form; the high half is 0. */
    public static long mapped(int ipv4) {
        return MAPPED | ipv4 & IPV4_MASK;
    }

    /**
     * Reads an address in its usual notation.
     *
     * @throws IllegalArgumentException if it is neither an IPv4 nor an IPv6 address
     */
    public static Address of(String text) {
        IpAddress address = IpAddress.of(text);
        return address instanceof Ipv6Address ipv6
                ? new Address(ipv6.high(), ipv6.low())
                : new Address(0, mapped(((Ipv4Address) address).bits()));
    }

    /** Whether this is an IPv4 address. */
    public boolean isIpv4() {
        return isIpv4(high, low);
    }

    /** Whether two halves are those of an IPv4 address. */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && (low & ~IPV4_MASK) == MAPPED;
    }

    /** The IPv4 network of a prefix length that this address lies in, in CIDR notation. */
    public String ipv4Network(int prefixLength) {
        return new Ipv4Address((int) low & (int) (-1L << Integer.SIZE - prefixLength)) + "/" + prefixLength;
    }

    @Override
    public int compareTo(Address other) {
        return compare(high, low, other.high, other.low);
    }

    /** Orders two addresses given as halves, as unsigned numbers. */
    public static int compare(long high1, long low1, long high2, long low2) {
        int byHigh = Long.compareUnsigned(high1, high2);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low1, low2);
    }

    @Override
    public String toString() {
        return isIpv4() ? new Ipv4Address((int) low).toString() : new Ipv6Address(high, low).toString();
    }
}
