package dev.swarmlens.analyzer.summary;

/**
 * Which sequence numbers one direction of a connection has carried: a union of intervals, so that what was sent again is
 * payload minus the union, however the capture is cut.
 *
 * <p>The highest interval stands in the conversation's row, since it is the one that grows; lower ones, left behind by
 * holes, stand here as a linked list in descending order, and usually there are none.
 */
final class SequenceRanges {
    private static final int LOW = 0;
    private static final int HIGH = 1;
    private static final int NEXT = 2;
    private static final int WIDTH = 3;
    /** No interval; row numbers are kept plus one, so that a row of zeros has an empty list. */
    static final int NONE = 0;
    /** More intervals than this in one direction are no connection's but an attack's; the lowest hole is then closed. */
    private static final int MAX_LENGTH = 1024;

    private final Rows rows = new Rows(WIDTH);
    private int free = NONE;

    /** Puts an interval in front of a list and returns the new head. */
    int push(int head, long low, long high) {
        int node = free;
        if (node == NONE) {
            node = rows.append() + 1;
        } else {
            free = next(node);
        }
        rows.set(node - 1, LOW, low);
        rows.set(node - 1, HIGH, high);
        rows.set(node - 1, NEXT, head);
        return node;
    }

    /** Takes the first interval off a list and returns the new head. */
    int pop(int head) {
        int next = next(head);
        rows.set(head - 1, NEXT, free);
        free = head;
        return next;
    }

    /** Adds an interval to a list, joins what touches, and returns the head. */
    int add(int head, long low, long high) {
        int before = NONE;
        int node = head;
        int length = 0;
        while (node != NONE && low(node) > high) {
            before = node;
            node = next(node);
            length++;
        }
        if (length >= MAX_LENGTH) {
            rows.min(before - 1, LOW, low);
            return head;
        }
        long joinedLow = low;
        long joinedHigh = high;
        while (node != NONE && high(node) >= low) {
            joinedLow = Math.min(joinedLow, low(node));
            joinedHigh = Math.max(joinedHigh, high(node));
            node = pop(node);
        }
        int joined = push(node, joinedLow, joinedHigh);
        if (before == NONE) {
            return joined;
        }
        rows.set(before - 1, NEXT, joined);
        return head;
    }

    long low(int node) {
        return rows.get(node - 1, LOW);
    }

    long high(int node) {
        return rows.get(node - 1, HIGH);
    }

    int next(int node) {
        return rows.getInt(node - 1, NEXT);
    }
}
