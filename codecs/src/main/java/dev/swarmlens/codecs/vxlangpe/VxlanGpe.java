package dev.swarmlens.codecs.vxlangpe;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * VXLAN-GPE header, draft-ietf-nvo3-vxlan-gpe section 3: like VXLAN's, but it says what is inside.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |R|R|Ver|I|P|B|O|           Reserved            | Next protocol |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        VXLAN network identifier (VNI)         |   Reserved    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param flags all 8 bits as they are, the version included
 * @param reserved16 the two bytes after the flags, 0 to 65535
 * @param nextProtocol what is inside: 1 IPv4, 2 IPv6, 3 Ethernet, 4 NSH and more; 0 to 255
 * @param vni the network identifier, 0 to 2^24 − 1
 * @param reserved8 the last byte, 0 to 255
 */
public record VxlanGpe(int flags, int reserved16, int nextProtocol, int vni, int reserved8) implements Header {
    static final int FLAGS = 0;
    static final int RESERVED_16 = FLAGS + 1;
    static final int NEXT_PROTOCOL_CODE = RESERVED_16 + 2;
    static final int VNI = NEXT_PROTOCOL_CODE + 1;
    static final int RESERVED_8 = VNI + 3;
    /** Bytes on the wire. */
    public static final int LENGTH = RESERVED_8 + 1;

    static final int VERSION_SHIFT = 4;
    static final int VERSION_MASK = 3;

    /** Flag I: the network identifier is valid. */
    public static final int FLAG_VALID_VNI = 0x08;
    /** Flag P: the next protocol is valid. */
    public static final int FLAG_NEXT_PROTOCOL = 0x04;
    /** Flag O: for operation, administration and maintenance; not to be forwarded. */
    public static final int FLAG_OAM = 0x01;

    /** Next protocol: IPv4. */
    public static final int NEXT_IPV4 = 1;
    /** Next protocol: IPv6. */
    public static final int NEXT_IPV6 = 2;
    /** Next protocol: Ethernet. */
    public static final int NEXT_ETHERNET = 3;

    /** The UDP port that IANA assigned. */
    public static final int PORT = 4790;

    /** What the next protocol names. */
    public static final Binding NEXT_PROTOCOL = new Binding("VXLAN-GPE next protocol");

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public VxlanGpe {
        Ranges.checkBits("VXLAN-GPE flags", flags, 8);
        Ranges.checkBits("VXLAN-GPE reserved bytes", reserved16, 16);
        Ranges.checkBits("VXLAN-GPE next protocol", nextProtocol, 8);
        Ranges.checkBits("VXLAN-GPE VNI", vni, 24);
        Ranges.checkBits("VXLAN-GPE last byte", reserved8, 8);
    }

    /**
     * A header of version 0; encoding fills in what is inside.
     *
     * @param vni the network identifier, 0 to 2^24 − 1
     */
    public static VxlanGpe of(int vni) {
        return new VxlanGpe(FLAG_VALID_VNI | FLAG_NEXT_PROTOCOL, 0, 0, vni, 0);
    }

    /** The same header with other flags. */
    public VxlanGpe withFlags(int newFlags) {
        return new VxlanGpe(newFlags, reserved16, nextProtocol, vni, reserved8);
    }

    /** The same header with another next protocol. */
    public VxlanGpe withNextProtocol(int next) {
        return new VxlanGpe(flags, reserved16, next, vni, reserved8);
    }

    @Override
    public VxlanGpeProtocol protocol() {
        return VxlanGpeProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + FLAGS, flags);
        BigEndian.put16(frame, offset + RESERVED_16, reserved16);
        BigEndian.put8(frame, offset + NEXT_PROTOCOL_CODE, nextProtocol);
        BigEndian.put24(frame, offset + VNI, vni);
        BigEndian.put8(frame, offset + RESERVED_8, reserved8);
    }

    @Override
    public void complete(Completion completion) {
        int next = completion.nextCode(NEXT_PROTOCOL, nextProtocol);
        BigEndian.put8(completion.frame(), completion.offset() + NEXT_PROTOCOL_CODE, next);
    }

    @Override
    public String toString() {
        return new HeaderText("VXLAN-GPE VNI " + vni)
                .number("next protocol", nextProtocol, 0)
                .hex("flags", flags, 2, FLAG_VALID_VNI | FLAG_NEXT_PROTOCOL)
                .hex("reserved", reserved16, 4, 0)
                .hex("last byte", reserved8, 2, 0)
                .toString();
    }
}
