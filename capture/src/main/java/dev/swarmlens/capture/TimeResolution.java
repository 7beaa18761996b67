package dev.swarmlens.capture;

/**
 * The unit in which a capture counts time: one second divided by a power of ten or of two.
 *
 * @param base 10 or 2
 * @param exponent the negated power, 0 to 127: {@code (10, 6)} are microseconds
 */
public record TimeResolution(int base, int exponent) {
    /** Microseconds: pcap's usual unit, and pcapng's where an interface says nothing. */
    public static final TimeResolution MICROSECONDS = new TimeResolution(10, 6);
    /** Nanoseconds. */
    public static final TimeResolution NANOSECONDS = new TimeResolution(10, 9);

    private static final int BINARY_FLAG = 0x80;
    private static final int MAX_EXPONENT = 0x7f;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the base is neither 10 nor 2 or the exponent outside 0 to 127
     */
    public TimeResolution {
        if (base != 10 && base != 2) {
            throw new IllegalArgumentException("base " + base + " is neither 10 nor 2");
        }
        if (exponent < 0 || exponent > MAX_EXPONENT) {
            throw new IllegalArgumentException("exponent " + exponent + " is outside 0.." + MAX_EXPONENT);
        }
    }

    /** Reads pcapng's {@code if_tsresol}, whose highest bit says that the base is 2. */
    static TimeResolution ofCode(int code) {
        return new TimeResolution((code & BINARY_FLAG) != 0 ? 2 : 10, code & MAX_EXPONENT);
    }

    // Every reader asks this, and what the JVM makes of a record's own equals it makes only when it is asked.
    @Override
    public boolean equals(Object other) {
        return other instanceof TimeResolution that && base == that.base && exponent == that.exponent;
    }

    @Override
    public int hashCode() {
        return 31 * base + exponent;
    }

    /**
     * The unit's name, or the power where it has none.
     *
     * @return for example {@code microseconds} or {@code 2^-20 s}
     */
    @Override
    public String toString() {
        if (exponent == 0) {
            return "seconds";
        }
        String power = base + "^-" + exponent + " s";
        if (base == 2) {
            return power;
        }
        return switch (exponent) {
            case 3 -> "milliseconds";
            case 6 -> "microseconds";
            case 9 -> "nanoseconds";
            case 12 -> "picoseconds";
            default -> power;
        };
    }
}
