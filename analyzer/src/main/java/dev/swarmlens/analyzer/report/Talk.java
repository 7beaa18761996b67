package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.EchoTimes;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;

/** One flow with what each vantage saw of it: the same packets, so nothing is summed over vantages. */
final class Talk {
    private static final int EPHEMERAL = 32_768;
    private static final long NANOS_PER_MICRO = 1000;

    /** What one vantage saw: its flow's conversations, oldest first. */
    private static final class Sight {
        private final Vantage vantage;
        private final int[] rows;

        Sight(Vantage vantage, int latest) {
            this.vantage = vantage;
            this.rows = vantage.seen().flows().upTo(latest);
        }

        Flows flows() {
            return vantage.seen().flows();
        }

        Conversations conversations() {
            return flows().conversations();
        }

        int latest() {
            return rows[rows.length - 1];
        }

        long sum(ToLongFunction<Integer> value) {
            long sum = 0;
            for (int row : rows) {
                sum += value.applyAsLong(row);
            }
            return sum;
        }
    }

    private final List<Sight> sights = new ArrayList<>();

    /**
     * Looks a flow up.
     *
     * @param keys those by which it may have been seen, that of its network first
     */
    Talk(List<Vantage> vantages, long[]... keys) {
        for (long[] key : keys) {
            for (Vantage vantage : vantages) {
                int latest = vantage.seen().flows().find(key);
                if (latest != Conversations.NONE) {
                    sights.add(new Sight(vantage, latest));
                }
            }
        }
    }

    Report.Flow toReport() {
        Sight any = sights.get(0);
        int protocol = any.conversations().protocol(any.latest());
        int vni = any.conversations().vni(any.latest());
        int forward = initiator();
        int reverse = 1 - forward;
        boolean hasPorts = protocol == IpProtocol.TCP.code() || protocol == IpProtocol.UDP.code();
        return new Report.Flow(
                vni == Sighting.UNDERLAY ? null : vni,
                new IpProtocol(protocol).toString(),
                socket(any, forward, hasPorts),
                socket(any, reverse, hasPorts),
                vtep(forward),
                vtep(reverse),
                List.copyOf(new TreeSet<>(
                        sights.stream().map(sight -> sight.vantage.node()).toList())),
                Times.orNull(over(sight -> sight.conversations().first(sight.rows[0]), Math::min)),
                Times.orNull(over(sight -> sight.conversations().last(sight.latest()), Math::max)),
                most(sight -> sight.sum(row -> sight.conversations().packets(row, forward))),
                most(sight -> sight.sum(row -> sight.conversations().packets(row, reverse))),
                most(sight -> sight.sum(row -> sight.conversations().bytes(row, forward))),
                most(sight -> sight.sum(row -> sight.conversations().bytes(row, reverse))),
                protocol == IpProtocol.TCP.code() ? tcp() : null,
                icmp());
    }

    private static Report.Socket socket(Sight sight, int direction, boolean hasPorts) {
        return new Report.Socket(
                sight.conversations().address(sight.latest(), direction).toString(),
                hasPorts ? sight.conversations().port(sight.latest(), direction) : null);
    }

    private long over(ToLongFunction<Sight> value, LongBinaryOperator choose) {
        return sights.stream().mapToLong(value).reduce(choose).orElseThrow();
    }

    private long most(ToLongFunction<Sight> value) {
        return over(value, Math::max);
    }

    private int initiator() {
        for (Sight sight : sights) {
            int initiator = sight.conversations().initiator(sight.latest());
            if (initiator != Conversations.NONE) {
                return initiator;
            }
        }
        Sight any = sights.get(0);
        return initiator(any.conversations(), any.latest(), any.rows[0]);
    }

    /** Who began what a conversation tells of, as far as it alone tells. */
    static int initiator(Conversations conversations, int row) {
        return initiator(conversations, row, row);
    }

    private static int initiator(Conversations conversations, int row, int oldest) {
        int initiator = conversations.initiator(row);
        return initiator != Conversations.NONE
                ? initiator
                : initiatorByPorts(
                        conversations.port(row, 0), conversations.port(row, 1), conversations.firstDirection(oldest));
    }

    /** Without a handshake, who has an ephemeral port asked who has none; else who spoke first. */
    static int initiatorByPorts(int port0, int port1, int firstDirection) {
        if (port0 == 0 != (port1 == 0)) {
            // an echo: its identifier stands on the side that asked
            return port0 == 0 ? 1 : 0;
        }
        if (port0 >= EPHEMERAL != port1 >= EPHEMERAL) {
            return port0 >= EPHEMERAL ? 0 : 1;
        }
        return firstDirection;
    }

    /** The tunnel endpoint that sends in a direction, from either direction's tunnel. */
    private String vtep(int direction) {
        for (Sight sight : sights) {
            for (int i = sight.rows.length - 1; i >= 0; i--) {
                Address vtep = vtep(sight.vantage, sight.rows[i], direction);
                if (vtep != null) {
                    return vtep.toString();
                }
            }
        }
        return null;
    }

    /** The tunnel endpoint behind which the sender of a direction lives, or {@code null} on the underlay. */
    static Address vtep(Vantage vantage, int row, int direction) {
        Conversations conversations = vantage.seen().flows().conversations();
        int tunnel = conversations.tunnel(row, direction);
        if (tunnel >= 0) {
            return vantage.seen().tunnels().source(tunnel);
        }
        int answer = conversations.tunnel(row, 1 - direction);
        return answer < 0 ? null : vantage.seen().tunnels().destination(answer);
    }

    private Report.Tcp tcp() {
        return new Report.Tcp(
                state(),
                most(sight -> sight.rows.length),
                handshakeMicros(),
                most(sight -> sight.sum(row -> sight.conversations().retransmittedBytes(row, 0)
                        + sight.conversations().retransmittedBytes(row, 1))));
    }

    private Report.TcpState state() {
        boolean begun = any((conversations, row) -> conversations.hasSyn(row));
        boolean answered = any((conversations, row) -> conversations.isAnswered(row));
        if (any((conversations, row) -> conversations.isReset(row, 0) || conversations.isReset(row, 1))) {
            return Report.TcpState.RESET;
        }
        if (any((conversations, row) -> conversations.isFinished(row, 0))
                && any((conversations, row) -> conversations.isFinished(row, 1))) {
            return Report.TcpState.CLOSED;
        }
        if (answered) {
            return Report.TcpState.ESTABLISHED;
        }
        boolean replied =
                begun && any((conversations, row) -> conversations.packets(row, 1 - conversations.initiator(row)) > 0);
        return begun && !replied ? Report.TcpState.UNANSWERED : Report.TcpState.MIDSTREAM;
    }

    private interface Test {
        boolean holds(Conversations conversations, int row);
    }

    /** Whether something holds for the latest conversation at any vantage; one may have seen what another has not. */
    private boolean any(Test test) {
        long latest = most(sight -> sight.conversations().first(sight.latest()));
        long begin = over(sight -> sight.conversations().last(sight.latest()), Math::max);
        for (Sight sight : sights) {
            Conversations conversations = sight.conversations();
            boolean same = conversations.first(sight.latest()) <= begin && conversations.last(sight.latest()) >= latest;
            if (same && test.holds(conversations, sight.latest())) {
                return true;
            }
        }
        return false;
    }

    private Long handshakeMicros() {
        Long longest = null;
        for (Sight sight : sights) {
            Conversations conversations = sight.conversations();
            for (int row : sight.rows) {
                if (conversations.hasSyn(row) && conversations.isAnswered(row)) {
                    long ack = conversations.firstAckTime(row, conversations.initiator(row));
                    long nanos = ack - conversations.synTime(row);
                    if (ack != Long.MAX_VALUE && nanos >= 0) {
                        // each vantage sees the whole round trip, the initiator's most of all
                        longest = Math.max(longest == null ? 0 : longest, nanos / NANOS_PER_MICRO);
                    }
                    break;
                }
            }
        }
        return longest;
    }

    private Report.Icmp icmp() {
        long requests = 0;
        long replies = 0;
        Report.Rtt rtt = null;
        for (Sight sight : sights) {
            EchoTimes echoes = sight.flows().echoes(sight.latest());
            if (echoes != null) {
                requests = Math.max(requests, echoes.requests());
                replies = Math.max(replies, echoes.replies());
                rtt = longer(rtt, echoes);
            }
        }
        return requests + replies == 0 ? null : new Report.Icmp(requests, replies, rtt);
    }

    /** Of two vantages the one nearer to the initiator sees more of the way, and the longer times. */
    private static Report.Rtt longer(Report.Rtt rtt, EchoTimes echoes) {
        if (echoes.micros().getTotalCount() == 0) {
            return rtt;
        }
        long median = echoes.micros().getValueAtPercentile(50);
        return rtt != null && rtt.median() >= median
                ? rtt
                : new Report.Rtt(
                        echoes.micros().getMinValue(), median, echoes.micros().getMaxValue());
    }
}
