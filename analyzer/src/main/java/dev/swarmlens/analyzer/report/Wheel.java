package dev.swarmlens.analyzer.report;

import java.util.HashSet;
import java.util.List;

/**
 * The round-robin wheel of a service on an entry node, from the order in which connections met its backends: the period
 * after which the sequence repeats itself best. Several tasks on the entry node itself look alike on the wire, so it is the
 * period that counts the backends and not the names.
 *
 * @param backends how many connections a turn has
 * @param inOrder connections that met the same backend as the one a turn before
 * @param outOfOrder connections that met another
 */
record Wheel(int backends, long inOrder, long outOfOrder) {
    /** A repetition seen less often than this may be chance. */
    private static final int MIN_REPETITIONS = 1;

    /**
     * Finds the wheel.
     *
     * @param sequence the backends in the order of the connections
     * @return {@code null} if the sequence is too short to repeat itself
     */
    static Wheel of(List<?> sequence) {
        int distinct = new HashSet<>(sequence).size();
        Wheel best = null;
        int longest = sequence.size() / (1 + MIN_REPETITIONS);
        for (int period = Math.max(1, distinct); period <= longest; period++) {
            Wheel wheel = withPeriod(sequence, period);
            if (best == null || wheel.inOrder > best.inOrder) {
                best = wheel;
            }
        }
        return best;
    }

    private static Wheel withPeriod(List<?> sequence, int period) {
        int inOrder = 0;
        for (int i = period; i < sequence.size(); i++) {
            if (sequence.get(i).equals(sequence.get(i - period))) {
                inOrder++;
            }
        }
        return new Wheel(period, inOrder, sequence.size() - period - inOrder);
    }
}
