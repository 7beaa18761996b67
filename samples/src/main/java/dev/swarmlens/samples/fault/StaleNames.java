package dev.swarmlens.samples.fault;

import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Service;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * SW-25: a node is away for a while. Others take it for dead and forget the names of its services, and go on without them when it
 * is back, until the fault ends. Meanwhile a task on another node asks for one of them.
 */
final class StaleNames extends Fault {
    private static final long NOTICED = TimeUnit.SECONDS.toNanos(5);
    private static final long AWAY = TimeUnit.SECONDS.toNanos(10);

    StaleNames(Ordered ordered) {
        super(ordered);
    }

    private boolean isAway(long nanos) {
        long away = plan().delayNanos() == 0 ? AWAY : plan().delayNanos();
        return nanos >= begin() && nanos < begin() + away;
    }

    /** Whether the names are not known. */
    boolean isForgotten(long nanos) {
        return nanos >= begin() + NOTICED && (isAway(nanos) || isActive(nanos));
    }

    /** Whether the names are not known though their node is there: only that is wrong. */
    boolean isStale(long nanos) {
        return isForgotten(nanos) && !isAway(nanos);
    }

    @Override
    public boolean isDown(Node node, long nanos) {
        return node.equals(from()) && isAway(nanos);
    }

    @Override
    public int silent(Task task, long nanos) {
        return isDown(task.node(), nanos) ? index() : NONE;
    }

    @Override
    public boolean isForgotten(Task task, long nanos) {
        return isDown(task.node(), nanos) && nanos >= begin() + NOTICED;
    }

    @Override
    Optional<Actor> actor(Wire wire, Vantage vantage) {
        Task asker = task();
        for (Network network : swarm().networks()) {
            for (Service service : swarm().services()) {
                List<Task> tasks = service.tasks();
                if (!network.equals(swarm().ingress())
                        && asker.in(network) != null
                        && tasks.stream().allMatch(task -> task.node().equals(from()) && task.in(network) != null)) {
                    return Optional.of(new Asking(this, wire, vantage, asker, service, network));
                }
            }
        }
        return Optional.empty();
    }
}
