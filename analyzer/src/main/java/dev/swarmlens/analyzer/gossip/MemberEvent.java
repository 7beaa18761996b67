package dev.swarmlens.analyzer.gossip;

/**
 * That a member came, went, or was taken for gone.
 *
 * @param time when it was first told, in nanoseconds since 1970 UTC; {@link Long#MIN_VALUE} if the capture does not say
 * @param member its name in the cluster, 12 hexadecimal digits; no name that Docker knows
 * @param kind what happened
 * @param by the member that says so; {@code null} if not told
 */
public record MemberEvent(long time, String member, Kind kind, String by) {
    /** What happened. */
    public enum Kind {
        /** It joined the cluster, as it says itself. */
        JOINED,
        /** It lives. */
        ALIVE,
        /** It did not answer probes. */
        SUSPECTED,
        /** It was given up. */
        DEAD,
        /** It left by its own will. */
        LEFT
    }
}
