package dev.swarmlens.samples.fault;

import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * SW-08: somebody on another node sends from a live task's address. The receiver's kernel, which has a permanent entry for the
 * address, drops it.
 */
final class DuplicateAddress extends Fault {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int IDENTIFIER = 0x0bad;

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
        return victim.map(
                target -> new Pinging(this, wire, impostor, stolen.mac(), stolen.ip(), target, IDENTIFIER, EVERY));
    }
}
