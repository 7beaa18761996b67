package dev.swarmlens.samples.wire;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Frames that were captured, until nothing can come any more that was captured before them. */
final class FrameQueue {
    private final PriorityQueue<Sighting> waiting = new PriorityQueue<>();
    private long count;

    void capture(Point point, long nanos, Travelling frame, int fault) {
        frame.expect();
        waiting.add(new Sighting(point, nanos + point.node().clockNanos(), count++, frame, fault));
    }

    /** Passes on what was captured until then, by the nodes' clocks. */
    void drain(long nanos, Consumer<Sighting> sink) {
        while (!waiting.isEmpty() && waiting.peek().nanos() <= nanos) {
            sink.accept(waiting.poll());
        }
    }
}
