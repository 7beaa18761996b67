package dev.swarmlens.analyzer.fields;

import dev.swarmlens.capture.Frame;

/** Times in nanoseconds, as people write them: seconds with a decimal point. */
public final class Seconds {
    /** Digits after the point of a nanosecond. */
    public static final int NANO_DIGITS = 9;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Seconds() {}

    /**
     * Prints a time with a fixed count of digits after the point, cut and not rounded.
     *
     * @param nanos nanoseconds
     * @param digits how many, 0 to 9; without a point if 0
     * @return empty for {@link Frame#NO_TIME}
     */
    public static String text(long nanos, int digits) {
        if (nanos == Frame.NO_TIME) {
            return "";
        }
        long magnitude = Math.abs(nanos);
        StringBuilder text = new StringBuilder().append(nanos < 0 ? "-" : "").append(magnitude / NANOS_PER_SECOND);
        if (digits > 0) {
            // with a leading one, so that the zeros behind it are printed
            String fraction = Long.toString(NANOS_PER_SECOND + magnitude % NANOS_PER_SECOND);
            text.append('.').append(fraction, 1, 1 + digits);
        }
        return text.toString();
    }

    /**
     * Reads seconds with up to nine digits after the point.
     *
     * @return nanoseconds
     * @throws NumberFormatException if it is anything else
     */
    public static long nanos(String text) {
        boolean negative = text.startsWith("-");
        int point = text.indexOf('.');
        String whole = text.substring(negative ? 1 : 0, point < 0 ? text.length() : point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        if (whole.isEmpty() || fraction.length() > NANO_DIGITS || !(whole + fraction).matches("[0-9]+")) {
            throw new NumberFormatException("\"" + text + "\" is not a time in seconds");
        }
        try {
            long magnitude = Math.addExact(
                    Math.multiplyExact(Long.parseLong(whole), NANOS_PER_SECOND),
                    Long.parseLong((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS)));
            return negative ? -magnitude : magnitude;
        } catch (ArithmeticException overflow) {
            throw new NumberFormatException("\"" + text + "\" is out of range");
        }
    }
}
