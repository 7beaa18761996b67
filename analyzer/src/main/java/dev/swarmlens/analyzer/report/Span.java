package dev.swarmlens.analyzer.report;

/** A time in which a capture ran, as far as its packets tell: from its first to its last, nanoseconds since 1970. */
record Span(long first, long last) {
    /** Whether all of another time lies in this one. */
    boolean contains(long from, long to) {
        return first <= from && to <= last;
    }
}
