package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.AddressingProtocol;
import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.View;

/** A view of an {@link Ipv6Extension} header. */
public final class Ipv6ExtensionView extends View {
    private final Ipv6ExtensionProtocol protocol;

    Ipv6ExtensionView(Ipv6ExtensionProtocol protocol) {
        this.protocol = protocol;
    }

    /** The number of the protocol that follows, 0 to 255. */
    public int nextHeader() {
        return u8(Ipv6Extension.NEXT_HEADER);
    }

    /** The length field: units of 8 bytes without the first, 0 to 255. */
    public int lengthField() {
        return u8(Ipv6Extension.LENGTH_FIELD);
    }

    /** Of a routing header: its type, 0 to 255. */
    public int routingType() {
        return u8(ExtensionAddress.ROUTING_TYPE);
    }

    /** Of a routing header: how many stops are left, 0 to 255. */
    public int segmentsLeft() {
        return u8(ExtensionAddress.SEGMENTS_LEFT);
    }

    /**
     * Whether this is a routing header of a type that we know (0, 2 or 4) with stops left, so that the IPv6 header's
     * destination is the next stop and not the last one.
     */
    public boolean hasFinalDestination() {
        return finalDestinationAt() != AddressingProtocol.NOT_NAMED;
    }

    /** The first eight bytes of the last stop's address, if {@linkplain #hasFinalDestination there is one}. */
    public long finalDestinationHigh() {
        return BigEndian.i64(frame(), finalDestinationAt());
    }

    /** The last eight bytes of the last stop's address, if {@linkplain #hasFinalDestination there is one}. */
    public long finalDestinationLow() {
        return BigEndian.i64(frame(), finalDestinationAt() + Long.BYTES);
    }

    private int finalDestinationAt() {
        return protocol.receiverAt(frame(), start(), start() + headerLength());
    }

    @Override
    public int headerLength() {
        return (1 + lengthField()) * Ipv6Extension.UNIT;
    }

    @Override
    public Ipv6Extension toHeader() {
        return new Ipv6Extension(protocol, new IpProtocol(nextHeader()), bytes(Ipv6Extension.DATA, headerLength()));
    }
}
