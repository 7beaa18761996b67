package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a network card's work leaves in a capture is told from errors. */
class OffloadTest {
    private static final Ethernet ETHERNET = Ethernet.from("02:42:0a:00:09:03").to("02:42:0a:00:09:04");
    private static final Ipv4 IPV4 = Ipv4.from("10.0.9.3").to("10.0.9.4");
    private static final Ipv6 IPV6 = Ipv6.from("fd00::3").to("fd00::4");
    private static final Bytes DATA = Bytes.ofHex("c0ffee");
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;

    /** As Linux leaves it to the card (CHECKSUM_PARTIAL): the sum of the pseudo-header, folded and not complemented. */
    private static byte[] withPartialChecksum(Packet packet, int ip, int transport, int field) {
        byte[] frame = packet.encode().toArray();
        byte[] addresses = PlainChecksum.addresses(frame, ip);
        int protocol = packet.layers().get(packet.layers().size() - 1) instanceof Tcp ? 6 : 17;
        byte[] covered = PlainChecksum.covered(addresses, protocol, Arrays.copyOfRange(frame, transport, frame.length));
        int pseudoHeaderLength = covered.length - (frame.length - transport);
        int sum = PlainChecksum.sum(Arrays.copyOf(covered, pseudoHeaderLength));
        frame[transport + field] = (byte) (sum >> 8);
        frame[transport + field + 1] = (byte) sum;
        return frame;
    }

    private static void assertPartial(byte[] frame, int layer) {
        Layers layers = Layout.dissect(frame);
        View view = layers.protocol(layer).newView();
        view.wrap(layers, layer);

        assertThat(layers.hasFault()).isFalse();
        assertThat(view.checksumStatus()).isEqualTo(ChecksumStatus.PARTIAL);
        assertThat(Offload.of(layers, layer, Offload.ETHERNET_MTU)).containsExactly(Offload.PARTIAL_CHECKSUM);
        assertThat(FrameTree.of(layers)).contains("offload: checksum left to the network card");
    }

    @Test
    void aChecksumThatIsThePseudoHeadersSumIsLeftToTheCard() {
        Tcp tcp = Tcp.from(40_000).to(80).withFlags(Tcp.FLAG_ACK);
        Udp udp = Udp.from(40_000).to(53);

        assertPartial(withPartialChecksum(Packet.of(ETHERNET, IPV4, tcp).withPayload(DATA), 14, 34, TCP_CHECKSUM), 2);
        assertPartial(withPartialChecksum(Packet.of(ETHERNET, IPV4, udp).withPayload(DATA), 14, 34, UDP_CHECKSUM), 2);
        assertPartial(withPartialChecksum(Packet.of(ETHERNET, IPV6, tcp).withPayload(DATA), 14, 54, TCP_CHECKSUM), 2);
        assertPartial(withPartialChecksum(Packet.of(ETHERNET, IPV6, udp).withPayload(DATA), 14, 54, UDP_CHECKSUM), 2);
    }

    @Test
    void theInnerChecksumOfATunnelIsLeftToTheCardAlone() {
        Packet packet = Packet.of(
                        ETHERNET,
                        Ipv4.from("192.168.56.101").to("192.168.56.102"),
                        Udp.from(50_000).to(Vxlan.PORT),
                        Vxlan.of(4097),
                        ETHERNET,
                        IPV4,
                        Tcp.from(40_000).to(80))
                .withPayload(DATA);
        byte[] frame = withPartialChecksum(packet, 64, 84, TCP_CHECKSUM);
        // no checksum outside, so that it does not change with the inner one
        frame[40] = 0;
        frame[41] = 0;

        assertPartial(frame, 6);
    }

    @Test
    void anyOtherWrongChecksumIsBad() {
        byte[] frame = withPartialChecksum(Packet.of(ETHERNET, IPV4, Udp.from(1).to(2)), 14, 34, UDP_CHECKSUM);
        frame[41] ^= 1;
        Layers layers = Layout.dissect(frame);
        View view = layers.protocol(2).newView();
        view.wrap(layers, 2);

        assertThat(view.checksumStatus()).isEqualTo(ChecksumStatus.BAD);
        assertThat(Offload.of(layers, 2, Offload.ETHERNET_MTU)).isEmpty();
    }

    @Test
    void aLengthOfZeroIsLeftToTheCardUnlessNothingFollows() {
        byte[] segment = Packet.of(ETHERNET, IPV4, Tcp.from(40_000).to(80))
                .withPayload(Bytes.of(new byte[4000]))
                .encode()
                .toArray();
        segment[16] = 0;
        segment[17] = 0;
        Layers layers = Layout.dissect(segment);

        assertThat(layers.hasFault()).isFalse();
        assertThat(layers.count()).isEqualTo(3);
        assertThat(Offload.of(layers, 1, Offload.ETHERNET_MTU))
                .isEqualTo(Set.of(Offload.UNSTATED_LENGTH, Offload.OVERSIZED));

        byte[] empty = Packet.of(ETHERNET, IPV6).encode().toArray();
        assertThat(Offload.of(Layout.dissect(empty), 1, Offload.ETHERNET_MTU)).isEmpty();
    }

    @Test
    void aDatagramOverTheMtuIsOversizedAndOneOfTheMtuIsNot() {
        for (Header network : List.of(IPV4, IPV6)) {
            int room = 1500 - network.length() - 20;
            for (int more = 0; more <= 1; more++) {
                Packet packet = Packet.of(ETHERNET, network, Tcp.from(40_000).to(80))
                        .withPayload(Bytes.of(new byte[room + more]));
                Layers layers = Layout.dissect(packet.encode().toArray());

                assertThat(Offload.of(layers, 1, 1500).contains(Offload.OVERSIZED))
                        .isEqualTo(more == 1);
                assertThat(Offload.of(layers, 1, 1501)).isEmpty();
            }
        }
    }
}
