package dev.swarmlens.samples.scenario;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 100}, {@code 64 KiB}, {@code 1GiB}, {@code 100 MB}. */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d+) ?(B|KiB|MiB|GiB|kB|MB|GB|)");
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "B",
            1L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "kB",
            1000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L);

    private ByteSize() {}

    /**
     * Reads a size.
     *
     * @return bytes
     * @throws IllegalArgumentException if it is none, or one of more than 2^63 bytes
     */
    public static long of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("\"" + text + "\" is too large", tooLarge);
        }
    }
}
