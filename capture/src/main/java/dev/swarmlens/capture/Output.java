package dev.swarmlens.capture;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A window of bytes that slides over what is written: records are put together in it, and only whole ones leave it. Numbers are
 * little-endian, as most machines write them.
 */
final class Output implements Closeable, Flushable {
    /** So large that a system call costs nothing per packet. */
    private static final int INITIAL_SIZE = 256 * 1024;

    private final OutputStream stream;
    private final String name;
    private byte[] bytes = new byte[INITIAL_SIZE];
    /** Where the record that is being put together begins. */
    private int start;

    private int position;
    /** Where in the file {@code bytes[0]} will be. */
    private long origin;

    private boolean failed;

    /**
     * Makes an output.
     *
     * @param name what messages call it
     */
    Output(OutputStream stream, String name) {
        this.stream = stream;
        this.name = name;
    }

    /** Ends the record before and begins the next. */
    void begin() {
        start = position;
    }

    /** How many bytes there are so far. */
    long offset() {
        return origin + position;
    }

    /** How many bytes the record has so far. */
    int length() {
        return position - start;
    }

    void u8(int value) throws IOException {
        room(Byte.BYTES);
        bytes[position++] = (byte) value;
    }

    void u16(int value) throws IOException {
        room(Short.BYTES);
        Words.put16(bytes, position, value);
        position += Short.BYTES;
    }

    void u32(int value) throws IOException {
        room(Integer.BYTES);
        Words.put32(bytes, position, value);
        position += Integer.BYTES;
    }

    void u64(long value) throws IOException {
        u32((int) value);
        u32((int) (value >>> Integer.SIZE));
    }

    /** Writes 64 bits in two words, the upper first, as pcapng splits its time stamps. */
    void upperFirst(long value) throws IOException {
        u32((int) (value >>> Integer.SIZE));
        u32((int) value);
    }

    void raw(byte[] source, int from, int to) throws IOException {
        int count = to - from;
        room(count);
        System.arraycopy(source, from, bytes, position, count);
        position += count;
    }

    void text(String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        raw(encoded, 0, encoded.length);
    }

    /** Writes zeros until the record's length is a multiple of so many bytes. */
    void align(int alignment) throws IOException {
        while (length() % alignment != 0) {
            u8(0);
        }
    }

    /** Forgets what the record has so far. */
    void discard() {
        position = start;
    }

    /** Writes 32 bits over what the record already has at that place. */
    void patch32(int at, int value) {
        Words.put32(bytes, start + at, value);
    }

    /** Writes 16 bits over what the record already has at that place. */
    void patch16(int at, int value) {
        Words.put16(bytes, start + at, value);
    }

    private void room(int count) throws IOException {
        if (bytes.length - position >= count) {
            return;
        }
        drain(start);
        if (bytes.length - position < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + count));
        }
    }

    /** Lets go of what is before an index. */
    private void drain(int end) throws IOException {
        try {
            stream.write(bytes, 0, end);
        } catch (IOException failure) {
            throw failure(failure);
        }
        System.arraycopy(bytes, end, bytes, 0, position - end);
        origin += end;
        position -= end;
        start -= end;
    }

    /** Passes all whole records on. */
    @Override
    public void flush() throws IOException {
        begin();
        drain(position);
        try {
            stream.flush();
        } catch (IOException failure) {
            throw failure(failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (failed) {
            closeQuietly();
            return;
        }
        try (stream) {
            begin();
            drain(position);
        } catch (IOException failure) {
            throw failed ? failure : failure(failure);
        }
    }

    /** What is wrong was said when it was found; a stream that compresses would fail once more. */
    private void closeQuietly() {
        try {
            stream.close();
        } catch (IOException again) {
            failed = true;
        }
    }

    private IOException failure(IOException cause) {
        failed = true;
        position = 0;
        start = 0;
        IOException failure = refused(cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    /** Makes the exception that says why something is not written. */
    IOException refused(String reason) {
        return new IOException(name + " cannot be written: " + reason);
    }
}
