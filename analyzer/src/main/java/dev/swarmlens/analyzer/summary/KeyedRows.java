package dev.swarmlens.analyzer.summary;

import java.util.Arrays;

/**
 * Rows that are found by a key of several longs, their first columns: the one hash table of all summaries. Rows stand in
 * the order in which their keys came first.
 */
public final class KeyedRows extends Rows {
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;
    private static final int NONE = -1;

    private final int keyWidth;
    private int[] slots = newSlots(64);
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

    private static int[] newSlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }

    /**
     * Finds the row of a key, or appends one; a new row's other columns are 0.
     *
     * @param key at least as long as a key
     * @return the row's number; it is new if it equals the {@link #size} before the call
     */
    public int findOrAppend(long[] key) {
        // packets come in trains, so the last row is often the next one
        if (last != NONE && matches(last, key)) {
            return last;
        }
        int mask = slots.length - 1;
        int slot = hash(key) & mask;
        for (; slots[slot] != NONE; slot = slot + 1 & mask) {
            if (matches(slots[slot], key)) {
                last = slots[slot];
                return last;
            }
        }
        int row = append();
        System.arraycopy(key, 0, chunkOf(row), offsetOf(row), keyWidth);
        slots[slot] = row;
        if (2 * size() > slots.length) {
            grow();
        }
        last = row;
        return row;
    }

    /** Finds the row of a key, or returns −1. */
    public int find(long[] key) {
        int mask = slots.length - 1;
        for (int slot = hash(key) & mask; slots[slot] != NONE; slot = slot + 1 & mask) {
            if (matches(slots[slot], key)) {
                return slots[slot];
            }
        }
        return NONE;
    }

    /** Copies a row's key. */
    public void copyKey(int row, long[] key) {
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
            hash = (hash ^ key[i]) * SPREAD;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private void grow() {
        long[] key = new long[keyWidth];
        slots = newSlots(2 * slots.length);
        int mask = slots.length - 1;
        for (int row = 0; row < size(); row++) {
            copyKey(row, key);
            int slot = hash(key) & mask;
            while (slots[slot] != NONE) {
                slot = slot + 1 & mask;
            }
            slots[slot] = row;
        }
    }
}
