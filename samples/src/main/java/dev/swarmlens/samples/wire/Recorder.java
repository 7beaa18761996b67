package dev.swarmlens.samples.wire;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Encodes what is captured and passes it on, in a thread of its own, so that one core thinks up what the other writes down. Both
 * wait for each other when one of them is far ahead.
 */
public final class Recorder implements Closeable {
    private static final int BATCH = 2048;
    private static final int BATCHES = 8;
    private static final int FRAME_ROOM = 2048;

    /** Encodes frames. */
    interface Encoder {
        /** Encodes a frame into an array. */
        void encode(Travelling frame, byte[] bytes);
    }

    private final Encoder encoder;
    private final FrameSink sink;
    private final BlockingQueue<List<Sighting>> queue = new ArrayBlockingQueue<>(BATCHES);
    private final Deque<byte[]> unused = new ArrayDeque<>();
    private final Thread thread = new Thread(this::record, "recorder");
    private List<Sighting> batch = new ArrayList<>(BATCH);
    private long packets;
    private long bytes;
    private volatile Throwable failure;

    Recorder(Encoder encoder, FrameSink sink) {
        this.encoder = encoder;
        this.sink = sink;
        thread.setDaemon(true);
        thread.start();
    }

    /** How many frames were captured so far. */
    public long packets() {
        return packets;
    }

    /** How many bytes they have. */
    public long bytes() {
        return bytes;
    }

    /** Takes what was captured next. */
    void accept(Sighting sighting) {
        packets++;
        bytes += sighting.frame().length();
        batch.add(sighting);
        if (batch.size() == BATCH) {
            hand(batch);
            batch = new ArrayList<>(BATCH);
        }
    }

    /**
     * Says whether all is well.
     *
     * @throws IOException if a frame could not be written
     */
    public void check() throws IOException {
        if (failure instanceof IOException refused) {
            throw refused;
        }
        if (failure instanceof RuntimeException mistake) {
            throw mistake;
        }
        if (failure instanceof Error grave) {
            throw grave;
        }
    }

    private void hand(List<Sighting> full) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(full);
                break;
            } catch (InterruptedException impatient) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void record() {
        try {
            while (true) {
                List<Sighting> next = queue.take();
                if (next.isEmpty()) {
                    return;
                }
                if (failure == null) {
                    write(next);
                }
            }
        } catch (InterruptedException unexpected) {
            failure = unexpected;
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private void write(List<Sighting> sightings) {
        try {
            for (Sighting sighting : sightings) {
                Travelling frame = sighting.frame();
                int length = frame.length();
                if (frame.bytes() == null) {
                    byte[] room = length > FRAME_ROOM || unused.isEmpty()
                            ? new byte[Math.max(length, FRAME_ROOM)]
                            : unused.pop();
                    encoder.encode(frame, room);
                    frame.setBytes(room);
                }
                sink.accept(sighting.point(), sighting.nanos(), frame.bytes(), length, sighting.fault());
                if (frame.release() && frame.bytes().length == FRAME_ROOM) {
                    unused.push(frame.bytes());
                }
            }
        } catch (IOException | RuntimeException | Error failed) {
            // those that follow are let go, so that nobody waits for ever
            failure = failed;
        }
    }

    @Override
    public void close() throws IOException {
        if (!batch.isEmpty()) {
            hand(batch);
        }
        hand(List.of());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException impatient) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
