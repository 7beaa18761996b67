package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** IPv4 in VXLAN. */
class VxlanKernelTest extends Conversations {
    static final int VNI = 4097;
    static final String NETWORK = "10.0.9";
    static final MacAddress OUR_INNER_MAC = MacAddress.ofOverlayEndpoint(Ipv4Address.of(NETWORK + ".1"));
    static final MacAddress LINUX_INNER_MAC = MacAddress.ofOverlayEndpoint(Ipv4Address.of(NETWORK + ".2"));

    private static final int MTU = 1450;
    private static final int OUR_TUNNEL_PORT = 50_000;
    /** Which of a packet's layers it is. */
    private static final int OUTER_IPV4 = 1;

    private static final int OUTER_UDP = 2;

    VxlanKernelTest() {
        super(OUR_INNER_MAC, LINUX_INNER_MAC, NETWORK, MTU);
    }

    @BeforeAll
    static void addTunnel() throws Exception {
        addVxlan("vxlan0", LINUX_INNER_MAC, VNI, LinuxHost.IP, OUR_IP, "dstport " + Vxlan.PORT);
        bringUp("vxlan0", NETWORK, OUR_INNER_MAC);
    }

    @Override
    List<Header> toLinux(Ethernet ethernet) {
        return tunnel(Vxlan.PORT, Vxlan.of(VNI), ethernet);
    }

    static List<Header> tunnel(int port, Vxlan vxlan, Ethernet ethernet) {
        return List.of(
                Ethernet.from(OUR_MAC).to(LinuxHost.MAC),
                Ipv4.from(OUR_IP).to(LinuxHost.IP),
                Udp.from(OUR_TUNNEL_PORT).to(port),
                vxlan,
                ethernet);
    }

    @Override
    List<Header> toUs(Ethernet ethernet, Answer answer) {
        return tunnelToUs(Vxlan.PORT, Vxlan.of(VNI), ethernet, answer);
    }

    /** Linux chooses an identification, and a source port by the conversation inside. */
    private static List<Header> tunnelToUs(int port, Vxlan vxlan, Ethernet ethernet, Answer answer) {
        return List.of(
                Ethernet.from(LinuxHost.MAC).to(OUR_MAC),
                Ipv4.from(LinuxHost.IP)
                        .to(OUR_IP)
                        .withIdentification(answer.outer(Ipv4.class).identification()),
                Udp.from(answer.outer(Udp.class).sourcePort()).to(port),
                vxlan,
                ethernet);
    }

    @Test
    void anOuterDatagramInFragmentsIsReassembled() throws Exception {
        int identifier = 0xf4a6;
        Packet whole = ipv4(Icmp.echoRequest(identifier, 1)).withPayload(counting(1000));
        List<Packet> fragments = EthernetKernelTest.fragments(whole, OUTER_IPV4, 512);
        assertThat(fragments).hasSize(3);

        Answer answer = wire.ask(fragments, Encoding.COMPUTED, isEchoReply(identifier));

        assertThat(answer.packet().payload()).isEqualTo(whole.payload());
    }

    /** RFC 7348 section 5: the outer checksum should be zero, and then the packet must be accepted. */
    @Test
    void anOuterDatagramWithoutChecksumIsAccepted() throws Exception {
        int identifier = 0x0c50;
        Packet request = computed(ipv4(Icmp.echoRequest(identifier, 1)));
        Udp udp = (Udp) request.layers().get(OUTER_UDP);

        Answer answer = wire.ask(
                List.of(replace(request, OUTER_UDP, udp.withChecksum(0))), Encoding.VERBATIM, isEchoReply(identifier));

        assertThat(answer.outer(Vxlan.class).vni()).isEqualTo(VNI);
    }

    /** The host's firewall mark is the group policy id, and its reply is told to bear the request's mark. */
    @Test
    void aGroupPolicyComesBackOnAnotherPort() throws Exception {
        int identifier = 0x6b9;
        Vxlan vxlan = Vxlan.of(VNI + 1).withGroupPolicyId(0xbeef);
        addVxlan("vxlan1", LINUX_INNER_MAC, vxlan.vni(), LinuxHost.IP, OUR_IP, "gbp dstport " + DATA_PATH_PORT);
        bringUp("vxlan1", "10.0.10", OUR_INNER_MAC);
        linux.set("ipv4/fwmark_reflect", 1);
        Packet request = packet(
                        tunnel(
                                DATA_PATH_PORT,
                                vxlan,
                                Ethernet.from(OUR_INNER_MAC).to(LINUX_INNER_MAC)),
                        Ipv4.from("10.0.10.1").to("10.0.10.2"),
                        Icmp.echoRequest(identifier, 1))
                .withPayload(PAYLOAD);

        Answer answer = wire.ask(request, isEchoReply(identifier));

        Packet expected = packet(
                        tunnelToUs(
                                DATA_PATH_PORT,
                                vxlan,
                                Ethernet.from(LINUX_INNER_MAC).to(OUR_INNER_MAC),
                                answer),
                        Ipv4.from("10.0.10.2")
                                .to("10.0.10.1")
                                .withIdentification(answer.inner(Ipv4.class).identification()),
                        Icmp.echoReply(identifier, 1))
                .withPayload(PAYLOAD);
        assertThat(answer.frame()).isEqualTo(encoded(expected));
    }
}
