package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Bytes;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A client whose connection a kernel accepts, but no program takes: what it asks is acknowledged, until it gives up. */
final class Hanging implements Actor {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final TcpConnection connection;
    private final Bytes request;
    private final SplittableRandom random;
    private boolean asked;

    Hanging(TcpConnection connection, Bytes request, SplittableRandom random) {
        this.connection = connection;
        this.request = request;
        this.random = random;
    }

    @Override
    public long act(long now, Stage stage) {
        if (asked) {
            connection.pause(now - connection.now());
            connection.leave();
            return NEVER;
        }
        asked = true;
        connection.open(TcpConnection.Manner.ACCEPT);
        connection.ask(request);
        return now + PATIENCE + random.nextLong(MILLISECOND);
    }
}
