package dev.swarmlens.analyzer.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A way to cut a capture into parts, and to put the parts together again.
 *
 * @param points where to cut, in parts of {@value #WHOLE} of the capture; equal ones make empty parts
 * @param grouping which neighbours to join next, as numbers that are taken modulo how many there are
 */
record Cut(List<Integer> points, List<Integer> grouping) {

    static final int WHOLE = 1_000_000;

    private static final int MAX_PARTS = 7;

    /** One to seven parts, some of them empty, in any grouping. */
    static Arbitrary<Cut> any() {
        Arbitrary<List<Integer>> points =
                Arbitraries.integers().between(0, WHOLE).list().ofMaxSize(MAX_PARTS - 1);
        Arbitrary<List<Integer>> grouping =
                Arbitraries.integers().between(0, MAX_PARTS).list().ofSize(MAX_PARTS);
        return Combinators.combine(points, grouping).as(Cut::new);
    }

    /** Cuts a list, summarises each part, and joins neighbours until one is left. */
    <T, S> S apply(List<T> capture, Function<List<T>, S> summarise, BinaryOperator<S> join) {
        List<S> parts = new ArrayList<>();
        int from = 0;
        for (int point : points.stream().sorted().toList()) {
            int to = (int) ((long) point * capture.size() / WHOLE);
            parts.add(summarise.apply(capture.subList(from, to)));
            from = to;
        }
        parts.add(summarise.apply(capture.subList(from, capture.size())));
        for (int i = 0; parts.size() > 1; i++) {
            int left = grouping.get(i) % (parts.size() - 1);
            parts.set(left, join.apply(parts.get(left), parts.remove(left + 1)));
        }
        return parts.get(0);
    }
}
