package dev.swarmlens.codecs.llc;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.Ranges;

/**
 * SNAP header, RFC 1042.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             Organization code                 |               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+               +
 * |     Type      |
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param organization whose protocols the type is one of, 24 bits; 0 for EtherTypes
 * @param type what is inside
 */
public record Snap(int organization, EtherType type) implements Header {
    static final int ORGANIZATION = 0;
    static final int TYPE = ORGANIZATION + 3;
    /** Bytes on the wire. */
    public static final int LENGTH = TYPE + 2;

    /** Organization code of EtherTypes. */
    public static final int ETHERNET = 0;
    /** Organization code of bridged EtherTypes, IEEE 802.1H. */
    public static final int BRIDGED_ETHERNET = 0xf8;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the organization code does not fit into 24 bits
     */
    public Snap {
        Ranges.checkBits("SNAP organization code", organization, 24);
    }

    /** A header of an EtherType. */
    public static Snap of(EtherType type) {
        return new Snap(ETHERNET, type);
    }

    /** Whether the types of an organization are EtherTypes. */
    static boolean isEtherType(int organization) {
        return organization == ETHERNET || organization == BRIDGED_ETHERNET;
    }

    @Override
    public SnapProtocol protocol() {
        return SnapProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put24(frame, offset + ORGANIZATION, organization);
        BigEndian.put16(frame, offset + TYPE, type.code());
    }

    @Override
    public void complete(Completion completion) {
        int code = completion.nextCode(Binding.ETHER_TYPE, type.code());
        BigEndian.put16(completion.frame(), completion.offset() + TYPE, code);
    }

    @Override
    public String toString() {
        return new HeaderText("SNAP")
                .hex("organization", organization, 6, ETHERNET)
                .hex("type", type.code(), 4, 0)
                .toString();
    }
}
