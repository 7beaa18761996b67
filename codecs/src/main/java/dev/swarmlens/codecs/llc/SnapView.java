package dev.swarmlens.codecs.llc;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.View;

/** A view of a {@link Snap} header. */
public final class SnapView extends View {

    /** The organization code, 24 bits. */
    public int organization() {
        return BigEndian.u24(frame(), start() + Snap.ORGANIZATION);
    }

    /** The type of what is inside. */
    public int type() {
        return u16(Snap.TYPE);
    }

    @Override
    public int headerLength() {
        return Snap.LENGTH;
    }

    @Override
    public Snap toHeader() {
        return new Snap(organization(), new EtherType(type()));
    }
}
