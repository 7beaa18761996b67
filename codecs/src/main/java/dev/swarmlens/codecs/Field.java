package dev.swarmlens.codecs;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A named field of a protocol's header: how to read it from the protocol's view and how to print it. Names and printed
 * values are Wireshark's, so that scripts carry over.
 */
public final class Field {
    /** What a numeric field returns where the header at hand does not have it. */
    public static final long ABSENT = Long.MIN_VALUE;

    private final String name;
    private final String label;
    private final int needed;
    private final Function<View, String> text;

    private Field(String name, String label, int needed, Function<View, String> text) {
        this.name = name;
        this.label = label;
        this.needed = needed;
        this.text = text;
    }

    private static <V extends View> Field ofNumber(
            String name, String label, ToLongFunction<V> value, Function<Long, String> format) {
        return ofText(name, label, (V view) -> {
            long number = value.applyAsLong(view);
            return number == ABSENT ? null : format.apply(number);
        });
    }

    /** A field printed as text of its own; {@code null} where the header at hand does not have it. */
    @SuppressWarnings("unchecked") // a protocol's fields are only ever given that protocol's views
    public static <V extends View> Field ofText(String name, String label, Function<V, String> text) {
        return new Field(name, label, 0, view -> text.apply((V) view));
    }

    /** A field printed as a decimal number. */
    public static <V extends View> Field ofDecimal(String name, String label, ToLongFunction<V> value) {
        return ofNumber(name, label, value, number -> Long.toString(number));
    }

    /** A field printed as a hexadecimal number with a fixed count of digits. */
    public static <V extends View> Field ofHex(String name, String label, int digits, ToLongFunction<V> value) {
        String format = "0x%0" + digits + "x";
        return ofNumber(name, label, value, number -> String.format(Locale.ROOT, format, number));
    }

    /** A field printed as an IPv4 address. */
    public static <V extends View> Field ofIpv4(String name, String label, ToLongFunction<V> value) {
        return ofNumber(name, label, value, number -> new Ipv4Address((int) (long) number).toString());
    }

    /** A field printed as a MAC address. */
    public static <V extends View> Field ofMac(String name, String label, ToLongFunction<V> value) {
        return ofNumber(name, label, value, number -> new MacAddress(number).toString());
    }

    /**
     * The same field, read only where so many bytes of the header are there as Wireshark looks at before it shows the field;
     * without this, its own bytes are enough. It matters for headers of which only the beginning is there.
     */
    public Field needing(int bytes) {
        return new Field(name, label, bytes, text);
    }

    /** The name, for example {@code ip.src}. */
    public String name() {
        return name;
    }

    /** What a tree of the packet calls it, for example {@code Source Address}. */
    public String label() {
        return label;
    }

    /**
     * The field's printed value.
     *
     * @param view a view of the protocol that the field belongs to, put on a dissected layer or on an incomplete header
     * @return the value, or {@code null} if the header at hand does not have the field
     * @throws IndexOutOfBoundsException if the header is incomplete and the field lies beyond what is there of it
     */
    public String text(View view) {
        view.demand(needed);
        return text.apply(view);
    }
}
