package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.View;

/** A view of a {@link LinuxCooked} header. */
public final class LinuxCookedView extends View {

    /** 0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 sent by us. */
    public int packetType() {
        return u16(LinuxCooked.PACKET_TYPE);
    }

    /** The device's ARPHRD type. */
    public int arphrdType() {
        return u16(LinuxCooked.ARPHRD_TYPE);
    }

    /** How many bytes of the address count. */
    public int addressLength() {
        return u16(LinuxCooked.ADDRESS_LENGTH);
    }

    /** The sender's MAC address, 48 bits, if the address length is 6. */
    public long mac() {
        return u48(LinuxCooked.ADDRESS);
    }

    /** The sender's link-layer address, left-justified in eight bytes. */
    public long address() {
        return i64(LinuxCooked.ADDRESS);
    }

    /** The EtherType of what is inside. */
    public int type() {
        return u16(LinuxCooked.TYPE);
    }

    @Override
    public int headerLength() {
        return LinuxCooked.LENGTH;
    }

    @Override
    public LinuxCooked toHeader() {
        return new LinuxCooked(packetType(), arphrdType(), addressLength(), address(), new EtherType(type()));
    }
}
