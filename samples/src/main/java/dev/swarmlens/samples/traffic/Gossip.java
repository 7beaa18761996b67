package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.wire.Datagram;
import dev.swarmlens.samples.wire.Path;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A node's memberlist: once a second it probes another node, in turns of its own, which acknowledges. All of it is encrypted, so
 * that only lengths and times can be seen.
 */
final class Gossip implements Actor {
    private static final int PORT = 7946;
    private static final int PROBE = 112;
    private static final int ACKNOWLEDGMENT = 49;
    private static final long SECOND = 1_000_000_000;
    private static final long REACTION = 2_000_000;
    private static final Udp HEADER = Udp.from(PORT).to(PORT);

    private record Peer(Node node, Path path) {}

    private final Node node;
    private final Wire wire;
    private final Troubles troubles;
    private final SplittableRandom random;
    private final List<Peer> peers;
    private int turn;
    private int identification;

    Gossip(Node node, List<Node> nodes, Paths paths, Wire wire, Troubles troubles, SplittableRandom random) {
        this.node = node;
        this.wire = wire;
        this.troubles = troubles;
        this.random = random;
        this.identification = random.nextInt(1 << Short.SIZE);
        Stream<Node> others = nodes.stream().filter(other -> !other.equals(node));
        this.peers = others.map(other -> new Peer(other, paths.underlay(node, other)))
                .toList();
    }

    @Override
    public boolean isBackground() {
        return true;
    }

    @Override
    public long act(long now, Stage stage) {
        if (peers.isEmpty()) {
            return NEVER;
        }
        Peer peer = peers.get(turn++ % peers.size());
        if (troubles.apart(node, now) == Troubles.NONE && troubles.apart(peer.node(), now) == Troubles.NONE) {
            probe(peer, now);
        }
        return now + SECOND - SECOND / 200 + random.nextLong(SECOND / 100);
    }

    private void probe(Peer peer, long now) {
        long arrival = wire.carry(message(PROBE), peer.path().forward(), now);
        if (arrival != Wire.LOST) {
            wire.carry(message(ACKNOWLEDGMENT), peer.path().backward(), arrival + REACTION + random.nextLong(REACTION));
        }
    }

    /** The first byte is the version of the encryption, the rest looks random. */
    private Datagram message(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = 1;
        identification = identification + 1 + random.nextInt(16) & 0xffff;
        return new Datagram(identification, true, IpProtocol.UDP, HEADER, Bytes.of(bytes), 0);
    }

    @Override
    public String toString() {
        return "gossip of " + node.name();
    }
}
