package org.example.geneve;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Ranges;

/**
 * Geneve header, RFC 8926 section 3.4.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Ver|  Opt Len  |O|C|   Rsvd.   |         Protocol type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        Virtual network identifier (VNI)       |   Reserved    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  Variable-length options                     ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The options' length follows from the options.
 *
 * @param flags the second byte: O, C and reserved bits, 0 to 255
 * @param type what is inside
 * @param vni the virtual network identifier, 0 to 2^24 − 1
 * @param reserved the last byte, 0 to 255
 * @param options a multiple of 4 bytes, at most 252
 */
public record Geneve(int flags, EtherType type, int vni, int reserved, Bytes options) implements Header {
    static final int VERSION_AND_LENGTH = 0;
    static final int FLAGS = VERSION_AND_LENGTH + 1;
    static final int TYPE = FLAGS + 1;
    static final int VNI = TYPE + 2;
    static final int RESERVED = VNI + 3;
    static final int OPTIONS = RESERVED + 1;
    /** Bytes on the wire without options. */
    public static final int MIN_LENGTH = OPTIONS;
    /** Bytes that options may have at most. */
    public static final int MAX_OPTIONS = 252;
    /** The UDP port that IANA assigned. */
    public static final int PORT = 6081;

    static final int VERSION_SHIFT = 6;
    static final int LENGTH_MASK = 0x3f;
    static final int WORD = 4;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Geneve {
        Ranges.checkBits("Geneve flags", flags, 8);
        Ranges.checkBits("Geneve VNI", vni, 24);
        Ranges.checkBits("Geneve reserved byte", reserved, 8);
        Ranges.checkOptions("Geneve options", options, MAX_OPTIONS);
    }

    /** A header without options; the type is filled in on encoding from what is inside. */
    public static Geneve of(int vni) {
        return new Geneve(0, EtherType.BRIDGED_ETHERNET, vni, 0, Bytes.EMPTY);
    }

    @Override
    public GeneveProtocol protocol() {
        return GeneveProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return MIN_LENGTH + options.length();
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + VERSION_AND_LENGTH, options.length() / WORD);
        BigEndian.put8(frame, offset + FLAGS, flags);
        BigEndian.put16(frame, offset + TYPE, type.code());
        BigEndian.put24(frame, offset + VNI, vni);
        BigEndian.put8(frame, offset + RESERVED, reserved);
        options.copyTo(frame, offset + OPTIONS);
    }

    @Override
    public void complete(Completion completion) {
        int code = completion.nextCode(Binding.ETHER_TYPE, type.code());
        BigEndian.put16(completion.frame(), completion.offset() + TYPE, code);
    }
}
