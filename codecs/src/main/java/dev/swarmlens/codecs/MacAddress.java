package dev.swarmlens.codecs;

import java.util.HexFormat;

/**
 * A 48-bit IEEE 802 MAC address.
 *
 * @param bits the address as a number, 0 to 2^48 − 1; the first byte on the wire is the most significant
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {
    /** Bytes on the wire. */
    public static final int LENGTH = 6;

    /** The broadcast address. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if more than 48 bits are set
     */
    public MacAddress {
        Ranges.checkBits("MAC address", bits, 48);
    }

    /**
     * Reads the usual notation.
     *
     * @param text six pairs of hexadecimal digits with colons or hyphens between
     * @throws IllegalArgumentException if it is anything else
     */
    public static MacAddress of(String text) {
        String[] parts = text.split("[:-]", -1);
        if (parts.length != LENGTH) {
            throw new IllegalArgumentException("\"" + text + "\" is not a MAC address");
        }
        long bits = 0;
        for (String part : parts) {
            if (!part.matches("[0-9a-fA-F]{2}")) {
                throw new IllegalArgumentException("\"" + text + "\" is not a MAC address");
            }
            bits = bits << 8 | Integer.parseInt(part, 16);
        }
        return new MacAddress(bits);
    }

    /** The address that Docker gives to an overlay endpoint: {@code 02:42} and its IPv4 address. */
    public static MacAddress ofOverlayEndpoint(Ipv4Address address) {
        return new MacAddress(0x0242L << 32 | (address.bits() & 0xffff_ffffL));
    }

    /** The six bytes on the wire. */
    public Bytes toBytes() {
        byte[] bytes = new byte[LENGTH];
        BigEndian.put48(bytes, 0, bits);
        return Bytes.of(bytes);
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= Byte.SIZE) {
            HexFormat.of().toHexDigits(text, (byte) (bits >>> shift));
            text.append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
