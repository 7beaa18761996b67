package dev.swarmlens.analyzer.swarm;

import java.util.Comparator;

/** From the routing mesh of the node with underlay address {@code entry} to one backend. */
record Leg(String entry, String backend) implements Comparable<Leg> {

    private static final Comparator<Leg> ORDER =
            Comparator.comparing(Leg::entry).thenComparing(Leg::backend);

    @Override
    public int compareTo(Leg other) {
        return ORDER.compare(this, other);
    }
}
