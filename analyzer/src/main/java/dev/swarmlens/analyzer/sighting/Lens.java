package dev.swarmlens.analyzer.sighting;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.arp.ArpProtocol;
import dev.swarmlens.codecs.arp.ArpView;
import dev.swarmlens.codecs.esp.EspProtocol;
import dev.swarmlens.codecs.esp.EspView;
import dev.swarmlens.codecs.ethernet.EthernetProtocol;
import dev.swarmlens.codecs.ethernet.EthernetView;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpProtocol;
import dev.swarmlens.codecs.icmp.IcmpView;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;
import dev.swarmlens.codecs.ipv4.Ipv4View;
import dev.swarmlens.codecs.ipv6.Ipv6Protocol;
import dev.swarmlens.codecs.ipv6.Ipv6View;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6FragmentProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6FragmentView;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpProtocol;
import dev.swarmlens.codecs.tcp.TcpView;
import dev.swarmlens.codecs.udp.UdpProtocol;
import dev.swarmlens.codecs.udp.UdpView;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import dev.swarmlens.codecs.vxlan.VxlanView;
import dev.swarmlens.codecs.vxlangpe.VxlanGpeProtocol;
import dev.swarmlens.codecs.vxlangpe.VxlanGpeView;

/** Turns dissected layers into a {@link Sighting}. Not thread-safe: one a thread. */
public final class Lens {
    private static final int GOSSIP_ENCRYPTED = 10;
    /** The type, and in clear the length of what is encrypted behind it. */
    private static final int GOSSIP_HEADER = 5;
    /** Longer than any engine takes, 20 MiB: what says so is data that looks like a message's begin by chance. */
    private static final long MAX_GOSSIP = 1 << 26;

    private final EthernetView ethernet = new EthernetView();
    private final ArpView arp = new ArpView();
    private final Ipv4View ipv4 = new Ipv4View();
    private final Ipv6View ipv6 = new Ipv6View();
    private final Ipv6FragmentView ipv6Fragment = new Ipv6FragmentView();
    private final UdpView udp = new UdpView();
    private final TcpView tcp = new TcpView();
    private final IcmpView icmp = new IcmpView();
    private final EspView esp = new EspView();
    private final VxlanView vxlan = new VxlanView();
    private final VxlanGpeView vxlanGpe = new VxlanGpeView();

    /** A lens. */
    public Lens() {}

    /**
     * Reads one frame's meaning.
     *
     * @param layers the dissected frame; what an ICMP error quotes is not looked at
     * @param time nanoseconds since 1970 UTC
     * @param wireLength how long the frame was on the wire, in bytes
     * @param sighting receives the result
     */
    public void look(Layers layers, long time, int wireLength, Sighting sighting) {
        sighting.time = time;
        sighting.wireLength = wireLength;
        sighting.vni = Sighting.UNDERLAY;
        sighting.vtepMac = 0;
        sighting.vtepIdentification = 0;
        sighting.hasEsp = false;
        sighting.identification = 0;
        sighting.isOuterFragment = false;
        sighting.isIrregular = false;
        sighting.hasEsp = false;
        sighting.hasArp = false;
        sighting.hasIp = false;
        sighting.sourceMac = 0;
        beginNetworkLayer(sighting);
        int count = layers.sentCount();
        for (int i = 0; i < count; i++) {
            Protocol protocol = layers.protocol(i);
            if (protocol == EthernetProtocol.INSTANCE) {
                ethernet.wrap(layers, i);
                sighting.sourceMac = ethernet.source();
            } else if (protocol == Ipv4Protocol.INSTANCE) {
                ipv4.wrap(layers, i);
                lookIpv4(sighting);
            } else if (protocol == Ipv6Protocol.INSTANCE) {
                ipv6.wrap(layers, i);
                lookIpv6(sighting);
            } else if (protocol == UdpProtocol.INSTANCE) {
                udp.wrap(layers, i);
                sighting.sourcePort = udp.sourcePort();
                sighting.destinationPort = udp.destinationPort();
            } else if (protocol == TcpProtocol.INSTANCE) {
                tcp.wrap(layers, i);
                lookTcp(sighting, layers.wireEnd() - layers.payload(i));
                if (sighting.isGossip()) {
                    lookGossip(layers.frame(), layers.payload(i), layers.payloadEnd(), sighting);
                }
            } else if (protocol == IcmpProtocol.INSTANCE) {
                icmp.wrap(layers, i);
                lookIcmp(sighting);
            } else if (protocol == Ipv6FragmentProtocol.INSTANCE) {
                ipv6Fragment.wrap(layers, i);
                sighting.protocol = ipv6Fragment.nextHeader();
            } else if (protocol instanceof Ipv6ExtensionProtocol) {
                // all extension headers begin with what comes next
                sighting.protocol = BigEndian.u8(layers.frame(), layers.start(i));
            } else if (protocol == ArpProtocol.INSTANCE) {
                arp.wrap(layers, i);
                lookArp(sighting);
            } else if (protocol == VxlanProtocol.INSTANCE && sighting.hasIp) {
                vxlan.wrap(layers, i);
                sighting.isIrregular |= isIrregular(vxlan);
                enterTunnel(sighting, vxlan.vni(), layers.isFragment(i));
            } else if (protocol == VxlanGpeProtocol.INSTANCE && sighting.hasIp) {
                vxlanGpe.wrap(layers, i);
                enterTunnel(sighting, vxlanGpe.vni(), layers.isFragment(i));
            } else if (protocol == EspProtocol.INSTANCE && sighting.hasIp) {
                esp.wrap(layers, i);
                lookEsp(sighting, layers, i, i + 1 < count);
            }
        }
    }

    /** Whether anything but flag I and the network identifier is set, or flag I is not, RFC 7348 section 5. */
    private static boolean isIrregular(VxlanView vxlan) {
        return vxlan.flags() != Vxlan.FLAG_VALID_VNI || vxlan.groupPolicyId() != 0 || vxlan.reserved() != 0;
    }

    private static void beginNetworkLayer(Sighting sighting) {
        sighting.sourcePort = 0;
        sighting.destinationPort = 0;
        sighting.hasTcp = false;
        sighting.hasEcho = false;
    }

    private static void enterTunnel(Sighting sighting, int vni, boolean isFragment) {
        sighting.vni = vni;
        sighting.isOuterFragment |= isFragment;
        sighting.vtepSourceHigh = sighting.sourceHigh;
        sighting.vtepSourceLow = sighting.sourceLow;
        sighting.vtepDestinationHigh = sighting.destinationHigh;
        sighting.vtepDestinationLow = sighting.destinationLow;
        sighting.vtepMac = sighting.sourceMac;
        sighting.vtepIdentification = sighting.identification;
        sighting.identification = 0;
        sighting.sourceMac = 0;
        sighting.hasIp = false;
        beginNetworkLayer(sighting);
    }

    private void lookArp(Sighting sighting) {
        sighting.hasArp = true;
        boolean isIpv4 = arp.isIpv4OverEthernet();
        sighting.arpOperation = isIpv4 ? arp.operation() : 0;
        sighting.arpSender = isIpv4 ? arp.senderIp() : 0;
        sighting.arpTarget = isIpv4 ? arp.targetIp() : 0;
    }

    private void lookIpv4(Sighting sighting) {
        sighting.hasIp = true;
        sighting.sourceHigh = 0;
        sighting.sourceLow = Address.mapped(ipv4.source());
        sighting.destinationHigh = 0;
        sighting.destinationLow = Address.mapped(ipv4.destination());
        sighting.protocol = ipv4.nextProtocol();
        sighting.timeToLive = ipv4.timeToLive();
        sighting.identification = ipv4.identification();
        sighting.ipLength = ipv4.totalLength();
        beginNetworkLayer(sighting);
    }

    private void lookIpv6(Sighting sighting) {
        sighting.hasIp = true;
        sighting.sourceHigh = ipv6.sourceHigh();
        sighting.sourceLow = ipv6.sourceLow();
        sighting.destinationHigh = ipv6.destinationHigh();
        sighting.destinationLow = ipv6.destinationLow();
        sighting.protocol = ipv6.nextHeader();
        sighting.timeToLive = ipv6.hopLimit();
        sighting.identification = 0;
        sighting.ipLength = ipv6.headerLength() + ipv6.payloadLength();
        beginNetworkLayer(sighting);
    }

    private void lookEsp(Sighting sighting, Layers layers, int layer, boolean isOpen) {
        if (isOpen) {
            sighting.protocol = BigEndian.u8(layers.frame(), esp.end() - 1);
        }
        if (sighting.vni == Sighting.UNDERLAY) {
            sighting.hasEsp = true;
            sighting.espSourceHigh = sighting.sourceHigh;
            sighting.espSourceLow = sighting.sourceLow;
            sighting.espDestinationHigh = sighting.destinationHigh;
            sighting.espDestinationLow = sighting.destinationLow;
            sighting.espSpi = (int) esp.spi();
            sighting.espSequence = (int) esp.sequenceNumber();
            sighting.isEspWhole = layers.end(layer) == layers.wireEnd(layer) && !layers.isFragment(layer);
        }
    }

    private void lookTcp(Sighting sighting, int payload) {
        sighting.hasTcp = true;
        sighting.sourcePort = tcp.sourcePort();
        sighting.destinationPort = tcp.destinationPort();
        sighting.tcpFlags = tcp.flags();
        sighting.sequenceNumber = (int) tcp.sequenceNumber();
        sighting.acknowledgmentNumber = (int) tcp.acknowledgmentNumber();
        sighting.tcpPayload = payload;
        // only the handshake's options are looked at, so other segments' need no search
        boolean syn = (sighting.tcpFlags & Tcp.FLAG_SYN) != 0;
        sighting.timestampValue = syn ? tcp.timestampValue() : -1;
        sighting.maximumSegmentSize = syn ? (int) tcp.maximumSegmentSize() : -1;
    }

    private static void lookGossip(byte[] frame, int start, int end, Sighting sighting) {
        boolean begins = start + GOSSIP_HEADER <= end && BigEndian.u8(frame, start) == GOSSIP_ENCRYPTED;
        long length = begins ? BigEndian.u32(frame, start + 1) : -1;
        sighting.gossipLength = length <= MAX_GOSSIP ? length : -1;
    }

    private void lookIcmp(Sighting sighting) {
        if (icmp.isEcho()) {
            sighting.hasEcho = true;
            sighting.echoRequest = icmp.type() == Icmp.ECHO_REQUEST;
            sighting.echoSequence = icmp.sequenceNumber();
            if (sighting.echoRequest) {
                sighting.sourcePort = icmp.identifier();
            } else {
                sighting.destinationPort = icmp.identifier();
            }
        }
    }
}
