package dev.swarmlens.codecs;

import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The frames that the benchmarks work on. */
final class SampleFrames {
    private static final Ethernet UNDERLAY = Ethernet.from("52:54:00:a8:38:01").to("52:54:00:a8:38:02");
    private static final Ethernet OVERLAY = Ethernet.from("02:42:0a:00:09:03").to("02:42:0a:00:09:04");
    private static final Ipv4 BETWEEN_NODES = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final Ipv4 BETWEEN_CONTAINERS = Ipv4.from("10.0.9.3").to("10.0.9.4");
    private static final Tcp DATA = Tcp.from(43_210)
            .to(80)
            .withFlags(Tcp.FLAG_ACK | Tcp.FLAG_PSH)
            .withNumbers(3_064_536_690L, 879_236_271L)
            .withOptions(Bytes.ofHex("0101 080a c916b824 e0582096"));
    private static final Bytes PAYLOAD = Bytes.of(new byte[64]);

    private SampleFrames() {}

    /** Ethernet, IPv4, UDP, VXLAN, Ethernet, IPv4, TCP with timestamps, and 64 bytes of data. */
    static Packet sevenLayers() {
        return tunnelled(BETWEEN_CONTAINERS, DATA).withPayload(PAYLOAD);
    }

    /** What a node of a swarm sees, in proportions like those of a busy one, in no order. */
    static byte[][] mixed(int count) {
        Ipv6 ipv6 = Ipv6.from("fe80::1").to("fe80::2");
        Arp arp = Arp.request(OVERLAY.source(), BETWEEN_CONTAINERS.source(), BETWEEN_CONTAINERS.destination());
        List<Packet> shapes = List.of(
                sevenLayers(),
                tunnelled(BETWEEN_CONTAINERS, DATA),
                sevenLayers(),
                tunnelled(BETWEEN_CONTAINERS, Udp.from(40_000).to(53)).withPayload(PAYLOAD),
                tunnelled(BETWEEN_CONTAINERS, Icmp.echoRequest(1, 1)).withPayload(PAYLOAD),
                tunnelled(arp),
                Packet.of(UNDERLAY, BETWEEN_NODES, DATA).withPayload(PAYLOAD),
                Packet.of(UNDERLAY, BETWEEN_NODES, Udp.from(7946).to(7946)).withPayload(PAYLOAD),
                Packet.of(UNDERLAY, Vlan.id(7), BETWEEN_NODES, DATA),
                Packet.of(UNDERLAY, ipv6, DATA),
                Packet.of(UNDERLAY, arp));
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(shapes.get(i % shapes.size()).encode().toArray());
        }
        Collections.shuffle(frames, new Random(1));
        return frames.toArray(byte[][]::new);
    }

    private static Packet tunnelled(Header... inside) {
        Stream<Header> outside =
                Stream.of(UNDERLAY, BETWEEN_NODES, Udp.from(50_000).to(Vxlan.PORT), Vxlan.of(4097), OVERLAY);
        return Packet.of(Stream.concat(outside, Stream.of(inside)).toArray(Header[]::new));
    }
}
