package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real frames and the values that tshark prints for them. They lie in {@code src/test/resources}; {@code update.sh} beside them
 * asks tshark anew.
 */
class VectorsTest {

    static Stream<Vector> vectors() {
        return Stream.of(
                        "arp-request",
                        "echo-request-in-vxlan",
                        "esp",
                        "ethernet-with-length",
                        "icmp-fragmentation-needed",
                        "icmp-unreachable-with-quote",
                        "icmp-parameter-problem",
                        "icmp-redirect",
                        "icmpv6-echo-request",
                        "icmpv6-packet-too-big",
                        "icmpv6-neighbor-advertisement",
                        "icmpv6-neighbor-solicitation",
                        "icmpv6-parameter-problem",
                        "icmpv6-redirect",
                        "icmpv6-router-advertisement",
                        "ipv4-source-route",
                        "ipv6-extension-headers",
                        "ipv6-first-fragment",
                        "ipv6-home-address",
                        "ipv6-hop-by-hop",
                        "ipv6-last-fragment",
                        "ipv6-router-solicitation",
                        "ipv6-segment-routing",
                        "ipv6-source-route",
                        "isl",
                        "linux-cooked-tcp",
                        "linux-cooked2-arp",
                        "linux-cooked2-vxlan",
                        "llc-numbered",
                        "llc-snap",
                        "loopback-big-endian",
                        "loopback-little-endian",
                        "raw-ip",
                        "service-vlan-tag",
                        "tcp-syn-in-vxlan",
                        "tcp-sack",
                        "tcp-syn-options",
                        "udp-datagram",
                        "udp-over-ipv6-without-checksum",
                        "vlan-tag-with-length",
                        "vlan-tags",
                        "vxlan-gpe")
                .map(Vector::read);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void fieldsPrintWhatTsharkPrints(Vector vector) {
        assertThat(printed(vector)).containsExactlyInAnyOrderEntriesOf(vector.values());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void valueViewAndKaitaiStructReadTheSame(Vector vector) {
        AllOpinions.assertAgree(dissect(vector));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theFrameComesBackByteForByte(Vector vector) {
        ParsedPacket parsed = Packet.parse(vector.frame().toArray(), vector.linkType(), ProtocolRegistry.standard());

        assertThat(parsed.problem()).isEmpty();
        assertThat(parsed.packet().encode(Encoding.VERBATIM)).isEqualTo(vector.frame());
    }

    /** Lengths, next headers and checksums that tshark finds good are the ones that encoding computes. */
    @ParameterizedTest
    @MethodSource("soundVectors")
    void computingASoundFrameChangesNothing(Vector vector) {
        Packet packet = Packet.parse(vector.frame().toArray(), vector.linkType(), ProtocolRegistry.standard())
                .packet();

        assertThat(packet.encode(Encoding.COMPUTED)).isEqualTo(vector.frame());
    }

    /** Those whose checksums, if any, are all good. */
    static Stream<Vector> soundVectors() {
        return vectors()
                .filter(vector -> vector.values().entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith(".checksum.status"))
                        .allMatch(entry -> entry.getValue().matches("[1,]*")));
    }

    @Test
    void everyFieldOfEveryProtocolIsVouchedForByAVector() {
        Set<String> missing = new TreeSet<>();
        for (Protocol protocol : ProtocolRegistry.standard().protocols()) {
            protocol.fields().forEach(field -> missing.add(field.name()));
        }
        vectors()
                .forEach(vector -> vector.values().forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        missing.remove(name);
                    }
                }));

        assertThat(missing).as("fields to add to a vector, see update.sh").isEmpty();
    }

    /** The values of all fields of all layers, those of one name outermost first, as tshark joins them. */
    private static Map<String, String> printed(Vector vector) {
        Map<String, String> printed = new LinkedHashMap<>();
        Layers layers = dissect(vector);
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            for (Field field : layers.protocol(i).fields()) {
                String text = field.text(view);
                printed.merge(field.name(), text == null ? "" : text, VectorsTest::join);
            }
        }
        return printed;
    }

    private static String join(String left, String right) {
        return left.isEmpty() || right.isEmpty() ? left + right : left + "," + right;
    }

    private static Layers dissect(Vector vector) {
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard()).dissect(vector.frame().toArray(), vector.linkType(), layers);
        return layers;
    }

    /** One file of the directory. */
    record Vector(String name, LinkType linkType, Bytes frame, Map<String, String> values) {

        static Vector read(String name) {
            int linkType = -1;
            StringBuilder hex = new StringBuilder();
            Map<String, String> values = new LinkedHashMap<>();
            for (String line : text(name).lines().toList()) {
                String[] words = line.split(" ", 3);
                if (words[0].equals("link")) {
                    linkType = Integer.parseInt(words[1]);
                } else if (words[0].equals("bytes")) {
                    hex.append(words[1]);
                } else if (!words[0].equals("#")) {
                    values.put(words[0], words.length < 3 ? "" : words[2]);
                }
            }
            return new Vector(name, new LinkType(linkType), Bytes.ofHex(hex.toString()), values);
        }

        private static String text(String name) {
            try (InputStream file = VectorsTest.class.getResourceAsStream("vectors/" + name + ".txt")) {
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
