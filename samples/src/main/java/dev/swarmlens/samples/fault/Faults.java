package dev.swarmlens.samples.fault;

import dev.swarmlens.samples.fault.Fault.Ordered;
import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.scenario.Scenario.FaultPlan;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.traffic.Troubles;
import dev.swarmlens.samples.wire.Disturbance;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** All that goes wrong in a scenario. */
public final class Faults implements Troubles {
    private final List<Fault> faults = new ArrayList<>();

    /** Makes the faults that a scenario orders. */
    public Faults(Scenario scenario, Swarm swarm) {
        long start = scenario.startNanos();
        for (FaultPlan plan : scenario.faults()) {
            faults.add(fault(new Ordered(faults.size(), plan, swarm, start, scenario.seed())));
        }
    }

    private static Fault fault(Ordered ordered) {
        return switch (ordered.plan().id()) {
            case "SW-01" -> new TunnelFault.OneWayBlock(ordered);
            case "SW-03" -> new TunnelFault.OffloadedChecksum(ordered);
            case "SW-04" -> new TunnelFault.MtuBlackHole(ordered);
            case "SW-05" -> new TaskFault.IdleTimeout(ordered);
            case "SW-06" -> new TunnelFault.StaleForwarding(ordered);
            case "SW-07" -> new TunnelFault.WrongSource(ordered);
            case "SW-08" -> new DuplicateAddress(ordered);
            case "SW-09" -> new TaskFault.DeadBackend(ordered);
            case "SW-10" -> new TaskFault.UnevenLoad(ordered);
            case "SW-13" -> new NeighbourOverflow(ordered);
            case "SW-14a" -> new TunnelFault.EspBlock(ordered);
            case "SW-14b" -> new TunnelFault.EspThroughNat(ordered);
            case "SW-14c" -> new TunnelFault.KeyDesync(ordered);
            case "SW-14d" -> new TunnelFault.Cleartext(ordered);
            case "SW-15" -> new TunnelFault.UnreachableAddress(ordered);
            case "SW-16" -> new TunnelFault.VniMismatch(ordered);
            case "SW-17" -> new GossipOneWay(ordered);
            case "SW-18" -> new StateTooBig(ordered);
            case "SW-19" -> new TaskFault.PortReuse(ordered);
            case "SW-20" -> new TaskFault.StuckDatagrams(ordered);
            case "SW-21" -> new LostMulticast(ordered);
            case "SW-22" -> new Stranger(ordered);
            case "SW-23" -> new TaskFault.Ipv6Port(ordered);
            case "SW-24" -> new TunnelFault.ReservedBits(ordered);
            case "SW-25" -> new StaleNames(ordered);
            case "SW-26" -> new TaskFault.WithoutGossip(ordered);
            case "migration" -> new TaskFault.Migration(ordered);
            case "node-failure" -> new TaskFault.NodeFailure(ordered);
            case "impairment" -> new TunnelFault.Impairment(ordered);
            default ->
                throw new IllegalArgumentException("no fault " + ordered.plan().id());
        };
    }

    /** What they do to datagrams on their way. */
    public List<Disturbance> disturbances() {
        return List.copyOf(faults);
    }

    /** Where to capture: where the scenario says, and where else faults can only be seen. */
    public List<String> capture(Scenario scenario) {
        Set<String> places = new LinkedHashSet<>(scenario.capture());
        faults.forEach(fault -> fault.watched().forEach(task -> places.add(task.shortName())));
        return List.copyOf(places);
    }

    /** Puts those on a stage who act because of them. */
    public void enter(Stage stage, Wire wire, Vantage vantage) {
        for (Fault fault : faults) {
            fault.actor(wire, vantage).ifPresent(actor -> stage.add(fault.begin(), actor));
        }
    }

    @Override
    public Node whereIs(Task task, long nanos) {
        for (Fault fault : faults) {
            Node node = fault.whereIs(task, nanos);
            if (!node.equals(task.node())) {
                return node;
            }
        }
        return task.node();
    }

    @Override
    public boolean isForgotten(Task task, long nanos) {
        return any(fault -> fault.isForgotten(task, nanos));
    }

    @Override
    public int silent(Task task, long nanos) {
        return last(fault -> fault.silent(task, nanos));
    }

    @Override
    public boolean refuses(Task task, long nanos) {
        return any(fault -> fault.refuses(task, nanos));
    }

    @Override
    public int reuse(long nanos) {
        return last(fault -> fault.reuse(nanos));
    }

    @Override
    public int apart(Node node, long nanos) {
        return last(fault -> fault.apart(node, nanos));
    }

    @Override
    public int load(Task task, long nanos) {
        int load = 1;
        for (Fault fault : faults) {
            load = Math.max(load, fault.load(task, nanos));
        }
        return load;
    }

    @Override
    public int idle(long nanos) {
        return last(fault -> fault.idle(nanos));
    }

    @Override
    public long idleNanos() {
        return most(fault -> fault.idleNanos());
    }

    @Override
    public int hangs(Node node, long nanos) {
        return last(fault -> fault.hangs(node, nanos));
    }

    @Override
    public int overgrown(long nanos) {
        return last(fault -> fault.overgrown(nanos));
    }

    @Override
    public long overgrownLength() {
        return most(fault -> fault.overgrownLength());
    }

    private boolean any(Predicate<Fault> question) {
        for (Fault fault : faults) {
            if (question.test(fault)) {
                return true;
            }
        }
        return false;
    }

    /** The last fault of those that answer with their number; {@link #NONE} if none does. */
    private int last(ToIntFunction<Fault> question) {
        int last = NONE;
        for (Fault fault : faults) {
            last = Math.max(last, question.applyAsInt(fault));
        }
        return last;
    }

    private long most(ToLongFunction<Fault> question) {
        long most = 0;
        for (Fault fault : faults) {
            most = Math.max(most, question.applyAsLong(fault));
        }
        return most;
    }
}
