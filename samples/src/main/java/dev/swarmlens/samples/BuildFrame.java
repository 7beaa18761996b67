package dev.swarmlens.samples;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.FrameTree;
import dev.swarmlens.codecs.HexDump;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.io.PrintStream;

/** Builds what one container's ping to another looks like between two nodes of a swarm, and prints it. */
public final class BuildFrame {
    private BuildFrame() {}

    /** Prints the packet in a line, its bytes, and its fields as a tree. */
    public static void main(String[] arguments) {
        Packet ping = Packet.of(
                        Ethernet.from("52:54:00:a8:38:01").to("52:54:00:a8:38:02"),
                        Ipv4.from("192.168.56.101").to("192.168.56.102"),
                        Udp.from(50_000).to(Vxlan.PORT),
                        Vxlan.of(4097),
                        Ethernet.from("02:42:0a:00:09:03").to("02:42:0a:00:09:04"),
                        Ipv4.from("10.0.9.3").to("10.0.9.4"),
                        Icmp.echoRequest(1, 1))
                .withPayload(Bytes.ofHex("c0ffee"));
        Bytes frame = ping.encode();

        PrintStream out = System.out;
        out.println(ping);
        out.println();
        out.println(HexDump.of(frame));
        out.print(FrameTree.of(frame));
    }
}
