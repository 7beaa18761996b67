package dev.swarmlens.analyzer.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the wheel of a service on one entry node turned: which backends its clients met, one after the other. */
final class Turning {
    private final List<Leg> clients;
    private final Map<Object, Integer> numbers;
    private final ChangingWheel wheel;
    private final double[] expected;

    private Turning(List<Leg> clients, Map<Object, Integer> numbers, ChangingWheel wheel) {
        this.clients = clients;
        this.numbers = numbers;
        this.wheel = wheel;
        this.expected = wheel.expected();
    }

    /**
     * Looks at a wheel.
     *
     * @param clients what clients asked, in the order of time
     * @param met which backend each met
     * @return {@code null} if too few came to see it turn
     */
    static Turning of(List<Leg> clients, Function<Leg, Object> met) {
        Map<Object, Integer> numbers = new HashMap<>();
        int[] sequence = new int[clients.size()];
        for (int i = 0; i < sequence.length; i++) {
            sequence[i] = numbers.computeIfAbsent(met.apply(clients.get(i)), any -> numbers.size());
        }
        ChangingWheel wheel = ChangingWheel.of(sequence);
        return wheel.turns() ? new Turning(clients, numbers, wheel) : null;
    }

    Report.RoundRobin toReport() {
        List<Report.Backends> changes = wheel.changes().stream()
                .map(change ->
                        new Report.Backends(Times.orNull(clients.get(change[0]).start()), change[1]))
                .toList();
        return new Report.RoundRobin(
                changes.get(changes.size() - 1).backends(), wheel.inOrder(), wheel.outOfOrder(), changes);
    }

    /**
     * The share that a backend should have: as the wheel turned, while the backend was on it.
     *
     * @return {@code null} if the wheel did not turn evenly, since then nobody knows how many backends it has, those on the
     *     entry node included
     */
    Double expectedShare(Object backend) {
        Integer number = numbers.get(backend);
        return number == null || wheel.outOfOrder() > 0 ? null : expected[number] / clients.size();
    }
}
