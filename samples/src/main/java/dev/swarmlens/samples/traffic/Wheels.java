package dev.swarmlens.samples.traffic;

import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Service;
import dev.swarmlens.samples.swarm.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * IPVS's round robin: one wheel for each node, service and network, whichever ports there are. The newest task is first; where
 * a wheel stands when all begins nobody knows.
 */
final class Wheels {
    private record Key(String node, String service, String network) {}

    private final SplittableRandom random;
    private final Troubles troubles;
    private final Map<Key, Integer> turns = new HashMap<>();

    Wheels(SplittableRandom random, Troubles troubles) {
        this.random = random;
        this.troubles = troubles;
    }

    /** The task that gets the next connection; one that everybody has forgotten is passed over. */
    Task next(Node node, Service service, Network network, long nanos) {
        List<Task> tasks = service.tasks();
        Key key = new Key(node.name(), service.name(), network.name());
        int turn = turns.computeIfAbsent(key, unused -> random.nextInt(tasks.size()));
        int passed = 0;
        while (passed < tasks.size() - 1 && troubles.isForgotten(at(tasks, turn + passed), nanos)) {
            passed++;
        }
        turns.put(key, (turn + passed + 1) % tasks.size());
        return at(tasks, turn + passed);
    }

    private static Task at(List<Task> tasks, int turn) {
        return tasks.get(tasks.size() - 1 - turn % tasks.size());
    }
}
