package dev.swarmlens.codecs;

import java.util.HexFormat;

/**
 * The text of a header: what it is first, then every value that is not the usual one, so that people can read it and two
 * headers that differ look different.
 */
public final class HeaderText {
    private final StringBuilder text;

    /**
     * Begins a text.
     *
     * @param beginning for example {@code UDP 50000 → 4789}
     */
    public HeaderText(String beginning) {
        text = new StringBuilder(beginning);
    }

    /** Adds words, if a condition holds. */
    public HeaderText when(boolean condition, String words) {
        if (condition) {
            text.append(", ").append(words);
        }
        return this;
    }

    /** Adds a name and a value. */
    public HeaderText value(String name, Object value) {
        return when(true, name + " " + value);
    }

    /** Adds a name and a decimal number, unless it is the usual one. */
    public HeaderText number(String name, long value, long usual) {
        return when(value != usual, name + " " + value);
    }

    /** Adds a name and a hexadecimal number of so many digits, unless it is the usual one. */
    public HeaderText hex(String name, long value, int digits, long usual) {
        return when(value != usual, name + " " + hex(value, digits));
    }

    /** Adds a name and bytes, if there are any. */
    public HeaderText bytes(String name, Bytes bytes) {
        return when(!bytes.isEmpty(), name + " " + bytes);
    }

    /** A hexadecimal number of so many digits, for example {@code 0x0800}. */
    public static String hex(long value, int digits) {
        return "0x" + HexFormat.of().toHexDigits(value, digits);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
