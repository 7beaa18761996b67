package dev.swarmlens.samples.wire;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Frames that were captured, until nothing can come any more that was captured before them. Each is encoded when it is passed on,
 * so that what counts packets, such as the IP identification, counts in the order of time.
 */
final class FrameQueue {
    private static final int FRAME_ROOM = 2048;

    /** Encodes a frame. */
    interface Encoder {
        void encode(Travelling frame);
    }

    /** A frame on its way, and how many captures still wait for it. */
    static final class Travelling {
        private Datagram datagram;
        private Leg leg;
        private Optional<Crossing> crossing = Optional.empty();
        private byte[] bytes = new byte[FRAME_ROOM];
        private int length;
        private int waiting;

        Datagram datagram() {
            return datagram;
        }

        Leg leg() {
            return leg;
        }

        Optional<Crossing> crossing() {
            return crossing;
        }

        /** An array for the encoded frame. */
        byte[] room(int needed) {
            if (bytes.length < needed) {
                bytes = new byte[needed];
            }
            length = needed;
            return bytes;
        }
    }

    private static final class Captured implements Comparable<Captured> {
        private Point point;
        private long nanos;
        private long order;
        private Travelling frame;
        private int fault;

        @Override
        public int compareTo(Captured other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    private final Encoder encoder;
    private final PriorityQueue<Captured> waiting = new PriorityQueue<>();
    private final Deque<Captured> unused = new ArrayDeque<>();
    private final Deque<Travelling> unusedFrames = new ArrayDeque<>();
    private long count;

    FrameQueue(Encoder encoder) {
        this.encoder = encoder;
    }

    /** A frame that is to be captured at least once. */
    Travelling frame(Datagram datagram, Leg leg, Optional<Crossing> crossing) {
        Travelling frame = unusedFrames.isEmpty() ? new Travelling() : unusedFrames.pop();
        frame.datagram = datagram;
        frame.leg = leg;
        frame.crossing = crossing;
        frame.length = 0;
        return frame;
    }

    void capture(Point point, long nanos, Travelling frame, int fault) {
        Captured captured = unused.isEmpty() ? new Captured() : unused.pop();
        captured.point = point;
        captured.nanos = nanos + point.node().clockNanos();
        captured.order = count++;
        captured.frame = frame;
        captured.fault = fault;
        frame.waiting++;
        waiting.add(captured);
    }

    /** Passes on what was captured until then, by the nodes' clocks. */
    void drain(long nanos, FrameSink sink) throws IOException {
        while (!waiting.isEmpty() && waiting.peek().nanos <= nanos) {
            Captured next = waiting.poll();
            if (next.frame.length == 0) {
                encoder.encode(next.frame);
            }
            sink.accept(next.point, next.nanos, next.frame.bytes, next.frame.length, next.fault);
            next.frame.waiting--;
            if (next.frame.waiting == 0) {
                unusedFrames.push(next.frame);
            }
            unused.push(next);
        }
    }
}
