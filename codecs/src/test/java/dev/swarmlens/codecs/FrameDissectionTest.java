package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.testkit.Frames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whole frames, sound, damaged, cut and moved, dissect into what is there. */
class FrameDissectionTest {

    @Provide
    Arbitrary<Packet> frames() {
        return Frames.any();
    }

    @Provide
    Arbitrary<byte[]> damagedFrames() {
        return Frames.damaged();
    }

    @Property(tries = 1000)
    void aDamagedFrameDissectsIntoNestedLayersWhoseOpinionsAgree(
            @ForAll("damagedFrames") byte[] frame, @ForAll @IntRange(max = 200) int lost) {
        Layers layers = new Layers();
        new Dissector(ProtocolRegistry.standard())
                .dissect(frame, 0, frame.length, frame.length + lost, LinkType.ETHERNET.code(), layers);

        Extent.assertNested(layers);
        AllOpinions.assertAgree(layers);
    }

    @Property(tries = 300)
    void allOpinionsOfASoundFrameAgree(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();

        AllOpinions.assertAgree(Layout.dissect(packet, frame, frame.length));
    }

    @Property(tries = 60)
    void aFrameThatTheCaptureCutIsNeverMalformed(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();
        List<Extent> whole = Layout.of(packet);
        for (int n = 0; n <= frame.length; n++) {
            Layers layers = Layout.dissect(packet, Arrays.copyOf(frame, n), frame.length);

            List<Extent> expected = new ArrayList<>();
            Problem problem = null;
            for (Extent layer : whole) {
                if (layer.payload() > n) {
                    int required = Layout.required(layer, n);
                    problem = new Problem(
                            Fault.CUT_BY_CAPTURE,
                            layer.protocol().name(),
                            layer.start(),
                            required,
                            n - layer.start(),
                            "capture");
                    break;
                }
                expected.add(new Extent(layer.protocol(), layer.start(), layer.payload(), Math.min(layer.end(), n)));
            }
            assertThat(layers.problem()).isEqualTo(problem);
            assertThat(Extent.all(layers)).isEqualTo(expected);
            if (problem == null) {
                assertThat(layers.wireEnd())
                        .isEqualTo(whole.get(whole.size() - 1).end());
            }
        }
    }

    @Property(tries = 60)
    void aFrameThatWasSentShortIsMalformedWithExactNumbers(@ForAll("frames") Packet packet) {
        byte[] frame = packet.encode().toArray();
        List<Extent> whole = Layout.of(packet);
        for (int n = 0; n <= frame.length; n++) {
            int length = n;
            Problem lie = IntStream.range(0, whole.size())
                    .filter(i -> Layout.hasLength(whole, i))
                    .mapToObj(whole::get)
                    .filter(layer -> layer.payload() <= length && layer.end() > length)
                    .findFirst()
                    .map(layer -> new Problem(
                            Fault.LENGTH_EXCEEDS,
                            layer.protocol().name(),
                            layer.start(),
                            layer.end() - layer.start(),
                            length - layer.start(),
                            "frame"))
                    .orElse(null);
            Problem lack = whole.stream()
                    .filter(layer -> layer.payload() > length)
                    .findFirst()
                    .map(layer -> new Problem(
                            Fault.TOO_SHORT,
                            layer.protocol().name(),
                            layer.start(),
                            Layout.required(layer, length),
                            length - layer.start(),
                            "frame"))
                    .orElse(null);

            assertThat(Layout.dissect(packet, Arrays.copyOf(frame, n), n).problem())
                    .as("cut to %d bytes", n)
                    .isEqualTo(lie != null ? lie : lack);
        }
    }

    @Property(tries = 200)
    void aFrameAnywhereInTheArrayDissectsLikeOneAtZero(
            @ForAll("frames") Packet packet,
            @ForAll @IntRange(max = 100) int offset,
            @ForAll("wireLengths") int wireLength) {
        byte[] frame = packet.encode().toArray();
        byte[] moved = new byte[offset + frame.length + 100];
        System.arraycopy(frame, 0, moved, offset, frame.length);
        Layers atOffset = new Layers();

        new Dissector(ProtocolRegistry.standard())
                .dissect(
                        moved,
                        offset,
                        offset + frame.length,
                        wireLength,
                        Frames.linkType(packet).code(),
                        atOffset);

        assertThat(atOffset.problem()).isNull();
        assertThat(Extent.all(atOffset)).isEqualTo(Layout.of(packet));
    }

    /** Wire lengths as damaged capture files say them. */
    @Provide
    Arbitrary<Integer> wireLengths() {
        return Arbitraries.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1500);
    }

    @Example
    void dissectionAllocatesNothing() {
        Dissector dissector = new Dissector(ProtocolRegistry.standard());
        List<byte[]> frames = Stream.concat(
                        frames().sampleStream()
                                .limit(300)
                                .map(packet -> packet.encode().toArray()),
                        damagedFrames().sampleStream().limit(300))
                .toList();
        Layers layers = new Layers();

        assertThat(Allocation.leastOf(() -> {
                    for (int i = 0; i < frames.size(); i++) {
                        byte[] frame = frames.get(i);
                        dissector.dissect(frame, 0, frame.length, frame.length, LinkType.ETHERNET.code(), layers);
                    }
                }))
                .isZero();
    }
}
