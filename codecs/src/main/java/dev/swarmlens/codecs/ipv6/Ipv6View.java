package dev.swarmlens.codecs.ipv6;

import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.View;

/** A view of an {@link Ipv6} header. */
public final class Ipv6View extends View {

    /** The version, 6. */
    public int version() {
        return u8(Ipv6.VERSION_CLASS_LABEL) >>> 4;
    }

    /** DSCP and ECN, 0 to 255. */
    public int trafficClass() {
        return i32(Ipv6.VERSION_CLASS_LABEL) >>> Ipv6.CLASS_SHIFT & 0xff;
    }

    /** The flow label, 0 to 2^20 − 1. */
    public int flowLabel() {
        return i32(Ipv6.VERSION_CLASS_LABEL) & Ipv6.LABEL_MASK;
    }

    /** What follows this header, in bytes; 0 where it is longer than the field can say. */
    public int payloadLength() {
        return u16(Ipv6.PAYLOAD_LENGTH);
    }

    /** The number of the protocol inside, 0 to 255. */
    public int nextHeader() {
        return u8(Ipv6.NEXT_HEADER);
    }

    /** Hops left, 0 to 255. */
    public int hopLimit() {
        return u8(Ipv6.HOP_LIMIT);
    }

    /** The first eight bytes of the sender's address. */
    public long sourceHigh() {
        return i64(Ipv6.SOURCE);
    }

    /** The last eight bytes of the sender's address. */
    public long sourceLow() {
        return i64(Ipv6.SOURCE + 8);
    }

    /** The first eight bytes of the receiver's address. */
    public long destinationHigh() {
        return i64(Ipv6.DESTINATION);
    }

    /** The last eight bytes of the receiver's address. */
    public long destinationLow() {
        return i64(Ipv6.DESTINATION + 8);
    }

    @Override
    public int headerLength() {
        return Ipv6.LENGTH;
    }

    @Override
    public Ipv6 toHeader() {
        return new Ipv6(
                trafficClass(),
                flowLabel(),
                payloadLength(),
                new IpProtocol(nextHeader()),
                hopLimit(),
                new Ipv6Address(sourceHigh(), sourceLow()),
                new Ipv6Address(destinationHigh(), destinationLow()));
    }
}
