package dev.swarmlens.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a stream octet by octet, for one that would lose what it had when it meets damage in the midst of a larger read. */
final class Octetwise extends FilterInputStream {
    /** How much is read at once: little, so that not much has to come before something is handed on. */
    private static final int PORTION = 4096;

    private IOException damage;

    Octetwise(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (damage != null) {
            throw damage;
        }
        int count = 0;
        try {
            int octet = 0;
            while (count < Math.min(length, PORTION) && (octet = in.read()) >= 0) {
                target[offset + count] = (byte) octet;
                count++;
            }
        } catch (IOException | RuntimeException e) {
            damage = new IOException(e.getMessage(), e);
            if (count == 0) {
                throw damage;
            }
        }
        return count == 0 ? -1 : count;
    }
}
