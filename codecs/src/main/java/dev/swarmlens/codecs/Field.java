package dev.swarmlens.codecs;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A named field of a protocol's header: how to read it from the protocol's view and how to print it. Names and printed
 * values are Wireshark's, so that scripts carry over.
 */
public final class Field {
    /** What a numeric field returns where the header at hand does not have it. */
    public static final long ABSENT = Long.MIN_VALUE;

    private static final long IPV4_MASK = 0xffff_ffffL;

    private final String name;
    private final String label;
    private final FieldType type;
    private final int needed;
    private final Reader reader;
    private final Function<FieldValue, String> format;

    /** Reads a value of the field, if the header has it. */
    @FunctionalInterface
    private interface Reader {
        boolean read(View view, int index, FieldValue value);
    }

    /** Reads one of several numbers from a view. */
    @FunctionalInterface
    public interface Indexed<V extends View> {
        /**
         * The number at an index.
         *
         * @param index 0 upward, less than what the field counts
         */
        long at(V view, int index);
    }

    private Field(
            String name, String label, FieldType type, int needed, Reader reader, Function<FieldValue, String> format) {
        this.name = name;
        this.label = label;
        this.type = type;
        this.needed = needed;
        this.reader = reader;
        this.format = format;
    }

    @SuppressWarnings("unchecked") // a protocol's fields are only ever given that protocol's views
    private static <V extends View> Field ofNumber(
            String name, String label, FieldType type, ToLongFunction<V> number, Function<FieldValue, String> format) {
        Reader reader = (view, index, value) -> {
            long read = index == 0 ? number.applyAsLong((V) view) : ABSENT;
            value.set(read);
            return read != ABSENT;
        };
        return new Field(name, label, type, 0, reader, format);
    }

    /** A field printed as text of its own; {@code null} where the header at hand does not have it. */
    @SuppressWarnings("unchecked") // a protocol's fields are only ever given that protocol's views
    public static <V extends View> Field ofText(String name, String label, Function<V, String> text) {
        Reader reader = (view, index, value) -> {
            String read = index == 0 ? text.apply((V) view) : null;
            value.set(read == null ? "" : read);
            return read != null;
        };
        return new Field(name, label, FieldType.TEXT, 0, reader, FieldValue::text);
    }

    /** A field printed as a decimal number. */
    public static <V extends View> Field ofDecimal(String name, String label, ToLongFunction<V> value) {
        return ofNumber(name, label, FieldType.NUMBER, value, number -> Long.toString(number.low()));
    }

    /** A field that a header may have several times, printed as decimal numbers. */
    @SuppressWarnings("unchecked") // a protocol's fields are only ever given that protocol's views
    public static <V extends View> Field ofDecimals(
            String name, String label, ToIntFunction<V> count, Indexed<V> number) {
        Reader reader = (view, index, value) -> {
            boolean there = index < count.applyAsInt((V) view);
            value.set(there ? number.at((V) view, index) : ABSENT);
            return there;
        };
        return new Field(name, label, FieldType.NUMBER, 0, reader, value -> Long.toString(value.low()));
    }

    /** A field printed as a hexadecimal number with a fixed count of digits. */
    public static <V extends View> Field ofHex(String name, String label, int digits, ToLongFunction<V> value) {
        String format = "0x%0" + digits + "x";
        return ofNumber(
                name, label, FieldType.NUMBER, value, number -> String.format(Locale.ROOT, format, number.low()));
    }

    /** A flag, printed as 1 if it is set and 0 if it is not. */
    public static <V extends View> Field ofBoolean(String name, String label, ToLongFunction<V> value) {
        return ofNumber(name, label, FieldType.BOOLEAN, value, number -> Long.toString(number.low()));
    }

    /** A field printed as an IPv4 address. */
    public static <V extends View> Field ofIpv4(String name, String label, ToLongFunction<V> value) {
        ToLongFunction<V> unsigned = view -> {
            long bits = value.applyAsLong(view);
            return bits == ABSENT ? ABSENT : bits & IPV4_MASK;
        };
        return ofNumber(
                name, label, FieldType.IPV4, unsigned, number -> new Ipv4Address((int) number.low()).toString());
    }

    /** A field printed as an IPv6 address. */
    public static <V extends View> Field ofIpv6(
            String name, String label, ToLongFunction<V> high, ToLongFunction<V> low) {
        return ofIpv6(name, label, any -> true, high, low);
    }

    /**
     * A field printed as an IPv6 address.
     *
     * @param present whether the header at hand has it
     */
    @SuppressWarnings("unchecked") // a protocol's fields are only ever given that protocol's views
    public static <V extends View> Field ofIpv6(
            String name, String label, Predicate<V> present, ToLongFunction<V> high, ToLongFunction<V> low) {
        Reader reader = (view, index, value) -> {
            boolean there = index == 0 && present.test((V) view);
            if (there) {
                value.set(high.applyAsLong((V) view), low.applyAsLong((V) view));
            }
            return there;
        };
        return new Field(
                name, label, FieldType.IPV6, 0, reader, value -> new Ipv6Address(value.high(), value.low()).toString());
    }

    /** A field printed as a MAC address. */
    public static <V extends View> Field ofMac(String name, String label, ToLongFunction<V> value) {
        return ofNumber(name, label, FieldType.MAC, value, number -> new MacAddress(number.low()).toString());
    }

    /**
     * The same field, read only where so many bytes of the header are there as Wireshark looks at before it shows the field;
     * without this, its own bytes are enough. It matters for headers of which only the beginning is there.
     */
    public Field needing(int bytes) {
        return new Field(name, label, type, bytes, reader, format);
    }

    /** The name, for example {@code ip.src}. */
    public String name() {
        return name;
    }

    /** What a tree of the packet calls it, for example {@code Source Address}. */
    public String label() {
        return label;
    }

    /** What its values are. */
    public FieldType type() {
        return type;
    }

    /**
     * Reads a value as numbers; allocates nothing, unless the field is text.
     *
     * @param view a view of the protocol that the field belongs to, put on a dissected layer or on an incomplete header
     * @param index which value, 0 upward; most fields have one at most
     * @param value receives it
     * @return whether the header at hand has such a value
     * @throws IndexOutOfBoundsException if the header is incomplete and the field lies beyond what is there of it
     */
    public boolean read(View view, int index, FieldValue value) {
        view.demand(needed);
        return reader.read(view, index, value);
    }

    /** Prints a value that was read from this field. */
    public String format(FieldValue value) {
        return format.apply(value);
    }

    /**
     * The field's printed value; several are separated by commas.
     *
     * @param view a view of the protocol that the field belongs to, put on a dissected layer or on an incomplete header
     * @return the value, or {@code null} if the header at hand does not have the field
     * @throws IndexOutOfBoundsException if the header is incomplete and the field lies beyond what is there of it
     */
    public String text(View view) {
        FieldValue value = new FieldValue();
        if (!read(view, 0, value)) {
            return null;
        }
        String first = format(value);
        if (!read(view, 1, value)) {
            return first;
        }
        StringBuilder all = new StringBuilder(first);
        for (int index = 1; read(view, index, value); index++) {
            all.append(',').append(format(value));
        }
        return all.toString();
    }
}
