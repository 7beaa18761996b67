package dev.swarmlens.analyzer;

import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/**
 * The table of conversations as one would write it with Pcap4J's packet classes, which know no VXLAN: what is in UDP to its port
 * is parsed as another Ethernet frame. {@code benchmarks/compare} runs it.
 */
public final class Pcap4jConversations {
    private static final int VXLAN_PORT = 4789;
    private static final int VXLAN_HEADER = 8;

    private Pcap4jConversations() {}

    private record Conversation(String network, Object lower, Object higher, Object protocol) {}

    /** Counts the packets of a file by conversation, and prints how many there were. */
    public static void main(String[] args) throws IOException {
        Map<Conversation, long[]> table = new HashMap<>();
        long packets = 0;
        Frame frame = new Frame();
        try (CaptureReader reader = CaptureReader.open(Path.of(args[0]))) {
            while (reader.next(frame)) {
                packets++;
                try {
                    count(EthernetPacket.newPacket(frame.bytes(), frame.start(), frame.capturedLength()), "", table);
                } catch (IllegalRawDataException damaged) {
                    // not counted
                }
            }
        }
        System.out.println("packets " + packets + " flows " + table.size());
    }

    private static void count(Packet packet, String network, Map<Conversation, long[]> table)
            throws IllegalRawDataException {
        IpV4Packet ip = packet.get(IpV4Packet.class);
        if (ip == null) {
            return;
        }
        UdpPacket udp = ip.get(UdpPacket.class);
        if (udp != null && udp.getHeader().getDstPort().valueAsInt() == VXLAN_PORT && udp.getPayload() != null) {
            byte[] payload = udp.getPayload().getRawData();
            String vni = (payload[4] & 0xff) + "." + (payload[5] & 0xff) + "." + (payload[6] & 0xff);
            count(EthernetPacket.newPacket(payload, VXLAN_HEADER, payload.length - VXLAN_HEADER), vni, table);
            return;
        }
        String source = ip.getHeader().getSrcAddr() + port(ip, true);
        String destination = ip.getHeader().getDstAddr() + port(ip, false);
        boolean forward = source.compareTo(destination) <= 0;
        Conversation key = new Conversation(
                network,
                forward ? source : destination,
                forward ? destination : source,
                ip.getHeader().getProtocol());
        table.computeIfAbsent(key, any -> new long[2])[forward ? 0 : 1]++;
    }

    private static String port(IpV4Packet ip, boolean source) {
        Packet transport = ip.getPayload();
        if (transport instanceof TcpPacket tcp) {
            return ":"
                    + (source ? tcp.getHeader().getSrcPort() : tcp.getHeader().getDstPort()).valueAsInt();
        }
        if (transport instanceof UdpPacket udp) {
            return ":"
                    + (source ? udp.getHeader().getSrcPort() : udp.getHeader().getDstPort()).valueAsInt();
        }
        return "";
    }
}
