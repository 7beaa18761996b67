package dev.swarmlens.codecs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.testkit.Conversation.Leg;
import dev.swarmlens.codecs.testkit.Conversation.Sight;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Conversations obey the rules of a swarm on Linux, and carry what they say they carry. */
@Domain(PacketDomain.class)
class ConversationsTest {
    private static final int TTL_OF_LINUX = 64;

    @Property(tries = 200, edgeCases = EdgeCasesMode.FIRST)
    void theClientAsksTheEntryNodeAtThePublishedPort(@ForAll Conversation conversation) {
        Ipv4Address client = conversation.client().address();
        Ipv4Address entry = conversation.entry().underlay().address();
        for (Sight sight : ofLeg(conversation, Leg.CLIENT)) {
            List<Header> layers = sight.packet().layers();
            assertThat(names(layers)).containsExactly("eth", "ip", "tcp");
            Ipv4 ip = (Ipv4) layers.get(1);
            Tcp tcp = (Tcp) layers.get(2);
            assertThat(List.of(ip.source(), ip.destination()))
                    .isEqualTo(sight.fromClient() ? List.of(client, entry) : List.of(entry, client));
            assertPorts(conversation, sight, tcp);
        }
    }

    /** The load balancer's address and the published port, both kept in the overlay; the service's address is never seen. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.FIRST)
    void theOverlayCarriesItBetweenTheNodesInVxlan(@ForAll Conversation conversation) {
        Ipv4Address entry = conversation.entry().underlay().address();
        Ipv4Address server = conversation.server().underlay().address();
        Ipv4Address balancer = conversation.entry().loadBalancer();
        Ipv4Address task = conversation.task();
        for (Sight sight : ofLeg(conversation, Leg.OVERLAY)) {
            List<Header> layers = sight.packet().layers();
            assertThat(names(layers)).containsExactly("eth", "ip", "udp", "vxlan", "eth", "ip", "tcp");
            Ipv4 outer = (Ipv4) layers.get(1);
            Udp udp = (Udp) layers.get(2);
            Vxlan vxlan = (Vxlan) layers.get(3);
            Ethernet ethernet = (Ethernet) layers.get(4);
            Ipv4 inner = (Ipv4) layers.get(5);

            assertThat(List.of(outer.source(), outer.destination()))
                    .isEqualTo(sight.fromClient() ? List.of(entry, server) : List.of(server, entry));
            assertThat(outer.flags()).as("an underlay may fragment").isZero();
            assertThat(outer.timeToLive()).isEqualTo(TTL_OF_LINUX);
            assertThat(udp.sourcePort()).isBetween(32_768, 60_999);
            assertThat(udp.destinationPort()).isEqualTo(4789);
            assertThat(udp.checksum()).as("Linux makes one").isNotZero();
            assertThat(vxlan).isEqualTo(new Vxlan(0x0800, 0, conversation.vni(), 0));
            assertThat(vxlan.vni()).isEqualTo(4096);
            assertThat(List.of(inner.source(), inner.destination()))
                    .isEqualTo(sight.fromClient() ? List.of(balancer, task) : List.of(task, balancer));
            assertThat(ethernet.source()).isEqualTo(MacAddress.of(overlayMac(inner.source())));
            assertThat(ethernet.destination()).isEqualTo(MacAddress.of(overlayMac(inner.destination())));
            assertPorts(conversation, sight, (Tcp) layers.get(6));
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.FIRST)
    void addressesAreThoseOfASwarm(@ForAll Conversation conversation) {
        Ipv4Address balancer = conversation.entry().loadBalancer();
        assertThat(List.of(balancer, conversation.server().loadBalancer(), conversation.task()))
                .extracting(Ipv4Address::toString)
                .allMatch(address -> address.startsWith("10.0.0."))
                .doesNotContain("10.0.0.0", "10.0.0.1", "10.0.0.255");
        assertThat(conversation.task()).isNotIn(balancer, conversation.server().loadBalancer());
        assertThat(conversation.client())
                .isNotIn(conversation.entry().underlay(), conversation.server().underlay());
        assertThat(conversation.packets(Leg.OVERLAY).isEmpty()).isEqualTo(conversation.isLocal());
        assertThat(conversation.packets()).hasSize(conversation.sights().size());
    }

    /** What one leg shows the other shows, too, but for addresses and hops. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
    void bothLegsShowTheSameSegments(@ForAll Conversation conversation) {
        if (!conversation.isLocal()) {
            assertThat(segments(conversation, Leg.OVERLAY)).isEqualTo(segments(conversation, Leg.CLIENT));
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
    void eachSideHearsAllThatTheOtherSays(@ForAll Conversation conversation) {
        assertThat(heard(conversation, true)).isEqualTo(conversation.request());
        assertThat(heard(conversation, false)).isEqualTo(conversation.response());
    }

    /** 1450 bytes is what an overlay's devices take. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
    void noDatagramIsLongerThanAnOverlayTakes(@ForAll Conversation conversation) {
        for (Packet packet : conversation.packets()) {
            Ipv4 innermost = (Ipv4) packet.layers().get(packet.layers().size() - 2);
            assertThat(innermost.totalLength()).isLessThanOrEqualTo(1450);
        }
    }

    private static List<String> names(List<Header> layers) {
        return layers.stream().map(header -> header.protocol().name()).toList();
    }

    private static void assertPorts(Conversation conversation, Sight sight, Tcp tcp) {
        List<Integer> fromClient = List.of(conversation.clientPort(), conversation.publishedPort());
        List<Integer> fromTask = List.of(conversation.publishedPort(), conversation.clientPort());
        assertThat(List.of(tcp.sourcePort(), tcp.destinationPort()))
                .isEqualTo(sight.fromClient() ? fromClient : fromTask);
    }

    private static String overlayMac(Ipv4Address address) {
        StringBuilder mac = new StringBuilder("02:42");
        for (String octet : address.toString().split("\\.", -1)) {
            mac.append(String.format(":%02x", Integer.parseInt(octet)));
        }
        return mac.toString();
    }

    private static List<Sight> ofLeg(Conversation conversation, Leg leg) {
        return conversation.sights().stream()
                .filter(sight -> sight.leg() == leg)
                .toList();
    }

    /** All but the checksum, which covers the addresses. */
    private record Segment(
            int from, int to, long sequence, long acknowledgment, int flags, Bytes options, Bytes data) {}

    private static List<Segment> segments(Conversation conversation, Leg leg) {
        return conversation.packets(leg).stream()
                .map(packet -> {
                    Tcp tcp = (Tcp) packet.layers().get(packet.layers().size() - 1);
                    return new Segment(
                            tcp.sourcePort(),
                            tcp.destinationPort(),
                            tcp.sequenceNumber(),
                            tcp.acknowledgmentNumber(),
                            tcp.flags(),
                            tcp.options(),
                            packet.payload());
                })
                .toList();
    }

    private static Bytes heard(Conversation conversation, boolean byTask) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ofLeg(conversation, Leg.CLIENT).stream()
                .filter(sight -> sight.fromClient() == byTask)
                .forEach(sight -> heard.writeBytes(sight.packet().payload().toArray()));
        return Bytes.of(heard.toByteArray());
    }
}
