package dev.swarmlens.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WheelTest {

    @Test
    void fourReplicasInTurn() {
        assertThat(Wheel.of(List.of("a", "b", "c", "d", "a", "b", "c", "d", "a")))
                .isEqualTo(new Wheel(4, 5, 0));
    }

    /** Two tasks on the entry node look alike, so the turn is longer than the names. */
    @Test
    void severalLocalReplicasLookAlikeAndStillCount() {
        assertThat(Wheel.of(List.of("a", "local", "local", "a", "local", "local", "a")))
                .isEqualTo(new Wheel(3, 4, 0));
    }

    @Test
    void oneStrayConnectionIsOutOfOrder() {
        Wheel wheel = Wheel.of(List.of("a", "b", "a", "b", "a", "a", "b", "a", "b", "a", "b", "a"));

        assertThat(wheel.outOfOrder()).isPositive();
    }

    @Test
    void aSequenceThatNeverRepeatsTellsNothing() {
        assertThat(Wheel.of(List.of("a", "b", "c"))).isNull();
        assertThat(Wheel.of(List.of())).isNull();
    }

    @Property
    void everyWheelIsFound(@ForAll @Size(min = 1, max = 8) List<@IntRange(max = 4) Integer> turn) {
        List<Integer> sequence = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sequence.addAll(turn);
        }

        Wheel wheel = Wheel.of(sequence);

        assertThat(wheel.outOfOrder()).isZero();
        assertThat(turn.size() % wheel.backends()).isZero();
    }
}
