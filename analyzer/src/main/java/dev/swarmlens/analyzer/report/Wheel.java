package dev.swarmlens.analyzer.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    /** More tasks than this no service has; it bounds the search in a sequence that has no order. */
    private static final int MAX_BACKENDS = 1000;
    /** So many connections show the period of any wheel. */
    private static final int ENOUGH = 20 * MAX_BACKENDS;

    /**
     * Finds the wheel.
     *
     * @param sequence the backends in the order of the connections
     * @return {@code null} if the sequence is too short to repeat itself
     */
    static Wheel of(List<?> sequence) {
        return of(numbered(sequence));
    }

    /** A sequence of names as one of numbers, in the order of first appearance. */
    static int[] numbered(List<?> sequence) {
        Map<Object, Integer> numbers = new HashMap<>();
        int[] numbered = new int[sequence.size()];
        for (int i = 0; i < numbered.length; i++) {
            numbered[i] = numbers.computeIfAbsent(sequence.get(i), any -> numbers.size());
        }
        return numbered;
    }

    static Wheel of(int[] sequence) {
        int distinct = (int) Arrays.stream(sequence).distinct().count();
        int enough = Math.max(ENOUGH, ENOUGH / MAX_BACKENDS * distinct);
        int[] beginning = sequence.length > enough ? Arrays.copyOf(sequence, enough) : sequence;
        int longest = Math.min(beginning.length / (1 + MIN_REPETITIONS), Math.max(distinct, MAX_BACKENDS));
        Wheel best = null;
        for (int period = Math.max(1, distinct); period <= longest; period++) {
            if (best != null && best.inOrder >= beginning.length - period) {
                break; // no longer turn can be better
            }
            Wheel wheel = withPeriod(beginning, period);
            if (best == null || wheel.inOrder > best.inOrder) {
                best = wheel;
            }
        }
        return best == null || beginning.length == sequence.length ? best : withPeriod(sequence, best.backends);
    }

    private static Wheel withPeriod(int[] sequence, int period) {
        int inOrder = 0;
        for (int i = period; i < sequence.length; i++) {
            if (sequence[i] == sequence[i - period]) {
                inOrder++;
            }
        }
        return new Wheel(period, inOrder, sequence.length - period - inOrder);
    }
}
