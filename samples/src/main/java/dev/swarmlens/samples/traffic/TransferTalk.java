package dev.swarmlens.samples.traffic;

import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import dev.swarmlens.samples.wire.Path;

/** A long transfer, up and then down. */
final class TransferTalk extends Conversation {
    private final TcpConnection connection;
    private final TcpConnection.Manner manner;
    private long up;
    private long down;
    private boolean open;

    TransferTalk(
            Talk talk,
            Ledger ledger,
            Path path,
            TcpConnection connection,
            TcpConnection.Manner manner,
            TrafficPlan plan) {
        super(talk, ledger, path);
        this.connection = connection;
        this.manner = manner;
        this.up = plan.request();
        this.down = plan.response();
    }

    @Override
    long proceed(long now) {
        if (!open) {
            boolean heard = connection.open(manner);
            if (!connection.isAlive()) {
                return end(connection.now(), heard ? Talk.Outcome.REFUSED : Talk.Outcome.UNANSWERED);
            }
            open = true;
            return connection.now();
        }
        if (up > 0) {
            long flown = connection.fly(true, up);
            up -= flown;
            count(flown, 0);
        } else if (down > 0) {
            long flown = connection.fly(false, down);
            down -= flown;
            count(0, flown);
        } else {
            connection.close(false);
            return end(connection.now(), Talk.Outcome.ANSWERED);
        }
        return connection.isAlive() ? connection.now() : end(connection.now(), Talk.Outcome.UNANSWERED);
    }
}
