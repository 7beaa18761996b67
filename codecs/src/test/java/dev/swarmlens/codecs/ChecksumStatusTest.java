package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.testkit.Frames;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.udp.UdpView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What views say of checksums. */
class ChecksumStatusTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");

    @Provide
    Arbitrary<Packet> frames() {
        return Frames.any();
    }

    @Property(tries = 300)
    void everyChecksumOfAComputedFrameIsGood(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();

        assertThat(statuses(Layout.dissect(packet, frame, frame.length)))
                .allMatch(status -> status == ChecksumStatus.GOOD.code());
    }

    @Property(tries = 300)
    void aBitFlippedInTheDataMakesEveryChecksumOverItBad(
            @ForAll("frames") Packet packet, @ForAll @IntRange(max = 7) int bit) {
        byte[] frame = packet.encode().toArray();
        if (packet.payload().isEmpty()) {
            return;
        }
        frame[packet.length() - packet.trailer().length() - 1] ^= (byte) (1 << bit);
        Layers layers = Layout.dissect(packet, frame, frame.length);

        for (int i = 0; i < layers.count(); i++) {
            ChecksumStatus expected = layers.protocol(i).name().equals("ip") ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
            for (int status : statuses(layers, i)) {
                assertThat(status).as(layers.protocol(i).name()).isEqualTo(expected.code());
            }
        }
    }

    @Property(tries = 300)
    void whatTheCaptureCutIsNotVerified(
            @ForAll("frames") Packet packet, @ForAll @IntRange(min = 1, max = 60) int lost) {
        byte[] frame = packet.encode().toArray();
        int end = packet.length() - packet.trailer().length();
        Layers layers = Layout.dissect(packet, Arrays.copyOf(frame, Math.max(0, end - lost)), frame.length);

        for (int i = 0; i < layers.count(); i++) {
            boolean overHeaderOnly = layers.protocol(i).name().equals("ip");
            ChecksumStatus expected = overHeaderOnly ? ChecksumStatus.GOOD : ChecksumStatus.UNVERIFIED;
            for (int status : statuses(layers, i)) {
                assertThat(status).as(layers.protocol(i).name()).isEqualTo(expected.code());
            }
        }
    }

    @Example
    void aUdpChecksumOfZeroIsNoneOverIpv4AndIllegalOverIpv6() {
        Udp udp = Udp.from(1).to(2).withDatagramLength(8);
        Packet overIpv4 =
                Packet.of(ETHERNET, Ipv4.from("10.0.0.1").to("10.0.0.2").withNextProtocol(IpProtocol.UDP), udp);
        Packet overIpv6 = Packet.of(ETHERNET, Ipv6.from("fe80::1").to("fe80::2"), udp);

        assertThat(statusOfUdp(withoutUdpChecksum(overIpv4, 34))).isEqualTo(ChecksumStatus.NOT_PRESENT);
        assertThat(statusOfUdp(withoutUdpChecksum(overIpv6, 54))).isEqualTo(ChecksumStatus.ILLEGAL);
    }

    @Example
    void aFragmentIsNotVerified() {
        Packet packet = Packet.of(
                        ETHERNET,
                        Ipv4.from("10.0.0.1").to("10.0.0.2").withFragment(Ipv4.FLAG_MORE_FRAGMENTS, 0),
                        Udp.from(1).to(2))
                .withPayload(Bytes.of(new byte[16]));

        assertThat(statusOfUdp(packet.encode().toArray())).isEqualTo(ChecksumStatus.UNVERIFIED);
    }

    private static byte[] withoutUdpChecksum(Packet packet, int udp) {
        byte[] frame = packet.encode().toArray();
        frame[udp + 6] = 0;
        frame[udp + 7] = 0;
        return frame;
    }

    private static ChecksumStatus statusOfUdp(byte[] frame) {
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(frame, LinkType.ETHERNET, layers);
        UdpView udp = new UdpView();
        udp.wrap(layers, 2);
        return udp.checksumStatus();
    }

    private static List<Integer> statuses(Layers layers) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < layers.count(); i++) {
            statuses.addAll(statuses(layers, i));
        }
        return statuses;
    }

    /** The one status of a layer that has a checksum, none of one that has not. */
    private static List<Integer> statuses(Layers layers, int index) {
        View view = layers.protocol(index).newView();
        view.wrap(layers, index);
        return layers.protocol(index).fields().stream()
                .filter(field -> field.name().endsWith("checksum.status"))
                .map(field -> Integer.valueOf(field.text(view)))
                .toList();
    }
}
