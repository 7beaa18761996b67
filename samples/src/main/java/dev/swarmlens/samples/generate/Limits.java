package dev.swarmlens.samples.generate;

/**
 * How long to go on. With a limit, conversations begin until it is reached, and those that have begun are finished; without one,
 * there are as many as the scenario says.
 *
 * @param packets how many frames, over all points; {@link Long#MAX_VALUE} for no limit
 * @param bytes how many bytes of frames, over all points; {@link Long#MAX_VALUE} for no limit
 * @param nanos how long, in the scenario's time; {@link Long#MAX_VALUE} for no limit
 */
public record Limits(long packets, long bytes, long nanos) {
    /** As the scenario says. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    boolean isEndless() {
        return !equals(NONE);
    }
}
