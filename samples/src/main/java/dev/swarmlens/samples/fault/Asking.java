package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Service;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.traffic.Dns;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.traffic.Troubles;
import dev.swarmlens.samples.wire.Datagram;
import dev.swarmlens.samples.wire.Leg;
import dev.swarmlens.samples.wire.Point;
import dev.swarmlens.samples.wire.Route;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A task that asks Docker's DNS for a service once a second, on its loopback. The address translation of the container sends
 * questions on to the port where the daemon listens; answers come from port 53.
 */
final class Asking implements Actor {
    private static final Ipv4Address LOCALHOST = Ipv4Address.of("127.0.0.1");
    private static final Ipv4Address RESOLVER = Ipv4Address.of("127.0.0.11");
    private static final MacAddress LOOPBACK = new MacAddress(0);
    private static final int PORT = 53;
    /** Linux's ports for outgoing datagrams: so many from the first one. */
    private static final int FIRST_PORT = 32_768;

    private static final int PORTS = 28_232;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long REACTION = TimeUnit.MICROSECONDS.toNanos(200);

    private final StaleNames fault;
    private final Wire wire;
    private final String name;
    private final Ipv4Address address;
    private final SplittableRandom random;
    private final Route there;
    private final Route back;
    private int identification;

    Asking(StaleNames fault, Wire wire, Vantage vantage, Task asker, Service service, Network network) {
        this.fault = fault;
        this.wire = wire;
        this.name = service.name();
        this.address = Optional.ofNullable(service.virtualAddresses().get(network.name()))
                .orElseGet(() -> service.tasks().get(0).in(network).ip());
        this.random = new SplittableRandom(fault.seed() ^ fault.index());
        List<Point> loopback = vantage.container(asker.node(), asker);
        this.there = new Route(List.of(Leg.direct(asker.node(), LOOPBACK, LOOPBACK, LOCALHOST, RESOLVER, loopback)
                .redirectedTo(port())));
        this.back = new Route(List.of(Leg.direct(asker.node(), LOOPBACK, LOOPBACK, RESOLVER, LOCALHOST, loopback)));
    }

    private int port() {
        return FIRST_PORT + random.nextInt(PORTS);
    }

    @Override
    public boolean isBackground() {
        return true;
    }

    @Override
    public long act(long now, Stage stage) {
        int port = port();
        Bytes query = Dns.query(random.nextInt(1 << Short.SIZE), name);
        long arrival = wire.carry(datagram(port, PORT, query), there, now);
        if (arrival != Wire.LOST) {
            Bytes answer = fault.isForgotten(now) ? Dns.refusal(query) : Dns.answer(query, address);
            wire.carry(
                    datagram(PORT, port, answer),
                    back,
                    arrival + REACTION + random.nextLong(REACTION),
                    fault.isStale(now) ? fault.index() : Troubles.NONE);
        }
        return now + SECOND + random.nextLong(SECOND / 10);
    }

    private Datagram datagram(int from, int to, Bytes payload) {
        identification = identification + 1 + random.nextInt(16) & 0xffff;
        return new Datagram(identification, true, IpProtocol.UDP, new Udp(from, to, 0, 0), payload, 0);
    }
}
