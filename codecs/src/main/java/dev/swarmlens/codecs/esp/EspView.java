package dev.swarmlens.codecs.esp;

import dev.swarmlens.codecs.View;

/** A view of an {@link Esp} header. */
public final class EspView extends View {

    /** Which security association, 0 to 2^32 − 1. */
    public long spi() {
        return u32(Esp.SPI);
    }

    /** The sequence number, 0 to 2^32 − 1. */
    public long sequenceNumber() {
        return u32(Esp.SEQUENCE_NUMBER);
    }

    @Override
    public int headerLength() {
        return Esp.LENGTH;
    }

    @Override
    public Esp toHeader() {
        return new Esp(spi(), sequenceNumber());
    }
}
