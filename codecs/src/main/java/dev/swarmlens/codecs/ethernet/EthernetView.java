package dev.swarmlens.codecs.ethernet;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.View;

/** A view of an {@link Ethernet} header. */
public final class EthernetView extends View {

    /** The receiver's MAC address, 48 bits. */
    public long destination() {
        return u48(Ethernet.DESTINATION);
    }

    /** The sender's MAC address, 48 bits. */
    public long source() {
        return u48(Ethernet.SOURCE);
    }

    /** The EtherType, or a length if up to 1500. */
    public int type() {
        return u16(Ethernet.TYPE);
    }

    @Override
    public int headerLength() {
        return Ethernet.LENGTH;
    }

    @Override
    public Ethernet toHeader() {
        return new Ethernet(new MacAddress(destination()), new MacAddress(source()), new EtherType(type()));
    }
}
