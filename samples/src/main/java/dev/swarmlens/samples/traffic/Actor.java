package dev.swarmlens.samples.traffic;

/** Somebody who acts from time to time. */
public interface Actor {
    /** What {@link #act} says when nothing more is to come. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Acts. Nothing of it is seen before now, and nothing before the time returned remains to be done.
     *
     * @param now in nanoseconds since 1970
     * @param stage where others can be let on
     * @return when to act again, or {@link #NEVER}
     */
    long act(long now, Stage stage);

    /** Whether it goes on only as long as others do. */
    default boolean isBackground() {
        return false;
    }
}
