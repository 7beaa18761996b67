package dev.swarmlens.samples.traffic;

/** A conversation from its first packet to its last, which it notes in the ledger. */
abstract class Conversation implements Actor {
    private final Talk talk;
    private final Ledger ledger;
    private long start = NEVER;
    private int answered;
    private long bytesForward;
    private long bytesBackward;

    Conversation(Talk talk, Ledger ledger) {
        this.talk = talk;
        this.ledger = ledger;
    }

    @Override
    public final long act(long now, Stage stage) {
        start = Math.min(start, now);
        return proceed(now);
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
        ledger.ended(talk, outcome, start, now, answered, bytesForward, bytesBackward);
        return NEVER;
    }
}
