package dev.swarmlens.analyzer.summary;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which sequence numbers one direction of a connection has carried: a union of intervals, so that what was sent again is
 * payload minus the union, however the capture is cut.
 *
 * <p>The highest interval stands in the conversation's row, since it is the one that grows; lower ones, left behind by
 * holes, stand here, and usually there are none: so few that objects do.
 */
final class SequenceRanges {
    /** By direction of a conversation: the intervals' ends by their beginnings. */
    private final Map<Integer, NavigableMap<Long, Long>> byDirection = new HashMap<>();

    /** Adds an interval and joins what touches. */
    void add(int direction, long low, long high) {
        NavigableMap<Long, Long> ranges = byDirection.computeIfAbsent(direction, any -> new TreeMap<>());
        long joinedLow = low;
        long joinedHigh = high;
        for (Map.Entry<Long, Long> range = ranges.floorEntry(high);
                range != null && range.getValue() >= low;
                range = ranges.floorEntry(high)) {
            joinedLow = Math.min(joinedLow, range.getKey());
            joinedHigh = Math.max(joinedHigh, range.getValue());
            ranges.remove(range.getKey());
        }
        ranges.put(joinedLow, joinedHigh);
    }

    /** Takes away the intervals that touch one which begins at {@code low} and ends above all; returns where it now begins. */
    long join(int direction, long low) {
        NavigableMap<Long, Long> ranges = byDirection.get(direction);
        long joined = low;
        while (ranges != null && !ranges.isEmpty() && ranges.lastEntry().getValue() >= joined) {
            joined = Math.min(joined, ranges.pollLastEntry().getKey());
        }
        return joined;
    }

    /** The intervals: their ends by their beginnings. */
    SortedMap<Long, Long> of(int direction) {
        return byDirection.getOrDefault(direction, Collections.emptyNavigableMap());
    }
}
