package dev.swarmlens.analyzer.command;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream whose bytes are kept in a temporary file as they are read, for who must read them again. */
final class StreamCopy extends FilterInputStream {
    private static final int BLOCK = 8192;

    private final Path file;
    private final OutputStream copy;

    StreamCopy(InputStream in) throws IOException {
        super(in);
        file = Files.createTempFile("swarmlens", ".pcap");
        file.toFile().deleteOnExit();
        copy = Files.newOutputStream(file);
    }

    /** Where what was read so far can be read again. */
    Path file() {
        return file;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            copy.write(value);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            copy.write(target, offset, count);
        }
        return count;
    }

    /** Reads what it skips, so that it is in the copy, too. */
    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, BLOCK)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Ends the copying; the stream itself stays open, and the copy stays. */
    @Override
    public void close() throws IOException {
        copy.close();
    }

    /** Forgets the copy. */
    void delete() throws IOException {
        copy.close();
        Files.deleteIfExists(file);
    }
}
