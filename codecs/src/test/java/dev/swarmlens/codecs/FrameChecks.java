package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What must hold whatever the bytes are: the laws that frames are fuzzed for. */
final class FrameChecks {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Dissector DISSECTOR = new Dissector(ProtocolRegistry.standard());

    /** What the virtual machine allocates once, for example to load a class, is not allocated again. */
    private static final int TRIES = 3;

    /** A header as short as a VLAN tag becomes an object a few times its size. */
    private static final int VALUE_BYTES_PER_BYTE = 32;
    /** The stack of layers, mostly. */
    private static final int VALUE_BYTES = 8 * 1024;
    /** A short text, the formatter that makes it, and what watches the formatter during fuzzing. */
    private static final int TEXT_BYTES_PER_FIELD = 16 * 1024;

    private FrameChecks() {}

    /** Dissection allocates nothing and finds nested layers, of which every field can be read, in three ways alike. */
    static void dissection(FuzzedFrame frame) {
        Layers layers = new Layers();
        byte[] input = frame.input();
        int linkType = frame.linkType().code();
        int length = frame.wireLength();
        assertAllocates(0, () -> DISSECTOR.dissect(input, frame.start(), input.length, length, linkType, layers));
        Extent.assertNested(layers);
        AllOpinions.assertAgree(layers);
        assertThat(layers.hasFault()).isEqualTo(layers.problem() != null);
        if (layers.hasFault()) {
            Problem problem = layers.problem();
            assertThat(problem.offset()).isBetween(0, frame.length());
            assertThat(problem.toString()).startsWith(problem.protocol() + " at offset " + problem.offset());
        }
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            for (Field field : layers.protocol(i).fields()) {
                assertAllocates(TEXT_BYTES_PER_FIELD, () -> field.text(view));
            }
        }
        if (layers.incomplete() != null) {
            View view = layers.incomplete().newView();
            view.wrapIncomplete(layers);
            layers.incomplete().fields().forEach(field -> readIncomplete(field, view));
        }
    }

    private static void readIncomplete(Field field, View view) {
        try {
            field.text(view);
        } catch (IndexOutOfBoundsException documented) {
            // the field is not there
        }
    }

    /** A packet holds every byte, and what is computed of it parses into the same headers, right ones now. */
    static void packet(FuzzedFrame fuzzed) {
        byte[] frame = fuzzed.toArray();
        LinkType linkType = fuzzed.linkType();
        assertAllocates((long) VALUE_BYTES_PER_BYTE * frame.length + VALUE_BYTES, () -> parse(frame, linkType));
        Packet packet = parse(frame, linkType);
        assertThat(packet.encode(Encoding.VERBATIM)).isEqualTo(Bytes.of(frame));
        assertThat(packet.length()).isEqualTo(frame.length);

        Bytes computed;
        try {
            computed = packet.encode(Encoding.COMPUTED);
        } catch (IllegalArgumentException documented) {
            assertThat(frame).hasSizeGreaterThan(EtherType.MAX_LENGTH);
            return;
        }
        assertThat(computed.length()).isEqualTo(frame.length);
        Packet again = parse(computed.toArray(), linkType);
        assertThat(protocols(again)).startsWith(protocols(packet).toArray(Protocol[]::new));
        // IPv6 cannot say that it has no payload but a trailer: a length of 0 has another meaning
        boolean sameShape = protocols(again).equals(protocols(packet))
                && again.trailer().length() == packet.trailer().length();
        if (sameShape) {
            assertThat(again.encode(Encoding.COMPUTED)).isEqualTo(computed);
            assertChecksumsFit(computed.toArray(), linkType);
        }
    }

    private static Packet parse(byte[] frame, LinkType linkType) {
        return Packet.parse(frame, linkType, ProtocolRegistry.standard()).packet();
    }

    private static List<Protocol> protocols(Packet packet) {
        return packet.layers().stream().map(Header::protocol).toList();
    }

    private static void assertChecksumsFit(byte[] frame, LinkType linkType) {
        String bad = Integer.toString(ChecksumStatus.BAD.code());
        Layers layers = new Layers();
        DISSECTOR.dissect(frame, linkType, layers);
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            for (Field field : layers.protocol(i).fields()) {
                if (field.name().endsWith(".checksum.status")) {
                    assertThat(field.text(view))
                            .as("%s of layer %d of %s", field.name(), i, Extent.names(layers))
                            .isNotEqualTo(bad);
                }
            }
        }
    }

    /** Strict decoding gives a header that is in the bytes, or says what is wrong with them. */
    static void header(FuzzedFrame frame) {
        byte[] input = frame.input();
        for (Protocol protocol : ProtocolRegistry.standard().protocols()) {
            try {
                Header header = protocol.decode(input, frame.start(), input.length);
                byte[] written = new byte[header.length()];
                header.write(written, 0);
                assertThat(written)
                        .isEqualTo(Bytes.of(input, frame.start(), frame.start() + written.length)
                                .toArray());
                assertThat(header.protocol()).isSameAs(protocol);
            } catch (DecodeException documented) {
                assertThat(documented).hasMessage(documented.problem().toString());
            }
        }
    }

    private static void assertAllocates(long atMost, Runnable code) {
        long least = allocated(code);
        for (int i = 1; i < TRIES && least > atMost; i++) {
            least = Math.min(least, allocated(code));
        }
        assertThat(least).as("bytes allocated").isLessThanOrEqualTo(atMost);
    }

    private static long allocated(Runnable code) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        code.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
