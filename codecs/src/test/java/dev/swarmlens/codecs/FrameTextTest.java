package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpMessage.DestinationUnreachable;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpOption.MaximumSegmentSize;
import dev.swarmlens.codecs.testkit.Frames;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Headers, packets and frames in words. */
class FrameTextTest {
    private static final Ethernet ETHERNET = Ethernet.from("02:42:0a:00:09:03").to("02:42:0a:00:09:04");
    private static final Ipv4 IPV4 = Ipv4.from("10.0.9.3").to("10.0.9.4");

    @Provide
    Arbitrary<Packet> frames() {
        return Frames.any();
    }

    @Example
    void aPacketReadsLikeThePacket() {
        Packet packet = Packet.of(
                        ETHERNET,
                        IPV4,
                        Tcp.from(43_210).to(80).withFlags(Tcp.FLAG_SYN).withOptions(new MaximumSegmentSize(1410)))
                .withPayload(Bytes.ofHex("c0ffee"));

        assertThat(packet)
                .hasToString("Ethernet 02:42:0a:00:09:03 → 02:42:0a:00:09:04 / IPv4 10.0.9.3 → 10.0.9.4, TTL 64"
                        + " / TCP 43210 → 80 [SYN], seq 0, win 64240, options [MaximumSegmentSize[size=1410]]"
                        + " / payload [c0 ff ee]");
        assertThat(Packet.of(
                        ETHERNET,
                        Arp.request("02:42:0a:00:09:03", "10.0.9.3", "10.0.9.4"),
                        Vxlan.of(7).withGroupPolicyId(9),
                        Icmp.of(new DestinationUnreachable(4, 0, 1350))))
                .hasToString("Ethernet 02:42:0a:00:09:03 → 02:42:0a:00:09:04"
                        + " / ARP who has 10.0.9.4? tell 02:42:0a:00:09:03 (10.0.9.3)"
                        + " / VXLAN VNI 7, flags 0x8800, group policy 9"
                        + " / ICMP destination unreachable, code 4, fragmentation needed, MTU 1350");
    }

    @Property(tries = 300)
    void headersThatDifferLookDifferent(@ForAll("frames") Packet one, @ForAll("frames") Packet other) {
        for (Header header : one.layers()) {
            for (Header another : other.layers()) {
                assertThat(header.toString().equals(another.toString())).isEqualTo(header.equals(another));
            }
        }
    }

    @Property(tries = 300)
    void aTreeHasAllLayersAllFieldsAndAllBytes(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();
        Layers layers = Layout.dissect(packet, frame, frame.length);
        List<String> lines = FrameTree.of(layers).lines().toList();

        assertThat(lines.stream().filter(line -> !line.startsWith(" ")).count())
                .isEqualTo(packet.layers().size()
                        + (layers.payloadStart() < layers.payloadEnd() ? 1 : 0)
                        + (layers.payloadEnd() < layers.frameEnd() ? 1 : 0));
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            for (Field field : layers.protocol(i).fields()) {
                if (field.text(view) != null) {
                    assertThat(lines).contains("    " + field.label() + ": " + field.text(view));
                }
            }
        }
    }

    @Example
    void aTreeSaysWhatIsQuotedAndWhatIsWrong() {
        Bytes quoted = Packet.of(IPV4, Udp.from(5000).to(53)).encode();
        Packet error = Packet.of(ETHERNET, IPV4, Icmp.of(new DestinationUnreachable(3, 0, 0)))
                .withPayload(quoted);

        assertThat(FrameTree.of(error.encode()))
                .contains("UDP 5000 → 53, length 8, checksum", "(quoted)  (bytes 62 to");

        byte[] wrong = error.encode().toArray();
        wrong[14] = 0x65;
        assertThat(FrameTree.of(Bytes.of(wrong)))
                .endsWith("problem: ip at offset 14 has a wrong version: needs version 4, says 6\n");
    }

    /** As {@code xxd} prints the same bytes, with another space. */
    @Example
    void aDumpHasOffsetsBytesAndText() {
        assertThat(HexDump.of(Bytes.ofHex("474554202f20485454502f312e310d0a0d0aff")))
                .isEqualTo("""
                        0000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a   GET / HTTP/1.1..
                        0010  0d 0a ff                                          ...
                        """);
        assertThat(HexDump.of(Bytes.EMPTY)).isEmpty();
    }
}
