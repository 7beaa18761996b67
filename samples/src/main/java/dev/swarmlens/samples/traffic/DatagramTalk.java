package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import dev.swarmlens.samples.swarm.Task;
import dev.swarmlens.samples.wire.Datagram;
import dev.swarmlens.samples.wire.Path;
import dev.swarmlens.samples.wire.Wire;
import java.util.Optional;
import java.util.SplittableRandom;

/** Datagrams, each answered by one: UDP, DNS and ping. */
final class DatagramTalk extends Conversation {
    private static final long MILLISECOND = 1_000_000;
    private static final int WORDS = 1 << Short.SIZE;

    private final Wire wire;
    private final Path path;
    private final TrafficPlan plan;
    private final Troubles troubles;
    /** Who is asked; empty if a load balancer answers itself. */
    private final Optional<Task> task;

    private final SplittableRandom random;
    private final int identifier;
    private int identification;
    private int answerIdentification;
    private int sent;

    DatagramTalk(
            Talk talk,
            Ledger ledger,
            Wire wire,
            Path path,
            TrafficPlan plan,
            Troubles troubles,
            Optional<Task> task,
            SplittableRandom random) {
        super(talk, ledger, path);
        this.wire = wire;
        this.path = path;
        this.plan = plan;
        this.troubles = troubles;
        this.task = task;
        this.random = random;
        this.identifier = random.nextInt(WORDS);
        this.identification = random.nextInt(WORDS);
        this.answerIdentification = random.nextInt(WORDS);
    }

    @Override
    long proceed(long now) {
        Bytes question = question();
        int fault = task.map(asked -> troubles.silent(asked, now)).orElse(Troubles.NONE);
        identification = identification + 1 + random.nextInt(8) & WORDS - 1;
        long arrival = wire.carry(datagram(identification, true, question), path.forward(), now, fault);
        long end = now + MILLISECOND;
        long back = Wire.LOST;
        if (arrival != Wire.LOST) {
            end = arrival;
            if (fault == Troubles.NONE) {
                long answered = arrival + MILLISECOND / 10 + random.nextLong(MILLISECOND / 5);
                answerIdentification = answerIdentification + 1 + random.nextInt(8) & WORDS - 1;
                back = wire.carry(datagram(answerIdentification, false, answer(question)), path.backward(), answered);
                end = Math.max(end, back);
            }
        }
        count(
                question.length(),
                back == Wire.LOST ? 0 : Math.max(1, answer(question).length()));
        sent++;
        if (sent < plan.requests()) {
            return Math.max(end, now + plan.thinkNanos());
        }
        boolean all = answered() == plan.requests();
        return end(end, all ? Talk.Outcome.ANSWERED : Talk.Outcome.UNANSWERED);
    }

    private Datagram datagram(int id, boolean up, Bytes payload) {
        Talk talk = talk();
        return switch (plan.kind()) {
            case PING -> {
                Header echo = up ? Icmp.echoRequest(identifier, sent) : Icmp.echoReply(identifier, sent);
                // a reply may be cut on its way, a request not
                yield new Datagram(id, up, IpProtocol.ICMP, echo, payload, 0);
            }
            default -> {
                int from = up ? talk.clientPort() : talk.port();
                int to = up ? talk.port() : talk.clientPort();
                yield new Datagram(id, true, IpProtocol.UDP, new Udp(from, to, 0, 0), payload, 0);
            }
        };
    }

    private Bytes question() {
        return switch (plan.kind()) {
            case DNS -> Dns.query(identifier + sent & WORDS - 1, talk().service() + ".example");
            default -> Content.of(plan.request());
        };
    }

    private Bytes answer(Bytes question) {
        return switch (plan.kind()) {
            case DNS -> Dns.answer(question, talk().taskAddress());
            case PING -> question;
            default -> Content.of(plan.response());
        };
    }
}
