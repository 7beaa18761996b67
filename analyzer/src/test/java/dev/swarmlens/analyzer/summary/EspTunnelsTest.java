package dev.swarmlens.analyzer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sequence numbers, against sets of them; and cuts, which do not matter. */
class EspTunnelsTest {
    private static final int MAX = 60;

    private static EspTunnels seen(List<Integer> numbers) {
        EspTunnels tunnels = new EspTunnels();
        Sighting sighting = new Sighting();
        for (int number : numbers) {
            sighting.hasEsp = true;
            sighting.espSpi = number % 3;
            // about the middle, where a signed number would change its sign
            sighting.espSequence = Integer.MAX_VALUE - MAX / 2 + number;
            sighting.wireLength = 100 + number;
            sighting.time = 1000L * number;
            sighting.isEspOpened = number % 2 == 0;
            sighting.isEspRefused = number % 5 == 0;
            sighting.isEspWhole = number % 7 != 0;
            tunnels.see(sighting);
        }
        return tunnels;
    }

    private static String text(EspTunnels tunnels) {
        TreeMap<Integer, String> lines = new TreeMap<>();
        for (int row = 0; row < tunnels.size(); row++) {
            List<String> intervals = new ArrayList<>();
            for (int i = 0; i < tunnels.intervals(row); i++) {
                intervals.add(tunnels.low(row, i) + " to " + (tunnels.high(row, i) - 1));
            }
            lines.put(
                    tunnels.spi(row),
                    List.of(
                                    tunnels.packets(row),
                                    tunnels.bytes(row),
                                    tunnels.first(row),
                                    tunnels.last(row),
                                    tunnels.opened(row),
                                    tunnels.refused(row),
                                    tunnels.cut(row))
                            + " " + intervals);
        }
        return lines.toString();
    }

    private static String plain(List<Integer> numbers) {
        TreeMap<Integer, String> lines = new TreeMap<>();
        for (int spi = 0; spi < 3; spi++) {
            int wanted = spi;
            List<Integer> ours =
                    numbers.stream().filter(number -> number % 3 == wanted).toList();
            if (ours.isEmpty()) {
                continue;
            }
            List<String> intervals = new ArrayList<>();
            TreeSet<Integer> set = new TreeSet<>(ours);
            for (int number : set) {
                // numbers of one SPI are three apart, so that none touches another
                long sequence = Integer.MAX_VALUE - MAX / 2L + number;
                intervals.add(sequence + " to " + sequence);
            }
            lines.put(
                    spi,
                    List.of(
                                    (long) ours.size(),
                                    ours.stream()
                                            .mapToLong(number -> 100 + number)
                                            .sum(),
                                    1000L * set.first(),
                                    1000L * set.last(),
                                    ours.stream()
                                            .filter(number -> number % 2 == 0)
                                            .count(),
                                    ours.stream()
                                            .filter(number -> number % 5 == 0)
                                            .count(),
                                    ours.stream()
                                            .filter(number -> number % 7 == 0)
                                            .count())
                            + " " + intervals);
        }
        return lines.toString();
    }

    @Property
    void countsWhatWasSeen(@ForAll List<@IntRange(max = MAX) Integer> numbers) {
        assertThat(text(seen(numbers))).isEqualTo(plain(numbers));
    }

    @Property
    void cutsDoNotMatter(@ForAll List<@IntRange(max = MAX) Integer> numbers, @ForAll @IntRange(max = 200) int cut) {
        int at = Math.min(cut, numbers.size());
        EspTunnels joined = seen(numbers.subList(0, at));
        joined.absorb(seen(numbers.subList(at, numbers.size())));

        assertThat(text(joined)).isEqualTo(plain(numbers));
    }

    @Example
    void numbersInARowAreOneInterval() {
        EspTunnels tunnels = new EspTunnels();
        Sighting sighting = new Sighting();
        for (int number : new int[] {-3, -2, -1, 7, 5, 6, 6, 9}) {
            sighting.espSequence = number;
            tunnels.see(sighting);
        }

        assertThat(tunnels.size()).isEqualTo(1);
        assertThat(tunnels.packets(0)).isEqualTo(8);
        assertThat(tunnels.intervals(0)).isEqualTo(3);
        assertThat(List.of(tunnels.low(0, 0), tunnels.high(0, 0))).containsExactly(5L, 8L);
        assertThat(List.of(tunnels.low(0, 1), tunnels.high(0, 1))).containsExactly(9L, 10L);
        assertThat(List.of(tunnels.low(0, 2), tunnels.high(0, 2))).containsExactly(0xffff_fffdL, 0x1_0000_0000L);
    }
}
