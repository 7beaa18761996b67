package dev.swarmlens.samples.fault;

import dev.swarmlens.samples.scenario.Scenario.FaultPlan;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.traffic.Troubles;
import dev.swarmlens.samples.wire.Crossing;
import dev.swarmlens.samples.wire.Disturbance;
import dev.swarmlens.samples.wire.Point;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.Optional;

/** Something that goes wrong from some time until some other. */
abstract class Fault implements Disturbance, Troubles {
    private final Ordered ordered;

    /**
     * A fault as it was ordered.
     *
     * @param index its number in the scenario
     * @param startNanos of the scenario, since 1970
     */
    record Ordered(int index, FaultPlan plan, Swarm swarm, long startNanos, long seed) {}

    Fault(Ordered ordered) {
        this.ordered = ordered;
    }

    int index() {
        return ordered.index();
    }

    FaultPlan plan() {
        return ordered.plan();
    }

    Swarm swarm() {
        return ordered.swarm();
    }

    long seed() {
        return ordered.seed();
    }

    /** When it begins, since 1970. */
    long begin() {
        return ordered.startNanos() + plan().startNanos();
    }

    boolean isActive(long nanos) {
        return nanos >= begin()
                && (plan().endNanos() == Long.MAX_VALUE || nanos < ordered.startNanos() + plan().endNanos());
    }

    Node from() {
        return swarm().node(plan().from().orElseThrow());
    }

    Task task() {
        return swarm().task(plan().task().orElseThrow());
    }

    boolean isTask(Task other) {
        return plan().task().filter(other.shortName()::equals).isPresent();
    }

    /** Whether it goes the way that the fault names, to whichever node if it names none. */
    boolean isOnWay(Crossing crossing) {
        return isActive(crossing.nanos())
                && crossing.from().name().equals(plan().from().orElseThrow())
                && plan().to().filter(to -> !crossing.to().name().equals(to)).isEmpty();
    }

    /** The tasks without whose captures it cannot be seen. */
    List<Task> watched() {
        return List.of();
    }

    /** The network that it is about: if the plan names none, the last one that a task is attached to. */
    Endpoint endpoint(Task task) {
        return plan().network()
                .map(network -> task.in(swarm().network(network)))
                .orElseGet(() -> task.endpoints().values().stream()
                        .reduce((first, second) -> second)
                        .orElseThrow());
    }

    /** The tasks of a node that are attached to a network. */
    List<Task> tasks(Node node, Network network) {
        return swarm().services().stream()
                .flatMap(service -> service.tasks().stream())
                .filter(task -> task.node().equals(node) && task.in(network) != null)
                .toList();
    }

    /** Where a frame is seen that goes to everybody in a network, but does not leave the node. */
    List<Point> flooded(Vantage vantage, Node node, Network network) {
        return tasks(node, network).stream()
                .flatMap(task -> vantage.container(node, task).stream())
                .toList();
    }

    /** Somebody who acts because of it. */
    Optional<Actor> actor(Wire wire, Vantage vantage) {
        return Optional.empty();
    }
}
