package dev.swarmlens.samples.traffic;

import dev.swarmlens.samples.wire.FrameSink;
import dev.swarmlens.samples.wire.Recorder;
import dev.swarmlens.samples.wire.Wire;
import java.io.IOException;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Lets everybody act in the order of time. Memory depends on how many act at the same time, not on how long. */
public final class Stage {
    private record Turn(long nanos, long order, Actor actor) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Predicate<Recorder> enough;
    private final BooleanSupplier stop;
    private final long end;
    private long count;
    private int foreground;
    private boolean over;

    /**
     * An empty stage.
     *
     * @param endNanos from when on nothing new begins
     * @param enough asked again and again whether enough was recorded
     * @param stop asked again and again whether to leave everything as it is
     */
    public Stage(long endNanos, Predicate<Recorder> enough, BooleanSupplier stop) {
        this.end = endNanos;
        this.enough = enough;
        this.stop = stop;
    }

    /** Lets somebody act. */
    public void add(long nanos, Actor actor) {
        if (!actor.isBackground()) {
            foreground++;
        }
        turns.add(new Turn(nanos, count++, actor));
    }

    /** Whether nothing new is to begin. */
    boolean isOver(long nanos) {
        return over || nanos >= end;
    }

    /**
     * Acts until nobody has anything left to do.
     *
     * @param sink gets what is captured, from another thread
     * @return the recorder, closed
     * @throws IOException if a frame cannot be written
     */
    public Recorder play(Wire wire, FrameSink sink) throws IOException {
        try (Recorder recorder = wire.recorder(sink)) {
            while (!turns.isEmpty() && !stop.getAsBoolean()) {
                Turn turn = turns.poll();
                wire.drain(turn.nanos, recorder);
                recorder.check();
                over |= enough.test(recorder);
                act(turn);
            }
            wire.drain(Long.MAX_VALUE, recorder);
            return recorder;
        }
    }

    private void act(Turn turn) {
        if (turn.actor.isBackground() && foreground == 0) {
            return;
        }
        long next = turn.actor.act(turn.nanos, this);
        if (next != Actor.NEVER) {
            turns.add(new Turn(next, count++, turn.actor));
        } else if (!turn.actor.isBackground()) {
            foreground--;
        }
    }
}
