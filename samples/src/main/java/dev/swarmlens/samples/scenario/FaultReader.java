package dev.swarmlens.samples.scenario;

import dev.swarmlens.samples.scenario.Scenario.FaultPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what goes wrong, and says what it needs. */
final class FaultReader {
    private static final long MILLISECOND = 1_000_000L;
    private static final long MINUTE = 60_000 * MILLISECOND;
    private static final int MEBIBYTE = 1 << 20;

    /** Every fault that can be ordered. */
    private static final Map<String, String> FAULTS = faults();

    private final Cast cast;

    FaultReader(Cast cast) {
        this.cast = cast;
    }

    private static Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        for (String id : List.of(
                "SW-01",
                "SW-03",
                "SW-04",
                "SW-05",
                "SW-06",
                "SW-07",
                "SW-08",
                "SW-09",
                "SW-10",
                "SW-13",
                "SW-14a",
                "SW-14b",
                "SW-14c",
                "SW-14d",
                "SW-15",
                "SW-16",
                "SW-17",
                "SW-18",
                "SW-19",
                "SW-20",
                "SW-21",
                "SW-22",
                "SW-23",
                "SW-24",
                "SW-25",
                "SW-26",
                "migration",
                "node-failure",
                "impairment")) {
            faults.put(id, id);
        }
        return faults;
    }

    /** Reads one. */
    FaultPlan read(Keys fault, int index) throws ScenarioException {
        String id = fault.choice("id", FAULTS).orElseThrow(() -> fault.wrong("id", "one of " + FAULTS.keySet()));
        Optional<String> from = fault.reference("from", "a node", cast.nodes.keySet());
        Optional<String> to = fault.reference("to", "a node", cast.nodes.keySet());
        Optional<String> task = fault.reference("task", "a task", cast.tasks);
        boolean aboutTask = Set.of("SW-06", "SW-08", "SW-09", "SW-10", "SW-13", "SW-20", "SW-21", "SW-25", "migration")
                .contains(id);
        if (aboutTask && task.isEmpty()) {
            throw fault.wrong("task", "the task that it is about");
        }
        if (!Set.of("SW-05", "SW-09", "SW-10", "SW-18", "SW-19", "SW-20", "SW-21", "SW-22", "migration")
                        .contains(id)
                && from.isEmpty()) {
            throw fault.wrong("from", "the node where it happens");
        }
        if (Set.of("SW-01", "SW-04", "SW-06", "SW-07", "SW-14a", "SW-14b", "SW-17", "SW-22", "migration", "impairment")
                        .contains(id)
                && to.isEmpty()) {
            throw fault.wrong("to", "the other node");
        }
        if (from.isPresent() && from.equals(to)) {
            throw fault.wrong("to", "another node than " + from.get());
        }
        return new FaultPlan(
                id,
                from,
                to,
                task,
                fault.duration("start", 0),
                fault.duration("end", Long.MAX_VALUE),
                id.equals("SW-18")
                        ? fault.size("size", 22 * MEBIBYTE, 20 * MEBIBYTE + 1, 64 * MEBIBYTE)
                        : fault.size("size", 1300, 100, 9216),
                fault.share("loss", id.equals("impairment") ? 0.02 : 0),
                fault.duration(
                        "delay", id.equals("SW-05") ? 15 * MINUTE : id.equals("impairment") ? 20 * MILLISECOND : 0),
                fault.address("address"),
                fault.reference("network", "a network", cast.networks.keySet()),
                fault.flag("refuse", false));
    }
}
