package dev.swarmlens.codecs.loopback;

import dev.swarmlens.codecs.View;

/** A view of a {@link Loopback} header. */
public final class LoopbackView extends View {

    /** The four bytes as they are. */
    public int word() {
        return i32(0);
    }

    /** The address family, whichever byte order it is in. */
    public int family() {
        return Loopback.family(word());
    }

    @Override
    public int headerLength() {
        return Loopback.LENGTH;
    }

    @Override
    public Loopback toHeader() {
        return new Loopback(word());
    }
}
