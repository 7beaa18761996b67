package dev.swarmlens.capture.live;

import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.InterfaceStatistics;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Captures from one or several interfaces.
 *
 * <pre>{@code
 * try (LiveCapture capture = LiveCapture.open(List.of(LiveOptions.of("eth0").withFilter("udp port 4789")))) {
 *     while (capture.poll(frame -> see(frame))) {
 *         capture.await();
 *     }
 * }
 * }</pre>
 *
 * <p>The kernel keeps what comes until it is fetched, and counts what it has no room for. Frames of one interface come in their
 * order; those of several come in turns, and may overtake each other by the blink of an eye.
 *
 * <p>Not thread-safe.
 */
public final class LiveCapture implements Closeable {
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** How long the kernel may take to hand over what it has. */
    private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final List<Tap> taps;
    private final List<CaptureInterface> interfaces;
    private final Frame frame = new Frame();
    private long delivered;

    private LiveCapture(List<Tap> taps) {
        this.taps = taps;
        this.interfaces = taps.stream().map(Tap::description).toList();
    }

    /**
     * Begins to capture.
     *
     * @param options one or several interfaces
     * @throws IllegalArgumentException if there are none
     * @throws LiveException if one of them cannot be captured from
     */
    public static LiveCapture open(List<LiveOptions> options) throws LiveException {
        if (options.isEmpty()) {
            throw new IllegalArgumentException("no interface");
        }
        List<Tap> taps = new ArrayList<>();
        try {
            for (LiveOptions each : options) {
                taps.add(Tap.open(each));
            }
            return new LiveCapture(List.copyOf(taps));
        } catch (LiveException failed) {
            taps.forEach(Tap::close);
            throw failed;
        }
    }

    /** The interfaces as a capture file describes them, in the order in which they were named. */
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }

    /**
     * Hands over packets that wait, of each interface some, and does not wait for more.
     *
     * @return whether the sink wants more
     * @throws LiveException if an interface cannot be captured from any more
     * @throws IOException what the sink throws
     */
    public boolean poll(FrameSink sink) throws IOException {
        for (int i = 0; i < taps.size(); i++) {
            frame.setInterface(i, i);
            if (!taps.get(i).poll(frame, numbered -> {
                numbered.setPlace(++delivered, 0);
                return sink.take(numbered);
            })) {
                return false;
            }
        }
        return true;
    }

    /** Waits until it is worth asking again. An interruption of the thread ends the waiting. */
    public void await() {
        LockSupport.parkNanos(NAP_NANOS);
    }

    /**
     * Hands over what the kernel has kept until now, and what comes while that is fetched.
     *
     * @throws IOException as {@link #poll} does
     */
    public void drain(FrameSink sink) throws IOException {
        long[] kept = taps.stream().mapToLong(Tap::kept).toArray();
        long start = System.nanoTime();
        boolean more = true;
        while (more && !isFetched(kept) && System.nanoTime() - start < DRAIN_NANOS) {
            long before = delivered;
            more = poll(sink);
            if (delivered == before) {
                await();
            }
        }
    }

    private boolean isFetched(long[] kept) {
        for (int i = 0; i < kept.length; i++) {
            if (taps.get(i).delivered() < kept[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many packets were handed over. */
    public long delivered() {
        return delivered;
    }

    /**
     * What each interface has counted so far.
     *
     * @return in the order of {@link #interfaces()}: packets received, which passed the filter; dropped by the system for want
     *     of room; dropped by the interface; delivered to the sink
     */
    public List<InterfaceStatistics> statistics() {
        return taps.stream().map(Tap::statistics).toList();
    }

    @Override
    public void close() {
        taps.forEach(Tap::close);
    }
}
