package dev.swarmlens.samples.fault;

import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.wire.Crossing;
import dev.swarmlens.samples.wire.Datagram;

/** SW-17: gossip on UDP is lost on its way from one node to another, but not back. */
final class GossipOneWay extends Fault {
    private static final int GOSSIP_PORT = 7946;

    GossipOneWay(Ordered ordered) {
        super(ordered);
    }

    @Override
    public int losesOnUnderlay(Node from, Node to, Datagram datagram, long nanos) {
        boolean ours = isActive(nanos)
                && from.equals(from())
                && to.name().equals(plan().to().orElseThrow())
                && datagram.transport() instanceof Udp udp
                && udp.destinationPort() == GOSSIP_PORT;
        return ours ? index() : Crossing.HEALTHY;
    }
}
