package dev.swarmlens.codecs;

import java.util.Locale;

/**
 * An EtherType, IEEE 802: which protocol a frame carries. Any value can be held, known or not.
 *
 * @param code 0 to 65535; values up to 1500 in an Ethernet header are lengths, not types
 */
public record EtherType(int code) {
    /** Internet Protocol version 4. */
    public static final EtherType IPV4 = new EtherType(0x0800);
    /** Address Resolution Protocol. */
    public static final EtherType ARP = new EtherType(0x0806);
    /** Reverse ARP, RFC 903. */
    public static final EtherType REVERSE_ARP = new EtherType(0x8035);
    /** Transparent Ethernet bridging: an Ethernet frame inside. */
    public static final EtherType BRIDGED_ETHERNET = new EtherType(0x6558);
    /** IEEE 802.1Q customer VLAN tag. */
    public static final EtherType VLAN = new EtherType(0x8100);
    /** Internet Protocol version 6. */
    public static final EtherType IPV6 = new EtherType(0x86dd);
    /** IEEE 802.1ad service VLAN tag. */
    public static final EtherType SERVICE_VLAN = new EtherType(0x88a8);
    /** The outer tag of stacked VLANs before 802.1ad. */
    public static final EtherType OLD_QINQ = new EtherType(0x9100);
    /** The smallest value that is a type; below lie lengths of IEEE 802.3 and values without meaning. */
    public static final int MIN_TYPE = 0x0600;
    /** The largest value that is a length, IEEE 802.3 clause 3.2.6. */
    public static final int MAX_LENGTH = 1500;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code code} does not fit into 16 bits
     */
    public EtherType {
        Ranges.checkBits("EtherType", code, 16);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "0x%04x", code);
    }
}
