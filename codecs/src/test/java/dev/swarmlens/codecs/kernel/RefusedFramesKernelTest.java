package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong on purpose gets no answer; a frame that differs from it in nothing else does. */
class RefusedFramesKernelTest extends KernelLab {
    private static final int REFUSED_FRAMES = 3;
    /** How many sound frames, at most, follow on the refused ones until the kernel has counted those. */
    private static final int SOUND_FRAMES = 10;

    private static final Vxlan VXLAN = Vxlan.of(VxlanKernelTest.VNI);
    private static final int RESERVED_FLAG = 0x0400;

    /** Which of a packet's layers it is. */
    private static final int NETWORK = 1;

    private static final int TRANSPORT = 2;
    private static final int INNER_NETWORK = 5;
    private static final int INNER_TRANSPORT = 6;

    /** Every question has a number of its own: a port, or an echo's identifier. */
    private static int lastNumber = 20_000;

    @BeforeAll
    static void addIpv6AndTunnel() throws Exception {
        addIpv6();
        VxlanKernelTest.addTunnel();
    }

    /**
     * A way to spoil a question.
     *
     * @param index which of its headers is spoilt
     * @param question makes a sound one of a number
     * @param counter what the kernel counts
     */
    private record Spoilt(
            String name, IntFunction<Packet> question, int index, UnaryOperator<Header> spoiler, String counter) {
        /** The question of a number with that one header spoilt, and all around it computed for what it then is. */
        Packet question(int number) {
            Packet sound = computed(question.apply(number));
            Packet spoilt = replace(sound, index, spoiler.apply(sound.layers().get(index)));
            List<Header> inside = spoilt.layers().subList(index, spoilt.layers().size());
            Bytes inner = new Packet(inside, spoilt.payload(), Bytes.EMPTY).encode(Encoding.VERBATIM);
            return computed(new Packet(spoilt.layers().subList(0, index), inner, Bytes.EMPTY));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Spoilt spoilt(String name, IntFunction<Packet> question, int index, String counter) {
        return new Spoilt(name, question, index, RefusedFramesKernelTest::withWrongChecksum, counter);
    }

    static Stream<Spoilt> badChecksums() {
        return Stream.of(
                spoilt("IPv4", RefusedFramesKernelTest::echo, NETWORK, "IpExtInCsumErrors"),
                spoilt("ICMP", RefusedFramesKernelTest::echo, TRANSPORT, "IcmpInCsumErrors"),
                spoilt("UDP", number -> ipv4(udp(number)), TRANSPORT, "UdpInCsumErrors"),
                spoilt("TCP", number -> ipv4(syn(number)), TRANSPORT, "TcpInCsumErrors"),
                spoilt("ICMPv6", number -> ipv6(Icmpv6.echoRequest(number, 1)), TRANSPORT, "Icmp6InCsumErrors"),
                spoilt("UDP over IPv6", number -> ipv6(udp(number)), TRANSPORT, "Udp6InCsumErrors"),
                spoilt("TCP over IPv6", number -> ipv6(syn(number)), TRANSPORT, "TcpInCsumErrors"),
                spoilt("UDP around VXLAN", number -> echo(VXLAN, number), TRANSPORT, "UdpInCsumErrors"),
                spoilt("IPv4 in VXLAN", number -> echo(VXLAN, number), INNER_NETWORK, "IpExtInCsumErrors"),
                spoilt("ICMP in VXLAN", number -> echo(VXLAN, number), INNER_TRANSPORT, "IcmpInCsumErrors"),
                // RFC 8200 section 8.1
                new Spoilt(
                        "UDP over IPv6 without checksum",
                        number -> ipv6(udp(number)),
                        TRANSPORT,
                        udp -> ((Udp) udp).withChecksum(0),
                        "Udp6InCsumErrors"));
    }

    @ParameterizedTest
    @MethodSource("badChecksums")
    void aBadChecksumIsNotAnswered(Spoilt spoilt) throws Exception {
        int refused = ++lastNumber;
        assertOnlySoundIsAnswered(spoilt.question(), refused);
        long before = linux.counters().get(spoilt.counter());

        for (int i = 0; i < REFUSED_FRAMES; i++) {
            wire.sendBroken(spoilt.question(refused));
        }

        int sent = 0;
        do {
            assertOnlySoundIsAnswered(spoilt.question(), refused);
            sent++;
        } while (linux.counters().get(spoilt.counter()) < before + REFUSED_FRAMES && sent < SOUND_FRAMES);
        assertThat(linux.counters().get(spoilt.counter())).isEqualTo(before + REFUSED_FRAMES);
    }

    /** RFC 7348 section 5 wants reserved bits ignored and flag I set; Linux drops what has one more bit, or one less. */
    static Stream<Arguments> unusualVxlanHeaders() {
        return Stream.of(
                argumentSet("flag I clear", VXLAN.withFlags(0)),
                argumentSet("a reserved flag", VXLAN.withFlags(Vxlan.FLAG_VALID_VNI | RESERVED_FLAG)),
                argumentSet("a group policy", VXLAN.withGroupPolicyId(1)),
                argumentSet("a group policy id without its flag", new Vxlan(VXLAN.flags(), 1, VXLAN.vni(), 0)),
                argumentSet("the reserved byte", new Vxlan(VXLAN.flags(), 0, VXLAN.vni(), 1)),
                argumentSet("another network", Vxlan.of(VXLAN.vni() + 1)));
    }

    @ParameterizedTest
    @MethodSource("unusualVxlanHeaders")
    void linuxDropsAnUnusualVxlanHeader(Vxlan header) throws Exception {
        int refused = ++lastNumber;
        assertOnlySoundIsAnswered(number -> echo(VXLAN, number), refused);

        for (int i = 0; i < REFUSED_FRAMES; i++) {
            wire.send(echo(header, refused), Encoding.COMPUTED);
        }

        for (int i = 0; i < REFUSED_FRAMES; i++) {
            assertOnlySoundIsAnswered(number -> echo(VXLAN, number), refused);
        }
    }

    private static void assertOnlySoundIsAnswered(IntFunction<Packet> question, int refused) throws Exception {
        int sound = ++lastNumber;

        Answer answer = wire.ask(question.apply(sound), any -> answers(any, sound) || answers(any, refused));

        assertThat(answers(answer, refused))
                .as("%s answers what is wrong", answer)
                .isFalse();
    }

    private static boolean answers(Answer answer, int number) {
        return answer.endsWith(
                        Icmp.class, icmp -> icmp.type() == Icmp.ECHO_REPLY && icmp.rest() >>> Short.SIZE == number)
                || answer.endsWith(
                        Icmpv6.class, icmp -> icmp.type() == Icmpv6.ECHO_REPLY && icmp.rest() >>> Short.SIZE == number)
                || answer.endsWith(Udp.class, udp -> udp.destinationPort() == number)
                || answer.endsWith(Tcp.class, tcp -> tcp.destinationPort() == number);
    }

    private static Packet echo(int number) {
        return ipv4(Icmp.echoRequest(number, 1));
    }

    private static Packet echo(Vxlan vxlan, int number) {
        Ethernet inner = Ethernet.from(VxlanKernelTest.OUR_INNER_MAC).to(VxlanKernelTest.LINUX_INNER_MAC);
        return packet(
                VxlanKernelTest.tunnel(Vxlan.PORT, vxlan, inner),
                Ipv4.from(VxlanKernelTest.NETWORK + ".1").to(VxlanKernelTest.NETWORK + ".2"),
                Icmp.echoRequest(number, 1));
    }

    private static Packet ipv4(Header transport) {
        return packet(link(), Ipv4.from(OUR_IP).to(LinuxHost.IP), transport).withPayload(PAYLOAD);
    }

    private static Packet ipv6(Header transport) {
        return packet(link(), Ipv6.from(OUR_IPV6).to(LinuxHost.IPV6), transport).withPayload(PAYLOAD);
    }

    private static List<Header> link() {
        return List.of(Ethernet.from(OUR_MAC).to(LinuxHost.MAC));
    }

    private static Udp udp(int number) {
        return Udp.from(number).to(LinuxHost.ECHO_PORT);
    }

    private static Tcp syn(int number) {
        return Tcp.from(number).to(LinuxHost.CLOSED_PORT).withFlags(Tcp.FLAG_SYN);
    }

    private static Header withWrongChecksum(Header header) {
        if (header instanceof Udp udp) {
            return udp.withChecksum(wrong(udp.checksum()));
        }
        if (header instanceof Icmp icmp) {
            return icmp.withChecksum(wrong(icmp.checksum()));
        }
        if (header instanceof Icmpv6 icmp) {
            return icmp.withChecksum(wrong(icmp.checksum()));
        }
        if (header instanceof Tcp tcp) {
            return new Tcp(
                    tcp.sourcePort(),
                    tcp.destinationPort(),
                    tcp.sequenceNumber(),
                    tcp.acknowledgmentNumber(),
                    tcp.flags(),
                    tcp.window(),
                    wrong(tcp.checksum()),
                    tcp.urgentPointer(),
                    tcp.options());
        }
        Ipv4 ipv4 = (Ipv4) header;
        return new Ipv4(
                ipv4.typeOfService(),
                ipv4.totalLength(),
                ipv4.identification(),
                ipv4.flags(),
                ipv4.fragmentOffset(),
                ipv4.timeToLive(),
                ipv4.nextProtocol(),
                wrong(ipv4.checksum()),
                ipv4.source(),
                ipv4.destination(),
                ipv4.options());
    }

    /** Another checksum, which is not zero: that would say that there is none. */
    private static int wrong(int checksum) {
        return checksum % 0xffff + 1;
    }
}
