package dev.swarmlens.analyzer.summary;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rows that are found by a key of several longs, their first columns: the one hash table of all summaries. Rows stand in
 * the order in which their keys came first.
 */
public class KeyedRows extends Rows {
    private static final int NONE = -1;
    private static final int MAX_KEY = 8;
    /**
     * What a key's longs are multiplied with: odd, and other ones in each process, so that nobody can send packets whose keys all
     * meet in one slot.
     */
    private static final long[] FACTORS = new SplittableRandom(
                    System.nanoTime() ^ ProcessHandle.current().pid())
            .longs(MAX_KEY)
            .map(factor -> factor | 1)
            .toArray();

    /** A slot that no key is in. */
    private static final long EMPTY = -1;

    private final int keyWidth;
    /** In each slot a key's hash, so that growing and other keys need not look at its row, and below it the row's number. */
    private long[] slots = newSlots(64);

    private int used;
    private int last = NONE;

    /**
     * An empty table.
     *
     * @param keyWidth how many longs a key has
     * @param width how many longs a row has, the key included
     */
    public KeyedRows(int keyWidth, int width) {
        super(width);
        this.keyWidth = keyWidth;
    }

    private static long[] newSlots(int length) {
        long[] slots = new long[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    private static long entry(int hash, int row) {
        return (long) hash << Integer.SIZE | row;
    }

    private static int hashOf(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    /** The row of an entry; {@link #NONE} if it is {@link #EMPTY}. */
    private static int rowOf(long entry) {
        return (int) entry;
    }

    /**
     * Finds the row of a key, or appends one; a new row's other columns are 0.
     *
     * @param key at least as long as a key
     * @return the row's number; it is new if it equals the {@link #size} before the call
     */
    public final int findOrAppend(long[] key) {
        return findOrAppend(key, hash(key));
    }

    private int findOrAppend(long[] key, int hash) {
        // packets come in trains, so the last row is often the next one
        if (last != NONE && matches(last, key)) {
            return last;
        }
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (; slots[slot] != EMPTY; slot = slot + 1 & mask) {
            if (hashOf(slots[slot]) == hash && matches(rowOf(slots[slot]), key)) {
                last = rowOf(slots[slot]);
                return last;
            }
        }
        int row = append(key);
        slots[slot] = entry(hash, row);
        used++;
        last = row;
        if (2 * used > slots.length) {
            grow();
        }
        return row;
    }

    /**
     * Appends another row with the key of a row, to be found instead of it from now on.
     *
     * @return the new row, whose other columns are 0
     */
    final int supersede(int row) {
        long[] key = new long[keyWidth];
        copyKey(row, key);
        int hash = hash(key);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (rowOf(slots[slot]) != row) {
            slot = slot + 1 & mask;
        }
        last = append(key);
        slots[slot] = entry(hash, last);
        return last;
    }

    private int append(long[] key) {
        int row = append();
        System.arraycopy(key, 0, chunkOf(row), offsetOf(row), keyWidth);
        return row;
    }

    /**
     * Several keys that are looked for one after the other. In a large table each of them is far away in memory; so all are reached
     * for at once, and the waiting times pass together.
     */
    final class Batch {
        /** How many keys there are at most. */
        static final int LENGTH = 16;

        /** Columns that lie in different cache lines and are needed first. */
        private static final int LINE = 64 / Long.BYTES;

        private final long[][] keys = new long[LENGTH][keyWidth];
        private final int[] hashes = new int[LENGTH];
        private final int[] rows = new int[LENGTH];
        private long reached;

        /** The key at an index, to be filled in. */
        long[] key(int index) {
            return keys[index];
        }

        /** Reaches for the first rows that the keys may be in. */
        void reach(int count) {
            int mask = slots.length - 1;
            for (int i = 0; i < count; i++) {
                hashes[i] = hash(keys[i]);
                rows[i] = rowOf(slots[hashes[i] & mask]);
            }
            for (int i = 0; i < count; i++) {
                if (rows[i] != NONE) {
                    long[] chunk = chunkOf(rows[i]);
                    int offset = offsetOf(rows[i]);
                    reached += chunk[offset] + chunk[offset + LINE] + chunk[offset + 2 * LINE];
                }
            }
        }

        /** Finds the row of the key at an index, or appends one. */
        int findOrAppend(int index) {
            return KeyedRows.this.findOrAppend(keys[index], hashes[index]);
        }

        /** Keeps the reaching from being optimised away. */
        long reached() {
            return reached;
        }
    }

    /** Finds the row of a key, or returns −1. */
    public final int find(long[] key) {
        int hash = hash(key);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != EMPTY; slot = slot + 1 & mask) {
            if (hashOf(slots[slot]) == hash && matches(rowOf(slots[slot]), key)) {
                return rowOf(slots[slot]);
            }
        }
        return NONE;
    }

    /** Copies a row's key. */
    public final void copyKey(int row, long[] key) {
        System.arraycopy(chunkOf(row), offsetOf(row), key, 0, keyWidth);
    }

    private boolean matches(int row, long[] key) {
        long[] chunk = chunkOf(row);
        int offset = offsetOf(row);
        for (int i = 0; i < keyWidth; i++) {
            if (chunk[offset + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private int hash(long[] key) {
        long hash = 0;
        for (int i = 0; i < keyWidth; i++) {
            hash += key[i] * FACTORS[i];
        }
        return (int) ((hash ^ hash >>> Integer.SIZE) * FACTORS[0] >>> Integer.SIZE);
    }

    private void grow() {
        long[] old = slots;
        slots = newSlots(2 * old.length);
        int mask = slots.length - 1;
        for (long entry : old) {
            if (entry != EMPTY) {
                int slot = hashOf(entry) & mask;
                while (slots[slot] != EMPTY) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    /** How many keys there are. */
    public final int keys() {
        return used;
    }
}
