package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.View;

/** A view of a {@link LinuxCooked2} header. */
public final class LinuxCooked2View extends View {

    /** The EtherType of what is inside. */
    public int type() {
        return u16(LinuxCooked2.TYPE);
    }

    /** The reserved bytes. */
    public int reserved() {
        return u16(LinuxCooked2.RESERVED);
    }

    /** The recording host's number of the interface. */
    public int interfaceIndex() {
        return i32(LinuxCooked2.INTERFACE_INDEX);
    }

    /** The device's ARPHRD type. */
    public int arphrdType() {
        return u16(LinuxCooked2.ARPHRD_TYPE);
    }

    /** 0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 sent by us. */
    public int packetType() {
        return u8(LinuxCooked2.PACKET_TYPE);
    }

    /** How many bytes of the address count. */
    public int addressLength() {
        return u8(LinuxCooked2.ADDRESS_LENGTH);
    }

    /** The sender's MAC address, 48 bits, if the address length is 6. */
    public long mac() {
        return u48(LinuxCooked2.ADDRESS);
    }

    /** The sender's link-layer address, left-justified in eight bytes. */
    public long address() {
        return i64(LinuxCooked2.ADDRESS);
    }

    @Override
    public int headerLength() {
        return LinuxCooked2.LENGTH;
    }

    @Override
    public LinuxCooked2 toHeader() {
        return new LinuxCooked2(
                new EtherType(type()),
                reserved(),
                interfaceIndex(),
                arphrdType(),
                packetType(),
                addressLength(),
                address());
    }
}
