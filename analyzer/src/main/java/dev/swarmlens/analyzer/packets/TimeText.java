package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.fields.Seconds;
import dev.swarmlens.capture.Frame;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Packets' times in the form that {@code -t} asks for, with tshark's letters. It remembers the packet before. */
public final class TimeText {

    /** What is printed of a time. */
    private enum Form {
        /** Time of day, here. */
        A,
        /** Date and time of day, here. */
        AD,
        /** Year, day of the year and time of day, here. */
        ADOY,
        /** Seconds since the packet before. */
        D,
        /** Seconds since the packet printed before. */
        DD,
        /** Seconds since 1970. */
        E,
        /** Seconds since the first packet. */
        R,
        /** Time of day, UTC. */
        U,
        /** Date and time of day, UTC. */
        UD,
        /** Year, day of the year and time of day, UTC. */
        UDOY;

        private String dayPattern() {
            return switch (this) {
                case AD, UD -> "uuuu-MM-dd ";
                case ADOY, UDOY -> "uuuu/DDD ";
                default -> "";
            };
        }
    }

    /** What {@code -t} takes: a form, and how many digits are printed after the point. */
    private static final Pattern OPTION = Pattern.compile("([a-z]*)(?:\\.([0-9]))?");

    private static final int AS_THE_FILE = -1;

    private final Form form;
    private final int digits;
    private final DateTimeFormatter toTheSecond;
    private long printedBefore = Frame.NO_TIME;

    private TimeText(Form form, int digits) {
        this.form = form;
        this.digits = digits;
        ZoneId zone = form.name().startsWith("U") ? ZoneOffset.UTC : ZoneId.systemDefault();
        this.toTheSecond = DateTimeFormatter.ofPattern(form.dayPattern() + "HH:mm:ss", Locale.ROOT)
                .withZone(zone);
    }

    /**
     * The form that an option's value asks for.
     *
     * @param option for example {@code r}, {@code ud}, or {@code r.3} for three digits after the point; without that there
     *     are as many as the file tells apart
     * @return empty if there is no such form
     */
    public static Optional<TimeText> of(String option) {
        Matcher matcher = OPTION.matcher(option);
        if (!matcher.matches() || !forms().contains(matcher.group(1))) {
            return Optional.empty();
        }
        Form form = Form.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        return Optional.of(
                new TimeText(form, matcher.group(2) == null ? AS_THE_FILE : Integer.parseInt(matcher.group(2))));
    }

    /** The letters of all forms. */
    public static List<String> forms() {
        return Arrays.stream(Form.values())
                .map(form -> form.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The time of the next packet that is printed; empty if it has none. */
    public String of(PacketView packet) {
        long time = packet.frame().timeNanos();
        long before = printedBefore;
        printedBefore = time;
        if (time == Frame.NO_TIME) {
            return "";
        }
        int shown = digits == AS_THE_FILE ? packet.timeDigits() : digits;
        return switch (form) {
            case R -> Seconds.text(packet.relativeTime(), shown);
            case D -> Seconds.text(packet.deltaTime(), shown);
            case DD -> Seconds.text(before == Frame.NO_TIME ? 0 : time - before, shown);
            case E -> Seconds.text(time, shown);
            case A, AD, ADOY, U, UD, UDOY -> toTheSecond.format(Instant.ofEpochSecond(0, time)) + fraction(time, shown);
        };
    }

    private static String fraction(long time, int digits) {
        // seconds before 1970 count downwards, but their fractions upwards
        String text = Seconds.text(Math.floorMod(time, 1_000_000_000L), digits);
        return text.substring(1);
    }
}
