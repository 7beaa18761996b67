package dev.swarmlens.codecs;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6Fragment;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.Snap;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;

/** Packets with zeros in all that computed encoding fills in, to compare the rest. */
final class Blank {
    private Blank() {}

    /** The packet with zeros in all that encoding computes. */
    static Packet computedFields(Packet packet) {
        return new Packet(
                packet.layers().stream().map(Blank::computedFields).toList(), packet.payload(), packet.trailer());
    }

    private static Header computedFields(Header header) {
        EtherType noType = new EtherType(0);
        IpProtocol noProtocol = new IpProtocol(0);
        if (header instanceof Ethernet ethernet) {
            return ethernet.withType(noType);
        } else if (header instanceof Vlan vlan) {
            return vlan.withType(noType);
        } else if (header instanceof LinuxCooked cooked) {
            return new LinuxCooked(
                    cooked.packetType(), cooked.arphrdType(), cooked.addressLength(), cooked.address(), noType);
        } else if (header instanceof LinuxCooked2 cooked) {
            return new LinuxCooked2(
                    noType,
                    cooked.reserved(),
                    cooked.interfaceIndex(),
                    cooked.arphrdType(),
                    cooked.packetType(),
                    cooked.addressLength(),
                    cooked.address());
        } else if (header instanceof Ipv4 ip) {
            return new Ipv4(
                    ip.typeOfService(),
                    0,
                    ip.identification(),
                    ip.flags(),
                    ip.fragmentOffset(),
                    ip.timeToLive(),
                    noProtocol,
                    0,
                    ip.source(),
                    ip.destination(),
                    ip.options());
        } else if (header instanceof Ipv6 ip) {
            return new Ipv6(
                    ip.trafficClass(), ip.flowLabel(), 0, noProtocol, ip.hopLimit(), ip.source(), ip.destination());
        } else if (header instanceof Icmp icmp) {
            return icmp.withChecksum(0);
        } else if (header instanceof Udp udp) {
            return udp.withDatagramLength(0).withChecksum(0);
        } else if (header instanceof Tcp tcp) {
            return new Tcp(
                    tcp.sourcePort(),
                    tcp.destinationPort(),
                    tcp.sequenceNumber(),
                    tcp.acknowledgmentNumber(),
                    tcp.flags(),
                    tcp.window(),
                    0,
                    tcp.urgentPointer(),
                    tcp.options());
        }
        return exotic(header);
    }

    private static Header exotic(Header header) {
        if (header instanceof Llc llc) {
            return new Llc(0, llc.ssap(), llc.control());
        } else if (header instanceof Snap snap) {
            return new Snap(snap.organization(), new EtherType(0));
        } else if (header instanceof Icmpv6 icmp) {
            return icmp.withChecksum(0);
        } else if (header instanceof Ipv6Extension extension) {
            return new Ipv6Extension(extension.protocol(), new IpProtocol(0), extension.data());
        } else if (header instanceof Ipv6Fragment fragment) {
            return new Ipv6Fragment(
                    new IpProtocol(0),
                    fragment.reserved(),
                    fragment.fragmentOffset(),
                    fragment.reservedBits(),
                    fragment.moreFragments(),
                    fragment.identification());
        }
        return header;
    }
}
