package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IPv4 in plain Ethernet. */
class EthernetKernelTest extends Conversations {
    private static final int MTU = 1500;
    private static final int FRAGMENT_LENGTH = 24;
    /** Which of a packet's layers it is. */
    private static final int IPV4 = 1;

    private static final int UDP = 2;

    EthernetKernelTest() {
        super(OUR_MAC, LinuxHost.MAC, "192.0.2", MTU);
    }

    @Override
    List<Header> toLinux(Ethernet ethernet) {
        return List.of(ethernet);
    }

    @Override
    List<Header> toUs(Ethernet ethernet, Answer answer) {
        return List.of(ethernet);
    }

    /** The last fragment is sent first, since a host must take them in any order. */
    @Test
    void fragmentsAreReassembled() throws Exception {
        int port = 30_000;
        Bytes payload = counting(100);
        Packet whole = ipv4(Udp.from(port).to(LinuxHost.ECHO_PORT)).withPayload(payload);
        List<Packet> fragments = fragments(whole, IPV4, FRAGMENT_LENGTH);
        assertThat(fragments).hasSize(5);
        Collections.reverse(fragments);

        Answer answer = wire.ask(fragments, Encoding.COMPUTED, isUdpTo(port));

        assertThat(answer.packet().payload()).isEqualTo(payload);
    }

    /**
     * Cuts an IPv4 packet into fragments.
     *
     * @param index which of its headers is the IPv4 header
     * @param length how much of what that encloses comes into each, a multiple of 8
     */
    static List<Packet> fragments(Packet whole, int index, int length) {
        Ipv4 ipv4 = (Ipv4) computed(whole).layers().get(index);
        Bytes enclosed = enclosed(whole, index);
        List<Packet> fragments = new ArrayList<>();
        for (int start = 0; start < enclosed.length(); start += length) {
            int end = Math.min(start + length, enclosed.length());
            int flags = end < enclosed.length() ? Ipv4.FLAG_MORE_FRAGMENTS : 0;
            fragments.add(packet(
                            whole.layers().subList(0, index),
                            ipv4.withIdentification(0xf4a6).withFragment(flags, start / 8))
                    .withPayload(Bytes.of(enclosed.toArray(), start, end)));
        }
        return fragments;
    }

    /** RFC 768: all ones are sent for a checksum that comes out as zero. */
    @Test
    void aUdpChecksumOfAllOnesIsAccepted() throws Exception {
        int port = 30_001;
        Packet zeros = ipv4(Udp.from(port).to(LinuxHost.ECHO_PORT)).withPayload(Bytes.of((byte) 0, (byte) 0));
        int checksum = ((Udp) computed(zeros).layers().get(UDP)).checksum();
        Packet datagram = zeros.withPayload(Bytes.of((byte) (checksum >> 8), (byte) checksum));
        assertThat(((Udp) computed(datagram).layers().get(UDP)).checksum()).isEqualTo(0xffff);

        Answer answer = wire.ask(datagram, isUdpTo(port));

        assertThat(answer.packet().payload()).isEqualTo(datagram.payload());
    }

    /** RFC 768: a checksum of zero says that there is none. */
    @Test
    void aUdpDatagramWithoutChecksumIsEchoed() throws Exception {
        int port = 30_002;
        Packet datagram = computed(ipv4(Udp.from(port).to(LinuxHost.ECHO_PORT)).withPayload(PAYLOAD));
        Udp udp = (Udp) datagram.layers().get(UDP);

        Answer answer =
                wire.ask(List.of(replace(datagram, UDP, udp.withChecksum(0))), Encoding.VERBATIM, isUdpTo(port));

        assertThat(answer.packet().payload()).isEqualTo(PAYLOAD);
    }

    /** A tag with VLAN identifier 0 only gives a priority, IEEE 802.1Q clause 6.8. */
    @Test
    void aPriorityTagIsSkipped() throws Exception {
        int identifier = 0x8021;
        Packet tagged = Packet.of(
                        Ethernet.from(OUR_MAC).to(LinuxHost.MAC),
                        new Vlan(5, false, 0, new EtherType(0)),
                        Ipv4.from(OUR_IP).to(LinuxHost.IP),
                        Icmp.echoRequest(identifier, 1))
                .withPayload(PAYLOAD);

        Answer answer = wire.ask(tagged, isEchoReply(identifier));

        assertThat(answer.packet().payload()).isEqualTo(PAYLOAD);
        assertThat(((Ipv4) answer.packet().layers().get(IPV4)).nextProtocol()).isEqualTo(IpProtocol.ICMP);
    }
}
