package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.IpProtocol;

/**
 * IPv6 extension header with a length: hop-by-hop options, routing or destination options, RFC 8200 sections 4.3, 4.4 and
 * 4.6.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next header  |  Length - 1   |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 * |                             Data                             ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The length, in units of 8 bytes without the first, follows from the data.
 *
 * @param protocol which of the three it is
 * @param nextHeader what follows
 * @param data what stands after the length: 6 bytes and a multiple of 8 more, at most 2046
 */
public record Ipv6Extension(Ipv6ExtensionProtocol protocol, IpProtocol nextHeader, Bytes data) implements Header {
    static final int NEXT_HEADER = 0;
    static final int LENGTH_FIELD = NEXT_HEADER + 1;
    static final int DATA = LENGTH_FIELD + 1;
    static final int UNIT = 8;
    /** Bytes on the wire of the shortest one. */
    public static final int MIN_LENGTH = UNIT;

    private static final int MAX_UNITS = 256;

    /**
     * Checks the data's length.
     *
     * @throws IllegalArgumentException if header and data are no multiple of 8 bytes, or over 2048
     */
    public Ipv6Extension {
        int length = DATA + data.length();
        if (length % UNIT != 0 || length > MAX_UNITS * UNIT) {
            throw new IllegalArgumentException("IPv6 extension header has " + data.length()
                    + " bytes of data; 6 and a multiple of 8 more, up to 2046, are possible");
        }
    }

    @Override
    public int length() {
        return DATA + data.length();
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + NEXT_HEADER, nextHeader.code());
        BigEndian.put8(frame, offset + LENGTH_FIELD, length() / UNIT - 1);
        data.copyTo(frame, offset + DATA);
    }

    @Override
    public void complete(Completion completion) {
        int next = completion.nextCode(Binding.IP_PROTOCOL, nextHeader.code());
        BigEndian.put8(completion.frame(), completion.offset() + NEXT_HEADER, next);
    }

    @Override
    public String toString() {
        return new HeaderText("IPv6 " + protocol.title())
                .number("next header", nextHeader.code(), 0)
                .bytes("data", data)
                .toString();
    }
}
