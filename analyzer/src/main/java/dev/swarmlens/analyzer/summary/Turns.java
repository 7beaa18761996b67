package dev.swarmlens.analyzer.summary;

/**
 * Who claimed one address, turn after turn: a turn lasts until another claimant sends. Of very many turns the first and the
 * last are kept, and the number of all; that merges exactly, wherever a capture was cut.
 */
public final class Turns {
    /** How many of the first turns are kept, and how many of the last. */
    static final int KEPT = 8;

    private static final int MAX = 2 * KEPT;

    private final int[] claims = new int[MAX + 1];
    private final long[] firsts = new long[MAX + 1];
    private final long[] lasts = new long[MAX + 1];
    private int count;
    private long total;

    Turns() {}

    /** Adds packets of a claim, a row of {@link Claims}, that came after all others. */
    void add(int claim, long first, long last) {
        if (count > 0 && claims[count - 1] == claim) {
            firsts[count - 1] = Math.min(firsts[count - 1], first);
            lasts[count - 1] = Math.max(lasts[count - 1], last);
            return;
        }
        append(claim, first, last);
    }

    private void append(int claim, long first, long last) {
        claims[count] = claim;
        firsts[count] = first;
        lasts[count++] = last;
        total++;
        if (count > MAX) {
            forget(KEPT);
        }
    }

    private void forget(int turn) {
        count--;
        System.arraycopy(claims, turn + 1, claims, turn, count - turn);
        System.arraycopy(firsts, turn + 1, firsts, turn, count - turn);
        System.arraycopy(lasts, turn + 1, lasts, turn, count - turn);
    }

    /** Adds the turns that came after these. */
    void absorb(Turns later, int[] claimMap) {
        add(claimMap[later.claims[0]], later.firsts[0], later.lasts[0]);
        for (int turn = 1; turn < later.count; turn++) {
            if (turn == KEPT && later.total > later.count) {
                // between these there were others, so none before is one of the last any more
                total += later.total - later.count;
                count = Math.min(count, KEPT);
            }
            append(claimMap[later.claims[turn]], later.firsts[turn], later.lasts[turn]);
        }
    }

    /** How many turns are kept. */
    public int size() {
        return count;
    }

    /** How many turns there were. */
    public long total() {
        return total;
    }

    /** Whose turn it was, as a row of {@link Claims}. */
    public int claim(int turn) {
        return claims[turn];
    }

    /** The time of the turn's first packet; {@link Long#MAX_VALUE} if no packet had a time. */
    public long first(int turn) {
        return firsts[turn];
    }

    /** The time of the turn's last packet; {@link Long#MIN_VALUE} if no packet had a time. */
    public long last(int turn) {
        return lasts[turn];
    }
}
