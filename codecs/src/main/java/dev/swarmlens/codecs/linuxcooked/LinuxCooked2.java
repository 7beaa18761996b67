package dev.swarmlens.codecs.linuxcooked;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * Linux cooked capture header, version 2, LINKTYPE_LINUX_SLL2.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Protocol type         |           Reserved            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Interface index                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          ARPHRD type          |  Packet type  | Address length|
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Address (8 bytes)                      ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param type what is inside
 * @param reserved must be zero, 0 to 65535
 * @param interfaceIndex the recording host's number of the interface
 * @param arphrdType the device's ARPHRD type, 1 for Ethernet
 * @param packetType 0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 sent by us
 * @param addressLength how many bytes of the address count
 * @param address the sender's link-layer address, left-justified in eight bytes
 */
public record LinuxCooked2(
        EtherType type,
        int reserved,
        int interfaceIndex,
        int arphrdType,
        int packetType,
        int addressLength,
        long address)
        implements Header {
    static final int TYPE = 0;
    static final int RESERVED = TYPE + 2;
    static final int INTERFACE_INDEX = RESERVED + 2;
    static final int ARPHRD_TYPE = INTERFACE_INDEX + 4;
    static final int PACKET_TYPE = ARPHRD_TYPE + 2;
    static final int ADDRESS_LENGTH = PACKET_TYPE + 1;
    static final int ADDRESS = ADDRESS_LENGTH + 1;
    /** Bytes on the wire. */
    public static final int LENGTH = ADDRESS + 8;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public LinuxCooked2 {
        Ranges.checkBits("SLL2 reserved", reserved, 16);
        Ranges.checkBits("SLL2 ARPHRD type", arphrdType, 16);
        Ranges.checkBits("SLL2 packet type", packetType, 8);
        Ranges.checkBits("SLL2 address length", addressLength, 8);
    }

    @Override
    public LinuxCooked2Protocol protocol() {
        return LinuxCooked2Protocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put16(frame, offset + TYPE, type.code());
        BigEndian.put16(frame, offset + RESERVED, reserved);
        BigEndian.put32(frame, offset + INTERFACE_INDEX, interfaceIndex);
        BigEndian.put16(frame, offset + ARPHRD_TYPE, arphrdType);
        BigEndian.put8(frame, offset + PACKET_TYPE, packetType);
        BigEndian.put8(frame, offset + ADDRESS_LENGTH, addressLength);
        BigEndian.put64(frame, offset + ADDRESS, address);
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
        return new HeaderText("Linux cooked capture v2")
                .number("interface", Integer.toUnsignedLong(interfaceIndex), -1)
                .number("packet type", packetType, -1)
                .number("ARPHRD", arphrdType, -1)
                .value("address", HeaderText.hex(address, 16) + "/" + addressLength)
                .hex("type", type.code(), 4, 0)
                .hex("reserved", reserved, 4, 0)
                .toString();
    }
}
