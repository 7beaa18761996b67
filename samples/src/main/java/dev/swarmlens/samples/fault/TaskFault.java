package dev.swarmlens.samples.fault;

import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Task;
import java.util.concurrent.TimeUnit;

/** Faults of tasks and of connections with them. */
abstract class TaskFault extends Fault {
    TaskFault(Ordered ordered) {
        super(ordered);
    }

    /** SW-05: connections are left idle for longer than IPVS remembers them, and then spoken on. */
    static final class IdleTimeout extends TaskFault {
        IdleTimeout(Ordered ordered) {
            super(ordered);
        }

        @Override
        public int idle(long nanos) {
            return isActive(nanos) ? index() : NONE;
        }

        @Override
        public long idleNanos() {
            return plan().delayNanos();
        }
    }

    /** SW-09: load balancers go on asking a task that does not answer, or whose kernel refuses. */
    static final class DeadBackend extends TaskFault {
        DeadBackend(Ordered ordered) {
            super(ordered);
        }

        @Override
        public int silent(Task task, long nanos) {
            return isTask(task) && isActive(nanos) ? index() : NONE;
        }

        @Override
        public boolean refuses(Task task, long nanos) {
            return plan().refuse() && isTask(task) && isActive(nanos);
        }
    }

    /** SW-20: a task is gone, and load balancers know it, but go on sending it the datagrams of ports that it had before. */
    static final class StuckDatagrams extends TaskFault {
        StuckDatagrams(Ordered ordered) {
            super(ordered);
        }

        @Override
        public int silent(Task task, long nanos) {
            return isTask(task) && isActive(nanos) ? index() : NONE;
        }

        @Override
        public boolean isForgotten(Task task, long nanos) {
            return isTask(task) && isActive(nanos);
        }
    }

    /** SW-19: clients use a port again as soon as they can; load balancers, which remember it, drop the first SYN. */
    static final class PortReuse extends TaskFault {
        PortReuse(Ordered ordered) {
            super(ordered);
        }

        @Override
        public int reuse(long nanos) {
            return isActive(nanos) ? index() : NONE;
        }
    }

    /** SW-26: a node is managed, but has no part in gossip and overlays: its published ports are closed, its tasks unknown. */
    static final class WithoutGossip extends TaskFault {
        WithoutGossip(Ordered ordered) {
            super(ordered);
        }

        @Override
        public int apart(Node node, long nanos) {
            return node.equals(from()) && isActive(nanos) ? index() : NONE;
        }

        @Override
        public boolean isForgotten(Task task, long nanos) {
            return apart(task.node(), nanos) != NONE;
        }
    }

    /** SW-23: clients have a node's IPv6 address; the daemon takes what comes there, and cannot pass it on. */
    static final class Ipv6Port extends TaskFault {
        Ipv6Port(Ordered ordered) {
            super(ordered);
        }

        @Override
        public int hangs(Node node, long nanos) {
            return node.equals(from()) && isActive(nanos) ? index() : NONE;
        }
    }

    /** SW-10: connections are shared evenly, but those of one task stay open and carry many requests. */
    static final class UnevenLoad extends TaskFault {
        private static final int MANY = 20;

        UnevenLoad(Ordered ordered) {
            super(ordered);
        }

        @Override
        public int load(Task task, long nanos) {
            return isTask(task) && isActive(nanos) ? MANY : 1;
        }
    }

    /** A task, with its addresses, moves to another node. */
    static final class Migration extends TaskFault {
        private final Node destination;

        Migration(Ordered ordered) {
            super(ordered);
            destination = ordered.swarm().node(plan().to().orElseThrow());
        }

        @Override
        public Node whereIs(Task task, long nanos) {
            return isTask(task) && isActive(nanos) ? destination : task.node();
        }
    }

    /** A node dies; after a while the load balancers forget its tasks. */
    static final class NodeFailure extends TaskFault {
        private static final long NOTICED = TimeUnit.SECONDS.toNanos(5);

        NodeFailure(Ordered ordered) {
            super(ordered);
        }

        @Override
        public boolean isDown(Node node, long nanos) {
            return node.equals(from()) && isActive(nanos);
        }

        @Override
        public int silent(Task task, long nanos) {
            return isDown(task.node(), nanos) ? index() : NONE;
        }

        @Override
        public boolean isForgotten(Task task, long nanos) {
            long noticed = plan().delayNanos() == 0 ? NOTICED : plan().delayNanos();
            return task.node().equals(from()) && isActive(nanos) && nanos >= begin() + noticed;
        }
    }
}
