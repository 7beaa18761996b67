package dev.swarmlens.samples.wire;

/**
 * A frame, captured.
 *
 * @param nanos when, by the clock there
 * @param order of what is captured at the same time
 * @param fault the number of the fault that it shows, -1 if none
 */
record Sighting(Point point, long nanos, long order, Travelling frame, int fault) implements Comparable<Sighting> {
    @Override
    public int compareTo(Sighting other) {
        int byTime = Long.compare(nanos, other.nanos);
        return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
}
