package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which fields can be read of a header of which only the beginning is there, or can be believed. All expected fields are those
 * that tshark 4.0.17 prints of the same bytes.
 */
class IncompleteHeadersTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");
    private static final Ipv4 IPV4 = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final Ipv6 IPV6 = Ipv6.from("fd00::1").to("fd00::2");
    private static final Udp UDP = Udp.from(1000).to(2000);

    private static byte[] frame(Header... headers) {
        return Packet.of(headers).withPayload(Bytes.of(new byte[64])).encode().toArray();
    }

    /** The fields of the incomplete header, where the capture kept only the first bytes of a frame. */
    private static List<String> fieldsOfCut(byte[] frame, int kept) {
        return fields(Layout.dissect(Arrays.copyOf(frame, kept), frame.length));
    }

    private static List<String> fields(Layers layers) {
        View view = layers.incomplete().newView();
        view.wrapIncomplete(layers);
        return layers.incomplete().fields().stream()
                .map(field -> readable(field, view))
                .filter(Objects::nonNull)
                .toList();
    }

    private static String readable(Field field, View view) {
        try {
            return field.text(view) == null ? null : field.name();
        } catch (IndexOutOfBoundsException beyond) {
            return null;
        }
    }

    private static List<String> union(List<String> fields, String... more) {
        return Stream.concat(fields.stream(), Stream.of(more)).toList();
    }

    @Test
    void ethernetIsReadAsAWhole() {
        byte[] frame = frame(ETHERNET, IPV4, UDP);

        assertThat(fieldsOfCut(frame, 0)).isEmpty();
        assertThat(fieldsOfCut(frame, 13)).isEmpty();
    }

    @Test
    void ipv4IsReadFieldByField() {
        byte[] frame = frame(ETHERNET, IPV4, UDP);
        List<String> untilLength = List.of("ip.version", "ip.hdr_len", "ip.dsfield", "ip.len");
        List<String> untilProtocol = union(
                untilLength, "ip.id", "ip.flags", "ip.flags.df", "ip.flags.mf", "ip.frag_offset", "ip.ttl", "ip.proto");
        List<String> untilChecksum = union(untilProtocol, "ip.checksum", "ip.checksum.status");

        assertThat(fieldsOfCut(frame, 14)).isEmpty();
        assertThat(fieldsOfCut(frame, 14 + 4)).isEqualTo(untilLength);
        assertThat(fieldsOfCut(frame, 14 + 10)).isEqualTo(untilProtocol);
        assertThat(fieldsOfCut(frame, 14 + 12)).isEqualTo(untilChecksum);
        assertThat(fieldsOfCut(frame, 14 + 19)).isEqualTo(union(untilChecksum, "ip.src"));
    }

    @Test
    void ipv6NeedsTheNextHeaderToSayItsLength() {
        byte[] frame = frame(ETHERNET, IPV6, UDP);

        assertThat(fieldsOfCut(frame, 14 + 3)).containsExactly("ipv6.version");
        assertThat(fieldsOfCut(frame, 14 + 6)).containsExactly("ipv6.version", "ipv6.tclass", "ipv6.flow");
        assertThat(fieldsOfCut(frame, 14 + 7))
                .containsExactly("ipv6.version", "ipv6.tclass", "ipv6.flow", "ipv6.plen", "ipv6.nxt");
        assertThat(fieldsOfCut(frame, 14 + 39)).doesNotContain("ipv6.dst").contains("ipv6.src");
    }

    @Test
    void udpNeedsBothPorts() {
        byte[] frame = frame(ETHERNET, IPV4, UDP);

        assertThat(fieldsOfCut(frame, 34 + 3)).isEmpty();
        assertThat(fieldsOfCut(frame, 34 + 5)).containsExactly("udp.srcport", "udp.dstport");
        assertThat(fieldsOfCut(frame, 34 + 7)).containsExactly("udp.srcport", "udp.dstport", "udp.length");
    }

    @Test
    void tcpNeedsTheWindowForAllButItsPorts() {
        byte[] frame = frame(ETHERNET, IPV4, Tcp.from(1000).to(2000));

        assertThat(fieldsOfCut(frame, 34 + 3)).isEmpty();
        assertThat(fieldsOfCut(frame, 34 + 15)).containsExactly("tcp.srcport", "tcp.dstport");
        assertThat(fieldsOfCut(frame, 34 + 16))
                .containsExactly(
                        "tcp.srcport",
                        "tcp.dstport",
                        "tcp.seq_raw",
                        "tcp.ack_raw",
                        "tcp.hdr_len",
                        "tcp.len",
                        "tcp.flags",
                        "tcp.flags.syn",
                        "tcp.flags.ack",
                        "tcp.flags.fin",
                        "tcp.flags.reset",
                        "tcp.flags.push",
                        "tcp.flags.urg",
                        "tcp.flags.ece",
                        "tcp.flags.cwr",
                        "tcp.window_size_value");
    }

    @Test
    void icmpNeedsSixBytes() {
        byte[] frame = frame(ETHERNET, IPV4, Icmp.echoRequest(1, 2));

        assertThat(fieldsOfCut(frame, 34 + 5)).isEmpty();
        assertThat(fieldsOfCut(frame, 34 + 6))
                .containsExactly("icmp.type", "icmp.code", "icmp.checksum", "icmp.checksum.status", "icmp.ident");
    }

    @Test
    void arpNeedsAllAddressesToSayOne() {
        byte[] frame = Packet.of(ETHERNET, Arp.request("02:42:0a:00:09:03", "10.0.9.3", "10.0.9.4"))
                .encode()
                .toArray();

        assertThat(fieldsOfCut(frame, 14 + 27))
                .containsExactly("arp.hw.type", "arp.proto.type", "arp.hw.size", "arp.proto.size", "arp.opcode");
    }

    @Test
    void vxlanIsReadFieldByField() {
        byte[] frame = frame(ETHERNET, IPV4, Udp.from(1).to(Vxlan.PORT), Vxlan.of(7));

        assertThat(fieldsOfCut(frame, 42 + 3)).containsExactly("vxlan.flags");
        assertThat(fieldsOfCut(frame, 42 + 7)).containsExactly("vxlan.flags", "vxlan.gbp", "vxlan.vni");
    }

    // ---- headers that contradict themselves

    @Test
    void behindALengthThatContradictsTheHeaderNothingIsBelieved() {
        byte[] words = frame(ETHERNET, IPV4, UDP);
        words[14] = 0x44;
        byte[] total = frame(ETHERNET, IPV4, UDP);
        total[14 + 2] = 0;
        total[14 + 3] = 19;
        byte[] datagram = frame(ETHERNET, IPV4, UDP);
        datagram[34 + 4] = 0;
        datagram[34 + 5] = 7;
        byte[] offset = frame(ETHERNET, IPV4, Tcp.from(1000).to(2000));
        offset[34 + 12] = 0x40;

        assertThat(fields(Layout.dissect(words))).containsExactly("ip.version", "ip.hdr_len");
        assertThat(fields(Layout.dissect(total))).containsExactly("ip.version", "ip.hdr_len", "ip.dsfield", "ip.len");
        assertThat(fields(Layout.dissect(datagram))).containsExactly("udp.srcport", "udp.dstport", "udp.length");
        assertThat(fields(Layout.dissect(offset)))
                .containsExactly("tcp.srcport", "tcp.dstport", "tcp.seq_raw", "tcp.hdr_len", "tcp.len");
    }

    @Test
    void ofAnotherVersionOnlyThatIsKnown() {
        byte[] frame = frame(ETHERNET, IPV4, UDP);
        frame[14] = 0x75;

        assertThat(fields(Layout.dissect(frame))).containsExactly("ip.version");
    }

    /** Linux cooked captures have such frames. */
    @Test
    void anIpv6HeaderWhereIpv4IsAnnouncedIsTakenAsSuch() {
        byte[] frame = frame(ETHERNET, IPV6, UDP);
        frame[12] = 0x08;
        frame[13] = 0x00;

        Layers layers = Layout.dissect(frame);

        assertThat(Extent.names(layers)).containsExactly("eth", "ipv6", "udp");
        assertThat(layers.problem()).isEqualTo(new Problem(Fault.BAD_VERSION, "ip", 14, 4, 6, "frame"));
    }
}
