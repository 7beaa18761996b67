package org.example.overlaycounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.testkit.Conversation;
import dev.swarmlens.codecs.testkit.Conversation.Leg;
import dev.swarmlens.codecs.testkit.HostileFrame;
import dev.swarmlens.codecs.testkit.PacketDomain;
import dev.swarmlens.codecs.testkit.VxlanFrame;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(PacketDomain.class)
class OverlayCounterTest {

    @Property
    void aFrameIsCountedInEachOfItsTunnels(@ForAll VxlanFrame frame) {
        OverlayCounter counter = new OverlayCounter();
        counter.accept(frame.packet().encode().toArray());

        assertThat(frame.vnis()).allMatch(vni -> counter.framesOf(vni) > 0);
    }

    @Property
    void noBytesHurt(@ForAll HostileFrame frame) {
        assertThatCode(() -> new OverlayCounter().accept(frame.bytes().toArray()))
                .doesNotThrowAnyException();
    }

    @Property(tries = 100)
    void ofARequestThroughTheMeshOneLegIsInTheOverlay(@ForAll Conversation request) {
        OverlayCounter counter = new OverlayCounter();
        for (Packet packet : request.packets()) {
            counter.accept(packet.encode().toArray());
        }

        assertThat(counter.framesOf(request.vni()))
                .isEqualTo(request.packets(Leg.OVERLAY).size());
    }
}
