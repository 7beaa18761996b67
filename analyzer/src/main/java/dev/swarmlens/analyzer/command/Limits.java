package dev.swarmlens.analyzer.command;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When something is enough, in dumpcap's words: {@code duration:60}.
 *
 * @param nanos the most time, in nanoseconds
 * @param bytes the most bytes in files
 * @param packets the most packets
 * @param files the most files
 */
record Limits(long nanos, long bytes, long packets, long files) {
    /** Never. */
    static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final int KILOBYTE = 1000;

    /** Reads the values of an option. */
    static Limits of(Arguments arguments, String option) throws UsageException {
        Limits limits = NONE;
        for (String value : arguments.values(option)) {
            limits = limits.with(option, value);
        }
        return limits;
    }

    private Limits with(String option, String value) throws UsageException {
        List<String> parts = List.of(value.split(":", 2));
        String unit = parts.get(0);
        if (parts.size() < 2
                || !List.of("duration", "filesize", "packets", "files").contains(unit)) {
            throw new UsageException("option --" + option
                    + " needs duration:SECONDS, filesize:KILOBYTES, packets:N or files:N, not " + value);
        }
        long number = Math.max(1, Arguments.number(option, parts.get(1), Integer.MAX_VALUE));
        return switch (unit) {
            case "duration" -> new Limits(TimeUnit.SECONDS.toNanos(number), bytes, packets, files);
            case "filesize" -> new Limits(nanos, number * KILOBYTE, packets, files);
            case "packets" -> withPackets(number);
            default -> new Limits(nanos, bytes, packets, number);
        };
    }

    Limits withPackets(long number) {
        return new Limits(nanos, bytes, number, files);
    }

    /** Whether what began then has gone on for long enough. */
    boolean isOver(long start) {
        return System.nanoTime() - start >= nanos;
    }

    /** Whether a file ends before the capture does. */
    boolean endFiles() {
        return nanos < Long.MAX_VALUE || bytes < Long.MAX_VALUE || packets < Long.MAX_VALUE;
    }
}
