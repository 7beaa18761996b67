package dev.swarmlens.analyzer.summary;

/**
 * SYN-ACKs to different SYNs in conversations whose SYN is not there: an earlier part of the capture may hold it and will then
 * say which of them counts. Nearly always there is one, which stands in the conversation's row; the others stand here.
 */
final class Answers {
    private static final int OPENING = 0;
    private static final int TIME = 1;
    private static final int NEXT = 2;
    private static final int WIDTH = 3;
    /** No answer; row numbers are kept plus one, so that a row of zeros has an empty list. */
    static final int NONE = 0;
    /** More different answers than this are no connection's but an attack's, and are not kept. */
    private static final int MAX_LENGTH = 64;

    private final Rows rows = new Rows(WIDTH);

    /** Adds an answer to a list, or its time to the same answer; returns the new head. */
    int add(int head, long opening, long time) {
        int length = 0;
        for (int node = head; node != NONE; node = next(node)) {
            if (opening(node) == opening) {
                rows.min(node - 1, TIME, time);
                return head;
            }
            length++;
        }
        if (length >= MAX_LENGTH) {
            return head;
        }
        int node = rows.append() + 1;
        rows.set(node - 1, OPENING, opening);
        rows.set(node - 1, TIME, time);
        rows.set(node - 1, NEXT, head);
        return node;
    }

    long opening(int node) {
        return rows.get(node - 1, OPENING);
    }

    long time(int node) {
        return rows.get(node - 1, TIME);
    }

    int next(int node) {
        return rows.getInt(node - 1, NEXT);
    }
}
