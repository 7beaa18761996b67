package dev.swarmlens.capture;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A capture file cut into slices that are read at the same time, each by a reader of its own. The frames of the slices, one
 * slice after the other, are exactly those of the file.
 *
 * <pre>{@code
 * Summary whole = new Summary();
 * SlicedCapture.evenly(path, 2).read(executor, reader -> summary(reader), whole::merge);
 * }</pre>
 *
 * <p>A slice begins at the first record behind its cut, and nobody who has not read the file from its beginning knows where that is.
 * So it is guessed: where several records in a row are plausible. Whether the guess is right shows when the slice before has been
 * read, which ends at a record too, and knows which interfaces have been described. Where it is wrong (the contents of packets
 * may look like records, and a pcapng file may describe interfaces anywhere) what has been read is dropped, and the slice is read
 * again from its true beginning. So a wrong guess costs time, and nothing else.
 */
public final class SlicedCapture {
    /** Less is not worth a reader. */
    private static final long MIN_SLICE = 1024 * 1024;

    /** How far behind its cut a slice begins at most, and how far records must be plausible: further than a packet reaches. */
    private static final int FAR = 2 * CaptureReader.MAX_CAPTURED;

    private final Path path;
    private final List<Long> cuts;
    private boolean resync;

    private SlicedCapture(Path path, List<Long> cuts) {
        this.path = path;
        this.cuts = cuts;
    }

    /** What is done with each slice. */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads a slice to its end; if it stops before, nothing that follows is read either.
         *
         * @param reader delivers the slice's frames, whose {@linkplain Frame#number numbers} begin with 1 in each slice; sections and
         *     interfaces are those of the whole file so far, but what interfaces have counted, and how many blocks there were, is of
         *     this slice alone
         * @return what it found; dropped if the slice turns out to begin elsewhere
         */
        T read(CaptureReader reader) throws IOException;
    }

    /**
     * Cuts a file into parts of about the same length.
     *
     * @param path the file; what is no regular file, or compressed, or small, stays whole
     * @param parts how many, at least 1
     * @throws NotACaptureException if it is none
     * @throws IOException if it cannot be read
     */
    public static SlicedCapture evenly(Path path, int parts) throws IOException {
        List<Long> cuts = new ArrayList<>();
        if (Files.isRegularFile(path)) {
            long size = Files.size(path);
            long most = Math.min(parts, size / MIN_SLICE);
            for (int i = 1; i < most; i++) {
                cuts.add(size / most * i);
            }
        }
        return at(path, cuts);
    }

    /**
     * Cuts a file at the first records at or behind some offsets.
     *
     * @param path the file; one that is compressed stays whole
     * @param cuts the offsets, in ascending order
     * @throws NotACaptureException if it is none
     * @throws IOException if it cannot be read
     */
    public static SlicedCapture at(Path path, List<Long> cuts) throws IOException {
        if (cuts.isEmpty()) {
            return new SlicedCapture(path, cuts);
        }
        try (CaptureReader reader = CaptureReader.open(path)) {
            boolean isPlain = reader.format().compression() == Compression.NONE;
            return new SlicedCapture(path, isPlain ? List.copyOf(cuts) : List.of());
        }
    }

    /**
     * Tells the readers to go on behind damage, as {@link CaptureReader#resync} does.
     *
     * @return this capture
     */
    public SlicedCapture resync() {
        resync = true;
        return this;
    }

    /** How many slices there are. */
    public int count() {
        return cuts.size() + 1;
    }

    /**
     * Reads all slices.
     *
     * @param executor runs the readings, as many at the same time as it likes
     * @param reading what is done with each slice, by one thread for each
     * @param results gets what was found, one slice after the other, in the thread that calls this method
     * @throws IOException if reading fails; never because of what the bytes say
     */
    public <T> void read(Executor executor, Reading<T> reading, Consumer<? super T> results) throws IOException {
        List<Slice<T>> slices = new ArrayList<>();
        try (CaptureReader start = CaptureReader.open(path)) {
            start.passDescriptions(limit(0));
            for (int i = 0; i < count(); i++) {
                slices.add(new Slice<>(i, start, reading));
            }
            slices.forEach(slice -> executor.execute(slice.task));
            CaptureReader before = null;
            for (Slice<T> slice : slices) {
                results.accept(slice.finish(before));
                before = slice.reader;
                if (!before.endedAtLimit()) {
                    break;
                }
            }
        } finally {
            slices.forEach(slice -> slice.task.cancel(true));
        }
    }

    /** Where the next slice begins at the earliest. */
    private long limit(int index) {
        return index < cuts.size() ? cuts.get(index) : Long.MAX_VALUE;
    }

    /** One slice: read from where it may begin, and once more if that was wrong. */
    private final class Slice<T> {
        private final int index;
        private final CaptureReader start;
        private final Reading<T> reading;
        private final FutureTask<T> task = new FutureTask<>(this::guess);
        private CaptureReader reader;
        private long from;

        Slice(int index, CaptureReader start, Reading<T> reading) {
            this.index = index;
            this.start = start;
            this.reading = reading;
        }

        private T guess() throws IOException {
            if (index == 0) {
                return read(CaptureReader.open(path));
            }
            CaptureReader guessing = start.at(input(limit(index - 1)));
            return guessing.search().find(FAR, FAR) ? read(guessing) : close(guessing);
        }

        private T close(CaptureReader unused) throws IOException {
            unused.close();
            return null;
        }

        private T read(CaptureReader opened) throws IOException {
            try (opened) {
                reader = resync ? opened.resync() : opened;
                from = opened.offset();
                opened.limit(limit(index));
                return reading.read(opened);
            }
        }

        /** Waits for what was found, and looks again if that was in the wrong place. */
        T finish(CaptureReader before) throws IOException {
            try {
                T found = await(task);
                return isRight(before) ? found : read(before.at(input(before.offset())));
            } catch (ExecutionException failed) {
                if (!isRight(before)) {
                    return read(before.at(input(before.offset())));
                }
                if (failed.getCause() instanceof IOException cause) {
                    throw cause;
                }
                if (failed.getCause() instanceof Error cause) {
                    throw cause;
                }
                throw (RuntimeException) failed.getCause();
            }
        }

        private boolean isRight(CaptureReader before) {
            return before == null || (reader != null && from == before.offset() && before.understandsLike(start));
        }
    }

    private Input input(long offset) throws IOException {
        return new Input(Channels.newInputStream(FileChannel.open(path).position(offset)), offset);
    }

    /** Waits whatever happens: who has had enough stops the readings. */
    private static <T> T await(FutureTask<T> task) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
