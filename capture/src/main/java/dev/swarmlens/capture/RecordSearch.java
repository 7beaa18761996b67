package dev.swarmlens.capture;

import java.io.IOException;

/**
 * Looks for the place where records go on: one at which several in a row are plausible. It may be wrong, as the contents of
 * packets may look like records.
 */
final class RecordSearch {
    /** No record begins here. */
    static final int IMPLAUSIBLE = -1;
    /** The file ends before the header of a record is whole. */
    static final int FILE_ENDS = -2;
    /** A block begins here that can hardly be anything else. */
    static final int CERTAIN = -3;

    /** How many must follow each other: fewer only at the end of the file. */
    private static final int ROW = 3;

    private final Input input;
    private final Records records;

    /** What a format's records look like. */
    interface Records {
        /** The smallest distance between two of them. */
        int step();

        /**
         * The length of the record at a place, if there may be one.
         *
         * @param ahead how far from the input's position it begins
         * @param before how far the record before it begins; -1 if it is the first
         * @return its length, or one of the constants
         */
        int plausibleLength(int ahead, int before) throws IOException;
    }

    RecordSearch(Input input, Records records) {
        this.input = input;
        this.records = records;
    }

    /** The smallest distance between two records. */
    int step() {
        return records.step();
    }

    /**
     * Moves to the next place at which records are plausible, be it the one where the input is.
     *
     * @param within how far to go at most
     * @param span how many bytes the records in a row must have at least
     * @return false if there is no such place; the input has moved all the same
     */
    boolean find(long within, int span) throws IOException {
        long passed = 0;
        while (!isRow(span)) {
            if (passed >= within || !input.require(records.step())) {
                input.skip(input.available());
                return false;
            }
            input.advance(records.step());
            passed += records.step();
        }
        return true;
    }

    private boolean isRow(int span) throws IOException {
        int ahead = 0;
        int before = -1;
        int count = 0;
        while (count < ROW || ahead < span) {
            int length = records.plausibleLength(ahead, before);
            if (length == FILE_ENDS) {
                return count >= ROW || (count > 0 && ahead == input.available());
            }
            if (length < 0) {
                return length == CERTAIN;
            }
            before = ahead;
            ahead += length;
            count++;
        }
        return true;
    }
}
