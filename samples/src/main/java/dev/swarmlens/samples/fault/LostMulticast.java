package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.wire.Datagram;
import dev.swarmlens.samples.wire.Leg;
import dev.swarmlens.samples.wire.Route;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * SW-21: a task looks for others of its kind by multicast, as Hazelcast does. Containers of its own node get it; into the tunnel it
 * does not go.
 */
final class LostMulticast extends Fault {
    private static final Ipv4Address GROUP = Ipv4Address.of("224.2.2.3");
    /** {@code 01:00:5e} and the group's last 23 bits, RFC 1112 section 6.4. */
    private static final MacAddress GROUP_MAC = MacAddress.of("01:00:5e:02:02:03");

    private static final int PORT = 54_327;
    private static final Bytes CONTENT = Bytes.of(new byte[84]);
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    LostMulticast(Ordered ordered) {
        super(ordered);
    }

    @Override
    List<Task> watched() {
        return List.of(task());
    }

    @Override
    Optional<Actor> actor(Wire wire, Vantage vantage) {
        Endpoint sender = endpoint(task());
        Node node = task().node();
        return Optional.of(new Calling(
                wire,
                new Route(List.of(Leg.direct(
                        node,
                        sender.mac(),
                        GROUP_MAC,
                        sender.ip(),
                        GROUP,
                        flooded(vantage, node, sender.network()))))));
    }

    /** The task, which calls every second. */
    private final class Calling implements Actor {
        private final Wire wire;
        private final Route route;
        private int sent;

        Calling(Wire wire, Route route) {
            this.wire = wire;
            this.route = route;
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
            Udp udp = Udp.from(PORT).to(PORT);
            wire.carry(new Datagram(sent++ & 0xffff, true, IpProtocol.UDP, udp, CONTENT, 0), route, now, index());
            return now + EVERY;
        }
    }
}
