package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two hosts say to each other over IPv4, whatever carries it. What Linux leaves to chance, such as identifications, is
 * taken over from its answer; all else in it must be, byte for byte, what we would have built.
 */
abstract class Conversations extends KernelLab {
    /** The code of a closed port, RFC 792. */
    private static final int PORT_UNREACHABLE = 3;
    /** The precedence of an error message, RFC 1812 section 4.3.2.5. */
    private static final int INTERNETWORK_CONTROL = 0xc0;

    private static final int CLIENT_PORT = 50_001;
    /** Sequence numbers count modulo 2^32; ours runs over. */
    private static final long NUMBERS = 0xffff_ffffL;

    private static final long OUR_NUMBER = NUMBERS - 1;
    private static final String OUR_TIME = "00c0ffee";

    private final MacAddress ourMac;
    private final Ipv4Address ourIp;
    private final MacAddress linuxMac;
    private final Ipv4Address linuxIp;
    private final Ipv4Address strangeIp;
    private final int mtu;

    /**
     * Tests a way to the host.
     *
     * @param network the first three bytes of all addresses on it; ours ends with 1, the host's with 2
     * @param mtu how long an IPv4 packet can be on it
     */
    Conversations(MacAddress ourMac, MacAddress linuxMac, String network, int mtu) {
        this.ourMac = ourMac;
        this.ourIp = Ipv4Address.of(network + ".1");
        this.linuxMac = linuxMac;
        this.linuxIp = Ipv4Address.of(network + ".2");
        this.strangeIp = Ipv4Address.of(network + ".77");
        this.mtu = mtu;
    }

    /** All that is before the network layer in what we send. */
    abstract List<Header> toLinux(Ethernet ethernet);

    /** All that must be before the network layer in an answer. */
    abstract List<Header> toUs(Ethernet ethernet, Answer answer);

    final Packet ipv4(Header transport) {
        return packet(
                toLinux(Ethernet.from(ourMac).to(linuxMac)), Ipv4.from(ourIp).to(linuxIp), transport);
    }

    private Packet expected(Answer answer, Ipv4 ipv4, Header transport) {
        return packet(toUs(Ethernet.from(linuxMac).to(ourMac), answer), ipv4, transport);
    }

    private Ipv4 fromLinux(Answer answer, int flags) {
        return Ipv4.from(linuxIp)
                .to(ourIp)
                .withIdentification(answer.inner(Ipv4.class).identification())
                .withFragment(flags, 0);
    }

    static Predicate<Answer> isArp(int operation, Ipv4Address target) {
        return answer -> answer.endsWith(
                Arp.class,
                arp -> arp.operation() == operation && arp.targetProtocol().equals(bytes(target)));
    }

    static Predicate<Answer> isEchoReply(int identifier) {
        return answer -> answer.endsWith(
                Icmp.class, icmp -> icmp.type() == Icmp.ECHO_REPLY && icmp.rest() >>> Short.SIZE == identifier);
    }

    static Predicate<Answer> isUdpTo(int port) {
        return answer -> answer.endsWith(Udp.class, udp -> udp.destinationPort() == port);
    }

    static Predicate<Answer> isTcpTo(int port, int flags) {
        return answer -> answer.endsWith(Tcp.class, tcp -> tcp.destinationPort() == port && tcp.flags() == flags);
    }

    private static Bytes bytes(Ipv4Address address) {
        return Bytes.ofHex(String.format("%08x", address.bits()));
    }

    @Test
    void anArpRequestIsAnswered() throws Exception {
        Packet request =
                packet(toLinux(Ethernet.from(ourMac).to(MacAddress.BROADCAST)), Arp.request(ourMac, ourIp, linuxIp));

        Answer answer = wire.ask(request, isArp(Arp.REPLY, ourIp));

        Packet expected =
                packet(toUs(Ethernet.from(linuxMac).to(ourMac), answer), Arp.reply(linuxMac, linuxIp, ourMac, ourIp));
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }

    /** Before Linux answers a stranger it asks for the stranger's address, and needs our reply. */
    @Test
    void ourArpReplyIsTaken() throws Exception {
        int identifier = 0x77;
        Packet echoRequest = packet(
                toLinux(Ethernet.from(STRANGE_MAC).to(linuxMac)),
                Ipv4.from(strangeIp).to(linuxIp),
                Icmp.echoRequest(identifier, 1));
        Answer arpRequest = wire.ask(echoRequest, isArp(Arp.REQUEST, strangeIp));

        Packet arpReply = packet(
                toLinux(Ethernet.from(STRANGE_MAC).to(linuxMac)), Arp.reply(STRANGE_MAC, strangeIp, linuxMac, linuxIp));
        Answer echoReply = wire.ask(arpReply, isEchoReply(identifier));

        Packet expected = packet(
                toUs(Ethernet.from(linuxMac).to(MacAddress.BROADCAST), arpRequest),
                Arp.request(linuxMac, linuxIp, strangeIp));
        assertThat(arpRequest.frame()).isEqualTo(expected.encode());
        assertThat(echoReply.inner(Ethernet.class).destination()).isEqualTo(STRANGE_MAC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 56, 1401, 1402})
    void anEchoRequestIsAnswered(int length) throws Exception {
        int identifier = 0x1000 + length;
        Packet request = ipv4(Icmp.echoRequest(identifier, 0xfffe)).withPayload(counting(length));

        Answer answer = wire.ask(request, isEchoReply(identifier));

        Packet expected = expected(answer, fromLinux(answer, 0), Icmp.echoReply(identifier, 0xfffe))
                .withPayload(counting(length));
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 512, 1401, 1402})
    void aUdpDatagramIsEchoed(int length) throws Exception {
        int port = 40_000 + length;
        Packet datagram = ipv4(Udp.from(port).to(LinuxHost.ECHO_PORT)).withPayload(counting(length));

        Answer answer = wire.ask(datagram, isUdpTo(port));

        Ipv4 ipv4 = fromLinux(answer, Ipv4.FLAG_DONT_FRAGMENT);
        Packet expected =
                expected(answer, ipv4, Udp.from(LinuxHost.ECHO_PORT).to(port)).withPayload(counting(length));
        assertThat(answer.frame()).isEqualTo(expected.encode());
    }

    @Test
    void aUdpDatagramForAClosedPortIsQuoted() throws Exception {
        int port = CLIENT_PORT;
        Packet datagram = ipv4(Udp.from(port).to(LinuxHost.CLOSED_PORT)).withPayload(PAYLOAD);

        Answer answer = wire.ask(datagram, any -> any.endsWith(Udp.class, udp -> udp.sourcePort() == port));

        int ipv4 = datagram.layers().size() - 2;
        int identification = ((Ipv4) answer.packet().layers().get(ipv4)).identification();
        Packet expected = expected(
                        answer,
                        new Ipv4(
                                INTERNETWORK_CONTROL,
                                0,
                                identification,
                                0,
                                0,
                                64,
                                IpProtocol.ICMP,
                                0,
                                linuxIp,
                                ourIp,
                                Bytes.EMPTY),
                        new Icmp(Icmp.DESTINATION_UNREACHABLE, PORT_UNREACHABLE, 0, 0))
                .withPayload(enclosed(datagram, ipv4 - 1));
        List<Header> sent = computed(datagram).layers();
        assertThat(answer.frame()).isEqualTo(expected.encode());
        assertThat(answer.packet().layers()).endsWith(sent.get(ipv4), sent.get(ipv4 + 1));
        assertThat(answer.packet().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void aTcpConnectionIsOpenedAndUsed() throws Exception {
        int port = CLIENT_PORT;
        Tcp client = Tcp.from(port).to(LinuxHost.ECHO_PORT);
        // maximum segment size 1460, SACK permitted, timestamps, no operation, window scale 7
        Packet syn = ipv4(client.withFlags(Tcp.FLAG_SYN)
                .withNumbers(OUR_NUMBER, 0)
                .withOptions(Bytes.ofHex("020405b4 0402 080a" + OUR_TIME + "00000000 01 030307")));

        Answer synAck = wire.ask(syn, isTcpTo(port, Tcp.FLAG_SYN | Tcp.FLAG_ACK));

        Tcp opened = synAck.inner(Tcp.class);
        assertOurs(synAck, serverTcp(port, OUR_NUMBER + 1, opened), Bytes.EMPTY);
        Matcher options = Pattern.compile(
                        "0204%04x0402080a(.{8})%s010303..".formatted(mtu - Ipv4.MIN_LENGTH - Tcp.MIN_LENGTH, OUR_TIME))
                .matcher(opened.options().toHex());
        assertThat(options.matches()).as(opened.toString()).isTrue();

        String linuxTime = options.group(1);
        long linuxNumber = opened.sequenceNumber() + 1 & NUMBERS;
        // no operation twice, timestamps
        Packet data = ipv4(client.withFlags(Tcp.FLAG_PSH | Tcp.FLAG_ACK)
                        .withNumbers(OUR_NUMBER + 1, linuxNumber)
                        .withOptions(Bytes.ofHex("0101080a" + OUR_TIME + linuxTime)))
                .withPayload(PAYLOAD);
        Answer echo = wire.ask(data, isTcpTo(port, Tcp.FLAG_PSH | Tcp.FLAG_ACK));

        long acknowledged = OUR_NUMBER + 1 + PAYLOAD.length() & NUMBERS;
        Tcp echoed = echo.inner(Tcp.class);
        assertOurs(echo, serverTcp(port, acknowledged, echoed), PAYLOAD);
        assertThat(echoed.sequenceNumber()).isEqualTo(linuxNumber);
        assertThat(echoed.options().toHex()).startsWith("0101080a").endsWith(OUR_TIME);
        wire.send(ipv4(client.withFlags(Tcp.FLAG_RST).withNumbers(acknowledged, 0)), Encoding.COMPUTED);
    }

    private void assertOurs(Answer answer, Tcp tcp, Bytes payload) {
        Packet expected = expected(answer, fromLinux(answer, Ipv4.FLAG_DONT_FRAGMENT), tcp);
        assertThat(answer.frame()).isEqualTo(expected.withPayload(payload).encode());
    }

    /** What a server's header should be; number, window and options are its own choice. */
    private static Tcp serverTcp(int port, long acknowledgment, Tcp chosen) {
        return new Tcp(
                LinuxHost.ECHO_PORT,
                port,
                chosen.sequenceNumber(),
                acknowledgment,
                chosen.flags(),
                chosen.window(),
                0,
                0,
                chosen.options());
    }

    @Test
    void aTcpSegmentForAClosedPortIsReset() throws Exception {
        int port = CLIENT_PORT + 1;
        Packet syn = ipv4(
                Tcp.from(port).to(LinuxHost.CLOSED_PORT).withFlags(Tcp.FLAG_SYN).withNumbers(OUR_NUMBER, 0));

        Answer answer = wire.ask(syn, isTcpTo(port, Tcp.FLAG_RST | Tcp.FLAG_ACK));

        Tcp reset = new Tcp(
                LinuxHost.CLOSED_PORT, port, 0, OUR_NUMBER + 1, Tcp.FLAG_RST | Tcp.FLAG_ACK, 0, 0, 0, Bytes.EMPTY);
        assertOurs(answer, reset, Bytes.EMPTY);
    }
}
