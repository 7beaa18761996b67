package dev.swarmlens.codecs;

import dev.swarmlens.codecs.arp.ArpLawsTest;
import dev.swarmlens.codecs.esp.EspLawsTest;
import dev.swarmlens.codecs.ethernet.EthernetLawsTest;
import dev.swarmlens.codecs.icmp.IcmpLawsTest;
import dev.swarmlens.codecs.icmpv6.Icmpv6LawsTest;
import dev.swarmlens.codecs.icmpv6.NeighborOptionLawsTest;
import dev.swarmlens.codecs.ipv4.Ipv4LawsTest;
import dev.swarmlens.codecs.ipv6.Ipv6LawsTest;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionLaws;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6FragmentLawsTest;
import dev.swarmlens.codecs.isl.IslLawsTest;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2LawsTest;
import dev.swarmlens.codecs.linuxcooked.LinuxCookedLawsTest;
import dev.swarmlens.codecs.llc.LlcLawsTest;
import dev.swarmlens.codecs.llc.SnapLawsTest;
import dev.swarmlens.codecs.loopback.LoopbackLawsTest;
import dev.swarmlens.codecs.tcp.TcpLawsTest;
import dev.swarmlens.codecs.udp.UdpLawsTest;
import dev.swarmlens.codecs.vlan.VlanLawsTest;
import dev.swarmlens.codecs.vxlan.VxlanLawsTest;
import dev.swarmlens.codecs.vxlangpe.VxlanGpeLawsTest;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@link Opinions} of all protocols. */
final class AllOpinions {
    private static final Map<Protocol, Opinions<?, ?, ?>> BY_PROTOCOL = Stream.of(
                    EthernetLawsTest.OPINIONS,
                    IslLawsTest.OPINIONS,
                    VlanLawsTest.OPINIONS,
                    ArpLawsTest.OPINIONS,
                    Ipv4LawsTest.OPINIONS,
                    Ipv6LawsTest.OPINIONS,
                    IcmpLawsTest.OPINIONS,
                    UdpLawsTest.OPINIONS,
                    TcpLawsTest.OPINIONS,
                    VxlanLawsTest.OPINIONS,
                    VxlanGpeLawsTest.OPINIONS,
                    LinuxCookedLawsTest.OPINIONS,
                    LinuxCooked2LawsTest.OPINIONS,
                    LoopbackLawsTest.OPINIONS,
                    LlcLawsTest.OPINIONS,
                    SnapLawsTest.OPINIONS,
                    EspLawsTest.OPINIONS,
                    Icmpv6LawsTest.OPINIONS,
                    NeighborOptionLawsTest.OPINIONS,
                    Ipv6FragmentLawsTest.OPINIONS,
                    Ipv6ExtensionLaws.opinions(Ipv6ExtensionProtocol.HOP_BY_HOP),
                    Ipv6ExtensionLaws.opinions(Ipv6ExtensionProtocol.ROUTING),
                    Ipv6ExtensionLaws.opinions(Ipv6ExtensionProtocol.DESTINATION))
            .collect(Collectors.toMap(Opinions::protocol, Function.identity()));

    private AllOpinions() {}

    /** The protocols of which there are opinions. */
    static Set<Protocol> protocols() {
        return BY_PROTOCOL.keySet();
    }

    /** Fails unless value, view and Kaitai Struct agree on every field of every layer. */
    static void assertAgree(Layers layers) {
        for (int i = 0; i < layers.count(); i++) {
            // a header without bytes leaves nothing to read
            if (layers.start(i) < layers.payload(i)) {
                BY_PROTOCOL
                        .get(layers.protocol(i))
                        .assertAgree(layers.frame(), layers.start(i), layers.payload(i), layers.end(i));
            }
        }
    }
}
