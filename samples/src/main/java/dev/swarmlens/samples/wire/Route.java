package dev.swarmlens.samples.wire;

import java.util.List;

/** A way from one host to another. What is sent first is everywhere first. */
public final class Route {
    private final List<Leg> legs;
    private final long[] latest;

    /** A way of legs, in their order. */
    public Route(List<Leg> legs) {
        this.legs = List.copyOf(legs);
        this.latest = new long[legs.size() + 1];
    }

    /** The legs, in their order. */
    public List<Leg> legs() {
        return legs;
    }

    /** When something that could pass a leg at a time does pass it; the last index is the arrival. */
    long pass(int leg, long nanos) {
        latest[leg] = Math.max(nanos, latest[leg] + 1000);
        return latest[leg];
    }
}
