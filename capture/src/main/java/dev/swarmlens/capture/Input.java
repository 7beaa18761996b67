package dev.swarmlens.capture;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A window of bytes that slides over a stream: readers ask for so many bytes in a row and then look at them in place.
 *
 * <p>It reads as much as one {@code read} of the stream gives and only when bytes are missing, so from a file it takes large
 * blocks and from a pipe it never waits for more than was asked. It grows only when it is full of bytes that have really
 * arrived, so no length that a file merely claims can cost memory.
 */
final class Input implements Closeable {
    /** Large enough that a system call costs nothing per frame, small enough to stay in a core's own cache. */
    static final int INITIAL_SIZE = 256 * 1024;

    private final InputStream stream;
    private byte[] bytes = new byte[INITIAL_SIZE];
    private int position;
    private int limit;
    /** Where in the stream {@code bytes[0]} was. */
    private long origin;

    private Optional<String> breakdown = Optional.empty();

    Input(InputStream stream) {
        this(stream, 0);
    }

    /** A window over a stream that begins somewhere in the file. */
    Input(InputStream stream, long origin) {
        this.stream = stream;
        this.origin = origin;
    }

    /** The window's bytes; another array, or the same with other contents, after {@link #require} or {@link #skip}. */
    byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes()} the next byte of the stream is. */
    int position() {
        return position;
    }

    /** Why the stream ended before its end: what is compressed is damaged. */
    Optional<String> breakdown() {
        return breakdown;
    }

    /** Everything from {@link #position()} on, as a stream to be read instead of this window. */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, position, limit - position), stream);
    }

    /** Where in the stream the next byte is. */
    long offset() {
        return origin + position;
    }

    /** How many bytes from {@link #position()} on are in the window. */
    int available() {
        return limit - position;
    }

    /**
     * Waits until so many bytes from {@link #position()} on are in the window.
     *
     * @return false if the stream ends before; all that was left is {@link #available()} then
     */
    boolean require(int count) throws IOException {
        return limit - position >= count || fill(count);
    }

    /** Moves past bytes that are in the window. */
    void advance(int count) {
        position += count;
    }

    /**
     * Moves past bytes that need not be in the window.
     *
     * @return how many there were: less than asked for only if the stream ended
     */
    long skip(long count) throws IOException {
        long left = count;
        do {
            int here = (int) Math.min(left, available());
            position += here;
            left -= here;
        } while (left > 0 && fill(1));
        return count - left;
    }

    private boolean fill(int count) throws IOException {
        System.arraycopy(bytes, position, bytes, 0, limit - position);
        origin += position;
        limit -= position;
        position = 0;
        while (limit < count) {
            if (limit == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * limit);
            }
            int read = readSome();
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    /**
     * Reads what is there; an interruption ends the stream, so that a reader that waits for a silent pipe can be stopped, and so
     * does damage in what is compressed.
     */
    private int readSome() throws IOException {
        try {
            return stream.read(bytes, limit, bytes.length - limit);
        } catch (ClosedByInterruptException stopped) {
            return -1;
        } catch (Unpacker.BrokenException broken) {
            breakdown = Optional.of(broken.getMessage());
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
