package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** IPv4, and IPv6, in VXLAN over IPv6. */
class VxlanOverIpv6KernelTest extends Conversations {
    private static final int VNI = 4099;
    private static final String NETWORK = "10.0.11";
    private static final int MTU = 1430;
    private static final Ipv6Address OUR_INNER_IPV6 = Ipv6Address.of("2001:db8:b::1");
    private static final Ipv6Address LINUX_INNER_IPV6 = Ipv6Address.of("2001:db8:b::2");
    private static final MacAddress OUR_INNER_MAC = MacAddress.ofOverlayEndpoint(Ipv4Address.of(NETWORK + ".1"));
    private static final MacAddress LINUX_INNER_MAC = MacAddress.ofOverlayEndpoint(Ipv4Address.of(NETWORK + ".2"));

    VxlanOverIpv6KernelTest() {
        super(OUR_INNER_MAC, LINUX_INNER_MAC, NETWORK, MTU);
    }

    @BeforeAll
    static void addTunnel() throws Exception {
        addIpv6();
        addVxlan("vxlan0", LINUX_INNER_MAC, VNI, LinuxHost.IPV6, OUR_IPV6, "dstport " + Vxlan.PORT);
        bringUp("vxlan0", NETWORK, OUR_INNER_MAC);
        linux.ip("address add " + LINUX_INNER_IPV6 + "/64 dev vxlan0 nodad");
        linux.addNeighbour("vxlan0", OUR_INNER_IPV6, OUR_INNER_MAC);
    }

    @Override
    List<Header> toLinux(Ethernet ethernet) {
        return List.of(
                Ethernet.from(OUR_MAC).to(LinuxHost.MAC),
                Ipv6.from(OUR_IPV6).to(LinuxHost.IPV6),
                Udp.from(50_000).to(Vxlan.PORT),
                Vxlan.of(VNI),
                ethernet);
    }

    @Override
    List<Header> toUs(Ethernet ethernet, Answer answer) {
        return List.of(
                Ethernet.from(LinuxHost.MAC).to(OUR_MAC),
                Ipv6.from(LinuxHost.IPV6).to(OUR_IPV6),
                Udp.from(answer.outer(Udp.class).sourcePort()).to(Vxlan.PORT),
                Vxlan.of(VNI),
                ethernet);
    }

    @Test
    void anEchoRequestInIpv6IsAnswered() throws Exception {
        Packet request = packet(
                        toLinux(Ethernet.from(OUR_INNER_MAC).to(LINUX_INNER_MAC)),
                        Ipv6.from(OUR_INNER_IPV6).to(LINUX_INNER_IPV6),
                        Icmpv6.echoRequest(1, 2))
                .withPayload(PAYLOAD);

        Answer answer = wire.ask(request, any -> any.endsWith(Icmpv6.class, icmp -> icmp.type() == Icmpv6.ECHO_REPLY));

        int flowLabel = answer.inner(Ipv6.class).flowLabel();
        Packet expected = packet(
                        toUs(Ethernet.from(LINUX_INNER_MAC).to(OUR_INNER_MAC), answer),
                        new Ipv6(0, flowLabel, 0, IpProtocol.ICMPV6, 64, LINUX_INNER_IPV6, OUR_INNER_IPV6),
                        Icmpv6.echoReply(1, 2))
                .withPayload(PAYLOAD);
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }
}
