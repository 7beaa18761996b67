package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Ranges;

/**
 * Option of a neighbour discovery message, RFC 4861 section 4.6.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      |    Length     |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 * |                             Data                             ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The length, in units of 8 bytes, follows from the data.
 *
 * @param type 0 to 255
 * @param data what stands after the length: 6 bytes and a multiple of 8 more, at most 2038
 */
public record NeighborOption(int type, Bytes data) implements Header {
    static final int TYPE = 0;
    static final int LENGTH_FIELD = TYPE + 1;
    static final int DATA = LENGTH_FIELD + 1;
    static final int UNIT = 8;
    /** Bytes on the wire of the shortest one. */
    public static final int MIN_LENGTH = UNIT;

    /** In an MTU option, behind two reserved bytes. */
    static final int MTU_VALUE = DATA + 2;

    static final int PREFIX_LENGTH = DATA;
    static final int VALID_LIFETIME = PREFIX_LENGTH + 2;
    static final int PREFERRED_LIFETIME = VALID_LIFETIME + 4;
    /** Behind four reserved bytes. */
    static final int PREFIX = PREFERRED_LIFETIME + 8;

    static final int PREFIX_INFORMATION_LENGTH = PREFIX + 16;

    private static final int MAX_UNITS = 255;

    /** Type: the sender's link-layer address, RFC 4861 section 4.6.1. */
    public static final int SOURCE_LINK_LAYER_ADDRESS = 1;
    /** Type: the target's link-layer address, RFC 4861 section 4.6.1. */
    public static final int TARGET_LINK_LAYER_ADDRESS = 2;
    /** Type: a prefix on the link, RFC 4861 section 4.6.2. */
    public static final int PREFIX_INFORMATION = 3;
    /** Type: the packet that caused a redirect, RFC 4861 section 4.6.3. */
    public static final int REDIRECTED_HEADER = 4;
    /** Type: the link's MTU, RFC 4861 section 4.6.4. */
    public static final int MTU = 5;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the type does not fit into 8 bits, or type, length and data are no multiple of 8
     *     bytes or over 2040
     */
    public NeighborOption {
        Ranges.checkBits("neighbour discovery option type", type, 8);
        int length = DATA + data.length();
        if (length % UNIT != 0 || length > MAX_UNITS * UNIT) {
            throw new IllegalArgumentException("neighbour discovery option has " + data.length()
                    + " bytes of data; 6 and a multiple of 8 more, up to 2038, are possible");
        }
    }

    /** The sender's MAC address. */
    public static NeighborOption sourceLinkLayerAddress(MacAddress address) {
        return new NeighborOption(SOURCE_LINK_LAYER_ADDRESS, address.toBytes());
    }

    /** The target's MAC address. */
    public static NeighborOption targetLinkLayerAddress(MacAddress address) {
        return new NeighborOption(TARGET_LINK_LAYER_ADDRESS, address.toBytes());
    }

    /**
     * The link's MTU.
     *
     * @param mtu in bytes, 0 to 2^32 − 1
     */
    public static NeighborOption mtu(long mtu) {
        Ranges.checkBits("neighbour discovery MTU", mtu, 32);
        byte[] data = new byte[UNIT - DATA];
        BigEndian.put32(data, MTU_VALUE - DATA, (int) mtu);
        return new NeighborOption(MTU, Bytes.of(data));
    }

    @Override
    public NeighborOptionProtocol protocol() {
        return NeighborOptionProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return DATA + data.length();
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + TYPE, type);
        BigEndian.put8(frame, offset + LENGTH_FIELD, length() / UNIT);
        data.copyTo(frame, offset + DATA);
    }

    @Override
    public String toString() {
        return "neighbour discovery option " + type + " " + data;
    }
}
