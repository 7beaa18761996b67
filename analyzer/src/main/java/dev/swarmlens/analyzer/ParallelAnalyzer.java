package dev.swarmlens.analyzer;

import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.SlicedCapture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * From frames to a summary on several cores: parts of a capture are summarised at the same time, each by an {@link Analyzer} of
 * its own, and merged in the capture's order. What comes out is the same as from one.
 *
 * <p>Thread-safe: several captures can be read at the same time, with the same workers.
 */
public final class ParallelAnalyzer implements AutoCloseable {
    /** Less would be merged too often, more would be kept too long. */
    private static final int BATCH_BYTES = 32 * 1024 * 1024;

    private final int threads;
    private final int batchBytes;
    private final Function<BooleanSupplier, Analyzer> analyzers;
    private final Supplier<Summary> summaries;
    private final BooleanSupplier stop;
    private final ExecutorService workers;

    /**
     * Makes the workers.
     *
     * @param threads how many, at least 1
     * @param analyzers makes an analyzer, given what ends its reading
     * @param summaries makes an empty summary for a part
     * @param stop asked at every packet, by several threads; once true, reading ends and what was read stays
     */
    public ParallelAnalyzer(
            int threads,
            Function<BooleanSupplier, Analyzer> analyzers,
            Supplier<Summary> summaries,
            BooleanSupplier stop) {
        this(threads, BATCH_BYTES, analyzers, summaries, stop);
    }

    ParallelAnalyzer(
            int threads,
            int batchBytes,
            Function<BooleanSupplier, Analyzer> analyzers,
            Supplier<Summary> summaries,
            BooleanSupplier stop) {
        this.threads = threads;
        this.batchBytes = batchBytes;
        this.analyzers = analyzers;
        this.summaries = summaries;
        this.stop = stop;
        this.workers = Executors.newFixedThreadPool(threads, ParallelAnalyzer::worker);
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "analyzer");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Reads the slices of a file.
     *
     * @param order the file's place among all
     * @param point which node it was captured on
     * @param name the file's name
     * @param capture the file
     * @param summary receives what is counted
     * @return what was read
     * @throws IOException if reading fails, other than by damage
     */
    public CapturedFile read(int order, String point, String name, SlicedCapture capture, Summary summary)
            throws IOException {
        CapturedFile[] latest = new CapturedFile[1];
        capture.read(
                workers,
                reader -> {
                    Summary part = summaries.get();
                    return new Part(analyzers.apply(stop).read(order, point, name, reader, part), part);
                },
                part -> {
                    summary.merge(part.summary);
                    latest[0] = part.file;
                });
        return latest[0];
    }

    /** A slice that has been read. */
    private record Part(CapturedFile file, Summary summary) {}

    /**
     * Reads what cannot be cut, as a pipe or a compressed file, and hands its frames to the workers.
     *
     * @param order the file's place among all
     * @param point which node it was captured on
     * @param name the file's name
     * @param reader the capture, which is left open
     * @param summary receives what is counted
     * @return what was read
     * @throws IOException if reading fails, other than by damage
     */
    public CapturedFile read(int order, String point, String name, CaptureReader reader, Summary summary)
            throws IOException {
        Deque<Working> working = new ArrayDeque<>();
        FrameBatch batch = new FrameBatch(batchBytes);
        Frame frame = new Frame();
        while (!stop.getAsBoolean() && reader.next(frame)) {
            batch.add(frame);
            if (batch.isFull()) {
                working.add(begin(batch, reader, order, point, name));
                batch = working.size() > threads ? working.remove().finish(summary) : new FrameBatch(batchBytes);
            }
        }
        working.add(begin(batch, reader, order, point, name));
        for (Working rest : working) {
            rest.finish(summary);
        }
        return new CapturedFile(order, point, name, reader.format(), reader.damage());
    }

    private Working begin(FrameBatch batch, CaptureReader reader, int order, String point, String name) {
        batch.setInterfaces(reader.interfaces());
        return new Working(batch, CompletableFuture.supplyAsync(() -> summary(batch, order, point, name), workers));
    }

    private Summary summary(FrameBatch batch, int order, String point, String name) {
        Summary summary = summaries.get();
        // what has been read stays, whoever has had enough
        analyzers.apply(() -> false).see(batch::next, new Origins(order, point, name, batch::interfaces, summary));
        return summary;
    }

    /** A batch that a worker has. */
    private record Working(FrameBatch batch, CompletableFuture<Summary> result) {
        /** Waits for the worker, and gives the batch back. */
        FrameBatch finish(Summary summary) {
            summary.merge(result.join());
            batch.clear();
            return batch;
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
