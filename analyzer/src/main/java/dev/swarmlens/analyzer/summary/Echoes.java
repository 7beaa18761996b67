package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.Arrays;

/** The echoes of those conversations that have some, by a number that stands in the conversation's row. */
final class Echoes {
    /** The number of a conversation without echoes. */
    static final int NONE = 0;

    private final Conversations conversations;
    private EchoTimes[] byNumber = new EchoTimes[4];
    private int used = NONE;

    Echoes(Conversations conversations) {
        this.conversations = conversations;
    }

    void see(int conversation, Sighting sighting) {
        EchoTimes times = ofOrNew(conversation);
        if (sighting.echoRequest) {
            times.request(sighting.echoSequence, sighting.time);
        } else {
            times.reply(sighting.echoSequence, sighting.time);
        }
    }

    void absorb(int conversation, Echoes later, int laterConversation) {
        EchoTimes times = later.of(laterConversation);
        if (times != null) {
            ofOrNew(conversation).absorb(times);
        }
    }

    private EchoTimes ofOrNew(int conversation) {
        EchoTimes times = of(conversation);
        if (times == null) {
            times = new EchoTimes();
            used++;
            if (used == byNumber.length) {
                byNumber = Arrays.copyOf(byNumber, 2 * used);
            }
            byNumber[used] = times;
            conversations.setEchoes(conversation, used);
        }
        return times;
    }

    /** The echoes of a conversation, or {@code null} if it has none. */
    EchoTimes of(int conversation) {
        return byNumber[conversations.echoes(conversation)];
    }
}
