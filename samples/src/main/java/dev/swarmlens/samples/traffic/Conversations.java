package dev.swarmlens.samples.traffic;

import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import dev.swarmlens.samples.swarm.Client;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All that a scenario wants to be talked, and what the talkers share. */
public final class Conversations {
    private final Swarm swarm;
    private final Wire wire;
    private final Paths paths;
    private final Wheels wheels;
    private final Troubles troubles;
    private final Ledger ledger;
    private final SplittableRandom random;
    private final Map<String, Ports> ports = new HashMap<>();

    /** Makes ready to talk over a wire. */
    public Conversations(
            Swarm swarm, Vantage vantage, Wire wire, Troubles troubles, Ledger ledger, SplittableRandom random) {
        this.swarm = swarm;
        this.wire = wire;
        this.paths = new Paths(swarm, vantage);
        this.wheels = new Wheels(random.split(), troubles);
        this.troubles = troubles;
        this.ledger = ledger;
        this.random = random;
    }

    /**
     * Puts everybody on a stage.
     *
     * @param endless whether they go on until the stage says that it is over, rather than as often as planned
     */
    public void enter(Scenario scenario, Stage stage, boolean endless) {
        long start = scenario.startNanos();
        if (scenario.gossip()) {
            for (Node node : swarm.nodes()) {
                Gossip gossip = new Gossip(node, swarm.nodes(), paths, wire, troubles, random.split());
                stage.add(start + random.nextLong(TimeUnit.SECONDS.toNanos(1)), gossip);
            }
        }
        Node manager = swarm.nodes().get(0);
        for (Node worker : scenario.management() ? swarm.nodes() : List.<Node>of()) {
            if (!worker.equals(manager)) {
                long begin = start + random.nextLong(TimeUnit.SECONDS.toNanos(5));
                stage.add(begin, new Management(worker, manager, swarm.mtu(), paths, wire, random.split(), begin));
            }
        }
        for (TrafficPlan plan : scenario.traffic()) {
            for (String name : plan.from()) {
                enter(plan, name, start, stage, endless);
            }
        }
        for (Node node : scenario.gossip() ? swarm.nodes() : List.<Node>of()) {
            stage.add(
                    Synchronization.begin(start, random),
                    new Synchronization(node, swarm.nodes(), swarm.mtu(), paths, wire, troubles, random.split()));
        }
    }

    private void enter(TrafficPlan plan, String name, long start, Stage stage, boolean endless) {
        Optional<Client> client = swarm.clients().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        // not all at once
        long begin = start + plan.startNanos() + random.nextLong(plan.everyNanos() / 2 + 1);
        if (client.isPresent()) {
            Ports own = ports.computeIfAbsent(name, unused -> new Ports(random.split()));
            stage.add(begin, new Source.OfClient(this, plan, endless, random.split(), client.get(), own));
            return;
        }
        List<Task> tasks = name.contains(".")
                ? List.of(swarm.task(name))
                : swarm.service(name).tasks();
        for (Task task : tasks) {
            Ports own = ports.computeIfAbsent(task.shortName(), unused -> new Ports(random.split()));
            stage.add(
                    begin + random.nextLong(plan.everyNanos() / 2 + 1),
                    new Source.OfTask(this, plan, endless, random.split(), task, own));
        }
    }

    Swarm swarm() {
        return swarm;
    }

    Wire wire() {
        return wire;
    }

    Paths paths() {
        return paths;
    }

    Wheels wheels() {
        return wheels;
    }

    Troubles troubles() {
        return troubles;
    }

    Ledger ledger() {
        return ledger;
    }
}
