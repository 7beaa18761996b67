package dev.swarmlens.samples.traffic;

import dev.swarmlens.samples.wire.FrameSink;
import dev.swarmlens.samples.wire.Wire;
import java.io.IOException;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

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
    private final BooleanSupplier enough;
    private final long end;
    private long count;
    private int foreground;
    private boolean over;

    /**
     * An empty stage.
     *
     * @param endNanos from when on nothing new begins
     * @param enough asked again and again whether that is so already
     */
    public Stage(long endNanos, BooleanSupplier enough) {
        this.end = endNanos;
        this.enough = enough;
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
     * @throws IOException if a frame cannot be written
     */
    public void play(Wire wire, FrameSink sink) throws IOException {
        while (!turns.isEmpty()) {
            Turn turn = turns.poll();
            if (turn.actor.isBackground() && foreground == 0) {
                continue;
            }
            wire.drain(turn.nanos, sink);
            over |= enough.getAsBoolean();
            long next = turn.actor.act(turn.nanos, this);
            if (next != Actor.NEVER) {
                turns.add(new Turn(next, count++, turn.actor));
            } else if (!turn.actor.isBackground()) {
                foreground--;
            }
        }
        wire.drain(Long.MAX_VALUE, sink);
    }
}
