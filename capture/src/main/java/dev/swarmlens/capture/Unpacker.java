package dev.swarmlens.capture;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacks a compressed stream. It tells damage in what is compressed from a failure to read it, which libraries mix up. */
final class Unpacker extends InputStream {
    private final Compression compression;
    private final Source source;
    private InputStream unpacked;

    /** Says why no more can be unpacked. */
    static final class BrokenException extends IOException {
        private BrokenException(Compression compression, Exception cause) {
            super("its " + compression + " data cannot be unpacked further, " + reason(cause), cause);
        }

        private static String reason(Exception cause) {
            return cause instanceof EOFException || cause.getMessage() == null ? "it ends early" : cause.getMessage();
        }
    }

    /** What is compressed; remembers why it could not be read. */
    private static final class Source extends FilterInputStream {
        private IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    Unpacker(Compression compression, InputStream compressed) {
        this.compression = compression;
        this.source = new Source(compressed);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            if (unpacked == null) {
                unpacked = compression.decompress(source);
            }
            return unpacked.read(target, offset, length);
        } catch (IOException | RuntimeException problem) {
            if (source.failure != null) {
                throw source.failure;
            }
            throw new BrokenException(compression, problem);
        }
    }

    @Override
    public void close() throws IOException {
        try (source) {
            if (unpacked != null) {
                unpacked.close();
            }
        }
    }
}
