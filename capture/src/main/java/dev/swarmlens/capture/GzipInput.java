package dev.swarmlens.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks the members of a gzip file, RFC 1952, one after the other.
 *
 * <pre>
 * +---+---+---+---+---+---+---+---+---+---+========================================+
 * |1f |8b |CM |FLG|     MTIME     |XFL|OS | FEXTRA, FNAME, FCOMMENT, FHCRC as FLG  |
 * +---+---+---+---+---+---+---+---+---+---+========================================+
 * +=======================+---+---+---+---+---+---+---+---+
 * |  compressed blocks    |     CRC32     |     ISIZE     |
 * +=======================+---+---+---+---+---+---+---+---+
 * </pre>
 *
 * <p>Neither the JDK's nor Commons Compress's stream will do. The former takes a pipe that is silent between two members for
 * the end, and a broken member after the first too; the latter waits until all that was asked for has come, and loses what it
 * had when it meets damage.
 */
final class GzipInput extends InflaterInputStream {
    private static final int BUFFER = 64 * 1024;

    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int FHCRC = 1 << 1;
    private static final int FEXTRA = 1 << 2;
    private static final int FNAME = 1 << 3;
    private static final int FCOMMENT = 1 << 4;
    /** MTIME, XFL and OS. */
    private static final int NOT_OURS = 6;

    private final CRC32 checksum = new CRC32();
    /** The next of the buffer's bytes, between two members; within one, the inflater knows. */
    private int at;

    private boolean ended;

    GzipInput(InputStream in) throws IOException {
        super(in, new Inflater(true), BUFFER);
        header();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!ended) {
            int count = super.read(target, offset, length);
            if (count >= 0) {
                checksum.update(target, offset, count);
                return count;
            }
            at = len - inf.getRemaining();
            trailer();
            ended = !hasMore();
            if (!ended) {
                header();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inf.end();
        super.close();
    }

    private void header() throws IOException {
        if (u16() != MAGIC || u8() != DEFLATE) {
            throw new ZipException("what follows is no gzip");
        }
        int flags = u8();
        pass(NOT_OURS);
        if ((flags & FEXTRA) != 0) {
            pass(u16());
        }
        if ((flags & FNAME) != 0) {
            passText();
        }
        if ((flags & FCOMMENT) != 0) {
            passText();
        }
        if ((flags & FHCRC) != 0) {
            pass(Short.BYTES);
        }
        inf.reset();
        inf.setInput(buf, at, len - at);
        checksum.reset();
    }

    private void trailer() throws IOException {
        if ((u16() | u16() << Short.SIZE) != (int) checksum.getValue()) {
            throw new ZipException("the checksum is wrong");
        }
        if ((u16() | u16() << Short.SIZE) != (int) inf.getBytesWritten()) {
            throw new ZipException("the length is wrong");
        }
    }

    private void passText() throws IOException {
        int character = u8();
        while (character != 0) {
            character = u8();
        }
    }

    private void pass(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            u8();
        }
    }

    private int u16() throws IOException {
        int low = u8();
        return low | u8() << Byte.SIZE;
    }

    private int u8() throws IOException {
        if (!hasMore()) {
            throw new EOFException("the file ends early");
        }
        return buf[at++] & 0xff;
    }

    private boolean hasMore() throws IOException {
        if (at == len) {
            at = 0;
            len = Math.max(0, in.read(buf));
        }
        return len > 0;
    }
}
