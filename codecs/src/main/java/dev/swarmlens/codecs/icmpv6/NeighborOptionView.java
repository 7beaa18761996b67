package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.View;

/** A view of a {@link NeighborOption}. */
public final class NeighborOptionView extends View {

    /** The type, 0 to 255. */
    public int type() {
        return u8(NeighborOption.TYPE);
    }

    /** The length as the option says it, in units of 8 bytes. */
    public int lengthField() {
        return u8(NeighborOption.LENGTH_FIELD);
    }

    /** Whether this holds a link-layer address that is a MAC address. */
    public boolean hasLinkLayerAddress() {
        return (type() == NeighborOption.SOURCE_LINK_LAYER_ADDRESS
                        || type() == NeighborOption.TARGET_LINK_LAYER_ADDRESS)
                && lengthField() == 1;
    }

    /** The MAC address, 48 bits, see {@link #hasLinkLayerAddress}. */
    public long linkLayerAddress() {
        return u48(NeighborOption.DATA);
    }

    /** Whether this holds the link's MTU. */
    public boolean hasMtu() {
        return type() == NeighborOption.MTU;
    }

    /** The link's MTU in bytes, 0 to 2^32 − 1, see {@link #hasMtu}. */
    public long mtu() {
        return u32(NeighborOption.MTU_VALUE);
    }

    /** Whether this holds a prefix and all that belongs to it. */
    public boolean hasPrefix() {
        return type() == NeighborOption.PREFIX_INFORMATION
                && headerLength() >= NeighborOption.PREFIX_INFORMATION_LENGTH;
    }

    /** How many bits of the prefix are valid, 0 to 255, see {@link #hasPrefix}. */
    public int prefixLength() {
        return u8(NeighborOption.PREFIX_LENGTH);
    }

    /** For how many seconds the prefix is on the link, 2^32 − 1 for ever, see {@link #hasPrefix}. */
    public long validLifetime() {
        return u32(NeighborOption.VALID_LIFETIME);
    }

    /** For how many seconds addresses made of the prefix are preferred, 2^32 − 1 for ever, see {@link #hasPrefix}. */
    public long preferredLifetime() {
        return u32(NeighborOption.PREFERRED_LIFETIME);
    }

    /** The first eight bytes of the prefix, see {@link #hasPrefix}. */
    public long prefixHigh() {
        return i64(NeighborOption.PREFIX);
    }

    /** The last eight bytes of the prefix, see {@link #hasPrefix}. */
    public long prefixLow() {
        return i64(NeighborOption.PREFIX + Long.BYTES);
    }

    @Override
    public int headerLength() {
        return lengthField() * NeighborOption.UNIT;
    }

    @Override
    public NeighborOption toHeader() {
        return new NeighborOption(type(), bytes(NeighborOption.DATA, headerLength()));
    }
}
