package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.samples.swarm.Endpoint;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.wire.Datagram;
import dev.swarmlens.samples.wire.Leg;
import dev.swarmlens.samples.wire.Route;
import dev.swarmlens.samples.wire.Tunnel;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;

/** Somebody who pings an endpoint through the tunnel from an address that is not his, as long as a fault is active. */
final class Pinging implements Actor {
    private static final Bytes CONTENT = Bytes.of(new byte[56]);

    private final Fault fault;
    private final Wire wire;
    private final Route route;
    private final int identifier;
    private final long every;
    private int sent;

    /**
     * Somebody.
     *
     * @param identifier of the echo requests
     * @param every how many nanoseconds there are between two of them
     */
    Pinging(
            Fault fault,
            Wire wire,
            Node node,
            MacAddress mac,
            Ipv4Address address,
            Endpoint target,
            int identifier,
            long every) {
        this.fault = fault;
        this.wire = wire;
        this.identifier = identifier;
        this.every = every;
        this.route = new Route(List.of(Leg.direct(node, mac, target.mac(), address, target.ip(), List.of())
                .through(new Tunnel(target.network(), node, target.node()))));
    }

    @Override
    public boolean isBackground() {
        return true;
    }

    @Override
    public long act(long now, Stage stage) {
        if (!fault.isActive(now)) {
            return NEVER;
        }
        Icmp echo = Icmp.echoRequest(identifier, sent & 0xffff);
        wire.carry(new Datagram(sent & 0xffff, true, IpProtocol.ICMP, echo, CONTENT, 0), route, now, fault.index());
        sent++;
        return now + every;
    }
}
