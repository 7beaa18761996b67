package dev.swarmlens.samples.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.testkit.Conversation.Sight;
import dev.swarmlens.samples.traffic.Ledger;
import dev.swarmlens.samples.traffic.Stage;
import dev.swarmlens.samples.traffic.Talk;
import dev.swarmlens.samples.traffic.Troubles;
import dev.swarmlens.samples.wire.Vantage;
import dev.swarmlens.samples.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Conversations, one at a time. */
public final class Conversations {
    private Conversations() {}

    /** Any conversation of {@linkplain Scenarios#any() any scenario}, with nothing else on the wire. */
    public static Arbitrary<Conversation> any() {
        return Scenarios.any()
                .flatMap(scenario -> Arbitraries.of(scenario.traffic()).map(plan -> play(scenario, plan)));
    }

    private static Conversation play(Scenario scenario, TrafficPlan plan) {
        String first = plan.from().get(0);
        boolean service =
                scenario.services().stream().anyMatch(each -> each.name().equals(first));
        String who = service ? first + ".1" : first;
        Scenario alone = new Scenario(
                scenario.name(),
                scenario.seed(),
                scenario.start(),
                scenario.mtu(),
                scenario.dataPathPort(),
                false,
                false,
                scenario.nodes(),
                scenario.networks(),
                scenario.services(),
                scenario.clients(),
                List.of(plan.onceFrom(who)),
                List.of(),
                List.of());
        Swarm swarm = Swarm.of(alone);
        Vantage vantage = new Vantage(swarm, List.of());
        SplittableRandom random = new SplittableRandom(alone.seed());
        Wire wire = new Wire(swarm, vantage, List.of(), random.split());
        List<Talk> talks = new ArrayList<>();
        Ledger ledger = (talk, outcome, start, end, requests, forward, backward, captured) -> talks.add(talk);
        Stage stage = new Stage(Long.MAX_VALUE, unused -> false, () -> false);
        new dev.swarmlens.samples.traffic.Conversations(swarm, vantage, wire, new Troubles() {}, ledger, random.split())
                .enter(alone, stage, false);
        List<Sight> sights = new ArrayList<>();
        try {
            stage.play(
                    wire,
                    (point, nanos, frame, length, fault) ->
                            sights.add(new Sight(point, nanos, Bytes.of(frame, 0, length))));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Conversation(swarm, talks.get(0), sights);
    }
}
