package dev.swarmlens.samples.testkit;

import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.swarm.Swarm;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;

/**
 * What {@code @ForAll} gives in a class or a method with {@code @Domain(SwarmDomain.class)}, besides all that jqwik gives itself:
 * {@link Scenario}, {@link Swarm} and {@link Conversation}, all of them healthy.
 */
@Domain(DomainContext.Global.class)
public class SwarmDomain extends DomainContextBase {

    /** For jqwik. */
    public SwarmDomain() {}

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Scenarios.any();
    }

    @Provide
    Arbitrary<Swarm> swarms() {
        return Scenarios.any().map(Swarm::of);
    }

    @Provide
    Arbitrary<Conversation> conversations() {
        return Conversations.any();
    }
}
