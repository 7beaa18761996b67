package dev.swarmlens.codecs.vxlan;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * VXLAN header, RFC 7348 section 5, with the Group Policy extension of draft-smith-vxlan-group-policy.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |G|R|R|R|I|R|R|R|R|D|R|R|A|R|R|R|        Group policy id        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        VXLAN network identifier (VNI)         |   Reserved    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param flags all 16 flag bits as they are, 0x0800 for a plain header
 * @param groupPolicyId the group policy id, reserved unless flag G is set, 0 to 65535
 * @param vni the network identifier, 0 to 2^24 − 1
 * @param reserved the last byte, 0 to 255
 */
public record Vxlan(int flags, int groupPolicyId, int vni, int reserved) implements Header {
    static final int FLAGS = 0;
    static final int GROUP_POLICY_ID = FLAGS + 2;
    static final int VNI = GROUP_POLICY_ID + 2;
    static final int RESERVED = VNI + 3;
    /** Bytes on the wire. */
    public static final int LENGTH = RESERVED + 1;

    /** Flag I: the network identifier is valid. */
    public static final int FLAG_VALID_VNI = 0x0800;
    /** Flag G: the group policy id is valid. */
    public static final int FLAG_GROUP_POLICY = 0x8000;
    /** The UDP port that IANA assigned. */
    public static final int PORT = 4789;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Vxlan {
        Ranges.checkBits("VXLAN flags", flags, 16);
        Ranges.checkBits("VXLAN group policy id", groupPolicyId, 16);
        Ranges.checkBits("VXLAN VNI", vni, 24);
        Ranges.checkBits("VXLAN reserved byte", reserved, 8);
    }

    /**
     * A plain header.
     *
     * @param vni the network identifier, 0 to 2^24 − 1
     */
    public static Vxlan of(int vni) {
        return new Vxlan(FLAG_VALID_VNI, 0, vni, 0);
    }

    /** The same header with other flags. */
    public Vxlan withFlags(int newFlags) {
        return new Vxlan(newFlags, groupPolicyId, vni, reserved);
    }

    /** The same header with a group policy id, and flag G set. */
    public Vxlan withGroupPolicyId(int id) {
        return new Vxlan(flags | FLAG_GROUP_POLICY, id, vni, reserved);
    }

    @Override
    public VxlanProtocol protocol() {
        return VxlanProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put16(frame, offset + FLAGS, flags);
        BigEndian.put16(frame, offset + GROUP_POLICY_ID, groupPolicyId);
        BigEndian.put24(frame, offset + VNI, vni);
        BigEndian.put8(frame, offset + RESERVED, reserved);
    }

    @Override
    public String toString() {
        return new HeaderText("VXLAN VNI " + vni)
                .hex("flags", flags, 4, FLAG_VALID_VNI)
                .number("group policy", groupPolicyId, 0)
                .hex("reserved", reserved, 2, 0)
                .toString();
    }
}
