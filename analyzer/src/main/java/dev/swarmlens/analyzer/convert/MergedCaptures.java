package dev.swarmlens.analyzer.convert;

import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Several captures as one: of the packets that come next in each, the earliest. Captures that are ordered by time themselves
 * are so together; of packets of the same time, those of the first capture come first. Memory does not depend on their length.
 *
 * <p>Not thread-safe.
 */
public final class MergedCaptures {

    /** A capture, and the packet that comes next in it. */
    private static final class Source {
        private final int index;
        private final CaptureReader reader;
        private final Frame frame = new Frame();
        private long time = Long.MIN_VALUE;

        Source(int index, CaptureReader reader) {
            this.index = index;
            this.reader = reader;
        }

        int index() {
            return index;
        }

        /** When its next packet comes; one without a time comes with the packet before. */
        long time() {
            return time;
        }

        boolean advance() throws IOException {
            boolean there = reader.next(frame);
            if (there && frame.hasTime()) {
                time = frame.timeNanos();
            }
            return there;
        }
    }

    private final PriorityQueue<Source> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Source::time).thenComparingInt(Source::index));
    private Source current;

    /**
     * Begins with the first packet of each capture.
     *
     * @param readers left open
     * @throws IOException if reading fails, other than by damage
     */
    public MergedCaptures(List<CaptureReader> readers) throws IOException {
        for (int i = 0; i < readers.size(); i++) {
            Source source = new Source(i, readers.get(i));
            if (source.advance()) {
                waiting.add(source);
            }
        }
    }

    /** Whether some first packet has a time that microseconds do not hold. */
    public boolean beginsWithNanoseconds() {
        return waiting.stream().anyMatch(source -> source.frame.hasTime() && source.frame.timeNanos() % 1000 != 0);
    }

    /**
     * Moves to the next packet.
     *
     * @return whether there is one
     * @throws IOException if reading fails, other than by damage
     */
    public boolean next() throws IOException {
        if (current != null && current.advance()) {
            waiting.add(current);
        }
        current = waiting.poll();
        return current != null;
    }

    /** Which capture the packet is from: its place in the list. */
    public int source() {
        return current.index;
    }

    /** The packet, until the next call of {@link #next}. */
    public Frame frame() {
        return current.frame;
    }
}
