package dev.swarmlens.analyzer.sighting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import org.junit.jupiter.api.Test;

class LensTest {
    private static final Ethernet OUTER = Ethernet.from("52:54:00:a8:38:01").to("52:54:00:a8:38:02");
    private static final Ethernet INNER = Ethernet.from("02:42:0a:00:00:02").to("02:42:0a:00:00:08");
    private static final Ipv4 NODES = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final Ipv4 OVERLAY = Ipv4.from("10.0.0.2").to("10.0.0.8").withTimeToLive(62);

    private final Sighting sighting = new Sighting();

    private void look(Bytes payload, Header... headers) {
        byte[] frame = Packet.of(headers).withPayload(payload).encode().toArray();
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(frame, LinkType.ETHERNET, layers);
        new Lens().look(layers, 42, frame.length, sighting);
    }

    private static Address source(Sighting sighting) {
        return new Address(sighting.sourceHigh, sighting.sourceLow);
    }

    @Test
    void aTunnelHasTwoPairsOfAddresses() {
        Tcp syn = Tcp.from(41234)
                .to(8000)
                .withFlags(Tcp.FLAG_SYN)
                .withNumbers(0xdeadbeefL, 0)
                .withOptions(Bytes.ofHex("0101080a0000002a00000000"));

        look(Bytes.EMPTY, OUTER, NODES, Udp.from(50000).to(4789), Vxlan.of(4096), INNER, OVERLAY, syn);

        assertThat(sighting.vni).isEqualTo(4096);
        assertThat(new Address(sighting.vtepSourceHigh, sighting.vtepSourceLow)).hasToString("192.168.56.101");
        assertThat(new Address(sighting.vtepDestinationHigh, sighting.vtepDestinationLow))
                .hasToString("192.168.56.102");
        assertThat(new MacAddress(sighting.vtepMac)).hasToString("52:54:00:a8:38:01");
        assertThat(new MacAddress(sighting.sourceMac)).hasToString("02:42:0a:00:00:02");
        assertThat(source(sighting)).hasToString("10.0.0.2");
        assertThat(sighting.timeToLive).isEqualTo(62);
        assertThat(sighting.sourcePort).isEqualTo(41234);
        assertThat(sighting.destinationPort).isEqualTo(8000);
        assertThat(sighting.sequenceNumber).isEqualTo(0xdeadbeef);
        assertThat(sighting.timestampValue).isEqualTo(42);
        assertThat(sighting.tcpPayload).isZero();
    }

    @Test
    void paddingIsNoPayload() {
        byte[] frame = Packet.of(OUTER, NODES, Tcp.from(1).to(2).withFlags(Tcp.FLAG_ACK))
                .withTrailer(Bytes.of(new byte[6]))
                .encode()
                .toArray();
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(frame, LinkType.ETHERNET, layers);

        new Lens().look(layers, 0, frame.length, sighting);

        assertThat(sighting.tcpPayload).isZero();
        assertThat(sighting.wireLength).isEqualTo(60);
    }

    @Test
    void whatAnErrorQuotesWasNotSent() {
        Icmp unreachable = new Icmp(Icmp.DESTINATION_UNREACHABLE, 3, 0, 0);
        byte[] quoted = Packet.of(OVERLAY, Udp.from(5).to(53)).encode().toArray();

        look(Bytes.of(quoted), OUTER, NODES, unreachable);

        assertThat(source(sighting)).hasToString("192.168.56.101");
        assertThat(sighting.protocol).isEqualTo(1);
        assertThat(sighting.sourcePort).isZero();
        assertThat(sighting.hasEcho).isFalse();
    }

    @Test
    void anEchosIdentifierStandsOnTheSideThatAsked() {
        look(Bytes.EMPTY, OUTER, NODES, Icmp.echoReply(7, 3));

        assertThat(sighting.hasEcho).isTrue();
        assertThat(sighting.echoRequest).isFalse();
        assertThat(sighting.sourcePort).isZero();
        assertThat(sighting.destinationPort).isEqualTo(7);
        assertThat(sighting.echoSequence).isEqualTo(3);
    }

    @Test
    void aLaterFragmentHasNoPorts() {
        look(Bytes.of(new byte[32]), OUTER, NODES.withFragment(0, 185).withNextProtocol(IpProtocol.UDP));

        assertThat(sighting.hasIp).isTrue();
        assertThat(sighting.vni).isEqualTo(Sighting.UNDERLAY);
        assertThat(sighting.sourcePort).isZero();
    }
}
