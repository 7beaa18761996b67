package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.wire.Datagram;
import dev.swarmlens.samples.wire.Leg;
import dev.swarmlens.samples.wire.Route;
import dev.swarmlens.samples.wire.Tunnel;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * SW-08: somebody on another node sends from a live task's address. The receiver's kernel, which has a permanent entry for the
 * address, drops it.
 */
final class DuplicateAddress extends Fault {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int IDENTIFIER = 0x0bad;
    private static final Bytes CONTENT = Bytes.of(new byte[56]);

    DuplicateAddress(Ordered ordered) {
        super(ordered);
    }

    @Override
    Optional<Actor> actor(Wire wire, Vantage vantage) {
        Endpoint stolen = task().endpoints().values().iterator().next();
        Network network = stolen.network();
        Node impostor = from();
        Optional<Endpoint> victim = swarm().endpoints(network).stream()
                .filter(endpoint -> !endpoint.node().equals(impostor) && !endpoint.equals(stolen))
                .findFirst();
        return victim.map(target -> new Impostor(wire, stolen, target, network, impostor));
    }

    private final class Impostor implements Actor {
        private final Wire wire;
        private final Route route;
        private int sent;

        Impostor(Wire wire, Endpoint stolen, Endpoint target, Network network, Node impostor) {
            this.wire = wire;
            this.route = new Route(List.of(new Leg(
                    impostor,
                    stolen.mac(),
                    target.mac(),
                    stolen.ip(),
                    target.ip(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    0,
                    0,
                    true,
                    List.of(),
                    Optional.of(new Tunnel(network, impostor, target.node())))));
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
            Icmp echo = Icmp.echoRequest(IDENTIFIER, sent & 0xffff);
            wire.carry(new Datagram(sent & 0xffff, true, IpProtocol.ICMP, echo, CONTENT, 0), route, now, index());
            sent++;
            return now + EVERY;
        }
    }
}
