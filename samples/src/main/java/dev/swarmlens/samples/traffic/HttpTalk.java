package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import dev.swarmlens.samples.wire.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Requests and answers. The server writes the status, the headers and the body one after the other, and closes after a single
 * request; if there are several, the client does.
 */
final class HttpTalk extends Conversation {
    private static final String STATUS = "HTTP/1.1 200 OK\r\n";
    private static final String TYPE = "Content-type: text/plain\r\n";
    /** How much of a long body is written at once with its beginning. */
    private static final int FIRST_WRITE = 4096;

    private static final long MILLISECOND = 1_000_000;

    private final TcpConnection connection;
    private final TcpConnection.Manner manner;
    private final TrafficPlan plan;
    private final int requests;
    private final String host;
    private final String replica;
    private final SplittableRandom random;
    /** Where the connection is forgotten, and for how long nothing is said. */
    private final Optional<Path> forgotten;

    private final long idleNanos;
    private int asked;

    HttpTalk(
            Talk talk,
            Ledger ledger,
            Path path,
            TcpConnection connection,
            TcpConnection.Manner manner,
            TrafficPlan plan,
            int requests,
            String host,
            String replica,
            Optional<Path> forgotten,
            long idleNanos,
            SplittableRandom random) {
        super(talk, ledger, path);
        this.connection = connection;
        this.manner = manner;
        this.plan = plan;
        this.requests = requests;
        this.host = host;
        this.replica = replica;
        this.forgotten = forgotten;
        this.idleNanos = idleNanos;
        this.random = random;
    }

    private boolean isSingle() {
        return requests == 1 && forgotten.isEmpty();
    }

    @Override
    long proceed(long now) {
        if (asked == 0) {
            boolean heard = connection.open(manner);
            if (!connection.isAlive()) {
                return end(connection.now(), heard ? Talk.Outcome.REFUSED : Talk.Outcome.UNANSWERED);
            }
        } else {
            connection.pause(now - connection.now());
            if (forgotten.isPresent()) {
                connection.askInVain(request(), forgotten.get());
                return end(connection.now(), Talk.Outcome.RESET);
            }
        }
        Bytes request = request();
        asked++;
        write(request, true);
        if (!connection.isAlive()) {
            return end(connection.now(), Talk.Outcome.UNANSWERED);
        }
        connection.pause(MILLISECOND + random.nextLong(3 * MILLISECOND));
        answer(request.length());
        if (!connection.isAlive()) {
            return end(connection.now(), Talk.Outcome.UNANSWERED);
        }
        if (asked < requests) {
            return connection.now() + plan.thinkNanos() + random.nextLong(MILLISECOND);
        }
        if (forgotten.isPresent()) {
            return connection.now() + idleNanos;
        }
        connection.pause(random.nextLong(MILLISECOND));
        connection.close(isSingle());
        return end(connection.now(), Talk.Outcome.ANSWERED);
    }

    private void answer(int requested) {
        long before = 0;
        String body = replica + "\n";
        String length = isSingle() ? "" : "Content-Length: " + Math.max(plan.response(), body.length()) + "\r\n";
        for (String part : List.of(STATUS, TYPE + length + "\r\n")) {
            write(Content.text(part), false);
            before += part.length();
        }
        long more = plan.response() - (long) body.length();
        Bytes content = more <= 0
                ? Content.text(body)
                : Bytes.join(Content.text(body), Content.of((int) Math.min(more, FIRST_WRITE)));
        write(content, false);
        before += content.length();
        for (long left = more - FIRST_WRITE; left > 0 && connection.isAlive(); ) {
            long flown = connection.fly(false, left);
            left -= flown;
            before += flown;
        }
        if (connection.isAlive()) {
            count(requested, before);
        }
    }

    /** Sends in one segment, or in several if it is too long. */
    private void write(Bytes data, boolean up) {
        int size = connection.client().maximumSegment();
        size = Math.min(size, connection.server().maximumSegment()) - TcpEnd.TIMESTAMPS_LENGTH;
        for (int at = 0; at < data.length() && connection.isAlive(); at += size) {
            Bytes part = data.length() <= size ? data : data.slice(at, Math.min(at + size, data.length()));
            if (up) {
                connection.ask(part);
            } else {
                connection.answer(part);
            }
        }
    }

    private Bytes request() {
        String first = "GET / HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: lens";
        String rest = "\r\n" + (isSingle() ? "Connection: close\r\n" : "") + "\r\n";
        int padding = Math.max(0, plan.request() - first.length() - rest.length());
        return Content.text(first + "-".repeat(padding) + rest);
    }
}
