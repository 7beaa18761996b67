package dev.swarmlens.codecs;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.Snap;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing begins with, and what it has found: Jazzer leaves its findings in {@code src/test/resources}. */
class FuzzInputsTest {
    private static final String FOUND = "FrameFuzzTestInputs";
    /** An ICMP header, RFC 792. */
    private static final String UNREACHABLE = "0300000000000000";

    private static final int MORE_THAN_FIT = Layers.CAPACITY + 1;
    private static final Ethernet ETHERNET = Ethernet.from("02:42:0a:00:09:03").to("02:42:0a:00:09:04");
    private static final Ipv4 IPV4 = Ipv4.from("10.0.9.3").to("10.0.9.4");
    private static final Ipv6 IPV6 = Ipv6.from("fd00::1").to("fd00::2");

    static Stream<byte[]> inputs() throws Exception {
        Stream<FuzzedFrame> vectors =
                VectorsTest.vectors().map(vector -> FuzzedFrame.of(vector.linkType(), vector.frame()));
        Stream<FuzzedFrame> made = made().map(packet -> FuzzedFrame.of(LinkType.ETHERNET, packet.encode()));
        return Stream.concat(Stream.concat(vectors, made).map(FuzzedFrame::input), found());
    }

    /** Frames that no swarm sends. */
    private static Stream<Packet> made() {
        Packet tunnelInTunnel = Packet.of(
                ETHERNET,
                IPV6,
                Udp.from(50_000).to(Vxlan.PORT),
                Vxlan.of(4097),
                ETHERNET,
                Vlan.id(1),
                Vlan.id(2),
                IPV4,
                Udp.from(50_000).to(Vxlan.PORT),
                Vxlan.of(4098),
                ETHERNET,
                Llc.snap(),
                Snap.of(EtherType.IPV4),
                IPV4,
                Udp.from(1).to(2));
        Packet tunnel = Packet.of(IPV4, Udp.from(50_000).to(Vxlan.PORT), Vxlan.of(4097), ETHERNET, IPV6);
        Packet quotedTunnel = Packet.of(ETHERNET, IPV4.withNextProtocol(IpProtocol.ICMP))
                .withPayload(Bytes.ofHex(UNREACHABLE + tunnel.encode().toHex()));
        List<Header> tags = new ArrayList<>(Collections.nCopies(MORE_THAN_FIT, Vlan.id(1)));
        tags.add(0, ETHERNET);
        Packet nothingButPadding = Packet.of(ETHERNET, IPV6).withTrailer(Bytes.ofHex("000000000000"));
        return Stream.of(tunnelInTunnel, quotedTunnel, new Packet(tags, Bytes.EMPTY, Bytes.EMPTY), nothingButPadding);
    }

    private static Stream<byte[]> found() throws Exception {
        URL folder = FuzzInputsTest.class.getResource(FOUND);
        if (folder == null) {
            return Stream.empty();
        }
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(folder.toURI()))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs.stream();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void dissection(byte[] input) {
        FrameChecks.dissection(new FuzzedFrame(input));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void packet(byte[] input) {
        FrameChecks.packet(new FuzzedFrame(input));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void header(byte[] input) {
        FrameChecks.header(new FuzzedFrame(input));
    }
}
