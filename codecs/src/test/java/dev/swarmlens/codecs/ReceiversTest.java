package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv4.Ipv4Option;
import dev.swarmlens.codecs.ipv4.Ipv4View;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionProtocol;
import dev.swarmlens.codecs.ipv6extension.Ipv6ExtensionView;
import dev.swarmlens.codecs.udp.Udp;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who receives a packet in the end, behind all stops of a route, and what that means for checksums. What tshark says of such
 * frames stands in the vectors {@code ipv4-source-route}, {@code ipv6-source-route}, {@code ipv6-segment-routing} and
 * {@code ipv6-home-address}.
 */
class ReceiversTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");
    private static final Ipv4 IPV4 = Ipv4.from("192.0.2.1").to("192.0.2.2");
    private static final List<Ipv4Address> ROUTE = List.of(Ipv4Address.of("192.0.2.3"), Ipv4Address.of("192.0.2.4"));
    private static final Udp UDP = Udp.from(1000).to(2000);
    private static final String STOPS = "fd000000000000000000000000000003 fd000000000000000000000000000004";

    @Test
    void aSourceRouteEndsAtItsLastAddressWhileThePointerIsWithinIt() {
        for (int type : new int[] {Ipv4Option.LOOSE_SOURCE_ROUTE, Ipv4Option.STRICT_SOURCE_ROUTE}) {
            // RFC 791 section 3.1: the pointer counts from 1, and beyond the length the route is exhausted
            assertThat(receiver(new Ipv4Option.Route(type, 4, ROUTE))).isEqualTo("192.0.2.4");
            assertThat(receiver(new Ipv4Option.Route(type, 8, ROUTE))).isEqualTo("192.0.2.4");
            assertThat(receiver(new Ipv4Option.Route(type, 12, ROUTE))).isEqualTo("192.0.2.2");
        }
        assertThat(receiver(new Ipv4Option.NoOperation(), new Ipv4Option.Route(131, 4, ROUTE)))
                .isEqualTo("192.0.2.4");
    }

    @Test
    void whatIsNoSoundSourceRouteLeavesTheDestination() {
        assertThat(receiver()).isEqualTo("192.0.2.2");
        assertThat(receiver(new Ipv4Option.Route(Ipv4Option.RECORD_ROUTE, 4, ROUTE)))
                .isEqualTo("192.0.2.2");
        // no address, a pointer between addresses, a pointer before them, a length that ends within an address
        assertThat(receiverWith("83 03 04 00")).isEqualTo("192.0.2.2");
        assertThat(receiverWith("83 0b 06 c0000203 c0000204 00")).isEqualTo("192.0.2.2");
        assertThat(receiverWith("83 0b 00 c0000203 c0000204 00")).isEqualTo("192.0.2.2");
        assertThat(receiverWith("83 0a 04 c0000203 c00002 00 00")).isEqualTo("192.0.2.2");
        // behind the end of the list, or longer than the options
        assertThat(receiverWith("00 83 0b 04 c0000203 c0000204")).isEqualTo("192.0.2.2");
        assertThat(receiverWith("83 0b 04 c0000203 00")).isEqualTo("192.0.2.2");
        assertThat(receiverWith("83 00 00 00")).isEqualTo("192.0.2.2");
    }

    private static String receiver(Ipv4Option... options) {
        return receiverOf(IPV4.withOptions(options));
    }

    private static String receiverWith(String options) {
        return receiverOf(IPV4.withOptions(Bytes.ofHex(options)));
    }

    private static String receiverOf(Ipv4 header) {
        Layers layers = Layout.dissect(Packet.of(ETHERNET, header, UDP).encode().toArray());
        Ipv4View view = new Ipv4View();
        view.wrap(layers, 1);
        String receiver = new Ipv4Address(view.finalDestination()).toString();
        assertThat(header.finalDestination()).hasToString(receiver);
        assertThat(header.destination()).hasToString("192.0.2.2");
        return receiver;
    }

    @Test
    void aRoutingHeaderNamesTheLastStopWhileSegmentsAreLeft() {
        // RFC 2460 section 4.4: in the order of travel
        assertThat(lastStop("00 01 00000000" + STOPS)).isEqualTo("fd00::4");
        assertThat(lastStop("00 00 00000000" + STOPS)).isNull();
        // RFC 6275 section 6.4: the home address
        assertThat(lastStop("02 01 00000000 fd000000000000000000000000000003")).isEqualTo("fd00::3");
        // RFC 8754 section 2: the last segment first
        assertThat(lastStop("04 01 01000000" + STOPS)).isEqualTo("fd00::3");
        assertThat(lastStop("04 00 01000000" + STOPS)).isNull();
    }

    @Test
    void aRoutingHeaderOfNoAddressOrOfAnotherTypeNamesNone() {
        assertThat(lastStop("00 01 00000000")).isNull();
        assertThat(lastStop("04 01 00000000 0000000000000000")).isNull();
        assertThat(lastStop("05 01 00000000" + STOPS)).isNull();
    }

    private static String lastStop(String data) {
        Ipv6Extension routing = new Ipv6Extension(Ipv6ExtensionProtocol.ROUTING, IpProtocol.UDP, Bytes.ofHex(data));
        byte[] bytes = new byte[routing.length()];
        routing.write(bytes, 0);
        Ipv6ExtensionView view = Ipv6ExtensionProtocol.ROUTING.newView();
        view.wrap(bytes, 0, bytes.length);
        return view.hasFinalDestination()
                ? new Ipv6Address(view.finalDestinationHigh(), view.finalDestinationLow()).toString()
                : null;
    }

    /** As RFC 8200 section 8.1 has it: at the sender the final destination is covered, so that stops need not change it. */
    @Test
    void theChecksumIsThatOfThePacketThatArrives() {
        Packet atTheEnd = Packet.of(ETHERNET, Ipv6.from("fd00::1").to("fd00::4"), UDP);
        Packet onItsWay = Packet.of(
                ETHERNET,
                Ipv6.from("fd00::1").to("fd00::2"),
                new Ipv6Extension(
                        Ipv6ExtensionProtocol.ROUTING, new IpProtocol(0), Bytes.ofHex("00 02 00000000" + STOPS)),
                UDP);
        Packet ipv4AtTheEnd = Packet.of(ETHERNET, Ipv4.from("192.0.2.1").to("192.0.2.4"), UDP);
        Packet ipv4OnItsWay = Packet.of(ETHERNET, IPV4.withOptions(new Ipv4Option.Route(131, 4, ROUTE)), UDP);

        assertThat(udpChecksum(onItsWay)).isEqualTo(udpChecksum(atTheEnd));
        assertThat(udpChecksum(ipv4OnItsWay)).isEqualTo(udpChecksum(ipv4AtTheEnd));
    }

    private static int udpChecksum(Packet packet) {
        byte[] frame = packet.encode().toArray();
        return BigEndian.u16(frame, frame.length - 2);
    }
}
