package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.Analyzer;
import dev.swarmlens.analyzer.CapturedFile;
import dev.swarmlens.analyzer.ParallelAnalyzer;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.SlicedCapture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads captures into one summary, on all cores: large files in slices, and several files at the same time. */
final class Readings implements AutoCloseable {
    /** What is smaller is read before others could help. */
    private static final long SMALL = 1024 * 1024;

    private final int threads;
    private final Supplier<Summary> summaries;
    private final Streams streams;
    private final ParallelAnalyzer parallel;
    private final ExecutorService files;

    /** A file that has been read, or why it could not be. */
    private record Outcome(CapturedFile file, Summary summary, IOException problem) {}

    /**
     * Prepares to read.
     *
     * @param threads how many work at the same time
     * @param analyzers makes an analyzer, given what ends its reading
     * @param summaries makes an empty summary for a file or a part of it
     * @param stop once true, reading ends and what was read stays
     */
    Readings(
            int threads,
            Function<BooleanSupplier, Analyzer> analyzers,
            Supplier<Summary> summaries,
            BooleanSupplier stop,
            Streams streams) {
        this.threads = threads;
        this.summaries = summaries;
        this.streams = streams;
        parallel = new ParallelAnalyzer(threads, analyzers, summaries, stop);
        files = Executors.newFixedThreadPool(threads);
    }

    /**
     * Reads all captures; of one that fails it says why, and goes on with the next.
     *
     * @param read receives what was read, in the order of the inputs
     * @param summary receives what is counted
     */
    ExitCode read(List<Input> inputs, List<CapturedFile> read, Summary summary) {
        List<Supplier<Outcome>> outcomes = new ArrayList<>();
        for (int order = 0; order < inputs.size(); order++) {
            outcomes.add(begin(order, inputs.get(order), inputs.size() > 1));
        }
        try (ReadingProgress progress = new ReadingProgress(streams, parallel.meter(), inputs)) {
            progress.begin();
            return finish(inputs, outcomes, read, summary);
        }
    }

    private ExitCode finish(
            List<Input> inputs, List<Supplier<Outcome>> outcomes, List<CapturedFile> read, Summary summary) {
        ExitCode code = ExitCode.FINE;
        for (int order = 0; order < inputs.size(); order++) {
            String file = inputs.get(order).file();
            Outcome outcome = outcomes.get(order).get();
            if (outcome.problem != null) {
                streams.say(Input.reason(file, outcome.problem));
                code = code.or(ExitCode.NOT_A_CAPTURE);
                continue;
            }
            summary.merge(outcome.summary);
            read.add(outcome.file);
            if (outcome.file.damage().isPresent()) {
                streams.say(file + ": " + outcome.file.damage().get().message());
                code = code.or(ExitCode.DAMAGED);
            }
        }
        return code;
    }

    /** Begins to read one of several files at once; a stream waits for its turn, and for the thread that Ctrl-C interrupts. */
    private Supplier<Outcome> begin(int order, Input input, boolean oneOfSeveral) {
        return oneOfSeveral && input.size().isPresent()
                ? CompletableFuture.supplyAsync(() -> read(order, input), files)::join
                : () -> read(order, input);
    }

    private Outcome read(int order, Input input) {
        Summary summary = summaries.get();
        try {
            return new Outcome(read(order, input, summary), summary, null);
        } catch (IOException problem) {
            return new Outcome(null, summary, problem);
        }
    }

    private CapturedFile read(int order, Input input, Summary summary) throws IOException {
        OptionalLong size = input.size();
        boolean alone = threads == 1 || size.orElse(Long.MAX_VALUE) < SMALL;
        if (!alone && size.isPresent()) {
            SlicedCapture slices = input.slices(threads);
            if (slices.count() > 1) {
                return parallel.read(order, input.point(), input.file(), slices, summary);
            }
        }
        try (CaptureReader reader = input.open(streams)) {
            return alone
                    ? parallel.readAlone(order, input.point(), input.file(), reader, summary)
                    : parallel.read(order, input.point(), input.file(), reader, summary);
        }
    }

    @Override
    public void close() {
        files.shutdownNow();
        parallel.close();
    }
}
