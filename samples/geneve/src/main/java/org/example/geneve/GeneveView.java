package org.example.geneve;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.View;

/** A view of a {@link Geneve} header. */
public final class GeneveView extends View {

    /** The version, 0. */
    public int version() {
        return u8(Geneve.VERSION_AND_LENGTH) >>> Geneve.VERSION_SHIFT;
    }

    /** The second byte: O, C and reserved bits. */
    public int flags() {
        return u8(Geneve.FLAGS);
    }

    /** The type of what is inside. */
    public int type() {
        return u16(Geneve.TYPE);
    }

    /** The virtual network identifier, 0 to 2^24 − 1. */
    public int vni() {
        return i32(Geneve.VNI) >>> Byte.SIZE;
    }

    /** The last byte. */
    public int reserved() {
        return u8(Geneve.RESERVED);
    }

    @Override
    public int headerLength() {
        return Geneve.MIN_LENGTH + (u8(Geneve.VERSION_AND_LENGTH) & Geneve.LENGTH_MASK) * Geneve.WORD;
    }

    @Override
    public Geneve toHeader() {
        return new Geneve(flags(), new EtherType(type()), vni(), reserved(), bytes(Geneve.OPTIONS, headerLength()));
    }
}
