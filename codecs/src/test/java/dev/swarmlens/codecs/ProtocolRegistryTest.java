package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ethernet.EthernetProtocol;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv4.Ipv4Protocol;
import dev.swarmlens.codecs.rawip.RawIpProtocol;
import dev.swarmlens.codecs.standard.StandardProtocols;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.VlanProtocol;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.example.label.Label;
import org.example.label.LabelModule;
import org.example.label.LabelProtocol;

/** Wiring is data: immutable, several side by side, open to others. */
class ProtocolRegistryTest {
    private static final Ethernet ETHERNET = Ethernet.from("52:54:00:00:00:01").to("52:54:00:00:00:02");
    private static final Ipv4 IPV4 = Ipv4.from("192.168.56.101").to("192.168.56.102");
    private static final ProtocolRegistry STANDARD = ProtocolRegistry.standard();
    private static final ProtocolRegistry SWARM_7789 = STANDARD.toBuilder()
            .unbind(Binding.UDP_DESTINATION_PORT, Vxlan.PORT)
            .bind(Binding.UDP_DESTINATION_PORT, 7789, VxlanProtocol.INSTANCE)
            .build();

    @Example
    void theServiceLoaderFindsTheModuleOfThisLibrary() {
        assertThat(ServiceLoader.load(ProtocolModule.class))
                .anyMatch(module -> module.getClass() == StandardProtocols.class);
        assertThat(STANDARD).isSameAs(ProtocolRegistry.standard());
        assertThat(STANDARD.protocols())
                .extracting(Protocol::name)
                .isSorted()
                .contains("arp", "eth", "icmp", "ip", "ipv6", "sll", "sll2", "tcp", "udp", "vlan", "vxlan");
    }

    @Example
    void everyProtocolWithBytesIsHeldToTheLaws() {
        List<Protocol> protocols = STANDARD.protocols();
        protocols.remove(RawIpProtocol.INSTANCE);

        assertThat(AllOpinions.protocols()).containsExactlyInAnyOrderElementsOf(protocols);
    }

    @Example
    void changingABuilderChangesNeitherItsRegistryNorThoseItBuiltBefore() {
        ProtocolRegistry.Builder builder = STANDARD.toBuilder();
        ProtocolRegistry same = builder.build();
        builder.bind(Binding.UDP_DESTINATION_PORT, 8472, VxlanProtocol.INSTANCE)
                .unbind(Binding.ETHER_TYPE, 0x0800)
                .heuristic(Binding.IP_PROTOCOL, (frame, start, end) -> Ipv4Protocol.INSTANCE);
        ProtocolRegistry other = builder.build();

        for (ProtocolRegistry untouched : List.of(STANDARD, same)) {
            assertThat(untouched.find(Binding.UDP_DESTINATION_PORT, 8472)).isNull();
            assertThat(untouched.find(Binding.ETHER_TYPE, 0x0800)).isSameAs(Ipv4Protocol.INSTANCE);
            assertThat(untouched.find(Binding.IP_PROTOCOL, 253, new byte[20], 0, 20))
                    .isNull();
        }
        assertThat(other.find(Binding.UDP_DESTINATION_PORT, 8472)).isSameAs(VxlanProtocol.INSTANCE);
        assertThat(other.find(Binding.UDP_DESTINATION_PORT, 4789)).isSameAs(VxlanProtocol.INSTANCE);
        assertThat(other.find(Binding.ETHER_TYPE, 0x0800)).isNull();
    }

    @Example
    void changingTheListOfProtocolsChangesNoRegistry() {
        STANDARD.protocols().clear();

        assertThat(STANDARD.protocols()).isNotEmpty();
    }

    @Example
    void aSwarmOnAnotherDataPathPortIsReadByARegistryOfItsOwn() {
        byte[] on7789 = tunnelled(7789);
        byte[] on4789 = tunnelled(4789);

        assertThat(names(STANDARD, on4789)).containsExactly("eth", "ip", "udp", "vxlan", "eth", "ip", "icmp");
        assertThat(names(STANDARD, on7789)).containsExactly("eth", "ip", "udp");
        assertThat(names(SWARM_7789, on7789)).containsExactly("eth", "ip", "udp", "vxlan", "eth", "ip", "icmp");
        assertThat(names(SWARM_7789, on4789)).containsExactly("eth", "ip", "udp");
    }

    @Example
    void theSourcePortBindsNothing() {
        byte[] frame = Packet.of(ETHERNET, IPV4, Udp.from(4789).to(50_000))
                .withPayload(Bytes.of(new byte[60]))
                .encode()
                .toArray();

        assertThat(names(STANDARD, frame)).containsExactly("eth", "ip", "udp");
    }

    @Example
    void theCodeOfAProtocolIsTheSmallestBoundToIt() {
        assertThat(STANDARD.codeOf(Binding.ETHER_TYPE, VlanProtocol.INSTANCE)).isEqualTo(0x8100);
        assertThat(STANDARD.codeOf(Binding.ETHER_TYPE, Ipv4Protocol.INSTANCE)).isEqualTo(0x0800);
        assertThat(STANDARD.codeOf(Binding.UDP_DESTINATION_PORT, VxlanProtocol.INSTANCE))
                .isEqualTo(4789);
        assertThat(SWARM_7789.codeOf(Binding.UDP_DESTINATION_PORT, VxlanProtocol.INSTANCE))
                .isEqualTo(7789);
        assertThat(STANDARD.codeOf(Binding.ETHER_TYPE, VxlanProtocol.INSTANCE)).isEqualTo(-1);
        assertThat(STANDARD.codeOf(new Binding("nobody's"), VxlanProtocol.INSTANCE))
                .isEqualTo(-1);
    }

    @Example
    void anEmptyRegistryFindsNothing() {
        ProtocolRegistry empty = ProtocolRegistry.EMPTY;

        assertThat(empty.find(Binding.ETHER_TYPE, 0x0800)).isNull();
        assertThat(empty.find(Binding.ETHER_TYPE, 0x0800, new byte[20], 0, 20)).isNull();
        assertThat(empty.codeOf(Binding.ETHER_TYPE, Ipv4Protocol.INSTANCE)).isEqualTo(-1);
        assertThat(empty.protocols()).isEmpty();
        assertThat(empty.toBuilder().unbind(Binding.ETHER_TYPE, 1).build().protocols())
                .isEmpty();
    }

    @Example
    void aHeuristicIsAskedOnlyWhereNothingIsBound() {
        byte[] on7789 = tunnelled(7789);
        byte[] on4789 = tunnelled(4789);
        int[] asked = {0};
        ProtocolRegistry registry = STANDARD.toBuilder()
                .heuristic(Binding.UDP_DESTINATION_PORT, (frame, start, end) -> {
                    asked[0]++;
                    boolean plainVxlan = end - start > 8 && frame[start] == 0x08 && frame[start + 7] == 0;
                    return plainVxlan ? VxlanProtocol.INSTANCE : null;
                })
                .build();

        assertThat(names(registry, on4789)).contains("vxlan");
        assertThat(asked[0]).isZero();
        assertThat(names(registry, on7789)).contains("vxlan");
        assertThat(asked[0]).isEqualTo(1);
        assertThat(registry.find(Binding.UDP_DESTINATION_PORT, 7789)).isNull();
        assertThat(asked[0]).isEqualTo(1);
    }

    @Example
    void aHeuristicNeedsNoCodeBoundBesideIt() {
        Binding binding = new Binding("unbound");
        ProtocolRegistry registry = ProtocolRegistry.EMPTY.toBuilder()
                .heuristic(binding, (frame, start, end) -> EthernetProtocol.INSTANCE)
                .build();

        assertThat(registry.find(binding, 5, new byte[1], 0, 1)).isSameAs(EthernetProtocol.INSTANCE);
        assertThat(registry.toBuilder().build().find(binding, 5, new byte[1], 0, 1))
                .isSameAs(EthernetProtocol.INSTANCE);
    }

    @Property(tries = 300)
    void whatIsBoundIsFoundAndNothingElse(@ForAll("codes") List<Integer> codes, @ForAll("code") int other) {
        Binding binding = Binding.IP_PROTOCOL;
        ProtocolRegistry.Builder builder = ProtocolRegistry.EMPTY.toBuilder();
        Map<Integer, Protocol> expected = new TreeMap<>();
        for (int i = 0; i < codes.size(); i++) {
            Protocol protocol = i % 2 == 0 ? EthernetProtocol.INSTANCE : VlanProtocol.INSTANCE;
            builder.bind(binding, codes.get(i), protocol);
            expected.put(codes.get(i), protocol);
        }
        ProtocolRegistry registry = builder.build();

        expected.forEach(
                (code, protocol) -> assertThat(registry.find(binding, code)).isSameAs(protocol));
        assertThat(registry.find(binding, other)).isSameAs(expected.get(other));
        assertThat(registry.find(Binding.ETHER_TYPE, other)).isNull();
    }

    @Provide
    Arbitrary<Integer> code() {
        return Arbitraries.oneOf(Arbitraries.integers(), Arbitraries.integers().between(0, 300));
    }

    @Provide
    Arbitrary<List<Integer>> codes() {
        return code().list().ofMaxSize(200);
    }

    // ---- a protocol of somebody else's

    @Example
    void aProtocolOfAThirdPartyIsReadWrittenAndHandsOnLikeOneOfOurs() {
        ProtocolRegistry.Builder builder = STANDARD.toBuilder();
        new LabelModule().register(builder);
        ProtocolRegistry registry = builder.build();
        Packet packet = Packet.of(ETHERNET, new Label(42, 0), IPV4, Icmp.echoRequest(1, 2))
                .withPayload(Bytes.ofHex("c0ffee"));

        byte[] frame = packet.encode(Encoding.COMPUTED, registry).toArray();
        ParsedPacket parsed = Packet.parse(frame, LinkType.ETHERNET, registry);

        assertThat(Bytes.of(frame, 12, 18)).isEqualTo(Bytes.ofHex("88b5 002a 0007"));
        assertThat(parsed.problem()).isEmpty();
        assertThat(parsed.packet().layers()).element(1).isEqualTo(new Label(42, 7));
        assertThat(parsed.packet().payload()).isEqualTo(packet.payload());
        assertThat(parsed.packet().encode(Encoding.VERBATIM, registry)).isEqualTo(Bytes.of(frame));
        assertThat(names(registry, frame)).containsExactly("eth", "label", "ip", "icmp");
        assertThat(names(STANDARD, frame)).containsExactly("eth");
        assertThat(LabelProtocol.INSTANCE.decode(frame, 14, frame.length)).isEqualTo(new Label(42, 7));
        assertThat(registry.protocols()).contains(LabelProtocol.INSTANCE);
    }

    private static byte[] tunnelled(int port) {
        return Packet.of(
                        ETHERNET,
                        IPV4,
                        Udp.from(50_000).to(port),
                        Vxlan.of(4097),
                        ETHERNET,
                        Ipv4.from("10.0.9.3").to("10.0.9.4"),
                        Icmp.echoRequest(1, 1))
                .encode()
                .toArray();
    }

    private static List<String> names(ProtocolRegistry registry, byte[] frame) {
        Layers layers = new Layers();
        new Dissector(registry).dissect(frame, LinkType.ETHERNET, layers);
        return Extent.all(layers).stream().map(layer -> layer.protocol().name()).toList();
    }
}
