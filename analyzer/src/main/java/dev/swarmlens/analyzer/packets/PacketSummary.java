package dev.swarmlens.analyzer.packets;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.arp.ArpView;
import dev.swarmlens.codecs.esp.EspView;
import dev.swarmlens.codecs.ethernet.EthernetView;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpView;
import dev.swarmlens.codecs.icmpv6.Icmpv6View;
import dev.swarmlens.codecs.icmpv6.NeighborOptionView;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv4.Ipv4View;
import dev.swarmlens.codecs.ipv6.Ipv6View;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionView;
import dev.swarmlens.codecs.ipv6extension.Ipv6FragmentView;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2View;
import dev.swarmlens.codecs.linuxcooked.LinuxCookedView;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpView;
import dev.swarmlens.codecs.udp.UdpView;
import dev.swarmlens.codecs.vlan.VlanView;
import dev.swarmlens.codecs.vxlan.VxlanView;
import dev.swarmlens.codecs.vxlangpe.VxlanGpeView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a packet means, in a few words: who talks to whom inside of all tunnels, what they say, and which tunnels it went
 * through. Reused from packet to packet, since a TCP segment can only be read by who has seen those before.
 */
public final class PacketSummary {
    private static final int MIN_PREVIEW = 4;
    private static final int MAX_PREVIEW = 60;
    private static final int FRAGMENT_UNIT = 8;
    private static final String ARROW = " → ";
    private static final List<String> COOKED_RECEIVERS =
            List.of("this host", "broadcast", "multicast", "another host", "sent by this host");

    /**
     * A tunnel that a packet went through.
     *
     * @param vni the VXLAN network identifier
     * @param source the node that sent into it
     * @param destination the node at its end
     */
    public record Tunnel(int vni, String source, String destination) {}

    private final TcpConversations conversations = new TcpConversations();
    private final List<Tunnel> tunnels = new ArrayList<>();
    private String sourceAddress = "";
    private String destinationAddress = "";
    private String ports = "";
    private String source = "";
    private String destination = "";
    private String protocol = "";
    private String info = "";
    private String network = "";
    private String vlan = "";
    private boolean isFragment;

    /** A summary of nothing. */
    public PacketSummary() {}

    /** Looks at the next packet. */
    public void look(PacketView packet) {
        Layers layers = packet.layers();
        tunnels.clear();
        network = "";
        vlan = "";
        begin("", "");
        protocol = packet.frame().linkType().name();
        for (int i = 0; i < layers.sentCount(); i++) {
            add(packet.view(i), layers.protocol(i), layers.wireEnd() - layers.payload(i));
        }
        if (layers.sentCount() < layers.count()) {
            addQuoted(packet);
        } else if (!ports.isEmpty()) {
            info += preview(layers.frame(), layers.payloadStart(), layers.payloadEnd());
        }
    }

    /** The sender inside of all tunnels, with its port. */
    public String source() {
        return source;
    }

    /** The receiver inside of all tunnels, with its port. */
    public String destination() {
        return destination;
    }

    /** The innermost protocol, as people write it. */
    public String protocol() {
        return protocol;
    }

    /** What is said; may be empty. */
    public String info() {
        return info + vlan;
    }

    /** The tunnels, innermost first; good until the next packet. */
    public List<Tunnel> tunnels() {
        return tunnels;
    }

    private void begin(Object newSource, Object newDestination) {
        sourceAddress = newSource.toString();
        destinationAddress = newDestination.toString();
        source = sourceAddress;
        destination = destinationAddress;
        ports = "";
        info = "";
        isFragment = false;
    }

    private void add(View view, Protocol layer, int payload) {
        if (view instanceof EthernetView ethernet) {
            begin(new MacAddress(ethernet.source()), new MacAddress(ethernet.destination()));
            protocol = HeaderText.hex(ethernet.type(), 4);
        } else if (view instanceof LinuxCookedView cooked) {
            beginCooked(cooked.addressLength(), cooked.mac(), cooked.packetType());
        } else if (view instanceof LinuxCooked2View cooked) {
            beginCooked(cooked.addressLength(), cooked.mac(), cooked.packetType());
        } else if (view instanceof VlanView tag) {
            vlan += "  (VLAN " + tag.id() + ")";
            network += "VLAN " + tag.id();
            protocol = HeaderText.hex(tag.type(), 4);
        } else if (view instanceof ArpView arp) {
            protocol = "ARP";
            info = arp.isIpv4OverEthernet() ? arpText(arp) : arp.toHeader().toString();
        } else if (view instanceof Ipv4View ipv4) {
            begin(new Ipv4Address(ipv4.source()), new Ipv4Address(ipv4.destination()));
            protocol = ip(ipv4.nextProtocol());
            boolean more = (ipv4.flags() & Ipv4.FLAG_MORE_FRAGMENTS) != 0;
            addFragment(ipv4.fragmentOffset(), more, HeaderText.hex(ipv4.identification(), 4));
        } else if (view instanceof Ipv6View ipv6) {
            begin(
                    new Ipv6Address(ipv6.sourceHigh(), ipv6.sourceLow()),
                    new Ipv6Address(ipv6.destinationHigh(), ipv6.destinationLow()));
            protocol = ip(ipv6.nextHeader());
        } else if (view instanceof Ipv6FragmentView fragment) {
            protocol = ip(fragment.nextHeader());
            addFragment(
                    fragment.fragmentOffset(), fragment.moreFragments(), HeaderText.hex(fragment.identification(), 8));
        } else if (view instanceof Ipv6ExtensionView extension) {
            protocol = ip(extension.nextHeader());
        } else if (view instanceof UdpView udp) {
            protocol = "UDP";
            addPorts(udp.sourcePort(), udp.destinationPort());
            say("Len=" + (udp.datagramLength() - udp.headerLength()));
        } else if (view instanceof TcpView tcp) {
            protocol = "TCP";
            addPorts(tcp.sourcePort(), tcp.destinationPort());
            say(tcpText(tcp, payload));
        } else if (view instanceof IcmpView icmp) {
            protocol = "ICMP";
            say(
                    icmp.isEcho()
                            ? echo(icmp.type() == Icmp.ECHO_REQUEST, icmp.identifier(), icmp.sequenceNumber())
                            : icmp.toHeader().message().toString());
        } else if (view instanceof Icmpv6View icmp) {
            protocol = "ICMPv6";
            say(icmp.toHeader().message().toString());
        } else if (view instanceof EspView esp) {
            protocol = "ESP";
            say("SPI=" + HeaderText.hex(esp.spi(), 8) + " Seq=" + esp.sequenceNumber());
        } else if (view instanceof VxlanView vxlan) {
            enter(vxlan.vni());
        } else if (view instanceof VxlanGpeView vxlan) {
            enter(vxlan.vni());
        } else if (!(view instanceof NeighborOptionView)) {
            protocol = layer.name().toUpperCase(Locale.ROOT);
            ports = "";
        }
    }

    private void say(String words) {
        info = isFragment ? words + ", " + info : words;
    }

    private void beginCooked(int addressLength, long mac, int packetType) {
        begin(
                addressLength == MacAddress.LENGTH ? new MacAddress(mac).toString() : "",
                packetType < COOKED_RECEIVERS.size() ? COOKED_RECEIVERS.get(packetType) : "");
    }

    private void enter(int vni) {
        // a tunnel's UDP ports say nothing
        tunnels.add(0, new Tunnel(vni, sourceAddress, destinationAddress));
        network += "VNI " + vni;
        protocol = "VXLAN";
        ports = "";
        info = "";
        isFragment = false;
    }

    private static String ip(int number) {
        String name = new IpProtocol(number).toString();
        return Character.isDigit(name.charAt(0)) ? "IP " + name : name.toUpperCase(Locale.ROOT);
    }

    private void addFragment(int offset, boolean more, String identification) {
        isFragment = offset != 0 || more;
        if (isFragment) {
            info = "fragment of " + identification + " at " + offset * FRAGMENT_UNIT + (more ? "" : ", the last");
        }
    }

    private void addPorts(int sourcePort, int destinationPort) {
        source = socket(sourceAddress, sourcePort);
        destination = socket(destinationAddress, destinationPort);
        ports = source + ARROW + destination;
    }

    private static String socket(String address, int port) {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }

    private static String arpText(ArpView arp) {
        Ipv4Address sender = new Ipv4Address(arp.senderIp());
        Ipv4Address target = new Ipv4Address(arp.targetIp());
        if (arp.operation() == Arp.REQUEST) {
            return arp.senderIp() == arp.targetIp()
                    ? "ARP announcement for " + sender
                    : "Who has " + target + "? " + (arp.senderIp() == 0 ? "(ARP probe)" : "Tell " + sender);
        }
        if (arp.operation() == Arp.REPLY) {
            return sender + " is at " + new MacAddress(arp.senderMac())
                    + (arp.senderIp() == arp.targetIp() ? " (gratuitous)" : "");
        }
        return arp.toHeader().toString();
    }

    private static String echo(boolean request, int identifier, int sequenceNumber) {
        return "echo " + (request ? "request" : "reply") + ", id " + HeaderText.hex(identifier, 4) + ", seq "
                + sequenceNumber;
    }

    private String tcpText(TcpView tcp, int payload) {
        conversations.look(network, source, destination, tcp);
        int flags = tcp.flags();
        StringBuilder text = new StringBuilder(Tcp.flagsText(flags).replace(",", ", "))
                .append(" Seq=")
                .append(conversations.sequenceNumber());
        if ((flags & Tcp.FLAG_ACK) != 0) {
            text.append(" Ack=").append(conversations.acknowledgmentNumber());
        }
        text.append(" Win=").append(conversations.window()).append(" Len=").append(payload);
        if ((flags & Tcp.FLAG_SYN) != 0) {
            append(text, " MSS=", tcp.maximumSegmentSize());
            text.append(tcp.isSackPermitted() ? " SACK_PERM" : "");
            append(text, " WS=", tcp.windowScale() == TcpView.ABSENT ? TcpView.ABSENT : 1L << tcp.windowScale());
        }
        for (int block = 0; block < tcp.sackCount(); block++) {
            text.append(block == 0 ? " SACK=" : ",")
                    .append(conversations.acknowledged(tcp.sackLeft(block)))
                    .append('-')
                    .append(conversations.acknowledged(tcp.sackRight(block)));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, long option) {
        if (option != TcpView.ABSENT) {
            text.append(name).append(option);
        }
    }

    /** What an ICMP error is about: the datagram that it quotes. */
    private void addQuoted(PacketView packet) {
        String outerSource = source;
        String outerDestination = destination;
        String outerProtocol = protocol;
        String error = info;
        List<Tunnel> outerTunnels = List.copyOf(tunnels);
        Layers layers = packet.layers();
        begin("", "");
        for (int i = layers.sentCount(); i < layers.count(); i++) {
            // a quote is no part of a conversation, and may be cut anywhere
            if (packet.view(i) instanceof TcpView tcp) {
                protocol = "TCP";
                addPorts(tcp.sourcePort(), tcp.destinationPort());
            } else {
                add(packet.view(i), layers.protocol(i), 0);
            }
        }
        info = error + ", of " + protocol + " " + source + ARROW + destination;
        for (Tunnel tunnel : tunnels.subList(0, tunnels.size() - outerTunnels.size())) {
            info += " in VNI " + tunnel.vni();
        }
        tunnels.clear();
        tunnels.addAll(outerTunnels);
        source = outerSource;
        destination = outerDestination;
        protocol = outerProtocol;
    }

    /** The first line of what is text, in quotes. */
    private static String preview(byte[] frame, int start, int end) {
        int shown = start;
        while (shown < end && shown - start < MAX_PREVIEW && frame[shown] >= ' ' && frame[shown] <= '~') {
            shown++;
        }
        boolean whole = shown == end || frame[shown] == '\r' || frame[shown] == '\n';
        if (shown - start < MIN_PREVIEW || !whole && shown - start < MAX_PREVIEW) {
            return "";
        }
        return " \"" + new String(frame, start, shown - start, StandardCharsets.US_ASCII) + (whole ? "\"" : "…\"");
    }
}
