package dev.swarmlens.analyzer.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The body of an answer, RFC 9112 section 6: of a length said before, or in chunks, or all until the connection's end. */
abstract class HttpBody extends InputStream {
    final InputStream in;
    /** What went wrong goes wrong again, for whoever reads next. */
    private IOException failure;

    private HttpBody(InputStream in) {
        this.in = in;
    }

    /** A body of so many bytes. */
    static HttpBody sized(InputStream in, long length) {
        return new Sized(in, length);
    }

    /** A body in chunks, each behind its length. */
    static HttpBody chunked(InputStream in) {
        return new Chunked(in);
    }

    /** A body that ends with the connection. */
    static HttpBody untilTheEnd(InputStream in) {
        return new Rest(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (length == 0) {
            return 0;
        }
        try {
            return readSome(bytes, offset, length);
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
    }

    /** Reads at least one byte, or finds the end. */
    abstract int readSome(byte[] bytes, int offset, int length) throws IOException;

    /** Leaves the connection open: what is left of the body is to be read before the answer is known to be whole. */
    @Override
    public final void close() {}

    private static final class Rest extends HttpBody {
        Rest(InputStream in) {
            super(in);
        }

        @Override
        int readSome(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }
    }

    private static final class Sized extends HttpBody {
        private final long length;
        private long left;

        Sized(InputStream in, long length) {
            super(in);
            this.length = length;
            this.left = length;
        }

        @Override
        int readSome(byte[] bytes, int offset, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("breaks off after " + (length - left) + " of " + length + " bytes");
            }
            left -= read;
            return read;
        }
    }

    static final class Chunked extends HttpBody {
        private static final int LONGEST_LINE = 8192;
        private static final int HEXADECIMAL = 16;

        private long taken;
        private long left;
        private boolean first = true;
        private boolean over;

        Chunked(InputStream in) {
            super(in);
        }

        @Override
        int readSome(byte[] bytes, int offset, int count) throws IOException {
            if (left == 0 && !over) {
                nextChunk();
            }
            if (over) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(count, left));
            if (read < 0) {
                throw broken();
            }
            left -= read;
            taken += read;
            return read;
        }

        private void nextChunk() throws IOException {
            if (!first && !line().isEmpty()) {
                throw new IOException("has a chunk that is longer than it says, after " + taken + " bytes");
            }
            first = false;
            String size = line();
            int extension = size.indexOf(';');
            String digits = (extension < 0 ? size : size.substring(0, extension))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            try {
                left = Long.parseUnsignedLong(digits, HEXADECIMAL);
            } catch (NumberFormatException noNumber) {
                throw new IOException("has no chunk's length after " + taken + " bytes", noNumber);
            }
            if (left < 0) {
                throw new IOException("has a chunk of an impossible length after " + taken + " bytes");
            }
            if (left == 0) {
                over = true;
                while (!line().isEmpty()) {
                    // a trailer, of which nothing is wanted
                }
            }
        }

        private String line() throws IOException {
            String line = readLine(in, LONGEST_LINE);
            if (line == null) {
                throw broken();
            }
            return line;
        }

        private EOFException broken() {
            return new EOFException("breaks off after " + taken + " bytes, before its last chunk");
        }
    }

    /**
     * A line without its end.
     *
     * @return {@code null} if the stream ends before the line does
     * @throws IOException if the line is longer than it may be
     */
    static String readLine(InputStream in, int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) {
                return null;
            }
            if (line.length() == longest) {
                throw new IOException("has a line of more than " + longest + " bytes in its head");
            }
            line.append((char) next);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        return line.toString();
    }
}
