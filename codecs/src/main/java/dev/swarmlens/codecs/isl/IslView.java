package dev.swarmlens.codecs.isl;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.View;

/** A view of an {@link Isl} header. */
public final class IslView extends View {

    /** The group address, 48 bits, type and user bits included. */
    public long destination() {
        return u48(Isl.DESTINATION);
    }

    /** What is inside: 0 Ethernet, 1 Token Ring, 2 FDDI, 3 ATM. */
    public int type() {
        return u8(Isl.SOURCE - 1) >>> Isl.TYPE_SHIFT;
    }

    /** The sending switch's port, 48 bits. */
    public long source() {
        return u48(Isl.SOURCE);
    }

    /** What follows the length field, in bytes. */
    public int frameLength() {
        return u16(Isl.FRAME_LENGTH);
    }

    /** 0xaaaa03, 24 bits. */
    public int llc() {
        return BigEndian.u24(frame(), start() + Isl.LLC);
    }

    /** The first three bytes of the source once more, 24 bits. */
    public int sourceHigh() {
        return BigEndian.u24(frame(), start() + Isl.SOURCE_HIGH);
    }

    /** The VLAN, 0 to 32767. */
    public int vlan() {
        return u16(Isl.VLAN_AND_BPDU) >>> Isl.VLAN_SHIFT;
    }

    /** Whether a spanning tree, CDP or VTP message is inside. */
    public boolean bpdu() {
        return (u16(Isl.VLAN_AND_BPDU) & Isl.BPDU_BIT) != 0;
    }

    /** The port of the sending switch. */
    public int index() {
        return u16(Isl.INDEX);
    }

    /** For Token Ring and FDDI. */
    public int reserved() {
        return u16(Isl.RESERVED);
    }

    @Override
    public int headerLength() {
        return Isl.LENGTH;
    }

    @Override
    public Isl toHeader() {
        return new Isl(
                new MacAddress(destination()),
                new MacAddress(source()),
                frameLength(),
                llc(),
                sourceHigh(),
                vlan(),
                bpdu(),
                index(),
                reserved());
    }
}
