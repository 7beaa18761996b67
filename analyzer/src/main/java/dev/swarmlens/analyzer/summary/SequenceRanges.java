package dev.swarmlens.analyzer.summary;

import java.util.Arrays;

/**
 * Which sequence numbers a direction of a connection has carried below its highest interval: intervals left behind by holes. The
 * highest one stands in the conversation's row, since it is the one that grows.
 *
 * <p>Usually there are none. At most {@value #MAX} are kept of a direction: then the lowest hole is taken as filled, so that a
 * capture that lost packets all along does not fill the memory.
 *
 * <p>All lists lie in a few large arrays, in blocks of a power of two longs. A list that outgrows its block leaves it to
 * others.
 */
final class SequenceRanges {
    /** No intervals. */
    static final int NONE = 0;

    static final int MAX = 4096;

    /** Longs of one interval: its beginning, its end. */
    private static final int WIDTH = 2;

    private static final int FIRST_BITS = 2;
    /** Enough for one interval more than is kept, as there is for a moment. */
    private static final int CHUNK_BITS = 14;

    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int NO_BLOCK = -1;

    private long[][] chunks = new long[4][];
    /** Where the blocks that were ever in use end. */
    private int end;
    /** By the logarithm of their length: the first free block; in each stands the next one. */
    private final int[] free = new int[CHUNK_BITS + 1];

    /** By list: its block, the logarithm of the block's length, how many intervals it has. */
    private int[] blocks = new int[8];

    private byte[] bits = new byte[8];
    private short[] counts = new short[8];
    private int used = NONE;

    SequenceRanges() {
        Arrays.fill(free, NO_BLOCK);
    }

    /** A new list of intervals. */
    int begin() {
        return begin(FIRST_BITS);
    }

    private int begin(int blockBits) {
        used++;
        if (used == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * used);
            bits = Arrays.copyOf(bits, 2 * used);
            counts = Arrays.copyOf(counts, 2 * used);
        }
        bits[used] = (byte) blockBits;
        blocks[used] = takeBlock(blockBits);
        return used;
    }

    private int takeBlock(int blockBits) {
        int block = free[blockBits];
        if (block != NO_BLOCK) {
            free[blockBits] = (int) chunkOf(block)[block & CHUNK - 1];
            return block;
        }
        // a multiple of its length, so that no block lies in two chunks
        block = end + (1 << blockBits) - 1 & -(1 << blockBits);
        end = block + (1 << blockBits);
        int chunk = block >>> CHUNK_BITS;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunk);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new long[CHUNK];
        }
        return block;
    }

    private void leaveBlock(int block, int blockBits) {
        chunkOf(block)[block & CHUNK - 1] = free[blockBits];
        free[blockBits] = block;
    }

    private long[] chunkOf(int block) {
        return chunks[block >>> CHUNK_BITS];
    }

    /** Takes a list over from other ranges; returns its number here. */
    int take(SequenceRanges others, int list) {
        int taken = begin(others.bits[list]);
        counts[taken] = others.counts[list];
        int from = others.blocks[list];
        int to = blocks[taken];
        System.arraycopy(
                others.chunkOf(from), from & CHUNK - 1, chunkOf(to), to & CHUNK - 1, WIDTH * others.counts[list]);
        return taken;
    }

    /** Adds an interval and joins what touches; returns how much of it was there. */
    long add(int list, long low, long high) {
        long[] ranges = chunkOf(blocks[list]);
        int start = blocks[list] & CHUNK - 1;
        int count = counts[list];
        int from = firstThatEndsBehind(ranges, start, count, low);
        int to = from;
        long joinedLow = low;
        long joinedHigh = high;
        long overlap = 0;
        for (; to < count && ranges[start + WIDTH * to] <= high; to++) {
            long thisLow = ranges[start + WIDTH * to];
            long thisHigh = ranges[start + WIDTH * to + 1];
            overlap += Math.max(0, Math.min(high, thisHigh) - Math.max(low, thisLow));
            joinedLow = Math.min(joinedLow, thisLow);
            joinedHigh = Math.max(joinedHigh, thisHigh);
        }
        replace(list, from, to, joinedLow, joinedHigh);
        return overlap;
    }

    /** The lowest interval that touches or lies above a number: since most are added on top, looked for from there. */
    private static int firstThatEndsBehind(long[] ranges, int start, int count, long low) {
        int from = 0;
        int to = count;
        int middle = to - 1;
        while (from < to) {
            if (ranges[start + WIDTH * middle + 1] < low) {
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
        int count = counts[list];
        int newCount = count - (to - from) + 1;
        if (WIDTH * newCount > 1 << bits[list]) {
            moveToLargerBlock(list);
        }
        long[] ranges = chunkOf(blocks[list]);
        int start = blocks[list] & CHUNK - 1;
        System.arraycopy(ranges, start + WIDTH * to, ranges, start + WIDTH * (from + 1), WIDTH * (count - to));
        ranges[start + WIDTH * from] = low;
        ranges[start + WIDTH * from + 1] = high;
        counts[list] = (short) newCount;
        if (newCount > MAX) {
            forgetLowestHole(list);
        }
    }

    private void moveToLargerBlock(int list) {
        int old = blocks[list];
        int oldBits = bits[list];
        int block = takeBlock(oldBits + 1);
        System.arraycopy(chunkOf(old), old & CHUNK - 1, chunkOf(block), block & CHUNK - 1, 1 << oldBits);
        blocks[list] = block;
        bits[list]++;
        leaveBlock(old, oldBits);
    }

    private void forgetLowestHole(int list) {
        long[] ranges = chunkOf(blocks[list]);
        int start = blocks[list] & CHUNK - 1;
        ranges[start + WIDTH] = ranges[start];
        counts[list]--;
        System.arraycopy(ranges, start + WIDTH, ranges, start, WIDTH * counts[list]);
    }

    /** How many intervals there are. */
    int count(int list) {
        return counts[list];
    }

    /** Where an interval begins, counted from the lowest. */
    long low(int list, int index) {
        return chunkOf(blocks[list])[(blocks[list] & CHUNK - 1) + WIDTH * index];
    }

    /** Where an interval ends. */
    long high(int list, int index) {
        return chunkOf(blocks[list])[(blocks[list] & CHUNK - 1) + WIDTH * index + 1];
    }

    /** Takes the highest interval away. */
    void removeHighest(int list) {
        counts[list]--;
    }
}
