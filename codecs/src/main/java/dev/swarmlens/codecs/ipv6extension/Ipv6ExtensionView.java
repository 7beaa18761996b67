package dev.swarmlens.codecs.ipv6extension;

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

    @Override
    public int headerLength() {
        return (1 + lengthField()) * Ipv6Extension.UNIT;
    }

    @Override
    public Ipv6Extension toHeader() {
        return new Ipv6Extension(protocol, new IpProtocol(nextHeader()), bytes(Ipv6Extension.DATA, headerLength()));
    }
}
