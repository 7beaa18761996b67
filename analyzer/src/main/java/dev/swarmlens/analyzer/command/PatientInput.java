package dev.swarmlens.analyzer.command;

import java.io.FilterInputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;

/** A stream that may keep its reader waiting: before it does, what has been printed is shown. */
final class PatientInput extends FilterInputStream {
    private final Flushable shown;

    PatientInput(InputStream in, Flushable shown) {
        super(in);
        this.shown = shown;
    }

    @Override
    public int read() throws IOException {
        shown.flush();
        return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        shown.flush();
        return in.read(target, offset, length);
    }
}
