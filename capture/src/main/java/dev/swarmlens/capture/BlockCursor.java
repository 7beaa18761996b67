package dev.swarmlens.capture;

import java.io.IOException;
import java.util.Optional;

/**
 * A cursor over the blocks of a pcapng file, draft-ietf-opsawg-pcapng section 3.1. It knows lengths and byte orders, and not
 * what is in the blocks.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Block Type                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Block Total Length                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * /          Block Body (variable, padded to 32 bits)             /
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Block Total Length                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class BlockCursor {
    /** Length of the total length that ends every block. */
    static final int TRAILER = 4;

    static final int TOTAL_LENGTH = 4;
    private static final int HEADER = 8;
    /** Length of a block with nothing in it. */
    static final int MIN_LENGTH = HEADER + TRAILER;

    static final int ALIGNMENT = 4;
    /** The longest block that is looked into, which is wiretap's limit; of other types longer ones are skipped too. */
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    private final Input input;
    private boolean bigEndian;
    private int type;
    private int length;
    private Optional<Damage> damage = Optional.empty();

    BlockCursor(Input input) {
        this.input = input;
    }

    /** Says in which byte order blocks are read that have no section header in front of them. */
    void setByteOrder(boolean newBigEndian) {
        bigEndian = newBigEndian;
    }

    /** Why one of the methods that get bytes returned false; empty if the file ended as it should. */
    Optional<Damage> damage() {
        return damage;
    }

    /** Gets the header of the block at the input's position into the window. */
    boolean begin() throws IOException {
        damage = Optional.empty();
        if (input.require(HEADER)) {
            type = word(0);
            return true;
        }
        if (input.available() > 0) {
            cut("the header of the block", HEADER);
        }
        return false;
    }

    /** Finds out the byte order of a section header block, which its length is already in. */
    boolean detectByteOrder() throws IOException {
        if (!input.require(MIN_LENGTH)) {
            return cut(named(), MIN_LENGTH);
        }
        bigEndian = Words.i32(input.bytes(), input.position() + HEADER, true) == BYTE_ORDER_MAGIC;
        int magic = word(HEADER);
        return magic == BYTE_ORDER_MAGIC || damaged(String.format("has the byte-order magic 0x%08x", magic));
    }

    /** Gets the whole block into the window and checks its lengths. */
    boolean fetch(int minLength) throws IOException {
        int total = word(TOTAL_LENGTH);
        if (Integer.compareUnsigned(total, minLength) < 0) {
            return tooShort(total, minLength);
        }
        if (Integer.compareUnsigned(total, MAX_LENGTH) > 0) {
            return damaged("claims " + Integer.toUnsignedString(total) + " bytes, more than the " + MAX_LENGTH
                    + " that such a block may have");
        }
        length = padded(total);
        if (!input.require(length)) {
            return cut(named(), length);
        }
        int trailer = word(length - TRAILER);
        return trailer == total || mismatch(input.offset(), total, trailer);
    }

    /** Moves past the block, which is in the window. */
    void pass() {
        input.advance(length);
    }

    /** Moves past a block of any length without keeping it. */
    boolean skip() throws IOException {
        long offset = input.offset();
        int total = word(TOTAL_LENGTH);
        if (Integer.compareUnsigned(total, MIN_LENGTH) < 0) {
            return tooShort(total, MIN_LENGTH);
        }
        long whole = (Integer.toUnsignedLong(total) + ALIGNMENT - 1) & -ALIGNMENT;
        long skipped = input.skip(whole - TRAILER);
        if (!input.require(TRAILER)) {
            damage = Optional.of(Damage.cut(named(), offset, whole, skipped + input.available()));
            return false;
        }
        int trailer = word(0);
        input.advance(TRAILER);
        return trailer == total || mismatch(offset, total, trailer);
    }

    /** Whether the block claims to be longer than one that is looked into. */
    boolean isLong() {
        return Integer.compareUnsigned(word(TOTAL_LENGTH), MAX_LENGTH) > 0;
    }

    /** Adds the padding to a length. Some programs do not count it in a block's length, as wiretap found out. */
    static int padded(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    int type() {
        return type;
    }

    /** The block's length, from its type to the end of its second total length. */
    int length() {
        return length;
    }

    long offset() {
        return input.offset();
    }

    byte[] bytes() {
        return input.bytes();
    }

    /** Where in {@link #bytes()} the block begins. */
    int start() {
        return input.position();
    }

    boolean bigEndian() {
        return bigEndian;
    }

    /** Gets what lies ahead into the window; returns false if the file ends before. */
    boolean reaches(int end) throws IOException {
        return input.require(end);
    }

    /** Whether what lies ahead, and has the type of a section header block, says in which byte order it is. */
    boolean hasByteOrderMagic(int ahead) {
        int magic = word(ahead + HEADER);
        return magic == BYTE_ORDER_MAGIC || magic == Integer.reverseBytes(BYTE_ORDER_MAGIC);
    }

    /** Reads 32 bits, counted from the block's beginning. */
    int word(int at) {
        return Words.i32(input.bytes(), input.position() + at, bigEndian);
    }

    /** Reads 16 bits, counted from the block's beginning. */
    int half(int at) {
        return Words.u16(input.bytes(), input.position() + at, bigEndian);
    }

    /** Notes what is wrong with the block; returns false. */
    boolean damaged(String what) {
        damage = Optional.of(new Damage(offset(), named() + " at offset " + offset() + " " + what));
        return false;
    }

    private boolean cut(String what, long needed) {
        damage = Optional.of(Damage.cut(what, offset(), needed, input.available()));
        return false;
    }

    private boolean tooShort(int total, int minLength) {
        return damaged("claims " + Integer.toUnsignedString(total) + " bytes, fewer than the " + minLength
                + " that such a block has");
    }

    private boolean mismatch(long offset, int first, int last) {
        String message = named() + " at offset " + offset + " claims " + Integer.toUnsignedString(first)
                + " bytes at its beginning and " + Integer.toUnsignedString(last) + " at its end";
        damage = Optional.of(new Damage(offset, message));
        return false;
    }

    private String named() {
        return "the " + new BlockType(type).name() + " block";
    }
}
