package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.samples.wire.Path;
import dev.swarmlens.samples.wire.Route;
import dev.swarmlens.samples.wire.Wire;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * A TCP connection, segment by segment: what is lost is sent again until the sender gives up. Its clock is that of whoever acts
 * next.
 */
final class TcpConnection {
    /** How the server's kernel treats a SYN. */
    enum Manner {
        /** It answers. */
        ACCEPT,
        /** It resets. */
        REFUSE,
        /** It says nothing. */
        IGNORE
    }

    private static final long ACK_NANOS = 50_000;
    private static final long SYN_TIMEOUT = 1_000_000_000;
    private static final long TIMEOUT = 210_000_000;
    private static final int SYNS = 5;
    private static final int TRIES = 6;
    /** Between two segments of a flight: a gigabit a second. */
    private static final long SERIALIZATION = 12_000;

    private static final int ACKNOWLEDGED_TOGETHER = 2;
    private static final int FIRST_FLIGHT = 10;
    private static final int LARGEST_FLIGHT = 40;

    private final Wire wire;
    private final Route forward;
    private final Route backward;
    private final SplittableRandom random;
    private final int fault;
    private final TcpEnd client;
    private final TcpEnd server;
    /** How far the first SYN gets, if a load balancer drops it. */
    private Optional<Path> dropped = Optional.empty();

    private int dropping;
    private int flight = FIRST_FLIGHT;
    private long now;
    private boolean alive;

    /**
     * A connection that is about to open.
     *
     * @param fault the fault that all of it shows, -1 if none
     */
    TcpConnection(Wire wire, Path path, TcpEnd client, TcpEnd server, SplittableRandom random, int fault, long nanos) {
        this.wire = wire;
        this.forward = path.forward();
        this.backward = path.backward();
        this.client = client;
        this.server = server;
        this.random = random;
        this.fault = fault;
        this.now = nanos;
    }

    /** When whoever acts next can act. */
    long now() {
        return now;
    }

    /** Lets time pass. */
    void pause(long nanos) {
        now += nanos;
    }

    /** Whether both ends still talk. */
    boolean isAlive() {
        return alive;
    }

    TcpEnd client() {
        return client;
    }

    TcpEnd server() {
        return server;
    }

    /** Goes on with a connection whose handshake nobody has seen. */
    void resume() {
        client.syn(now);
        server.takeSyn(client, now);
        server.synAck(now);
        client.opened();
        client.takeSyn(server, now);
        server.opened();
        alive = true;
    }

    /**
     * A load balancer will drop the first SYN.
     *
     * @param asFar how far it gets
     * @param byFault the fault that it shows
     */
    void dropFirstSyn(Path asFar, int byFault) {
        dropped = Optional.of(asFar);
        dropping = byFault;
    }

    /** Sends the SYN; returns when it arrives. */
    private long synchronize(int attempt) {
        if (attempt == 0 && dropped.isPresent()) {
            wire.carry(client.syn(now), dropped.get().forward(), now, dropping);
            return Wire.LOST;
        }
        return wire.carry(client.syn(now), forward, now, fault);
    }

    /**
     * Shakes hands.
     *
     * @return whether the server has answered with anything at all
     */
    boolean open(Manner manner) {
        for (int attempt = 0; attempt < SYNS; attempt++) {
            long arrival = synchronize(attempt);
            if (arrival != Wire.LOST && manner == Manner.REFUSE) {
                long back = wire.carry(TcpEnd.reset(server, client, true), backward, arrival + reaction(), fault);
                if (back != Wire.LOST) {
                    now = back;
                    return true;
                }
            }
            if (arrival != Wire.LOST && manner == Manner.ACCEPT) {
                server.takeSyn(client, now);
                long answered = arrival + reaction();
                long back = wire.carry(server.synAck(answered), backward, answered, fault);
                if (back != Wire.LOST) {
                    client.opened();
                    client.takeSyn(server, answered);
                    server.opened();
                    now = back + reaction();
                    long there = wire.carry(client.segment(now, Tcp.FLAG_ACK, Bytes.EMPTY), forward, now, fault);
                    if (there != Wire.LOST) {
                        server.hear(client, now);
                    }
                    alive = true;
                    return true;
                }
            }
            now += SYN_TIMEOUT << Math.max(0, attempt - 2);
            client.rehash();
        }
        return false;
    }

    /** The client sends; each segment is acknowledged before the next, as when a program writes them one by one. */
    void ask(Bytes data) {
        exchange(client, server, forward, backward, Tcp.FLAG_PSH | Tcp.FLAG_ACK, data, data.length());
    }

    /** The server sends. */
    void answer(Bytes data) {
        exchange(server, client, backward, forward, Tcp.FLAG_PSH | Tcp.FLAG_ACK, data, data.length());
    }

    /** The client sends a segment to which nobody listens any more; the entry node resets. */
    void askInVain(Bytes data, Path asFar) {
        long arrival = wire.carry(client.segment(now, Tcp.FLAG_PSH | Tcp.FLAG_ACK, data), asFar.forward(), now, fault);
        client.sent(data.length());
        if (arrival != Wire.LOST) {
            now = wire.carry(TcpEnd.reset(server, client, false), asFar.backward(), arrival + ACK_NANOS, fault);
        }
        alive = false;
    }

    private void exchange(TcpEnd from, TcpEnd to, Route there, Route back, int flags, Bytes data, int length) {
        long timeout = TIMEOUT;
        boolean taken = false;
        long sequence = from.sequence();
        for (int attempt = 0; attempt < TRIES && alive; attempt++) {
            long arrival = wire.carry(from.segment(now, flags, sequence, data), there, now, fault);
            if (arrival != Wire.LOST) {
                if (taken) {
                    to.hear(from, now);
                } else {
                    to.take(from, length, now);
                    taken = true;
                }
                long acknowledged = arrival + reaction();
                long heard = wire.carry(to.segment(acknowledged, Tcp.FLAG_ACK, Bytes.EMPTY), back, acknowledged, fault);
                if (heard != Wire.LOST) {
                    from.sent(length);
                    from.hear(to, acknowledged);
                    now = heard;
                    return;
                }
            }
            now += timeout + random.nextLong(TIMEOUT / 10);
            timeout *= 2;
            from.rehash();
        }
        alive = false;
    }

    /**
     * Sends a flight of a long transfer.
     *
     * @param up whether the client sends
     * @param left bytes still to be sent
     * @return how many arrived
     */
    long fly(boolean up, long left) {
        return fly(up, left, Content::of);
    }

    /**
     * Sends a flight of a long transfer.
     *
     * @param content makes what a segment of a length carries
     */
    long fly(boolean up, long left, IntFunction<Bytes> content) {
        TcpEnd from = up ? client : server;
        TcpEnd to = up ? server : client;
        Route there = up ? forward : backward;
        Route back = up ? backward : forward;
        int size = Math.min(client.maximumSegment(), server.maximumSegment()) - TcpEnd.TIMESTAMPS_LENGTH;
        long done = 0;
        long leaves = now;
        long latest = now;
        int unacknowledged = 0;
        for (int i = 0; i < flight && done < left; i++) {
            int length = (int) Math.min(size, left - done);
            boolean last = done + length == left || i == flight - 1;
            int flags = last ? Tcp.FLAG_PSH | Tcp.FLAG_ACK : Tcp.FLAG_ACK;
            Bytes data = content.apply(length);
            long arrival = wire.carry(from.segment(leaves, flags, data), there, leaves, fault);
            if (arrival == Wire.LOST) {
                now = Math.max(latest, leaves) + TIMEOUT;
                from.rehash();
                exchange(from, to, there, back, flags, data, length);
                flight = FIRST_FLIGHT;
                return alive ? done + length : done;
            }
            to.take(from, length, leaves);
            from.sent(length);
            done += length;
            unacknowledged++;
            if (last || unacknowledged == ACKNOWLEDGED_TOGETHER) {
                unacknowledged = 0;
                long acknowledged = arrival + ACK_NANOS;
                long heard = wire.carry(to.segment(acknowledged, Tcp.FLAG_ACK, Bytes.EMPTY), back, acknowledged, fault);
                latest = heard == Wire.LOST ? latest : heard;
            }
            leaves += SERIALIZATION;
        }
        flight = Math.min(2 * flight, LARGEST_FLIGHT);
        now = Math.max(latest, leaves);
        return done;
    }

    /** Closes: one end, then the other. */
    void close(boolean serverFirst) {
        TcpEnd first = serverFirst ? server : client;
        TcpEnd second = serverFirst ? client : server;
        Route firstWay = serverFirst ? backward : forward;
        Route secondWay = serverFirst ? forward : backward;
        int flags = Tcp.FLAG_FIN | Tcp.FLAG_ACK;
        for (int attempt = 0; attempt < TRIES && alive; attempt++) {
            long arrival = wire.carry(first.segment(now, flags, first.sequence(), Bytes.EMPTY), firstWay, now, fault);
            if (arrival != Wire.LOST) {
                second.take(first, 1, now);
                first.sent(1);
                now = arrival + reaction();
                exchange(second, first, secondWay, firstWay, flags, Bytes.EMPTY, 1);
                break;
            }
            now += TIMEOUT << attempt;
            first.rehash();
        }
        alive = false;
    }

    /** The client closes; the server only acknowledges it. */
    void leave() {
        exchange(client, server, forward, backward, Tcp.FLAG_FIN | Tcp.FLAG_ACK, Bytes.EMPTY, 1);
        alive = false;
    }

    /** The server closes without having read all, and so resets. */
    void abandon() {
        wire.carry(server.segment(now, Tcp.FLAG_RST | Tcp.FLAG_ACK, Bytes.EMPTY), backward, now, fault);
        alive = false;
    }

    private long reaction() {
        return ACK_NANOS + random.nextLong(ACK_NANOS);
    }
}
