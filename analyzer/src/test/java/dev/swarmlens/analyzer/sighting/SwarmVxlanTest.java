package dev.swarmlens.analyzer.sighting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SwarmVxlanTest {
    private static final Ipv4Address SENDER = Ipv4Address.of("10.0.9.3");
    private static final Ipv4Address RECEIVER = Ipv4Address.of("10.0.9.4");

    private static byte[] tunnelled(Vxlan vxlan, MacAddress sender) {
        return Packet.of(
                        vxlan,
                        Ethernet.from(sender).to(MacAddress.ofOverlayEndpoint(RECEIVER)),
                        Ipv4.from(SENDER).to(RECEIVER),
                        Icmp.echoRequest(1, 1))
                .encode()
                .toArray();
    }

    private static Object recognised(byte[] bytes) {
        return new SwarmVxlan().recognise(bytes, 0, bytes.length);
    }

    @Test
    void dockersSignatureIsRecognised() {
        assertThat(recognised(tunnelled(Vxlan.of(4097), MacAddress.ofOverlayEndpoint(SENDER))))
                .isSameAs(VxlanProtocol.INSTANCE);
    }

    @Test
    void anotherMacAddressIsNotDockers() {
        assertThat(recognised(tunnelled(Vxlan.of(4097), MacAddress.of("02:42:0a:00:09:05"))))
                .isNull();
    }

    @Test
    void otherFlagsAreNotDockers() {
        assertThat(recognised(tunnelled(Vxlan.of(4097).withGroupPolicyId(1), MacAddress.ofOverlayEndpoint(SENDER))))
                .isNull();
    }

    @Test
    void aCutPacketIsLeftAlone() {
        byte[] whole = tunnelled(Vxlan.of(4097), MacAddress.ofOverlayEndpoint(SENDER));
        int enough = Vxlan.LENGTH + Ethernet.LENGTH + Ipv4.MIN_LENGTH;

        assertThat(new SwarmVxlan().recognise(whole, 0, enough)).isNotNull();
        assertThat(new SwarmVxlan().recognise(whole, 0, enough - 1)).isNull();
    }

    @Property
    void chanceDoesNotMakeIt(@ForAll @Size(max = 80) byte[] bytes) {
        assertThat(recognised(bytes)).isNull();
    }
}
