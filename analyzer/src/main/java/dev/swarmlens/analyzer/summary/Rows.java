package dev.swarmlens.analyzer.summary;

import java.util.Arrays;

/**
 * A growing table of rows of longs. Rows lie in chunks that never move, so that growing copies nothing and a row costs its
 * longs and no more.
 */
public class Rows {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

    private final int width;
    private long[][] chunks = new long[4][];
    private int size;

    Rows(int width) {
        this.width = width;
    }

    /** How many rows there are. */
    public final int size() {
        return size;
    }

    /** Appends a row of zeros and returns its number. */
    final int append() {
        int chunk = size >>> CHUNK_BITS;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunk);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new long[CHUNK_ROWS * width];
        }
        return size++;
    }

    /** Reads a column of a row. */
    public final long get(int row, int column) {
        return chunks[row >>> CHUNK_BITS][(row & CHUNK_ROWS - 1) * width + column];
    }

    /** Reads the low 32 bits of a column of a row. */
    public final int getInt(int row, int column) {
        return (int) get(row, column);
    }

    /** Writes a column of a row. */
    public final void set(int row, int column, long value) {
        chunks[row >>> CHUNK_BITS][(row & CHUNK_ROWS - 1) * width + column] = value;
    }

    /** Adds to a column of a row. */
    public final void plus(int row, int column, long value) {
        chunks[row >>> CHUNK_BITS][(row & CHUNK_ROWS - 1) * width + column] += value;
    }

    /** Sets bits in a column of a row. */
    public final void or(int row, int column, long bits) {
        chunks[row >>> CHUNK_BITS][(row & CHUNK_ROWS - 1) * width + column] |= bits;
    }

    /** Lowers a column of a row to a value, if it is higher. */
    public final void min(int row, int column, long value) {
        long[] chunk = chunks[row >>> CHUNK_BITS];
        int at = (row & CHUNK_ROWS - 1) * width + column;
        chunk[at] = Math.min(chunk[at], value);
    }

    /** Raises a column of a row to a value, if it is lower. */
    public final void max(int row, int column, long value) {
        long[] chunk = chunks[row >>> CHUNK_BITS];
        int at = (row & CHUNK_ROWS - 1) * width + column;
        chunk[at] = Math.max(chunk[at], value);
    }

    /** Copies some columns of a row of another table of the same width. */
    final void copyColumns(int row, Rows from, int fromRow, int firstColumn, int endColumn) {
        System.arraycopy(
                from.chunkOf(fromRow),
                from.offsetOf(fromRow) + firstColumn,
                chunkOf(row),
                offsetOf(row) + firstColumn,
                endColumn - firstColumn);
    }

    /** The chunk that holds a row; with {@link #offsetOf} for loops over a row's columns. */
    final long[] chunkOf(int row) {
        return chunks[row >>> CHUNK_BITS];
    }

    final int offsetOf(int row) {
        return (row & CHUNK_ROWS - 1) * width;
    }
}
