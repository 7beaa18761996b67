package dev.swarmlens.codecs.vxlan;

import dev.swarmlens.codecs.View;

/** A view of a {@link Vxlan} header. */
public final class VxlanView extends View {
    private static final int VNI_MASK = 0xff_ffff;

    /** All 16 flag bits. */
    public int flags() {
        return u16(Vxlan.FLAGS);
    }

    /** Whether flag I is set. */
    public boolean hasValidVni() {
        return (flags() & Vxlan.FLAG_VALID_VNI) != 0;
    }

    /** The group policy id, reserved unless flag G is set, 0 to 65535. */
    public int groupPolicyId() {
        return u16(Vxlan.GROUP_POLICY_ID);
    }

    /** The network identifier, 0 to 2^24 − 1. */
    public int vni() {
        return i32(Vxlan.VNI - 1) & VNI_MASK;
    }

    /** The last byte, 0 to 255. */
    public int reserved() {
        return u8(Vxlan.RESERVED);
    }

    @Override
    public int headerLength() {
        return Vxlan.LENGTH;
    }

    @Override
    public Vxlan toHeader() {
        return new Vxlan(flags(), groupPolicyId(), vni(), reserved());
    }
}
