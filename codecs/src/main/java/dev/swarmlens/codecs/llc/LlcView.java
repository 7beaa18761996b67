package dev.swarmlens.codecs.llc;

import dev.swarmlens.codecs.View;

/** A view of an {@link Llc} header. */
public final class LlcView extends View {

    /** The destination service access point, 0 to 255. */
    public int dsap() {
        return u8(Llc.DSAP);
    }

    /** The source service access point, 0 to 255. */
    public int ssap() {
        return u8(Llc.SSAP);
    }

    /** The control field, of one byte or two. */
    public int control() {
        int first = u8(Llc.CONTROL);
        return headerLength() == Llc.UNNUMBERED_LENGTH ? first : u8(Llc.CONTROL + 1) << 8 | first;
    }

    @Override
    public int headerLength() {
        return Llc.length(u8(Llc.CONTROL));
    }

    @Override
    public Llc toHeader() {
        return new Llc(dsap(), ssap(), control());
    }
}
