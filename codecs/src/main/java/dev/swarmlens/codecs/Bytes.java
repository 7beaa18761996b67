package dev.swarmlens.codecs;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

/** An immutable sequence of bytes: options, payloads, trailers, and whole frames as values. */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /**
     * Copies an array.
     *
     * @param content the bytes, which may change afterwards without effect
     */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /**
     * Copies a part of an array.
     *
     * @param start index of the first byte
     * @param end index after the last byte
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public static Bytes of(byte[] content, int start, int end) {
        Objects.checkFromToIndex(start, end, content.length);
        return start == end ? EMPTY : new Bytes(Arrays.copyOfRange(content, start, end));
    }

    /**
     * Reads hexadecimal digits; blanks and colons between bytes are skipped.
     *
     * @param hex for example {@code "08 00 00 00 00 10 00 00"}
     * @throws IllegalArgumentException if anything else than pairs of digits is found
     */
    public static Bytes ofHex(String hex) {
        byte[] content = HexFormat.of().parseHex(hex.replaceAll("[\\s:]", ""));
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /** Several sequences in a row. */
    public static Bytes join(Bytes... parts) {
        byte[] content = new byte[Stream.of(parts).mapToInt(Bytes::length).sum()];
        int at = 0;
        for (Bytes part : parts) {
            part.copyTo(content, at);
            at += part.length();
        }
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /** How many bytes there are. */
    public int length() {
        return content.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return content.length == 0;
    }

    /**
     * One byte.
     *
     * @return 0 to 255
     * @throws IndexOutOfBoundsException if {@code index} is not within the sequence
     */
    public int at(int index) {
        return content[index] & 0xff;
    }

    /**
     * Two bytes as a number in network byte order.
     *
     * @return 0 to 65535
     * @throws IndexOutOfBoundsException if they are not within the sequence
     */
    public int u16(int index) {
        return BigEndian.u16(content, index);
    }

    /**
     * Four bytes as a number in network byte order.
     *
     * @return 0 to 2^32 − 1
     * @throws IndexOutOfBoundsException if they are not within the sequence
     */
    public long u32(int index) {
        return BigEndian.u32(content, index);
    }

    /**
     * Eight bytes as 64 bits in network byte order.
     *
     * @throws IndexOutOfBoundsException if they are not within the sequence
     */
    public long i64(int index) {
        return BigEndian.i64(content, index);
    }

    /**
     * A part.
     *
     * @param start index of the first byte
     * @param end index after the last byte
     * @throws IndexOutOfBoundsException if the range is not within the sequence
     */
    public Bytes slice(int start, int end) {
        return of(content, start, end);
    }

    /**
     * The rest.
     *
     * @param start index of the first byte
     * @throws IndexOutOfBoundsException if it is not within the sequence or at its end
     */
    public Bytes from(int start) {
        return slice(start, content.length);
    }

    /** Writes all bytes into an array from an offset on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(content, 0, target, offset, content.length);
    }

    /** The bytes as a new array. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The bytes as hexadecimal digits without separators. */
    public String toHex() {
        return HexFormat.of().formatHex(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        int shown = Math.min(content.length, 16);
        String hex = HexFormat.ofDelimiter(" ").formatHex(content, 0, shown);
        return content.length == shown ? "[" + hex + "]" : "[" + hex + " … " + content.length + " bytes]";
    }
}
