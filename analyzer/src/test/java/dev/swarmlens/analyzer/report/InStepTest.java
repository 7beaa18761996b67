package dev.swarmlens.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InStepTest {

    /** 18-one-wheel in short: alternating ports, then one of them alone. */
    @Test
    void portsThatAlternateMeetTheSame() {
        List<String> ports = List.of("1", "2", "1", "2", "1", "2", "1", "1", "1", "1");
        List<String> tasks = List.of("a", "b", "a", "b", "a", "b", "a", "b", "a", "b");

        InStep row = InStep.longest(ports, tasks);

        assertThat(row.from()).isZero();
        assertThat(row.to()).isEqualTo(7);
        assertThat(row.met()).containsEntry("1", Set.of("a")).containsEntry("2", Set.of("b"));
    }

    @Test
    void ofFourTasksTwoPortsMeetTwoEach() {
        List<String> ports = List.of("1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2");
        List<String> tasks = List.of("a", "b", "c", "d", "a", "b", "c", "d", "a", "b", "c", "d");

        assertThat(InStep.longest(ports, tasks).met())
                .containsEntry("1", Set.of("a", "c"))
                .containsEntry("2", Set.of("b", "d"));
    }

    @Test
    void ofThreeTasksTwoPortsMeetAll() {
        List<String> ports = List.of("1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2");
        List<String> tasks = List.of("a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c");

        assertThat(InStep.longest(ports, tasks)).isNull();
    }

    @Test
    void onePortAloneIsInStepWithNobody() {
        assertThat(InStep.longest(List.of("1", "1", "1", "1"), List.of("a", "b", "a", "b")))
                .isNull();
        assertThat(InStep.longest(List.of(), List.of())).isNull();
    }
}
