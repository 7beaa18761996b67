package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.Frame;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When to send which frame: as they were captured, faster or slower, or so many a second, or at once. */
abstract class Pace {
    /** A thread that sleeps wakes up late by about as much; the rest of the time is spent awake. */
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private long start;
    private long due;
    private boolean begun;

    /** At the times in the file, divided by a factor. */
    static Pace byTime(double factor) {
        return new Pace() {
            private long last = Frame.NO_TIME;

            @Override
            long gap(Frame frame) {
                long gap = last == Frame.NO_TIME || !frame.hasTime() ? 0 : frame.timeNanos() - last;
                if (frame.hasTime()) {
                    last = frame.timeNanos();
                }
                // times may go backwards, the clock does not
                return (long) (Math.max(0, gap) / factor);
            }

            @Override
            void beginFile() {
                last = Frame.NO_TIME;
            }
        };
    }

    /** So many a second. */
    static Pace byRate(double perSecond) {
        return new Pace() {
            private double nanos;

            @Override
            long gap(Frame frame) {
                double before = nanos;
                nanos += TimeUnit.SECONDS.toNanos(1) / perSecond;
                return (long) nanos - (long) before;
            }
        };
    }

    /** One after the other. */
    static Pace asFast() {
        return new Pace() {
            @Override
            long gap(Frame frame) {
                return 0;
            }
        };
    }

    /** Nanoseconds between the frame before and this one; asked for the first one, too, where it does not count. */
    abstract long gap(Frame frame);

    /** Says that the next frame is the first of a file. */
    void beginFile() {}

    /** Waits until it is time for a frame, or the user has had enough. */
    void await(Frame frame) {
        long gap = gap(frame);
        if (!begun) {
            return;
        }
        due += gap;
        long left = left();
        while (left > 0 && !Interruption.isRequested()) {
            if (left > AWAKE_NANOS) {
                LockSupport.parkNanos(left - AWAKE_NANOS);
            } else {
                Thread.onSpinWait();
            }
            left = left();
        }
    }

    /** Says that a frame is on its way: the clock begins with the first, which takes longer because the library is loaded. */
    void sent() {
        if (!begun) {
            begun = true;
            start = System.nanoTime();
        }
    }

    private long left() {
        return start + due - System.nanoTime();
    }

    /** Nanoseconds since the first frame was sent. */
    long elapsed() {
        return begun ? System.nanoTime() - start : 0;
    }
}
