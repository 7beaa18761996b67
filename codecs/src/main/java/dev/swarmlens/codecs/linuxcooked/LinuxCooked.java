package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * Linux cooked capture header, version 1, LINKTYPE_LINUX_SLL.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Packet type          |          ARPHRD type          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        Address length         |       Address (8 bytes)      ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *                                 |         Protocol type         |
 *                                 +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param packetType 0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 sent by us
 * @param arphrdType the device's ARPHRD type, 1 for Ethernet
 * @param addressLength how many bytes of the address count
 * @param address the sender's link-layer address, left-justified in eight bytes
 * @param type what is inside
 */
public record LinuxCooked(int packetType, int arphrdType, int addressLength, long address, EtherType type)
        implements Header {
    static final int PACKET_TYPE = 0;
    static final int ARPHRD_TYPE = PACKET_TYPE + 2;
    static final int ADDRESS_LENGTH = ARPHRD_TYPE + 2;
    static final int ADDRESS = ADDRESS_LENGTH + 2;
    static final int TYPE = ADDRESS + 8;
    /** Bytes on the wire. */
    public static final int LENGTH = TYPE + 2;

    /** The largest protocol type that is no EtherType but a number of the Linux kernel's own. */
    static final int MAX_INTERNAL_TYPE = 0x0600;
    /** The kernel's own number for frames that begin with IEEE 802.2. */
    static final int IEEE_802_2 = 4;

    /** Packet type: sent by the recording host. */
    public static final int OUTGOING = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public LinuxCooked {
        Ranges.checkBits("SLL packet type", packetType, 16);
        Ranges.checkBits("SLL ARPHRD type", arphrdType, 16);
        Ranges.checkBits("SLL address length", addressLength, 16);
    }

    @Override
    public LinuxCookedProtocol protocol() {
        return LinuxCookedProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put16(frame, offset + PACKET_TYPE, packetType);
        BigEndian.put16(frame, offset + ARPHRD_TYPE, arphrdType);
        BigEndian.put16(frame, offset + ADDRESS_LENGTH, addressLength);
        BigEndian.put64(frame, offset + ADDRESS, address);
        BigEndian.put16(frame, offset + TYPE, type.code());
    }

    @Override
    public void complete(Completion completion) {
        int code = completion.nextCode(Binding.ETHER_TYPE, type.code());
        BigEndian.put16(completion.frame(), completion.offset() + TYPE, code);
    }

    @Override
    public boolean takesTrailer() {
        return true;
    }

    @Override
    public String toString() {
        return new HeaderText("Linux cooked capture")
                .number("packet type", packetType, -1)
                .number("ARPHRD", arphrdType, -1)
                .value("address", HeaderText.hex(address, 16) + "/" + addressLength)
                .hex("type", type.code(), 4, 0)
                .toString();
    }
}
