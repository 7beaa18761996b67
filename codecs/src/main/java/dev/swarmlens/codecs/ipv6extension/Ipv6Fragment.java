package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ranges;

/**
 * IPv6 fragment header, RFC 8200 section 4.5.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next header  |   Reserved    |     Fragment offset     |Res|M|
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Identification                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param nextHeader what the datagram's first fragment begins with
 * @param reserved the second byte, 0 to 255
 * @param fragmentOffset in units of 8 bytes, 0 to 8191
 * @param reservedBits the two bits before the flag, 0 to 3
 * @param moreFragments whether this is not the last fragment
 * @param identification of the datagram, 0 to 2^32 − 1
 */
public record Ipv6Fragment(
        IpProtocol nextHeader,
        int reserved,
        int fragmentOffset,
        int reservedBits,
        boolean moreFragments,
        long identification)
        implements Header {
    static final int NEXT_HEADER = 0;
    static final int RESERVED = NEXT_HEADER + 1;
    static final int OFFSET_AND_FLAG = RESERVED + 1;
    static final int IDENTIFICATION = OFFSET_AND_FLAG + 2;
    /** Bytes on the wire. */
    public static final int LENGTH = IDENTIFICATION + 4;

    static final int OFFSET_SHIFT = 3;
    static final int RESERVED_BITS_SHIFT = 1;
    static final int RESERVED_BITS_MASK = 3;
    static final int MORE_FRAGMENTS_BIT = 1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Ipv6Fragment {
        Ranges.checkBits("IPv6 fragment reserved byte", reserved, 8);
        Ranges.checkBits("IPv6 fragment offset", fragmentOffset, 13);
        Ranges.checkBits("IPv6 fragment reserved bits", reservedBits, 2);
        Ranges.checkBits("IPv6 fragment identification", identification, 32);
    }

    @Override
    public Ipv6FragmentProtocol protocol() {
        return Ipv6FragmentProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + NEXT_HEADER, nextHeader.code());
        BigEndian.put8(frame, offset + RESERVED, reserved);
        int offsetAndFlag = fragmentOffset << OFFSET_SHIFT
                | reservedBits << RESERVED_BITS_SHIFT
                | (moreFragments ? MORE_FRAGMENTS_BIT : 0);
        BigEndian.put16(frame, offset + OFFSET_AND_FLAG, offsetAndFlag);
        BigEndian.put32(frame, offset + IDENTIFICATION, (int) identification);
    }

    @Override
    public void complete(Completion completion) {
        int next = completion.nextCode(Binding.IP_PROTOCOL, nextHeader.code());
        BigEndian.put8(completion.frame(), completion.offset() + NEXT_HEADER, next);
    }

    @Override
    public String toString() {
        return new HeaderText("IPv6 fragment at " + fragmentOffset * Ipv6Extension.UNIT)
                .hex("id", identification, 8, -1)
                .when(moreFragments, "more fragments")
                .number("next header", nextHeader.code(), 0)
                .hex("reserved", reserved, 2, 0)
                .hex("reserved bits", reservedBits, 1, 0)
                .toString();
    }
}
