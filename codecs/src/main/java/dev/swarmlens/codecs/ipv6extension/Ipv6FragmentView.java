package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.View;

/** A view of an {@link Ipv6Fragment} header. */
public final class Ipv6FragmentView extends View {

    /** The number of the protocol that the datagram's first fragment begins with, 0 to 255. */
    public int nextHeader() {
        return u8(Ipv6Fragment.NEXT_HEADER);
    }

    /** The reserved byte. */
    public int reserved() {
        return u8(Ipv6Fragment.RESERVED);
    }

    /** The fragment offset in units of 8 bytes, 0 to 8191. */
    public int fragmentOffset() {
        return u16(Ipv6Fragment.OFFSET_AND_FLAG) >>> Ipv6Fragment.OFFSET_SHIFT;
    }

    /** The two reserved bits. */
    public int reservedBits() {
        return u16(Ipv6Fragment.OFFSET_AND_FLAG) >>> Ipv6Fragment.RESERVED_BITS_SHIFT & Ipv6Fragment.RESERVED_BITS_MASK;
    }

    /** Whether this is not the last fragment. */
    public boolean moreFragments() {
        return (u16(Ipv6Fragment.OFFSET_AND_FLAG) & Ipv6Fragment.MORE_FRAGMENTS_BIT) != 0;
    }

    /** The identification of the datagram, 0 to 2^32 − 1. */
    public long identification() {
        return u32(Ipv6Fragment.IDENTIFICATION);
    }

    @Override
    public int headerLength() {
        return Ipv6Fragment.LENGTH;
    }

    @Override
    public Ipv6Fragment toHeader() {
        return new Ipv6Fragment(
                new IpProtocol(nextHeader()),
                reserved(),
                fragmentOffset(),
                reservedBits(),
                moreFragments(),
                identification());
    }
}
