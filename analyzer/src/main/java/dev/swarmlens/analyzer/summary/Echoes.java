package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.HashMap;
import java.util.Map;

/** The echoes of those conversations that have some: so few that objects do. */
final class Echoes {
    private final Map<Integer, EchoTimes> byConversation = new HashMap<>();

    void see(int conversation, Sighting sighting) {
        EchoTimes times = byConversation.computeIfAbsent(conversation, any -> new EchoTimes());
        if (sighting.echoRequest) {
            times.request(sighting.echoSequence, sighting.time);
        } else {
            times.reply(sighting.echoSequence, sighting.time);
        }
    }

    void absorb(int conversation, Echoes later, int laterConversation) {
        EchoTimes times = later.byConversation.get(laterConversation);
        if (times != null) {
            byConversation.computeIfAbsent(conversation, any -> new EchoTimes()).absorb(times);
        }
    }

    EchoTimes of(int conversation) {
        return byConversation.get(conversation);
    }
}
