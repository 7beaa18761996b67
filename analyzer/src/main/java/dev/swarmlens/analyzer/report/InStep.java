package dev.swarmlens.analyzer.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Connections in a row in which each backend was met by one only of those that asked, be they ports or clients: who asks in
 * step with the wheel always meets the same backend, though nothing holds him there.
 *
 * @param from the first connection
 * @param to the first connection after
 * @param met what each who asked has met
 */
record InStep(int from, int to, Map<String, Set<String>> met) {
    /** Twice may be chance. */
    private static final int MIN_MEETINGS = 3;

    /**
     * Finds the longest such row.
     *
     * @param askers who asked, in the order of connections
     * @param backends which backend answered
     * @return {@code null} if there is none
     */
    static InStep longest(List<String> askers, List<String> backends) {
        InStep longest = null;
        Map<String, String> askerOf = new HashMap<>();
        int from = 0;
        for (int i = 0; i <= askers.size(); i++) {
            boolean ends =
                    i == askers.size() || !askers.get(i).equals(askerOf.getOrDefault(backends.get(i), askers.get(i)));
            if (ends) {
                if (askerOf.size() > 1 && (longest == null || i - from > longest.to - longest.from)) {
                    InStep row = row(askers, backends, from, i);
                    longest = row == null ? longest : row;
                }
                askerOf.clear();
                from = i;
            }
            if (i < askers.size()) {
                askerOf.put(backends.get(i), askers.get(i));
            }
        }
        return longest;
    }

    private static InStep row(List<String> askers, List<String> backends, int from, int to) {
        Map<String, Integer> times = new HashMap<>();
        Map<String, Set<String>> met = new TreeMap<>();
        Set<String> all = new HashSet<>();
        for (int i = from; i < to; i++) {
            times.merge(askers.get(i), 1, Integer::sum);
            met.computeIfAbsent(askers.get(i), any -> new TreeSet<>()).add(backends.get(i));
            all.add(backends.get(i));
        }
        boolean often = met.entrySet().stream()
                .allMatch(entry -> times.get(entry.getKey())
                        >= MIN_MEETINGS * entry.getValue().size());
        return often && met.size() > 1 && all.size() > 1 ? new InStep(from, to, met) : null;
    }
}
