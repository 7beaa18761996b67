package dev.swarmlens.codecs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Properties that do not hold, for {@link ShrinkingTest}, which alone runs them. */
@Domain(PacketDomain.class)
class FailingProperties {

    @Property(seed = "1")
    void noFrameHasATunnel(@ForAll Packet packet) {
        assertThat(packet.layers()).noneMatch(Vxlan.class::isInstance);
    }

    @Property(seed = "2")
    void noFrameIsLongerThanTwoHundredBytes(@ForAll Packet packet) {
        assertThat(packet.length()).isLessThanOrEqualTo(200);
    }

    @Property(seed = "3")
    void noSegmentHasOptions(@ForAll Packet packet) {
        assertThat(packet.layers()).noneMatch(header -> header instanceof Tcp tcp && tcp.length() > Tcp.MIN_LENGTH);
    }

    @Property(seed = "4")
    void noLengthLies(@ForAll HostileFrame frame) {
        assertThat(frame.story()).doesNotContain("in place of");
    }

    @Property(seed = "5")
    void noConversationHasAResponse(@ForAll Conversation conversation) {
        assertThat(conversation.response().isEmpty()).isTrue();
    }
}
