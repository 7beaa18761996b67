package dev.swarmlens.codecs.vxlangpe;

import dev.swarmlens.codecs.View;

/** A view of a {@link VxlanGpe} header. */
public final class VxlanGpeView extends View {
    private static final int VNI_MASK = 0xff_ffff;

    /** All 8 flag bits, the version included. */
    public int flags() {
        return u8(VxlanGpe.FLAGS);
    }

    /** The version, 0 to 3. */
    public int version() {
        return flags() >>> VxlanGpe.VERSION_SHIFT & VxlanGpe.VERSION_MASK;
    }

    /** Whether flag I is set. */
    public boolean hasValidVni() {
        return (flags() & VxlanGpe.FLAG_VALID_VNI) != 0;
    }

    /** Whether flag P is set. */
    public boolean hasNextProtocol() {
        return (flags() & VxlanGpe.FLAG_NEXT_PROTOCOL) != 0;
    }

    /** Whether flag O is set. */
    public boolean isOam() {
        return (flags() & VxlanGpe.FLAG_OAM) != 0;
    }

    /** The two bytes after the flags. */
    public int reserved16() {
        return u16(VxlanGpe.RESERVED_16);
    }

    /** What is inside, 0 to 255. */
    public int nextProtocol() {
        return u8(VxlanGpe.NEXT_PROTOCOL_CODE);
    }

    /** The network identifier, 0 to 2^24 − 1. */
    public int vni() {
        return i32(VxlanGpe.VNI - 1) & VNI_MASK;
    }

    /** The last byte, 0 to 255. */
    public int reserved8() {
        return u8(VxlanGpe.RESERVED_8);
    }

    @Override
    public int headerLength() {
        return VxlanGpe.LENGTH;
    }

    @Override
    public VxlanGpe toHeader() {
        return new VxlanGpe(flags(), reserved16(), nextProtocol(), vni(), reserved8());
    }
}
