package dev.swarmlens.codecs;

/** The range checks of header fields, so that a message always names the field, the value and the limit. */
public final class Ranges {
    private Ranges() {}

    /**
     * Checks that a field's value fits into its bits.
     *
     * @param field the field's name for the message
     * @param value the value
     * @param bits how many bits the field has on the wire, 1 to 63
     * @throws IllegalArgumentException if the value is negative or too large; the message names the limit
     */
    public static void checkBits(String field, long value, int bits) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException(
                    field + " " + value + " is outside 0.." + ((1L << bits) - 1) + " (" + bits + " bits)");
        }
    }

    /**
     * Checks that a value lies between two limits.
     *
     * @param field the field's name for the message
     * @throws IllegalArgumentException if it does not; the message names the limits
     */
    public static void check(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " " + value + " is outside " + min + ".." + max);
        }
    }

    /**
     * Checks the length of a header's options: whole 32-bit words, up to a maximum.
     *
     * @throws IllegalArgumentException if the length is no multiple of 4 or over the maximum
     */
    public static void checkOptions(String field, Bytes options, int max) {
        if (options.length() % 4 != 0 || options.length() > max) {
            throw new IllegalArgumentException(
                    field + " have " + options.length() + " bytes; a multiple of 4 up to " + max + " is possible");
        }
    }
}
