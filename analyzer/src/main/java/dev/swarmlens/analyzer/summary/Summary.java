package dev.swarmlens.analyzer.summary;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted at all origins. Summaries of slices, files and nodes merge; the same packet seen at two origins is
 * counted at each and never summed here, so that the report can tell one packet seen twice from two.
 */
public final class Summary {
    /** How many flows are kept unless told otherwise: some gigabytes' worth. */
    public static final int MAX_FLOWS = 10_000_000;

    private final SortedMap<Origin, CaptureSummary> captures = new TreeMap<>();

    private final int maxFlows;
    private final boolean keepGossip;

    /** An empty summary, the identity of {@link #merge}, that keeps {@value #MAX_FLOWS} flows at most. */
    public Summary() {
        this(MAX_FLOWS);
    }

    /**
     * An empty summary: the identity of {@link #merge}.
     *
     * @param maxFlows how many flows to keep at most of each origin, at least 1; of more, the least recent are only summed up
     */
    public Summary(int maxFlows) {
        this(maxFlows, false);
    }

    /**
     * An empty summary: the identity of {@link #merge}.
     *
     * @param maxFlows how many flows to keep at most of each origin, at least 1; of more, the least recent are only summed up
     * @param keepGossip whether packets of gossip are kept whole, for who has its keys
     */
    public Summary(int maxFlows, boolean keepGossip) {
        this.maxFlows = maxFlows;
        this.keepGossip = keepGossip;
    }

    /** The summary of an origin, made if there is none yet. */
    public CaptureSummary at(Origin origin) {
        return captures.computeIfAbsent(origin, any -> new CaptureSummary(maxFlows, keepGossip));
    }

    /**
     * Adds another summary, which shall not be used any more. At an origin that both have, the other's is the later part.
     *
     * @return this summary
     */
    public Summary merge(Summary later) {
        later.captures.forEach((origin, capture) -> captures.merge(origin, capture, CaptureSummary::absorb));
        return this;
    }

    /** The summaries by origin. */
    public SortedMap<Origin, CaptureSummary> captures() {
        return Collections.unmodifiableSortedMap(captures);
    }
}
