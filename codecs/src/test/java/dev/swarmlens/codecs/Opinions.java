package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.KaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the value, the view and the Kaitai Struct specification of a header each read, field by field: they must agree. */
public final class Opinions<H extends Header, V extends View, K extends KaitaiStruct> {
    /** What one returns that has no opinion of a field. */
    public static final long NONE = Long.MIN_VALUE;

    private final Protocol protocol;
    private final Class<H> valueType;
    private final Class<V> viewType;
    private final Class<K> kaitaiType;
    private final Function<KaitaiStream, K> parser;
    private final List<Reading<H, V, K>> readings = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();

    /** Compares two opinions of one field and returns what is wrong, or {@code null}. */
    private interface Reading<H, V, K> {
        String disagreement(H value, V view, K kaitai);
    }

    /** No fields yet. */
    public Opinions(
            Protocol protocol,
            Class<H> valueType,
            Class<V> viewType,
            Class<K> kaitaiType,
            Function<KaitaiStream, K> parser) {
        this.protocol = protocol;
        this.valueType = valueType;
        this.viewType = viewType;
        this.kaitaiType = kaitaiType;
        this.parser = parser;
    }

    /** Adds a field that is a number. */
    public Opinions<H, V, K> number(
            String name, ToLongFunction<H> value, ToLongFunction<V> view, ToLongFunction<K> kaitai) {
        names.add(name);
        readings.add((h, v, k) -> {
            long byValue = value.applyAsLong(h);
            long byView = view.applyAsLong(v);
            long byKaitai = kaitai.applyAsLong(k);
            boolean agreed = (byValue == NONE || byValue == byView) && (byKaitai == NONE || byKaitai == byView);
            return agreed ? null : name + ": value " + byValue + ", view " + byView + ", Kaitai " + byKaitai;
        });
        return this;
    }

    /** Adds a field that the view hands out in the value only. */
    public Opinions<H, V, K> bytes(String name, Function<H, Bytes> value, Function<K, byte[]> kaitai) {
        names.add(name);
        readings.add((h, v, k) -> {
            Bytes byValue = value.apply(h);
            Bytes byKaitai = Bytes.of(kaitai.apply(k));
            return byValue.equals(byKaitai) ? null : name + ": value " + byValue + ", Kaitai " + byKaitai;
        });
        return this;
    }

    /** Says which names stand for what is compared under others, or in a test of its own. */
    public Opinions<H, V, K> elsewhere(String... others) {
        names.addAll(List.of(others));
        return this;
    }

    /** The protocol whose headers these are opinions of. */
    public Protocol protocol() {
        return protocol;
    }

    /** The class of the values. */
    public Class<H> valueType() {
        return valueType;
    }

    /** Fails unless all three read the same of the header that lies between {@code start} and {@code payload}. */
    public void assertAgree(byte[] frame, int start, int payload, int end) {
        V view = viewType.cast(protocol.newView());
        view.wrap(frame, start, end);
        H value = valueType.cast(view.toHeader());
        K kaitai = parser.apply(new ByteBufferKaitaiStream(Arrays.copyOfRange(frame, start, payload)));
        int length = payload - start;
        if (view.headerLength() != length
                || value.length() != length
                || kaitai._io().pos() != length) {
            throw new AssertionError(
                    "%s: the header has %d bytes, but %d by its view, %d by its value, %d by Kaitai Struct"
                            .formatted(
                                    protocol.name(),
                                    length,
                                    view.headerLength(),
                                    value.length(),
                                    kaitai._io().pos()));
        }
        for (Reading<H, V, K> reading : readings) {
            String disagreement = reading.disagreement(value, view, kaitai);
            if (disagreement != null) {
                throw new AssertionError(protocol.name() + "." + disagreement + " of " + value);
            }
        }
    }

    /** Fails unless every component of the value, accessor of the view and field of the specification has its reading. */
    public void assertComplete() {
        Stream<String> components =
                Arrays.stream(valueType.getRecordComponents()).map(RecordComponent::getName);
        Stream<String> accessors = Stream.of(viewType, kaitaiType)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !name.startsWith("_") && !name.equals("toHeader"));
        assertThat(names).containsAll(Stream.concat(components, accessors).toList());
    }

    /** A flag as a number. */
    public static long number(boolean flag) {
        return flag ? 1 : 0;
    }

    /** Up to eight bytes as a number. */
    public static long number(byte[] bytes) {
        return new BigInteger(1, bytes).longValue();
    }

    /** The first eight bytes of an IPv6 address. */
    public static long high(byte[] address) {
        return number(Arrays.copyOf(address, 8));
    }

    /** The last eight bytes of an IPv6 address. */
    public static long low(byte[] address) {
        return number(Arrays.copyOfRange(address, 8, 16));
    }
}
