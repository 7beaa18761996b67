package dev.swarmlens.samples.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.samples.swarm.Swarm;
import dev.swarmlens.samples.traffic.Talk;
import dev.swarmlens.samples.wire.Point;
import java.util.List;

/**
 * A whole conversation in a swarm, and the truth about it.
 *
 * @param swarm where it takes place
 * @param talk who with whom
 * @param sights its frames as each point captured them, in the order of time
 */
public record Conversation(Swarm swarm, Talk talk, List<Sight> sights) {
    /** Makes the list immutable. */
    public Conversation {
        sights = List.copyOf(sights);
    }

    /**
     * A frame as it was captured.
     *
     * @param point where
     * @param nanos when, since 1970
     * @param frame its bytes, Ethernet first
     */
    public record Sight(Point point, long nanos, Bytes frame) {}
}
