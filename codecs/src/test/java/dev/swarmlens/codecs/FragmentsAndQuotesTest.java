package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams of which a frame has only a part: fragments, and what ICMP errors quote. */
class FragmentsAndQuotesTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");
    private static final Ipv4 IPV4 = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final int UDP_LENGTH = 14 + 20 + 4;
    private static final int IPV4_TOTAL_LENGTH = 14 + 2;

    // ---- fragments

    @Test
    void aFirstFragmentWhoseHeaderIsWholeIsSound() {
        Packet packet = Packet.of(
                        ETHERNET,
                        IPV4.withFragment(Ipv4.FLAG_MORE_FRAGMENTS, 0),
                        Udp.from(1).to(2))
                .withPayload(Bytes.of(new byte[16]));
        byte[] frame = packet.encode().toArray();
        // the length of the whole datagram, of which this frame has the beginning
        put16(frame, UDP_LENGTH, 3000);

        Layers layers = Layout.dissect(frame);

        assertThat(layers.problem()).isNull();
        assertThat(Extent.names(layers)).containsExactly("eth", "ip", "udp");
        assertThat(layers.payloadEnd()).isEqualTo(frame.length);
    }

    @Test
    void aHeaderThatGoesOnInTheNextFragmentIsNotMalformed() {
        Packet packet = Packet.of(
                        ETHERNET, IPV4.withFragment(Ipv4.FLAG_MORE_FRAGMENTS, 0).withNextProtocol(IpProtocol.TCP))
                .withPayload(Bytes.of(new byte[8]));

        Layers layers = Layout.dissect(packet.encode().toArray());

        assertThat(layers.problem()).isEqualTo(new Problem(Fault.IN_NEXT_FRAGMENT, "tcp", 34, 20, 8, "ip.len"));
        assertThat(Extent.names(layers)).containsExactly("eth", "ip");
    }

    @Test
    void aFirstFragmentThatTheCaptureCutIsCutByCapture() {
        Packet packet = Packet.of(
                        ETHERNET, IPV4.withFragment(Ipv4.FLAG_MORE_FRAGMENTS, 0).withNextProtocol(IpProtocol.TCP))
                .withPayload(Bytes.of(new byte[24]));
        byte[] frame = packet.encode().toArray();

        Layers layers = Layout.dissect(Arrays.copyOf(frame, 14 + 20 + 8), frame.length);

        assertThat(layers.problem()).isEqualTo(new Problem(Fault.CUT_BY_CAPTURE, "tcp", 34, 20, 8, "capture"));
    }

    @Test
    void aLaterFragmentIsPayloadEvenIfItLooksLikeAHeader() {
        for (int flags : new int[] {0, Ipv4.FLAG_MORE_FRAGMENTS}) {
            Packet packet = Packet.of(
                            ETHERNET, IPV4.withFragment(flags, 185), Udp.from(1).to(Vxlan.PORT))
                    .withPayload(Bytes.of(new byte[24]));

            Layers layers = Layout.dissect(packet.encode().toArray());

            assertThat(layers.problem()).isNull();
            assertThat(Extent.names(layers)).containsExactly("eth", "ip");
            assertThat(layers.payloadEnd() - layers.payloadStart()).isEqualTo(8 + 24);
        }
    }

    @Test
    void aTunnelWhoseFrameGoesOnInTheNextFragmentIsNotMalformed() {
        Packet whole = Packet.of(
                        ETHERNET,
                        IPV4.withFragment(Ipv4.FLAG_MORE_FRAGMENTS, 0),
                        Udp.from(1).to(Vxlan.PORT),
                        Vxlan.of(4096),
                        ETHERNET,
                        IPV4,
                        Tcp.from(1).to(2))
                .withPayload(Bytes.of(new byte[1400]));
        byte[] frame = Arrays.copyOf(whole.encode().toArray(), 14 + 800);
        put16(frame, IPV4_TOTAL_LENGTH, 800);

        Layers layers = Layout.dissect(frame);

        assertThat(layers.problem()).isNull();
        assertThat(Extent.names(layers)).containsExactly("eth", "ip", "udp", "vxlan", "eth", "ip", "tcp");
    }

    // ---- quotes

    @Test
    void whatAnIcmpErrorQuotesIsDissectedButWasNotSent() {
        byte[] quoted = Packet.of(IPV4, Udp.from(5000).to(53))
                .withPayload(Bytes.of(new byte[100]))
                .encode()
                .toArray();
        // "Internet Header + 64 bits of Data Datagram", RFC 792
        Packet error = Packet.of(ETHERNET, IPV4, new Icmp(Icmp.DESTINATION_UNREACHABLE, 3, 0, 0))
                .withPayload(Bytes.of(quoted, 0, 28));

        Layers layers = Layout.dissect(error.encode().toArray());

        assertThat(layers.problem()).isNull();
        assertThat(Extent.names(layers)).containsExactly("eth", "ip", "icmp", "ip", "udp");
        assertThat(layers.sentCount()).isEqualTo(3);
    }

    @Test
    void everyKindOfErrorQuotesAndNoOtherMessageDoes() {
        byte[] quoted = Packet.of(IPV4, Udp.from(5000).to(53)).encode().toArray();
        // destination unreachable, source quench, redirect, time exceeded, parameter problem: RFC 792
        List<Integer> errors = List.of(3, 4, 5, 11, 12);
        for (int type = 0; type < 256; type++) {
            Packet packet = Packet.of(ETHERNET, IPV4, new Icmp(type, 0, 0, 0)).withPayload(Bytes.of(quoted));

            Layers layers = Layout.dissect(packet.encode().toArray());

            assertThat(layers.sentCount()).isEqualTo(3);
            assertThat(layers.count()).as("layers of type %d", type).isEqualTo(errors.contains(type) ? 5 : 3);
        }
    }

    @Test
    void aQuoteThatEndsInsideOfAHeaderIsNotMalformed() {
        byte[] quoted = Packet.of(IPV4, Tcp.from(5000).to(53)).encode().toArray();
        Packet error =
                Packet.of(ETHERNET, IPV4, new Icmp(Icmp.TIME_EXCEEDED, 0, 0, 0)).withPayload(Bytes.of(quoted, 0, 28));

        Layers layers = Layout.dissect(error.encode().toArray());

        assertThat(layers.fault()).isNotIn(Fault.TOO_SHORT, Fault.LENGTH_EXCEEDS, Fault.CUT_BY_CAPTURE);
        assertThat(Extent.names(layers)).containsExactly("eth", "ip", "icmp", "ip");
        assertThat(layers.sentCount()).isEqualTo(3);
    }

    @Test
    void withoutAQuoteAllLayersWereSent() {
        Layers layers = Layout.dissect(
                Packet.of(ETHERNET, IPV4, Icmp.echoRequest(1, 1)).encode().toArray());

        assertThat(layers.sentCount()).isEqualTo(layers.count()).isEqualTo(3);
    }

    private static void put16(byte[] frame, int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }
}
