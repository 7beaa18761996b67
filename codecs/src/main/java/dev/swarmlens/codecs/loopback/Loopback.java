package dev.swarmlens.codecs.loopback;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;

/**
 * BSD loopback header, LINKTYPE_NULL and LINKTYPE_LOOP.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Address family                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The family is in the byte order of the recording machine, or in network byte order; a family is a small number, so
 * its bytes tell which.
 *
 * @param word the four bytes as they are, the first one the most significant
 */
public record Loopback(int word) implements Header {
    /** Bytes on the wire. */
    public static final int LENGTH = 4;

    /** Address family of IPv4, everywhere. */
    public static final int FAMILY_IPV4 = 2;

    /** A header in network byte order. */
    public static Loopback ofFamily(int family) {
        return new Loopback(family);
    }

    /** The address family, whichever byte order it is in. */
    public int family() {
        return family(word);
    }

    static int family(int word) {
        return (word & 0xffff_0000) == 0 ? word : Integer.reverseBytes(word);
    }

    @Override
    public LoopbackProtocol protocol() {
        return LoopbackProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put32(frame, offset, word);
    }

    @Override
    public boolean takesTrailer() {
        return true;
    }

    @Override
    public String toString() {
        return "BSD loopback, address family " + family() + " (" + HeaderText.hex(Integer.toUnsignedLong(word), 8)
                + ")";
    }
}
