package dev.swarmlens.codecs;

/**
 * An IPv4 address.
 *
 * @param bits the address as 32 bits; the first byte on the wire is the most significant
 */
public record Ipv4Address(int bits) implements IpAddress, Comparable<Ipv4Address> {
    /** Bytes on the wire. */
    public static final int LENGTH = 4;

    /**
     * Reads dotted decimal notation.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Ipv4Address of(String text) {
        String[] parts = text.split("\\.", -1);
        int bits = 0;
        for (String part : parts) {
            int octet = part.matches("[0-9]{1,3}") ? Integer.parseInt(part) : 256;
            if (parts.length != LENGTH || octet > 255) {
                throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 address");
            }
            bits = bits << 8 | octet;
        }
        return new Ipv4Address(bits);
    }

    /** The four bytes on the wire. */
    public Bytes toBytes() {
        byte[] bytes = new byte[LENGTH];
        BigEndian.put32(bytes, 0, bits);
        return Bytes.of(bytes);
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
