package dev.swarmlens.samples.traffic;

import dev.swarmlens.samples.wire.Path;

/** A conversation from its first packet to its last, which it notes in the ledger. */
abstract class Conversation implements Actor {
    private final Talk talk;
    private final Ledger ledger;
    private final Path path;
    private long start = NEVER;
    private long end = NEVER;
    private int answered;
    private long bytesForward;
    private long bytesBackward;

    Conversation(Talk talk, Ledger ledger, Path path) {
        this.talk = talk;
        this.ledger = ledger;
        this.path = path;
    }

    @Override
    public final long act(long now, Stage stage) {
        if (end != NEVER) {
            return NEVER;
        }
        start = Math.min(start, now);
        long next = proceed(now);
        // it stays until its last packet, so that whatever is in the background goes on until then
        return next == NEVER ? Math.max(end, now) : next;
    }

    /** Does what is to be done next; see {@link Actor#act}. */
    abstract long proceed(long now);

    Talk talk() {
        return talk;
    }

    /** Counts what was sent and answered. */
    void count(long forward, long backward) {
        bytesForward += forward;
        bytesBackward += backward;
        if (backward > 0) {
            answered++;
        }
    }

    int answered() {
        return answered;
    }

    /** Ends the conversation. */
    long end(long now, Talk.Outcome outcome) {
        end = now;
        boolean captured = path.forward().isCaptured() || path.backward().isCaptured();
        ledger.ended(talk, outcome, start, now, answered, bytesForward, bytesBackward, captured);
        return NEVER;
    }

    /** Whether it has ended by then. */
    boolean isOver(long now) {
        return end <= now;
    }
}
