package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.wire.Wire;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A node's memberlist: every thirty seconds it sends all that it knows to another node, over TCP, and gets all that the other one
 * knows. How long that is stands before it in clear; the rest is encrypted. Who is sent more than the limit says so, and closes.
 */
final class Synchronization implements Actor {
    private static final int PORT = 7946;
    private static final int FIRST_PORT = 32_768;
    private static final int PORTS = 28_232;
    private static final int WINDOW_SHIFT = 7;
    private static final long EVERY = TimeUnit.SECONDS.toNanos(30);
    private static final long REACTION = TimeUnit.MILLISECONDS.toNanos(2);
    /** What is known of each node: its name, address and networks. */
    private static final int LENGTH_PER_NODE = 180;
    /** An encrypted message: its type, its length, and behind them the version of the encryption. */
    private static final int ENCRYPTED = 10;

    private static final int VERSION = 1;
    private static final int HEADER = 5;
    /** That the state is larger than the limit, in words, with nonce and tag. */
    private static final int REFUSAL = 92;

    private final Node node;
    private final List<Node> others;
    private final int mtu;
    private final Paths paths;
    private final Wire wire;
    private final Troubles troubles;
    private final SplittableRandom random;

    Synchronization(
            Node node, List<Node> nodes, int mtu, Paths paths, Wire wire, Troubles troubles, SplittableRandom random) {
        this.node = node;
        this.others = nodes.stream().filter(other -> !other.equals(node)).toList();
        this.mtu = mtu;
        this.paths = paths;
        this.wire = wire;
        this.troubles = troubles;
        this.random = random;
    }

    /** When it first does. */
    static long begin(long start, SplittableRandom random) {
        return start + random.nextLong(EVERY);
    }

    @Override
    public boolean isBackground() {
        return true;
    }

    @Override
    public long act(long now, Stage stage) {
        if (others.isEmpty()) {
            return NEVER;
        }
        Node other = others.get(random.nextInt(others.size()));
        if (troubles.apart(node, now) == Troubles.NONE && troubles.apart(other, now) == Troubles.NONE) {
            synchronize(other, now);
        }
        return now + EVERY;
    }

    private void synchronize(Node other, long now) {
        int overgrown = troubles.overgrown(now);
        int port = FIRST_PORT + random.nextInt(PORTS);
        TcpConnection connection = new TcpConnection(
                wire,
                paths.underlay(node, other),
                new TcpEnd(port, PORT, mtu, WINDOW_SHIFT, random),
                new TcpEnd(PORT, port, mtu, WINDOW_SHIFT, random),
                random,
                overgrown,
                now);
        connection.open(TcpConnection.Manner.ACCEPT);
        if (overgrown != Troubles.NONE) {
            fly(connection, true, troubles.overgrownLength());
            connection.pause(REACTION);
            fly(connection, false, REFUSAL);
            connection.abandon();
            return;
        }
        int length = LENGTH_PER_NODE * (others.size() + 1);
        fly(connection, true, length);
        connection.pause(REACTION);
        fly(connection, false, length);
        connection.close(false);
    }

    /** Sends a message, or as much of it as makes one flight. */
    private void fly(TcpConnection connection, boolean up, long length) {
        boolean[] begun = new boolean[1];
        if (connection.isAlive()) {
            connection.fly(up, HEADER + length, part -> {
                byte[] bytes = new byte[part];
                random.nextBytes(bytes);
                if (!begun[0]) {
                    begun[0] = true;
                    bytes[0] = ENCRYPTED;
                    BigEndian.put32(bytes, 1, (int) length);
                    bytes[HEADER] = VERSION;
                }
                return Bytes.of(bytes);
            });
        }
    }

    @Override
    public String toString() {
        return "synchronization of " + node.name();
    }
}
