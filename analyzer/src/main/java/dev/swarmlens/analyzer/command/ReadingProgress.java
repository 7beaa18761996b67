package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.Meter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says on a terminal how far reading large captures has come. Who reads does nothing for it. */
final class ReadingProgress implements AutoCloseable {
    private static final long LARGE = 64 * 1024 * 1024;
    private static final long PERIOD_MILLIS = 250;
    private static final double GIGA = 1e9;
    /** What erases a line of a terminal. */
    private static final String ERASE = "\r\u001b[K";

    private final Streams streams;
    private final Meter meter;
    private final long size;
    private final CountDownLatch finished = new CountDownLatch(1);
    private boolean shown;

    ReadingProgress(Streams streams, Meter meter, List<Input> inputs) {
        this.streams = streams;
        this.meter = meter;
        size = inputs.stream().mapToLong(input -> input.size().orElse(LARGE)).sum();
    }

    /** Begins to show it. */
    void begin() {
        if (size >= LARGE && Progress.isTerminal(2)) {
            Thread watcher = new Thread(this::watch, "progress");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    private void watch() {
        try {
            while (!finished.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                show();
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        if (finished.getCount() > 0) {
            shown = true;
            // what is compressed is larger when it is read
            String of = meter.bytes() <= size ? String.format(Locale.ROOT, " of %.1f", size / GIGA) : "";
            streams.err().printf(Locale.ROOT, "%sread %.1f%s GB", ERASE, meter.bytes() / GIGA, of);
            streams.err().flush();
        }
    }

    @Override
    public synchronized void close() {
        finished.countDown();
        if (shown) {
            streams.err().print(ERASE);
            streams.err().flush();
        }
    }
}
