package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.wire.Datagram;
import dev.swarmlens.samples.wire.Leg;
import dev.swarmlens.samples.wire.Point;
import dev.swarmlens.samples.wire.Route;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * SW-13: a node's VXLAN device does not know a task of another node, so nothing leaves for there: a container asks for its MAC
 * address again and again, and for others', which the device answers.
 */
final class NeighbourOverflow extends Fault {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** So often the kernel asks, once a second, before it gives up: net.ipv4.neigh.default.mcast_solicit. */
    private static final int REQUESTS = 3;
    /** After so many seconds it is needed again. */
    private static final int AGAIN = 5;

    private static final long ANSWER = TimeUnit.MICROSECONDS.toNanos(40);

    private final Endpoint unknown;
    private final Network network;
    private final List<Task> here;

    NeighbourOverflow(Ordered ordered) {
        super(ordered);
        unknown = endpoint(task());
        network = unknown.network();
        here = task().node().equals(from()) ? List.of() : tasks(from(), network);
    }

    @Override
    List<Task> watched() {
        return here.stream().limit(1).toList();
    }

    @Override
    public boolean isUnknown(Leg leg, long nanos) {
        return isActive(nanos)
                && !here.isEmpty()
                && leg.node().equals(from())
                && leg.destination().equals(unknown.mac());
    }

    @Override
    Optional<Actor> actor(Wire wire, Vantage vantage) {
        return here.stream().findFirst().map(task -> new Asking(wire, vantage, task));
    }

    /** A container's kernel, which asks. */
    private final class Asking implements Actor {
        private final Wire wire;
        private final Endpoint asker;
        private final Endpoint known;
        private final List<Point> everywhere;
        private final List<Point> itself;
        private int turn;

        Asking(Wire wire, Vantage vantage, Task task) {
            this.wire = wire;
            asker = task.in(network);
            known = swarm().endpoints(network).stream()
                    .filter(endpoint ->
                            !endpoint.equals(unknown) && !endpoint.node().equals(from()))
                    .findFirst()
                    .orElse(swarm().loadBalancer(network, from()));
            everywhere = flooded(vantage, from(), network);
            itself = vantage.container(from(), task);
        }

        @Override
        public boolean isBackground() {
            return true;
        }

        @Override
        public long act(long now, Stage stage) {
            if (!isActive(now)) {
                return NEVER;
            }
            int second = turn++ % AGAIN;
            if (second < REQUESTS) {
                wire.carry(request(unknown), way(asker.mac(), MacAddress.BROADCAST, everywhere), now, index());
            } else if (second == REQUESTS) {
                wire.carry(request(known), way(asker.mac(), MacAddress.BROADCAST, everywhere), now);
                Arp reply = Arp.reply(known.mac(), known.ip(), asker.mac(), asker.ip());
                wire.carry(Datagram.of(reply), way(known.mac(), asker.mac(), itself), now + ANSWER);
            }
            return now + SECOND;
        }

        private Datagram request(Endpoint wanted) {
            return Datagram.of(Arp.request(asker.mac(), asker.ip(), wanted.ip()));
        }

        private Route way(MacAddress source, MacAddress destination, List<Point> seenAt) {
            return new Route(List.of(Leg.direct(from(), source, destination, asker.ip(), asker.ip(), seenAt)));
        }
    }
}
