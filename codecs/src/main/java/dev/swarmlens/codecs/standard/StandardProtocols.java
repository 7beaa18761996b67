package dev.swarmlens.codecs.standard;

import static dev.swarmlens.codecs.Binding.ETHER_TYPE;
import static dev.swarmlens.codecs.Binding.IEEE_802_2;
import static dev.swarmlens.codecs.Binding.IP_PROTOCOL;
import static dev.swarmlens.codecs.Binding.LINK_TYPE;
import static dev.swarmlens.codecs.Binding.UDP_DESTINATION_PORT;

import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.ProtocolModule;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.arp.ArpProtocol;
import dev.swarmlens.codecs.esp.EspProtocol;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ethernet.EthernetProtocol;
import dev.swarmlens.codecs.icmp.IcmpProtocol;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.Icmpv6Protocol;
import dev.swarmlens.codecs.icmpv6.NeighborOptionProtocol;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;
import dev.swarmlens.codecs.ipv6.Ipv6Protocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6FragmentProtocol;
import dev.swarmlens.codecs.isl.IslProtocol;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2Protocol;
import dev.swarmlens.codecs.linuxcooked.LinuxCookedProtocol;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.LlcProtocol;
import dev.swarmlens.codecs.llc.SnapProtocol;
import dev.swarmlens.codecs.loopback.LoopbackProtocol;
import dev.swarmlens.codecs.rawip.RawIpProtocol;
import dev.swarmlens.codecs.tcp.TcpProtocol;
import dev.swarmlens.codecs.udp.UdpProtocol;
import dev.swarmlens.codecs.vlan.VlanProtocol;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import dev.swarmlens.codecs.vxlangpe.VxlanGpe;
import dev.swarmlens.codecs.vxlangpe.VxlanGpeProtocol;

/** The module of all protocols in this library: the whole wiring on one page. */
public final class StandardProtocols implements ProtocolModule {

    /** For {@link java.util.ServiceLoader}. */
    public StandardProtocols() {}

    @Override
    public void register(ProtocolRegistry.Builder registry) {
        registry.bind(LINK_TYPE, LinkType.ETHERNET.code(), EthernetProtocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.LINUX_SLL.code(), LinuxCookedProtocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.LINUX_SLL2.code(), LinuxCooked2Protocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.NULL.code(), LoopbackProtocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.LOOP.code(), LoopbackProtocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.RAW.code(), RawIpProtocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.RAW_BSD.code(), RawIpProtocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.IPV4.code(), Ipv4Protocol.INSTANCE)
                .bind(LINK_TYPE, LinkType.IPV6.code(), Ipv6Protocol.INSTANCE)
                .bind(Ethernet.TRUNK, 0, IslProtocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.VLAN.code(), VlanProtocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.SERVICE_VLAN.code(), VlanProtocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.OLD_QINQ.code(), VlanProtocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.ARP.code(), ArpProtocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.REVERSE_ARP.code(), ArpProtocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.IPV4.code(), Ipv4Protocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.IPV6.code(), Ipv6Protocol.INSTANCE)
                .bind(ETHER_TYPE, EtherType.BRIDGED_ETHERNET.code(), EthernetProtocol.INSTANCE)
                .bind(IEEE_802_2, 0, LlcProtocol.INSTANCE)
                .bind(Llc.SAP, Llc.SAP_SNAP, SnapProtocol.INSTANCE)
                .bind(Llc.SAP, Llc.SAP_IP, Ipv4Protocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.IPV6_HOP_BY_HOP.code(), Ipv6ExtensionProtocol.HOP_BY_HOP)
                .bind(IP_PROTOCOL, IpProtocol.IPV4.code(), Ipv4Protocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.IPV6.code(), Ipv6Protocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.IPV6_ROUTING.code(), Ipv6ExtensionProtocol.ROUTING)
                .bind(IP_PROTOCOL, IpProtocol.IPV6_FRAGMENT.code(), Ipv6FragmentProtocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.IPV6_DESTINATION.code(), Ipv6ExtensionProtocol.DESTINATION)
                .bind(IP_PROTOCOL, IpProtocol.ETHERNET.code(), EthernetProtocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.ESP.code(), EspProtocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.ICMPV6.code(), Icmpv6Protocol.INSTANCE)
                .bind(Icmpv6.OPTIONS, 0, NeighborOptionProtocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.ICMP.code(), IcmpProtocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.TCP.code(), TcpProtocol.INSTANCE)
                .bind(IP_PROTOCOL, IpProtocol.UDP.code(), UdpProtocol.INSTANCE)
                .bind(UDP_DESTINATION_PORT, Vxlan.PORT, VxlanProtocol.INSTANCE)
                .bind(UDP_DESTINATION_PORT, VxlanGpe.PORT, VxlanGpeProtocol.INSTANCE)
                .bind(VxlanGpe.NEXT_PROTOCOL, VxlanGpe.NEXT_IPV4, Ipv4Protocol.INSTANCE)
                .bind(VxlanGpe.NEXT_PROTOCOL, VxlanGpe.NEXT_IPV6, Ipv6Protocol.INSTANCE)
                .bind(VxlanGpe.NEXT_PROTOCOL, VxlanGpe.NEXT_ETHERNET, EthernetProtocol.INSTANCE);
    }
}
