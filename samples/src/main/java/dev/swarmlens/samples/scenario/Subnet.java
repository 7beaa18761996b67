package dev.swarmlens.samples.scenario;

import dev.swarmlens.codecs.Ipv4Address;

/**
 * A range of IPv4 addresses.
 *
 * @param base its first address
 * @param prefix how many bits its addresses have in common, 8 to 29
 */
public record Subnet(Ipv4Address base, int prefix) {
    private static final int MIN_PREFIX = 8;
    private static final int MAX_PREFIX = 29;

    /**
     * Checks that the base is one.
     *
     * @throws IllegalArgumentException if the prefix is out of range, or the base has bits behind it
     */
    public Subnet {
        if (prefix < MIN_PREFIX || prefix > MAX_PREFIX || (base.bits() & (1 << Integer.SIZE - prefix) - 1) != 0) {
            throw new IllegalArgumentException("no subnet: " + base + "/" + prefix);
        }
    }

    /**
     * Reads {@code 10.0.9.0/24}.
     *
     * @throws IllegalArgumentException if it is no such thing
     */
    public static Subnet of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no subnet: " + text);
        }
        return new Subnet(Ipv4Address.of(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** How many addresses it has. */
    public int size() {
        return 1 << Integer.SIZE - prefix;
    }

    /**
     * An address in it.
     *
     * @param index 0 for the base
     */
    public Ipv4Address address(int index) {
        return new Ipv4Address(base.bits() + index);
    }

    /** Whether an address is in it. */
    public boolean contains(Ipv4Address address) {
        return address.bits() >>> Integer.SIZE - prefix == base.bits() >>> Integer.SIZE - prefix;
    }

    /** Whether they have an address in common. */
    public boolean overlaps(Subnet other) {
        return contains(other.base) || other.contains(base);
    }

    @Override
    public String toString() {
        return base + "/" + prefix;
    }
}
