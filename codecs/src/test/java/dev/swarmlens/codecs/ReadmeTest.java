package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmp.IcmpMessage;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpOption;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import dev.swarmlens.codecs.vxlan.VxlanView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in {@code README.md} is the code here, and does what is said there. */
class ReadmeTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void everySnippetIsCodeOfATest() throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                code.append(withoutBlanks(Files.readString(file)));
            }
        }
        List<String> snippets = JAVA_BLOCK
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> withoutBlanks(block.substring("```java".length(), block.length() - "```".length())))
                .toList();

        assertThat(snippets).isNotEmpty().allSatisfy(snippet -> assertThat(code).contains(snippet));
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s", "");
    }

    private static Bytes build() {
        Packet packet = Packet.of(
                        Ethernet.from("52:54:00:a8:38:01").to("52:54:00:a8:38:02"),
                        Ipv4.from("192.168.56.101").to("192.168.56.102"),
                        Udp.from(50_000).to(Vxlan.PORT),
                        Vxlan.of(4097),
                        Ethernet.from("02:42:0a:00:09:03").to("02:42:0a:00:09:04"),
                        Ipv4.from("10.0.9.3").to("10.0.9.4"),
                        Icmp.echoRequest(1, 1))
                .withPayload(Bytes.ofHex("c0ffee"));
        Bytes frame = packet.encode();
        return frame;
    }

    @Test
    @SuppressWarnings("SystemOut") // this is what a reader of the README does
    void aPacketIsPrinted() {
        Bytes frame = build();
        Packet packet = Packet.parse(frame.toArray()).packet();

        System.out.println(packet);
        System.out.println(HexDump.of(frame));
        System.out.println(FrameTree.of(frame));

        assertThat(packet.toString()).contains(" / VXLAN VNI 4097 / Ethernet 02:42:0a:00:09:03");
        assertThat(FrameTree.of(frame)).contains("VXLAN VNI 4097  (bytes 42 to 49)");
    }

    @Test
    void meaningsAreValues() {
        Tcp syn = Tcp.from(43_210)
                .to(80)
                .withFlags(Tcp.FLAG_SYN)
                .withOptions(new TcpOption.MaximumSegmentSize(1410), new TcpOption.SackPermitted());
        Icmp tooLarge = Icmp.of(new IcmpMessage.DestinationUnreachable(Icmp.FRAGMENTATION_NEEDED, 0, 1350));

        // RFC 9293 section 3.2, RFC 2018 section 2, filled up with zeros; RFC 1191 section 4
        assertThat(syn.options()).isEqualTo(Bytes.ofHex("02040582 0402 0000"));
        assertThat(tooLarge).isEqualTo(new Icmp(3, 4, 0, 1350));
    }

    @Test
    @SuppressWarnings("SystemOut") // this is what a reader of the README does
    void aBuiltFrameIsParsed() {
        Bytes frame = build();

        ParsedPacket parsed = Packet.parse(frame.toArray());
        parsed.problem().ifPresent(System.err::println);
        for (Header header : parsed.packet().layers()) {
            if (header instanceof Vxlan vxlan) {
                System.out.println("overlay " + vxlan.vni());
            }
        }

        assertThat(parsed.problem()).isEmpty();
        assertThat(parsed.packet().layers()).hasSize(7).contains(Vxlan.of(4097));
        assertThat(parsed.packet().payload()).isEqualTo(Bytes.ofHex("c0ffee"));
        assertThat(parsed.packet().encode(Encoding.VERBATIM)).isEqualTo(frame);
    }

    @Test
    void anotherWiringIsGivenToTheParser() {
        List<Header> layers =
                new ArrayList<>(Packet.parse(build().toArray()).packet().layers());
        layers.set(0, new LinuxCooked2(EtherType.IPV4, 0, 3, 1, 4, 6, 0));
        layers.set(2, Udp.from(50_000).to(7789));
        byte[] bytes = Packet.of(layers.toArray(Header[]::new)).encode().toArray();

        ProtocolRegistry registry = ProtocolRegistry.standard().toBuilder()
                .bind(Binding.UDP_DESTINATION_PORT, 7789, VxlanProtocol.INSTANCE)
                .build();
        ParsedPacket cooked = Packet.parse(bytes, LinkType.LINUX_SLL2, registry);

        assertThat(cooked.problem()).isEmpty();
        assertThat(cooked.packet().layers()).hasSize(7).contains(Vxlan.of(4097));
    }

    @Test
    void theHotPathCountsFramesOfAnOverlay() {
        byte[] bytes = build().toArray();
        int start = 0;
        int end = bytes.length;
        int wireLength = bytes.length;
        int faults = 0;
        Map<Integer, Integer> framesOf = new HashMap<>();
        Dissector dissector = new Dissector(ProtocolRegistry.standard());
        Layers layers = new Layers();
        VxlanView vxlan = new VxlanView();

        dissector.dissect(bytes, start, end, wireLength, LinkType.ETHERNET.code(), layers);
        if (layers.hasFault()) {
            faults++;
        }
        int tunnel = layers.lastIndexOf(VxlanProtocol.INSTANCE);
        if (tunnel >= 0) {
            vxlan.wrap(layers, tunnel);
            framesOf.merge(vxlan.vni(), 1, Integer::sum);
        }

        assertThat(faults).isZero();
        assertThat(framesOf).containsExactly(Map.entry(4097, 1));
    }
}
