package dev.swarmlens.capture;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the blocks of a pcapng file by type, without a lookup for those that are frequent. */
final class BlockCounter {
    private static final int SMALL_CODES = 16;
    /** No file has so many types; in a broken one, further ones are not worth memory. */
    private static final int MAX_TYPES = 4096;

    private final long[] small = new long[SMALL_CODES];
    private final SortedMap<BlockType, Long> others = new TreeMap<>();

    void count(int code) {
        if (code >= 0 && code < SMALL_CODES) {
            small[code]++;
            return;
        }
        BlockType type = new BlockType(code);
        if (others.size() < MAX_TYPES || others.containsKey(type)) {
            others.merge(type, 1L, Long::sum);
        }
    }

    SortedMap<BlockType, Long> snapshot() {
        SortedMap<BlockType, Long> counts = new TreeMap<>(others);
        for (int code = 0; code < SMALL_CODES; code++) {
            if (small[code] > 0) {
                counts.put(new BlockType(code), small[code]);
            }
        }
        return Collections.unmodifiableSortedMap(counts);
    }
}
