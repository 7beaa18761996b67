package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.CaptureWriter;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.InterfaceStatistics;
import dev.swarmlens.capture.live.FrameSink;
import dev.swarmlens.capture.live.LiveCapture;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Writes a live capture to one file, or to one after the other, until it is enough. */
final class Recording implements FrameSink, Closeable {
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LiveCapture capture;
    private final FileSeries files;
    private final Limits stop;
    private final Limits each;
    private final long start = System.nanoTime();
    private CaptureWriter writer;
    private List<InterfaceStatistics> statisticsBefore;
    private long fileStart;
    private long flushed = start;
    private long earlierBytes;
    private boolean fileIsFull;
    private boolean enough;

    /**
     * Opens the first file.
     *
     * @param stop when the capture is enough
     * @param each when a file is enough
     */
    Recording(LiveCapture capture, FileSeries files, Limits stop, Limits each) throws IOException {
        this.capture = capture;
        this.files = files;
        this.stop = stop;
        this.each = each;
        open();
    }

    private void open() throws IOException {
        writer = application(files.next()).open();
        for (CaptureInterface description : capture.interfaces()) {
            writer.add(description);
        }
        writer.flush();
        statisticsBefore = capture.statistics();
        fileStart = System.nanoTime();
        fileIsFull = false;
    }

    private static CaptureOutput application(CaptureOutput output) {
        return output.application("swarmlens " + Swarmlens.version())
                .hardware(System.getProperty("os.arch"))
                .operatingSystem(System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    @Override
    public boolean take(Frame frame) throws IOException {
        if (fileIsFull) {
            complete();
            open();
        }
        writer.write(frame.interfaceId(), frame);
        long bytes = writer.length();
        fileIsFull = writer.packets() >= each.packets() || bytes >= each.bytes() || isOld();
        enough = capture.delivered() >= stop.packets()
                || earlierBytes + bytes >= stop.bytes()
                || (fileIsFull && files.count() >= stop.files());
        return !enough;
    }

    /** Whether there is nothing more to write. */
    boolean isEnough() {
        return enough;
    }

    /** Whether it has gone on for as long as it should. */
    boolean isOver() {
        return stop.isOver(start);
    }

    private boolean isOld() {
        return each.isOver(fileStart);
    }

    /** Does what is to be done from time to time while no packets come. */
    void rest() throws IOException {
        if (isOld()) {
            enough = files.count() >= stop.files();
            if (!enough) {
                complete();
                open();
            }
        }
        long now = System.nanoTime();
        if (files.isStream() || now - flushed >= FLUSH_NANOS) {
            writer.flush();
            flushed = now;
        }
    }

    /** Ends a file with what was counted for it. */
    private void complete() throws IOException {
        List<InterfaceStatistics> now = capture.statistics();
        for (int i = 0; i < now.size(); i++) {
            writer.count(i, since(statisticsBefore.get(i), now.get(i)));
        }
        earlierBytes += writer.length();
        writer.close();
    }

    private static InterfaceStatistics since(InterfaceStatistics before, InterfaceStatistics now) {
        return now.withTimes(before.end().orElseThrow(), now.end().orElseThrow())
                .withReceived(difference(before.received(), now.received()))
                .withDropped(difference(before.dropped(), now.dropped()))
                .withDroppedBySystem(difference(before.droppedBySystem(), now.droppedBySystem()))
                .withDelivered(difference(before.delivered(), now.delivered()));
    }

    private static long difference(OptionalLong before, OptionalLong now) {
        return now.orElse(0) - before.orElse(0);
    }

    @Override
    public void close() throws IOException {
        complete();
    }
}
