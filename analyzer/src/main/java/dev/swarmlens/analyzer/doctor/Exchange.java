package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.EchoTimes;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.List;

/** One conversation as one vantage saw it, and its packets once they have been looked at closely. */
final class Exchange {
    /** Fewer packets without an answer prove nothing: one may have been lost. */
    private static final int SOME = 3;
    /** A segment of a length that every path takes, sent three times. */
    private static final int STALLED = 2 * 576;
    /** So many datagrams more than answers may all have been sent after the last answer. */
    private static final int MANY = 5;

    private final Vantage vantage;
    private final int row;
    private final int forward;
    private final List<Packet> packets = new ArrayList<>();

    Exchange(Vantage vantage, int row) {
        this.vantage = vantage;
        this.row = row;
        Conversations rows = vantage.seen().flows().conversations();
        int initiator = rows.initiator(row);
        this.forward = initiator != Conversations.NONE
                ? initiator
                // of an echo, who asked has the identifier as its port
                : rows.port(row, 0) == 0 != (rows.port(row, 1) == 0)
                        ? rows.port(row, 0) == 0 ? 1 : 0
                        : rows.firstDirection(row);
    }

    /** Its place among its vantage's conversations. */
    int row() {
        return row;
    }

    private Conversations rows() {
        return vantage.seen().flows().conversations();
    }

    Vantage vantage() {
        return vantage;
    }

    List<Packet> packets() {
        return packets;
    }

    /** The direction in which the initiator sends. */
    int forward() {
        return forward;
    }

    int vni() {
        return rows().vni(row);
    }

    boolean isOverlay() {
        return vni() != Sighting.UNDERLAY;
    }

    int protocol() {
        return rows().protocol(row);
    }

    boolean isTcp() {
        return protocol() == IpProtocol.TCP.code();
    }

    boolean isUdp() {
        return protocol() == IpProtocol.UDP.code();
    }

    boolean isEcho() {
        return vantage.seen().flows().echoes(row) != null;
    }

    Address address(int direction) {
        return rows().address(row, direction);
    }

    int port(int direction) {
        return rows().port(row, direction);
    }

    long first() {
        return rows().first(row);
    }

    long last() {
        return rows().last(row);
    }

    /** The bytes of both directions: whole frames as on the wire. */
    long bytes() {
        return rows().bytes(row, 0) + rows().bytes(row, 1);
    }

    boolean isOf(UnevenLoad.Share share) {
        return share.has(rows(), row);
    }

    boolean hasSyn() {
        return rows().hasSyn(row);
    }

    boolean isAnswered() {
        return rows().isAnswered(row);
    }

    int initialSequence() {
        return rows().initialSequence(row);
    }

    /** The tunnel endpoint that the first packet of a direction came from, or {@code null}. */
    Address source(int direction) {
        int tunnel = rows().tunnel(row, direction);
        return tunnel < 0 ? null : vantage.seen().tunnels().source(tunnel);
    }

    /** The tunnel endpoint that the first packet of a direction went to, or {@code null}. */
    Address destination(int direction) {
        int tunnel = rows().tunnel(row, direction);
        return tunnel < 0 ? null : vantage.seen().tunnels().destination(tunnel);
    }

    /** Fills in the key of its flow. */
    void copyKey(long[] key) {
        rows().copyKey(row, key);
    }

    /**
     * Whether something that was sent in a conversation had no answer though it was sent again, or was refused. Where only one direction
     * was captured the initiator goes on all the same, and nothing is known.
     */
    static boolean isTroubled(Flows flows, int row) {
        Conversations rows = flows.conversations();
        if (rows.protocol(row) == IpProtocol.TCP.code()) {
            return isStuck(rows, row)
                    || rows.isReset(row, 0)
                    || rows.isReset(row, 1)
                    || rows.retransmittedBytes(row, 0) >= STALLED
                    || rows.retransmittedBytes(row, 1) >= STALLED;
        }
        EchoTimes echoes = flows.echoes(row);
        return echoes != null && echoes.requests() > echoes.replies();
    }

    /** Whether the initiator asked again and again and never went on: it had no answer, or did not take it. */
    private static boolean isStuck(Conversations rows, int row) {
        return rows.hasSyn(row)
                && rows.packets(row, rows.initiator(row)) > 1
                && rows.firstAckTime(row, rows.initiator(row)) == Long.MAX_VALUE;
    }

    /** Whether datagrams went only one way, from the beginning or since some time. */
    static boolean isOneWay(Conversations rows, int row) {
        long fewer = Math.min(rows.packets(row, 0), rows.packets(row, 1));
        long more = Math.max(rows.packets(row, 0), rows.packets(row, 1));
        return rows.protocol(row) == IpProtocol.UDP.code() && (fewer == 0 && more >= SOME || more - fewer >= MANY);
    }
}
