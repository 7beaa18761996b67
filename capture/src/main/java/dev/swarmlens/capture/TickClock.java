package dev.swarmlens.capture;

/** Turns an interface's 64-bit time stamps into nanoseconds: exactly, rounded down where the unit is finer, never wrapped. */
final class TickClock {
    static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_EXPONENT = 9;
    /** The largest power of ten that 64 bits without a sign hold. */
    private static final int MAX_POWER_OF_TEN = 19;

    private final boolean decimal;
    private final int exponent;
    /** Nanoseconds in a tick; 0 where a tick is less than a nanosecond or no whole number of them. */
    private final long multiplier;
    /** The largest time stamp whose nanoseconds fit. */
    private final long maxTicks;
    /** Ticks in a nanosecond, without a sign; 0 where a nanosecond is more ticks than a time stamp can count. */
    private final long divisor;

    private final boolean offsetFits;
    private final long offsetNanos;

    TickClock(TimeResolution resolution, long offsetSeconds) {
        decimal = resolution.base() == 10;
        exponent = resolution.exponent();
        multiplier = decimal && exponent <= NANO_EXPONENT ? powerOfTen(NANO_EXPONENT - exponent) : 0;
        maxTicks = multiplier == 0 ? 0 : Long.MAX_VALUE / multiplier;
        int finer = exponent - NANO_EXPONENT;
        divisor = decimal && finer > 0 && finer <= MAX_POWER_OF_TEN ? powerOfTen(finer) : 0;
        offsetFits = isHeld(offsetSeconds);
        offsetNanos = offsetFits ? offsetSeconds * NANOS_PER_SECOND : 0;
    }

    /** Whether 64 bits hold so many seconds in nanoseconds. */
    static boolean isHeld(long seconds) {
        return Math.abs(seconds) <= Long.MAX_VALUE / NANOS_PER_SECOND && seconds != Long.MIN_VALUE;
    }

    /**
     * Converts a time stamp.
     *
     * @param ticks the time stamp, 64 bits without a sign
     * @return nanoseconds since 1970, or {@link Frame#NO_TIME} if 64 bits with a sign cannot hold them
     */
    long nanos(long ticks) {
        long nanos;
        if (multiplier != 0) {
            nanos = Long.compareUnsigned(ticks, maxTicks) <= 0 ? ticks * multiplier : -1;
        } else if (decimal) {
            nanos = divisor == 0 ? 0 : Long.divideUnsigned(ticks, divisor);
        } else {
            nanos = shifted(ticks);
        }
        if (nanos < 0 || !offsetFits) {
            return Frame.NO_TIME;
        }
        long sum = nanos + offsetNanos;
        // The clock's own reading is not negative, so only a positive offset can carry the sum over the top.
        return sum < 0 && offsetNanos > 0 ? Frame.NO_TIME : sum;
    }

    /** The time stamp times 10^9 as a 128-bit number, shifted right; -1 if more than 63 bits remain. */
    private long shifted(long ticks) {
        long high = Math.multiplyHigh(ticks, NANOS_PER_SECOND) + (ticks < 0 ? NANOS_PER_SECOND : 0);
        long low = ticks * NANOS_PER_SECOND;
        if (exponent >= Long.SIZE) {
            return high >>> (exponent - Long.SIZE);
        }
        if (high >>> exponent != 0) {
            return -1;
        }
        long nanos = exponent == 0 ? low : high << (Long.SIZE - exponent) | low >>> exponent;
        return nanos < 0 ? -1 : nanos;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
