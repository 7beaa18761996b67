package dev.swarmlens.analyzer.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times of the summary in the words of the report. */
public final class Times {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter ISO_NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private Times() {}

    /** A time, or {@code null} for the values that stand for "never seen". */
    static Long orNull(long nanos) {
        return nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE ? null : nanos;
    }

    /** A time in nanoseconds since 1970; the nearest there is, for times centuries away. */
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException far) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /** ISO 8601 in UTC with nanoseconds. */
    public static String iso(long nanos) {
        return ISO_NANOS.format(instant(nanos));
    }

    /** Date and time of day in UTC, to the second. */
    static String seconds(long nanos) {
        return SECONDS.format(instant(nanos));
    }

    /** The time of day in UTC, to the second; {@code null} for a time that is not known. */
    static String timeOfDay(Long nanos) {
        return nanos == null ? null : TIME_OF_DAY.format(instant(nanos));
    }
}
