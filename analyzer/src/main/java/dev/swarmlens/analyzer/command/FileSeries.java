package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.CaptureOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that a capture is written to: one, or a series of which the oldest ones go, named as dumpcap names them. */
final class FileSeries {
    private static final Pattern NAME =
            Pattern.compile("(.*?)((?:\\.[^.]*)?(?:\\.(?:gz|zst|lz4|xz|bz2))?)", Pattern.DOTALL);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final OutputStream stream;
    private final Path path;
    private final long keep;
    private final boolean numbered;
    private final Deque<Path> kept = new ArrayDeque<>();
    private int count;

    private FileSeries(OutputStream stream, Path path, boolean numbered, long keep) {
        this.stream = stream;
        this.path = path;
        this.numbered = numbered;
        this.keep = keep;
    }

    /** A stream, which is no series. */
    static FileSeries of(OutputStream stream) {
        return new FileSeries(stream, null, false, 1);
    }

    /** One file. */
    static FileSeries of(Path path) {
        return new FileSeries(null, path, false, 1);
    }

    /**
     * A series.
     *
     * @param path its files' names begin and end like this one: {@code dir/eth0_00001_20261128101500.pcapng}
     * @param keep how many files to keep
     */
    static FileSeries of(Path path, long keep) {
        return new FileSeries(null, path, true, keep);
    }

    /** The next file. */
    CaptureOutput next() throws IOException {
        count++;
        if (stream != null) {
            return CaptureOutput.to(stream, "-");
        }
        if (!numbered) {
            return CaptureOutput.to(path);
        }
        while (kept.size() >= keep) {
            Files.deleteIfExists(kept.removeFirst());
        }
        Path file = path.resolveSibling(
                name(path.getFileName().toString(), count, LocalDateTime.now(ZoneId.systemDefault())));
        kept.addLast(file);
        return CaptureOutput.to(file);
    }

    static String name(String name, int number, LocalDateTime time) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalStateException(name);
        }
        return String.format("%s_%05d_%s%s", matcher.group(1), number, TIME.format(time), matcher.group(2));
    }

    /** How many files there were so far. */
    int count() {
        return count;
    }

    /** Whether somebody may be reading while it is written. */
    boolean isStream() {
        return stream != null || (!numbered && Files.exists(path) && !Files.isRegularFile(path));
    }
}
