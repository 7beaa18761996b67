package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.samples.scenario.Subnet;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.traffic.Actor;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * SW-22: somebody who is no node sends VXLAN to one, from an overlay address that nobody has. Linux takes it; the container's
 * answer has nowhere to go.
 */
final class Stranger extends Fault {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int FAR = 120;
    /** Locally administered; behind it the last three bytes of the address. */
    private static final long MAC = 0x0a00_00L << 24;

    private static final long LAST_BYTES = 0xff_ffff;
    private static final int IDENTIFIER = 0x57a6;

    Stranger(Ordered ordered) {
        super(ordered);
    }

    @Override
    Optional<Actor> actor(Wire wire, Vantage vantage) {
        Network network = swarm().ingress();
        Node victim = swarm().node(plan().to().orElseThrow());
        Ipv4Address address =
                plan().address().orElse(new Ipv4Address(victim.address().bits() + FAR));
        MacAddress mac = new MacAddress(MAC | address.bits() & LAST_BYTES);
        Node stranger = new Node(swarm().nodes().size(), "stranger", "", address, mac, mac, 0);
        Subnet subnet = network.subnet();
        Ipv4Address forged = subnet.address(subnet.size() - 2);
        return swarm().endpoints(network).stream()
                .filter(endpoint -> endpoint.node().equals(victim))
                .findFirst()
                .map(target -> new Pinging(
                        this, wire, stranger, MacAddress.ofOverlayEndpoint(forged), forged, target, IDENTIFIER, EVERY));
    }
}
