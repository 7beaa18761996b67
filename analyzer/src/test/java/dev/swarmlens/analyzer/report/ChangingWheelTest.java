package dev.swarmlens.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A wheel whose backends come and go, against one that turns as the kernel's does. */
class ChangingWheelTest {

    /** What {@code ip_vs_rr} does: the next of a list, which changes meanwhile. */
    private static final class RoundRobin {
        private final List<String> backends = new ArrayList<>();
        private final List<String> met = new ArrayList<>();
        private int next;

        RoundRobin turn(int connections) {
            for (int i = 0; i < connections; i++) {
                next %= backends.size();
                met.add(backends.get(next++));
            }
            return this;
        }

        RoundRobin come(String... names) {
            backends.addAll(List.of(names));
            return this;
        }

        RoundRobin go(String name) {
            int index = backends.indexOf(name);
            backends.remove(index);
            if (index < next) {
                next--;
            }
            return this;
        }

        ChangingWheel seen() {
            return ChangingWheel.of(Wheel.numbered(met));
        }
    }

    @Test
    void aSteadyWheelGivesAllTheSame() {
        ChangingWheel wheel = new RoundRobin().come("a", "b", "c").turn(20).seen();

        assertThat(wheel.outOfOrder()).isZero();
        assertThat(wheel.expected()).containsExactly(new double[] {20 / 3.0, 20 / 3.0, 20 / 3.0}, within(1e-9));
        assertThat(wheel.changes()).hasSize(1);
    }

    @Test
    void whoComesHasAFairShareFromThenOn() {
        ChangingWheel wheel =
                new RoundRobin().come("a", "b").turn(20).come("c", "d").turn(40).seen();

        assertThat(wheel.outOfOrder()).isZero();
        assertThat(wheel.changes())
                .extracting(change -> change[1])
                .startsWith(2)
                .endsWith(4);
        assertThat(wheel.expected()).containsExactly(new double[] {20, 20, 10, 10}, within(0.8));
    }

    @Test
    void whoIsDrainedHasNoneAfterwards() {
        ChangingWheel wheel =
                new RoundRobin().come("a", "b", "c").turn(30).go("b").turn(30).seen();

        assertThat(wheel.outOfOrder()).isZero();
        assertThat(wheel.changes()).extracting(change -> change[1]).containsExactly(3, 2);
        assertThat(wheel.expected()).containsExactly(new double[] {25, 10, 25}, within(1.0));
    }

    @Test
    void tasksThatLookAlikeAreCountedThroughAChange() {
        RoundRobin turning =
                new RoundRobin().come("local", "local", "a").turn(30).come("b");

        ChangingWheel wheel = turning.turn(40).seen();

        assertThat(wheel.changes()).extracting(change -> change[1]).containsExactly(3, 4);
    }

    @Test
    void withoutAnyOrderNothingIsExplainedAway() {
        Random random = new Random(1);
        List<Integer> met = random.ints(3000, 0, 5).boxed().toList();

        ChangingWheel wheel = ChangingWheel.of(Wheel.numbered(met));

        assertThat(wheel.outOfOrder()).isGreaterThan(2000);
        assertThat(wheel.changes()).hasSize(1);
    }

    @Property
    void expectationsAddUpToAllConnections(
            @ForAll @IntRange(min = 1, max = 6) int few,
            @ForAll @IntRange(min = 1, max = 6) int more,
            @ForAll @IntRange(min = 20, max = 60) int before,
            @ForAll @IntRange(min = 40, max = 80) int after) {
        RoundRobin turning = new RoundRobin();
        for (int i = 0; i < few; i++) {
            turning.come("old" + i);
        }
        turning.turn(before);
        for (int i = 0; i < more; i++) {
            turning.come("new" + i);
        }

        double[] expected = turning.turn(after).seen().expected();

        assertThat(Arrays.stream(expected).sum()).isCloseTo(before + after, within(1e-9));
        for (int backend = 0; backend < expected.length; backend++) {
            String name = backend < few ? "old" + backend : "new" + (backend - few);
            long met = turning.met.stream().filter(name::equals).count();
            assertThat(expected[backend]).as(name).isCloseTo((double) met, within(2.0));
        }
    }
}
