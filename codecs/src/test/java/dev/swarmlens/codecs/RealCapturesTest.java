package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every frame of the captures that a real swarm left, as it is and damaged. */
class RealCapturesTest {
    private static final Dissector DISSECTOR = new Dissector(ProtocolRegistry.standard());
    private static final int HOSTILE_CAPTURES = 20;
    private static final int HOSTILE_FRAMES = 2000;

    private static List<Path> captures;

    @BeforeAll
    static void findCaptures() throws IOException {
        String property = System.getProperty("swarmlens.captures", "");
        Path folder = Path.of(property, "swarm");
        assumeTrue(
                !property.isEmpty() && Files.isDirectory(folder),
                () -> "no captures at " + folder + "; set -Dswarmlens.captures to their folder");
        try (Stream<Path> files = Files.walk(folder)) {
            captures = files.filter(file -> file.toString().endsWith(".pcap"))
                    .sorted()
                    .toList();
        }
        assertThat(captures).isNotEmpty();
    }

    @Test
    void valueViewAndKaitaiStructReadTheSameOfEveryLayerOfEveryFrame() throws IOException {
        Layers layers = new Layers();
        for (Path capture : captures) {
            for (Frame frame : frames(capture)) {
                frame.dissect(layers);
                try {
                    Extent.assertNested(layers);
                    AllOpinions.assertAgree(layers);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(frame + ": " + e.getMessage(), e);
                }
            }
        }
    }

    @Test
    void noFrameOfTheSwarmIsMalformed() throws IOException {
        Map<Fault, List<String>> faults = new EnumMap<>(Fault.class);
        Layers layers = new Layers();
        for (Path capture : captures) {
            for (Frame frame : frames(capture)) {
                frame.dissect(layers);
                if (layers.hasFault()) {
                    faults.computeIfAbsent(layers.fault(), any -> new ArrayList<>())
                            .add(frame + " " + layers.problem());
                }
            }
        }
        faults.remove(Fault.CUT_BY_CAPTURE);

        assertThat(faults).isEmpty();
    }

    @Test
    void damagedFramesNeverThrow() throws IOException {
        Random random = new Random(20_261_122);
        Layers layers = new Layers();
        for (int i = 0; i < HOSTILE_CAPTURES; i++) {
            Path capture = captures.get(i * captures.size() / HOSTILE_CAPTURES);
            for (Frame frame : frames(capture).stream().limit(HOSTILE_FRAMES).toList()) {
                Frame damaged = frame.damaged(random);
                try {
                    damaged.dissect(layers);
                    Extent.assertNested(layers);
                    AllOpinions.assertAgree(layers);
                    Packet parsed = Packet.parse(
                                    damaged.bytes().toArray(), damaged.linkType(), ProtocolRegistry.standard())
                            .packet();
                    assertThat(parsed.encode(Encoding.VERBATIM)).isEqualTo(damaged.bytes());
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(damaged + " " + damaged.bytes().toHex(), e);
                }
            }
        }
    }

    /** One record of a capture file. */
    private record Frame(Path file, int number, LinkType linkType, Bytes bytes, int wireLength) {

        void dissect(Layers layers) {
            byte[] frame = bytes.toArray();
            DISSECTOR.dissect(frame, 0, frame.length, wireLength, linkType.code(), layers);
        }

        /** The frame cut at random, with some bits flipped. */
        Frame damaged(Random random) {
            byte[] frame = Arrays.copyOf(bytes.toArray(), 1 + random.nextInt(bytes.length()));
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            int claimed = random.nextBoolean() ? wireLength : random.nextInt();
            return new Frame(file, number, linkType, Bytes.of(frame), claimed);
        }

        @Override
        public String toString() {
            return "frame " + number + " of " + file;
        }
    }

    /** All whole records of a little-endian pcap file, whatever its times count; none of another kind of file. */
    private static List<Frame> frames(Path file) throws IOException {
        ByteBuffer pcap = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Frame> frames = new ArrayList<>();
        int magic = pcap.remaining() < 24 ? 0 : pcap.getInt(0);
        if (magic != 0xa1b2c3d4 && magic != 0xa1b23c4d) {
            return frames;
        }
        LinkType linkType = new LinkType(pcap.getInt(20) & 0xffff);
        pcap.position(24);
        while (pcap.remaining() >= 16) {
            pcap.getLong();
            int captured = pcap.getInt();
            int wireLength = pcap.getInt();
            if (captured < 0 || captured > pcap.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] bytes = new byte[captured];
            pcap.get(bytes);
            frames.add(new Frame(file, frames.size() + 1, linkType, Bytes.of(bytes), wireLength));
        }
        return frames;
    }
}
