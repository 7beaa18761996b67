package dev.swarmlens.analyzer.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SequenceRangesTest {
    private static final int LISTS = 5;

    /** An interval added to one of several lists. */
    record Step(int list, int low, int length) {}

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, LISTS - 1),
                        Arbitraries.integers().between(0, 3000),
                        Arbitraries.integers().between(1, 20))
                .as(Step::new)
                .list()
                .ofMaxSize(600);
    }

    @Property(tries = 300)
    void containWhatWasAdded(@ForAll("steps") List<Step> steps) {
        SequenceRanges ranges = new SequenceRanges();
        List<BitSet> model = new ArrayList<>();
        int[] lists = new int[LISTS];
        for (int i = 0; i < LISTS; i++) {
            lists[i] = ranges.begin();
            model.add(new BitSet());
        }
        for (Step step : steps) {
            BitSet expected = model.get(step.list());
            int high = step.low() + step.length();
            assertEquals(
                    expected.get(step.low(), high).cardinality(),
                    ranges.add(lists[step.list()], step.low(), high),
                    "what was there of " + step);
            expected.set(step.low(), high);
        }
        for (int i = 0; i < LISTS; i++) {
            assertEquals(intervals(model.get(i)), intervals(ranges, lists[i]));
        }
        SequenceRanges others = new SequenceRanges();
        for (int i = LISTS - 1; i >= 0; i--) {
            assertEquals(intervals(model.get(i)), intervals(others, others.take(ranges, lists[i])));
        }
    }

    @Test
    void takeTheLowestHoleAsFilledWhenThereAreTooMany() {
        SequenceRanges ranges = new SequenceRanges();
        int other = ranges.begin();
        int list = ranges.begin();
        int added = 3 * SequenceRanges.MAX;
        for (int i = 0; i < added; i++) {
            ranges.add(list, 10L * i, 10L * i + 1);
            ranges.add(other, i, i + 1L);
        }
        assertEquals(SequenceRanges.MAX, ranges.count(list));
        assertEquals(0, ranges.low(list, 0));
        assertEquals(10L * (added - SequenceRanges.MAX) + 1, ranges.high(list, 0));
        assertEquals(10L * (added - 1), ranges.low(list, SequenceRanges.MAX - 1));
        assertEquals(List.of(List.of(0L, (long) added)), intervals(ranges, other));
    }

    private static List<List<Long>> intervals(BitSet numbers) {
        List<List<Long>> intervals = new ArrayList<>();
        for (int low = numbers.nextSetBit(0); low >= 0; ) {
            int high = numbers.nextClearBit(low);
            intervals.add(List.of((long) low, (long) high));
            low = numbers.nextSetBit(high);
        }
        return intervals;
    }

    private static List<List<Long>> intervals(SequenceRanges ranges, int list) {
        List<List<Long>> intervals = new ArrayList<>();
        for (int i = 0; i < ranges.count(list); i++) {
            intervals.add(List.of(ranges.low(list, i), ranges.high(list, i)));
        }
        return intervals;
    }
}
