package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Problem;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.arp.ArpView;
import dev.swarmlens.codecs.ethernet.EthernetView;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpView;
import dev.swarmlens.codecs.ipv4.Ipv4View;
import dev.swarmlens.codecs.ipv6.Ipv6View;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpView;
import dev.swarmlens.codecs.udp.UdpView;
import dev.swarmlens.codecs.vxlan.VxlanView;
import java.util.Locale;

/** A packet in one line: what it means first, and then the tunnels it went through. */
public final class PacketLine {
    private String source = "";
    private String destination = "";
    private String what = "";
    private String details = "";
    private String tunnels = "";

    private PacketLine() {}

    /**
     * Makes the line.
     *
     * @param packet the packet
     * @param time how to print its time
     * @param withPoint whether to begin with where it was captured
     */
    public static String of(PacketView packet, TimeText time, boolean withPoint) {
        PacketLine line = new PacketLine();
        Layers layers = packet.layers();
        for (int i = 0; i < layers.sentCount(); i++) {
            line.add(packet.view(i), layers.protocol(i), layers.wireEnd() - layers.payload(i));
        }
        if (line.what.isEmpty()) {
            line.what = packet.frame().linkType().name();
        }
        Problem problem = layers.problem();
        return (withPoint ? packet.point() + "  " : "")
                + String.format(
                        Locale.ROOT,
                        "%5d %12s  %s → %s  %s %d%s%s%s",
                        packet.frame().number(),
                        time.of(packet),
                        line.source,
                        line.destination,
                        line.what,
                        packet.frame().wireLength(),
                        line.details,
                        line.tunnels,
                        problem == null ? "" : "  [" + problem + "]");
    }

    private void add(View view, Protocol protocol, int payload) {
        if (view instanceof EthernetView ethernet) {
            begin(new MacAddress(ethernet.source()), new MacAddress(ethernet.destination()));
            what = String.format(Locale.ROOT, "ethernet 0x%04x", ethernet.type());
        } else if (view instanceof ArpView arp) {
            addArp(arp);
        } else if (view instanceof Ipv4View ipv4) {
            begin(new Ipv4Address(ipv4.source()), new Ipv4Address(ipv4.destination()));
            what = ip(ipv4.nextProtocol());
            if (ipv4.fragmentOffset() != 0) {
                details = " fragment at " + 8 * ipv4.fragmentOffset();
            }
        } else if (view instanceof Ipv6View ipv6) {
            begin(
                    new Ipv6Address(ipv6.sourceHigh(), ipv6.sourceLow()),
                    new Ipv6Address(ipv6.destinationHigh(), ipv6.destinationLow()));
            what = ip(ipv6.nextHeader());
        } else if (view instanceof IcmpView icmp) {
            addIcmp(icmp);
        } else if (view instanceof UdpView udp) {
            addPorts(udp.sourcePort(), udp.destinationPort());
            details = " len=" + (udp.datagramLength() - udp.headerLength());
        } else if (view instanceof TcpView tcp) {
            addPorts(tcp.sourcePort(), tcp.destinationPort());
            addTcp(tcp, payload);
        } else if (view instanceof VxlanView vxlan) {
            tunnels = "  (VNI " + vxlan.vni() + ", " + host(source) + " → " + host(destination) + ")" + tunnels;
        } else {
            what = protocol.name();
        }
    }

    private static String ip(int number) {
        String name = new IpProtocol(number).toString();
        return Character.isDigit(name.charAt(0)) ? "IP protocol " + name : name.toUpperCase(Locale.ROOT);
    }

    private void begin(Object newSource, Object newDestination) {
        source = newSource.toString();
        destination = newDestination.toString();
        details = "";
    }

    private void addPorts(int sourcePort, int destinationPort) {
        source = withPort(source, sourcePort);
        destination = withPort(destination, destinationPort);
    }

    private static String withPort(String address, int port) {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }

    /** A tunnel's UDP ports say nothing: only its ends are told. */
    private static String host(String socket) {
        return socket.startsWith("[") ? socket.substring(1, socket.indexOf(']')) : socket.replaceAll(":.*", "");
    }

    private void addArp(ArpView arp) {
        what = "ARP";
        if (arp.isIpv4OverEthernet()) {
            Ipv4Address sender = new Ipv4Address(arp.senderIp());
            Ipv4Address target = new Ipv4Address(arp.targetIp());
            details = arp.operation() == Arp.REQUEST
                    ? " who has " + target + "? tell " + sender
                    : " " + sender + " is at " + new MacAddress(arp.senderMac());
        }
    }

    private void addIcmp(IcmpView icmp) {
        if (icmp.isEcho()) {
            details = String.format(
                    Locale.ROOT,
                    " echo %s id=0x%04x seq=%d",
                    icmp.type() == Icmp.ECHO_REQUEST ? "request" : "reply",
                    icmp.identifier(),
                    icmp.sequenceNumber());
        } else {
            details = " type " + icmp.type() + " code " + icmp.code();
            if (icmp.type() == Icmp.DESTINATION_UNREACHABLE && icmp.code() == Icmp.FRAGMENTATION_NEEDED) {
                details += ", fragmentation needed, MTU " + icmp.nextHopMtu();
            }
        }
    }

    private void addTcp(TcpView tcp, int payload) {
        StringBuilder flags = new StringBuilder();
        String[] names = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
        for (int bit = 0; bit < names.length; bit++) {
            if ((tcp.flags() & 1 << bit) != 0) {
                flags.append(flags.isEmpty() ? "" : ",").append(names[bit]);
            }
        }
        details = " [" + flags + "] seq=" + tcp.sequenceNumber()
                + ((tcp.flags() & Tcp.FLAG_ACK) == 0 ? "" : " ack=" + tcp.acknowledgmentNumber()) + " win="
                + tcp.window() + " len=" + payload;
    }
}
