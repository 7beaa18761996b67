package dev.swarmlens.samples.wire;

import java.util.List;

/** A way from one host to another. What is sent first is everywhere first. */
public final class Route {
    private final List<Leg> legs;
    private final long[] latest;
    private final long[] arrived;
    private boolean captured;

    /** A way of legs, in their order. */
    public Route(List<Leg> legs) {
        this.legs = List.copyOf(legs);
        this.latest = new long[legs.size()];
        this.arrived = new long[legs.size()];
    }

    /** The legs, in their order. */
    public List<Leg> legs() {
        return legs;
    }

    /** Whether any capture has anything of what went this way. */
    public boolean isCaptured() {
        return captured;
    }

    /** A capture has something of it. */
    void capture() {
        captured = true;
    }

    /** When something that could enter a leg at a time does enter it. */
    long enter(int leg, long nanos) {
        latest[leg] = Math.max(nanos, latest[leg] + 1000);
        return latest[leg];
    }

    /** When something that could leave a leg at a time does leave it. */
    long leave(int leg, long nanos) {
        arrived[leg] = Math.max(nanos, arrived[leg] + 1000);
        return arrived[leg];
    }
}
