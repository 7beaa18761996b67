package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.testkit.Headers;
import io.kaitai.struct.KaitaiStruct;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * What holds for every protocol. A subclass a protocol gives what the laws cannot know, taken from the protocol's RFC and not
 * from its code.
 */
public abstract class ProtocolLaws<H extends Header, V extends View, K extends KaitaiStruct> {
    /** Of a component that must fit in other ways than into its bits; the subclass has examples. */
    protected static final int NOT_BY_BITS_ALONE = Integer.SIZE;

    private static final byte CANARY = 0x5a;
    private static final int OTHER_LINK = 0xffff;

    private final Opinions<H, V, K> opinions;
    private final Protocol protocol;
    private final int fixedLength;
    private final Dissector alone;
    private final Dissector enclosing;

    /**
     * Laws for a protocol.
     *
     * @param fixedLength the bytes of the header that must be there before its whole length is known
     */
    protected ProtocolLaws(Opinions<H, V, K> opinions, int fixedLength) {
        this.opinions = opinions;
        this.protocol = opinions.protocol();
        this.fixedLength = fixedLength;
        this.alone = new Dissector(ProtocolRegistry.EMPTY.toBuilder()
                .bind(Binding.LINK_TYPE, OTHER_LINK, protocol)
                .build());
        this.enclosing = new Dissector(ProtocolRegistry.standard().toBuilder()
                .bind(Binding.LINK_TYPE, OTHER_LINK, protocol)
                .build());
    }

    /** Any values of the header. */
    @Provide
    protected abstract Arbitrary<H> headers();

    /** How many bits each numeric component has on the wire. */
    protected abstract Map<String, Integer> bits();

    /** How many bytes a header's own length field says that it encloses; −1 if it says less than the header itself has. */
    protected abstract int encloses(H header);

    /** Changes bytes so that they begin with such a header: the version, the header's length. */
    protected void makePlausible(byte[] bytes) {}

    // ---- values and bytes

    @Property(tries = 300, edgeCases = EdgeCasesMode.FIRST)
    void aHeaderWrittenAnywhereReadsBackAsTheSameValue(
            @ForAll("headers") H header, @ForAll @IntRange(max = 40) int offset) {
        byte[] frame = new byte[offset + header.length() + 8];
        Arrays.fill(frame, CANARY);
        header.write(frame, offset);

        V view = newView();
        view.wrap(frame, offset, offset + header.length());

        assertThat(view.toHeader()).isEqualTo(header).hasSameHashCodeAs(header);
        assertThat(header.protocol()).isSameAs(protocol);
        for (int i = 0; i < frame.length; i++) {
            if (i < offset || i >= offset + header.length()) {
                assertThat(frame[i]).as("byte %d is not the header's", i).isEqualTo(CANARY);
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.FIRST)
    void decodingIsStrictAboutLengths(@ForAll("headers") H header) {
        int encloses = encloses(header);
        byte[] frame = Arrays.copyOf(write(header), header.length() + Math.max(encloses, 0));

        if (encloses < 0) {
            assertThatThrownBy(() -> protocol.decode(frame, 0, frame.length))
                    .isInstanceOf(DecodeException.class)
                    .hasMessageContaining(Fault.BAD_LENGTH.words());
            return;
        }
        assertThat(protocol.decode(frame, 0, frame.length)).isEqualTo(header);
        if (encloses > 0) {
            assertThatThrownBy(() -> protocol.decode(frame, 0, frame.length - 1))
                    .isInstanceOf(DecodeException.class)
                    .hasMessageContaining(Fault.LENGTH_EXCEEDS.words())
                    .hasMessageContaining("needs %d bytes, %d are there", frame.length, frame.length - 1);
        }
    }

    @Property(tries = 300)
    void anyBytesThatAreTakenForAHeaderAreWrittenBackAsTheyWere(@ForAll @Size(min = 128, max = 160) byte[] bytes) {
        makePlausible(bytes);
        Layers layers = dissect(alone, bytes, 0, bytes.length, bytes.length);
        assertThat(layers.count()).isEqualTo(1);
        int length = layers.payload(0);

        V view = newView();
        view.wrap(layers, 0);

        assertThat(write(view.toHeader())).isEqualTo(Arrays.copyOf(bytes, length));
        opinions.assertAgree(bytes, 0, length, layers.end(0));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.FIRST)
    void valueViewAndKaitaiStructReadTheSameOfEveryField(@ForAll("headers") H header) {
        opinions.assertAgree(write(header), 0, header.length(), header.length());
    }

    @Example
    void noFieldIsLeftOutOfTheComparison() {
        opinions.assertComplete();
    }

    // ---- what is missing

    /** Headers that say no length smaller than their own; of others it does not matter where they end. */
    @Provide
    Arbitrary<H> credible() {
        return headers().filter(header -> encloses(header) >= 0);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.FIRST)
    void everyStrictPrefixOfAHeaderIsTooShortWithExactNumbers(@ForAll("credible") H header) {
        byte[] bytes = write(header);
        for (int n = 0; n < bytes.length; n++) {
            int required = n < fixedLength ? fixedLength : bytes.length;
            Problem expected = new Problem(Fault.TOO_SHORT, protocol.name(), 0, required, n, "frame");
            Layers layers = dissect(alone, bytes, 0, n, n);

            assertThat(layers.problem()).isEqualTo(expected);
            assertThat(layers.faultProtocol()).isEqualTo(protocol.name());
            assertThat(layers.count()).isZero();
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.FIRST)
    void everyStrictPrefixThatACaptureKeptIsCutAndNotTooShort(@ForAll("credible") H header) {
        byte[] bytes = write(header);
        for (int n = 0; n < bytes.length; n++) {
            int required = n < fixedLength ? fixedLength : bytes.length;
            Problem expected = new Problem(Fault.CUT_BY_CAPTURE, protocol.name(), 0, required, n, "capture");

            assertThat(dissect(alone, bytes, 0, n, bytes.length).problem()).isEqualTo(expected);
        }
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.FIRST)
    void decodingAPrefixThrowsAndSaysWhatIsMissing(
            @ForAll("credible") H header, @ForAll @IntRange(max = 9) int before) {
        byte[] bytes = new byte[before + header.length()];
        header.write(bytes, before);
        for (int n = 0; n < header.length(); n++) {
            int end = before + n;
            int required = n < fixedLength ? fixedLength : header.length();

            assertThatThrownBy(() -> protocol.decode(bytes, before, end))
                    .isInstanceOf(DecodeException.class)
                    .hasMessage(
                            "%s at offset 0 is too short: needs %d bytes, %d are there (by frame)",
                            protocol.name(), required, n)
                    .extracting(thrown -> ((DecodeException) thrown).problem())
                    .isEqualTo(new Problem(Fault.TOO_SHORT, protocol.name(), 0, required, n, "frame"));
        }
    }

    // ---- any bytes

    @Property(tries = 500)
    void aHeaderAnywhereInTheArrayDissectsLikeOneAtZero(
            @ForAll("headersAndNoise") byte[] bytes,
            @ForAll @IntRange(max = 70) int offset,
            @ForAll @IntRange(max = 40) int lost) {
        byte[] moved = new byte[offset + bytes.length + 64];
        Arrays.fill(moved, CANARY);
        System.arraycopy(bytes, 0, moved, offset, bytes.length);

        Layers atZero = dissect(enclosing, bytes, 0, bytes.length, bytes.length + lost);
        Layers atOffset = dissect(enclosing, moved, offset, offset + bytes.length, bytes.length + lost);

        assertThat(Extent.all(atOffset)).isEqualTo(Extent.all(atZero));
        assertThat(atOffset.problem()).isEqualTo(atZero.problem());
        assertThat(atOffset.wireEnd() - offset).isEqualTo(atZero.wireEnd());
    }

    @Property(tries = 1000)
    void anyBytesDissectIntoNestedLayersWhoseViewsNeverThrow(
            @ForAll("headersAndNoise") byte[] bytes, @ForAll @IntRange(max = 40) int lost) {
        Layers layers = dissect(enclosing, bytes, 0, bytes.length, bytes.length + lost);

        Extent.assertNested(layers);
        assertThat(layers.hasFault()).isEqualTo(layers.problem() != null).isEqualTo(layers.fault() != null);
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            assertThat(view.headerLength()).isEqualTo(layers.payload(i) - layers.start(i));
            assertThat(view.toHeader().length()).isEqualTo(view.headerLength());
            for (Field field : layers.protocol(i).fields()) {
                assertThatCode(() -> field.text(view)).doesNotThrowAnyException();
            }
        }
    }

    @Example
    void dissectionAllocatesNothing() {
        List<byte[]> frames = Stream.concat(
                        headersAndNoise().sampleStream().limit(300),
                        headers().sampleStream().limit(100).map(ProtocolLaws::write))
                .toList();
        Layers layers = new Layers();

        assertThat(Allocation.leastOf(() -> {
                    for (int i = 0; i < frames.size(); i++) {
                        byte[] frame = frames.get(i);
                        enclosing.dissect(frame, 0, frame.length, frame.length, OTHER_LINK, layers);
                    }
                }))
                .as("bytes allocated by dissecting %d frames", frames.size())
                .isZero();
    }

    // ---- limits and names

    @Property(tries = 20, edgeCases = EdgeCasesMode.FIRST)
    void constructorsRefuseWhatDoesNotFitAndNameTheLimit(@ForAll("headers") H header) throws Exception {
        RecordComponent[] components = opinions.valueType().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Class<?> type = components[i].getType();
            if (type != int.class && type != long.class) {
                continue;
            }
            int size = type == int.class ? Integer.SIZE : Long.SIZE;
            int bits = bits().get(components[i].getName());
            if (bits < size) {
                long limit = 1L << bits;
                assertThat(with(header, i, 0)).isNotNull();
                assertThat(with(header, i, limit - 1)).isNotNull();
                for (long value : new long[] {-1, limit, type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE}) {
                    int index = i;
                    assertThatThrownBy(() -> with(header, index, value))
                            .as(components[i].getName())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(" %d is outside 0..%d (%d bits)", value, limit - 1, bits);
                }
            }
        }
    }

    @Example
    void fieldsHaveNamesOfTheirOwn() {
        List<Field> fields = protocol.fields();

        assertThat(fields)
                .extracting(Field::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9_.]+"));
        assertThat(fields).extracting(Field::label).noneMatch(String::isBlank);
    }

    // ---- helpers

    /** A header and something behind it, whole and cut; bytes that look like a header; and any bytes at all. */
    @Provide
    Arbitrary<byte[]> headersAndNoise() {
        Arbitrary<byte[]> noise = Headers.bytes(0, 200).map(Bytes::toArray);
        Arbitrary<byte[]> plausible = noise.filter(bytes -> bytes.length >= fixedLength)
                .map(bytes -> {
                    makePlausible(bytes);
                    return bytes;
                });
        Arbitrary<byte[]> headed = Combinators.combine(
                        headers(), noise, Arbitraries.integers().between(0, 1200))
                .as((header, rest, length) -> {
                    byte[] bytes = Arrays.copyOf(write(header), header.length() + rest.length);
                    System.arraycopy(rest, 0, bytes, header.length(), rest.length);
                    return Arrays.copyOf(bytes, Math.min(length, bytes.length));
                });
        return Arbitraries.oneOf(noise, plausible, headed).withoutEdgeCases();
    }

    private static Layers dissect(Dissector dissector, byte[] bytes, int start, int end, int wireLength) {
        Layers layers = new Layers();
        dissector.dissect(bytes, start, end, wireLength, OTHER_LINK, layers);
        return layers;
    }

    private static byte[] write(Header header) {
        byte[] bytes = new byte[header.length()];
        header.write(bytes, 0);
        return bytes;
    }

    @SuppressWarnings("unchecked") // the opinions say so
    private V newView() {
        return (V) protocol.newView();
    }

    /** The same header with another number in one component. */
    private H with(H header, int index, long value) throws Exception {
        RecordComponent[] components = opinions.valueType().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getAccessor().invoke(header);
        }
        if (types[index] == int.class) {
            values[index] = (int) value;
        } else {
            values[index] = value;
        }
        try {
            return opinions.valueType().getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        }
    }
}
