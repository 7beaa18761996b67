package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.wire.Wire;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A worker's connection to the manager, as old as the swarm: every five seconds the worker says that it is alive, and the manager
 * answers. All of it is TLS, so that only lengths and times can be seen.
 */
final class Management implements Actor {
    private static final int PORT = 2377;
    private static final int FIRST_PORT = 32_768;
    private static final int PORTS = 28_232;
    private static final int WINDOW_SHIFT = 7;
    private static final long EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final int HEARTBEAT = 97;
    private static final int ANSWER = 71;
    /** A TLS record of application data, RFC 8446 section 5.1. */
    private static final int APPLICATION_DATA = 23;

    private static final int TLS_1_2 = 0x0303;
    private static final int RECORD_HEADER = 5;

    private final Node worker;
    private final SplittableRandom random;
    private final TcpConnection connection;

    Management(Node worker, Node manager, int mtu, Paths paths, Wire wire, SplittableRandom random, long nanos) {
        this.worker = worker;
        this.random = random;
        int port = FIRST_PORT + random.nextInt(PORTS);
        this.connection = new TcpConnection(
                wire,
                paths.underlay(worker, manager),
                new TcpEnd(port, PORT, mtu, WINDOW_SHIFT, random),
                new TcpEnd(PORT, port, mtu, WINDOW_SHIFT, random),
                random,
                Troubles.NONE,
                nanos);
        connection.resume();
    }

    @Override
    public boolean isBackground() {
        return true;
    }

    @Override
    public long act(long now, Stage stage) {
        connection.pause(Math.max(0, now - connection.now()));
        connection.ask(record(HEARTBEAT));
        connection.answer(record(ANSWER));
        return connection.isAlive() ? Math.max(connection.now(), now + EVERY) : NEVER;
    }

    private Bytes record(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = APPLICATION_DATA;
        BigEndian.put16(bytes, 1, TLS_1_2);
        BigEndian.put16(bytes, RECORD_HEADER - Short.BYTES, length - RECORD_HEADER);
        return Bytes.of(bytes);
    }

    @Override
    public String toString() {
        return "management of " + worker.name();
    }
}
