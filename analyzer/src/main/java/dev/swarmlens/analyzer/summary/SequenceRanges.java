package dev.swarmlens.analyzer.summary;

import java.util.Arrays;

/**
 * Which sequence numbers a direction of a connection has carried below its highest interval: intervals left behind by holes. The
 * highest one stands in the conversation's row, since it is the one that grows.
 *
 * <p>Usually there are none. At most {@value #MAX} are kept of a direction: then the lowest hole is taken as filled, so that a
 * capture that lost packets all along does not fill the memory.
 */
final class SequenceRanges {
    /** No intervals. */
    static final int NONE = 0;

    static final int MAX = 4096;

    private static final int COUNT = 0;
    private static final int FIRST = 1;

    /** By number: how many intervals, then the beginning and the end of each, in ascending order. */
    private long[][] lists = new long[4][];

    private int used = NONE;

    /** A new list of intervals. */
    int begin() {
        used++;
        if (used == lists.length) {
            lists = Arrays.copyOf(lists, 2 * used);
        }
        lists[used] = new long[FIRST + 4];
        return used;
    }

    /** Adds an interval and joins what touches; returns how much of it was there. */
    long add(int list, long low, long high) {
        long[] ranges = lists[list];
        int end = FIRST + 2 * (int) ranges[COUNT];
        int from = FIRST + 2 * firstThatEndsBehind(ranges, low);
        int to = from;
        long joinedLow = low;
        long joinedHigh = high;
        long overlap = 0;
        for (; to < end && ranges[to] <= high; to += 2) {
            overlap += Math.max(0, Math.min(high, ranges[to + 1]) - Math.max(low, ranges[to]));
            joinedLow = Math.min(joinedLow, ranges[to]);
            joinedHigh = Math.max(joinedHigh, ranges[to + 1]);
        }
        replace(list, from, to, joinedLow, joinedHigh);
        return overlap;
    }

    /** The lowest interval that touches or lies above a number: since most are added on top, looked for from there. */
    private static int firstThatEndsBehind(long[] ranges, long low) {
        int from = 0;
        int to = (int) ranges[COUNT];
        int middle = to - 1;
        while (from < to) {
            if (ranges[FIRST + 2 * middle + 1] < low) {
                from = middle + 1;
            } else {
                to = middle;
            }
            middle = (from + to) >>> 1;
        }
        return from;
    }

    /** Puts one interval in the place of those from an index to another. */
    private void replace(int list, int from, int to, long low, long high) {
        long[] ranges = lists[list];
        int end = FIRST + 2 * (int) ranges[COUNT];
        int newEnd = end - (to - from) + 2;
        if (newEnd > ranges.length) {
            ranges = Arrays.copyOf(ranges, FIRST + 2 * (ranges.length - FIRST));
            lists[list] = ranges;
        }
        System.arraycopy(ranges, to, ranges, from + 2, end - to);
        int count = (newEnd - FIRST) / 2;
        ranges[from] = low;
        ranges[from + 1] = high;
        ranges[COUNT] = count;
        if (count > MAX) {
            forgetLowestHole(ranges, newEnd);
        }
    }

    private static void forgetLowestHole(long[] ranges, int end) {
        ranges[FIRST + 2] = ranges[FIRST];
        System.arraycopy(ranges, FIRST + 2, ranges, FIRST, end - FIRST - 2);
        ranges[COUNT]--;
    }

    /** How many intervals there are. */
    int count(int list) {
        return (int) lists[list][COUNT];
    }

    /** Where an interval begins, counted from the lowest. */
    long low(int list, int index) {
        return lists[list][FIRST + 2 * index];
    }

    /** Where an interval ends. */
    long high(int list, int index) {
        return lists[list][FIRST + 2 * index + 1];
    }

    /** Takes the highest interval away. */
    void removeHighest(int list) {
        lists[list][COUNT]--;
    }
}
