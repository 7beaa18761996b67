package dev.swarmlens.codecs.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.testkit.Conversation.Leg;
import dev.swarmlens.codecs.udp.Udp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Wireshark finds nothing wrong with what is valid. Skips where it is not installed. */
class TsharkTest {
    private static final int SAMPLES = 400;
    private static final int CONVERSATIONS = 6;
    private static final int MOST_EDGE_CASES = 100;

    private static final String WRONG = "ip.checksum.status == \"Bad\" || tcp.checksum.status == \"Bad\""
            + " || udp.checksum.status == \"Bad\" || icmp.checksum.status == \"Bad\" || icmpv6.checksum.status == \"Bad\""
            + " || _ws.malformed || _ws.expert.severity == \"Error\"";
    /** The same of the outermost layers alone: Wireshark blames a quote for what was cut from it. */
    private static final String WRONG_OUTSIDE = "ip.checksum.status#1 == \"Bad\" || icmp.checksum.status#1 == \"Bad\""
            + " || icmpv6.checksum.status#1 == \"Bad\"";

    /** An acknowledgment number that wraps to 0 after a SYN, which has 0, too, is taken for an update of the window. */
    private static final String REMARKABLE = "tcp.analysis.flags && !tcp.analysis.window_update";

    /** The protocols of this library and their parts; what tshark believes to find in a payload is none of our business. */
    private static final Pattern OURS = Pattern.compile(
            "frame|eth|ethertype|vlan|ieee8021ad|llc|sll|null|raw|data|arp|icmp|icmpv6|udp|esp|vxlan|_ws\\..*"
                    + "|(ip|ipv6|tcp)(\\..*)?");

    private static Path folder;

    @BeforeContainer
    static void configureTshark() throws IOException {
        folder = Files.createTempDirectory("tshark");
        Files.write(
                folder.resolve("disabled_protos"),
                run(List.of("tshark", "-G", "protocols")).stream()
                        .map(line -> line.split("\t", -1)[2])
                        .filter(name -> !OURS.matcher(name).matches())
                        .toList());
    }

    @AfterContainer
    static void cleanUp() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @BeforeTry
    void skipWithoutTshark() throws IOException {
        assumeTrue(Files.size(folder.resolve("disabled_protos")) > 0, "no tshark here to ask");
    }

    @Example
    void whatIsWrongIsFound() throws IOException {
        // of one alone it may see no gap: the answer may be lost at the very end, or a sequence number wrap
        List<Packet> withoutData = Conversations.any()
                .filter(any -> !any.response().isEmpty())
                .sampleStream()
                .limit(SAMPLES)
                .flatMap(conversation -> conversation.packets(Leg.CLIENT).stream())
                .filter(packet -> packet.payload().isEmpty())
                .toList();

        assertThat(tshark(write(LinkType.ETHERNET, withoutData), "-Y", REMARKABLE))
                .isNotEmpty();
        assertThat(tshark(write(LinkType.ETHERNET, List.of(withBadChecksum())), "-Y", WRONG))
                .hasSize(1);
    }

    /** A datagram as payload, since in one as headers the checksum would be put right. */
    private static Packet withBadChecksum() {
        Ethernet ethernet = Ethernet.from("02:42:0a:00:00:02").to("02:42:0a:00:00:03");
        Packet good = Packet.of(
                ethernet, Ipv4.from("10.0.0.2").to("10.0.0.3"), Udp.from(1000).to(2000));
        byte[] frame = good.encode().toArray();
        frame[frame.length - 1] ^= 1;
        return Packet.of(ethernet.withType(EtherType.IPV4)).withPayload(Bytes.of(frame, Ethernet.LENGTH, frame.length));
    }

    @Example
    void framesOfEveryLinkTypeAreSound() throws IOException {
        Map<LinkType, List<Packet>> byLinkType = new HashMap<>();
        for (LinkFrame frame : edgeCasesAndSamples(LinkFrames.any(), SAMPLES)) {
            byLinkType
                    .computeIfAbsent(frame.linkType(), any -> new ArrayList<>())
                    .add(frame.packet());
        }
        for (Map.Entry<LinkType, List<Packet>> frames : byLinkType.entrySet()) {
            assertSound(frames.getKey(), frames.getValue());
        }
    }

    @Example
    void ethernetFramesAreSound() throws IOException {
        assertSound(LinkType.ETHERNET, edgeCasesAndSamples(ValidFrames.any(), SAMPLES));
    }

    @Example
    void icmpErrorsAreSound() throws IOException {
        List<IcmpError> errors = edgeCasesAndSamples(IcmpErrors.any(), SAMPLES);
        List<Packet> all = errors.stream().map(IcmpError::packet).toList();
        List<Packet> uncut = errors.stream()
                .filter(TsharkTest::quotesToTheEnd)
                .map(IcmpError::packet)
                .toList();

        assertNone(WRONG_OUTSIDE, LinkType.ETHERNET, all);
        assertThat(uncut).isNotEmpty();
        assertSound(LinkType.ETHERNET, uncut);
    }

    private static boolean quotesToTheEnd(IcmpError error) {
        String cause = error.cause().encode().toHex();
        return cause.endsWith(error.packet().payload().toHex());
    }

    @Example
    void tunnelsHaveTheVnisThatAreSaid() throws IOException {
        List<VxlanFrame> frames = edgeCasesAndSamples(ValidFrames.vxlan(), SAMPLES);
        List<Packet> packets = frames.stream().map(VxlanFrame::packet).toList();
        assertSound(LinkType.ETHERNET, packets);

        assertThat(tshark(write(LinkType.ETHERNET, packets), "-T", "fields", "-e", "vxlan.vni"))
                .isEqualTo(frames.stream()
                        .map(frame -> frame.vnis().stream().map(String::valueOf).collect(Collectors.joining(",")))
                        .toList());
    }

    /** Its analysis of TCP finds no retransmission, no gap, no segment acknowledged that it did not see. */
    @Example
    void conversationsAreSoundTcpOnBothLegs() throws IOException {
        Set<List<Object>> seen = new HashSet<>();
        List<Packet> packets = new ArrayList<>();
        for (Conversation conversation : edgeCasesAndSamples(Conversations.any(), CONVERSATIONS)) {
            List<Packet> own = conversation.packets();
            assertNone(REMARKABLE, LinkType.ETHERNET, own);
            if (seen.add(List.of(conversation.client(), conversation.clientPort(), conversation.task()))) {
                packets.addAll(own);
            }
        }
        assertSound(LinkType.ETHERNET, packets);
    }

    private static void assertSound(LinkType linkType, List<Packet> packets) throws IOException {
        assertNone(WRONG, linkType, packets);
        assertThat(tshark(write(linkType, packets), "-T", "fields", "-e", "frame.number"))
                .as("all frames are read")
                .hasSize(packets.size());
    }

    /** Fails if tshark finds anything in packets by a display filter. */
    private static void assertNone(String filter, LinkType linkType, List<Packet> packets) throws IOException {
        Path file = write(linkType, packets);
        assertThat(tshark(file, "-Y", filter, "-T", "fields", "-e", "frame.protocols", "-e", "_ws.expert.message"))
                .as(linkType.name())
                .isEmpty();
    }

    private static Path write(LinkType linkType, List<Packet> packets) throws IOException {
        Path file = folder.resolve("frames.pcap");
        Pcap.write(file, linkType, packets);
        return file;
    }

    private static <T> List<T> edgeCasesAndSamples(Arbitrary<T> arbitrary, int samples) {
        Stream<T> edgeCases = arbitrary.edgeCases(MOST_EDGE_CASES).suppliers().stream()
                .map(supplier -> supplier.get())
                .map(Shrinkable::value);
        return Stream.concat(edgeCases, arbitrary.sampleStream().limit(samples)).toList();
    }

    /** What tshark prints of a file, with all checksums verified and segments left as they are. */
    private static List<String> tshark(Path file, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        for (String preference : List.of(
                "ip.check_checksum:TRUE",
                "tcp.check_checksum:TRUE",
                "udp.check_checksum:TRUE",
                "tcp.desegment_tcp_streams:FALSE")) {
            command.addAll(List.of("-o", preference));
        }
        command.addAll(List.of(options));
        return run(command);
    }

    /** What a command prints. Nothing where it is not installed. */
    private static List<String> run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("WIRESHARK_CONFIG_DIR", folder.toString());
        Process process;
        try {
            process = builder.start();
        } catch (IOException absent) {
            return List.of();
        }
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return output.lines().toList();
        }
    }
}
