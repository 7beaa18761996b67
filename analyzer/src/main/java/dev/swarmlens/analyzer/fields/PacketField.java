package dev.swarmlens.analyzer.fields;

import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of packets by its name: a cursor over its values in one packet after the other, outermost first. It allocates
 * nothing, unless the field is text or a header is incomplete.
 *
 * <p>Not thread-safe: {@link FieldCatalog#find} makes one for each who reads.
 */
public abstract class PacketField {
    private final String name;
    private final FieldType type;

    PacketField(String name, FieldType type) {
        this.name = name;
        this.type = type;
    }

    /** The name, for example {@code inner.ip.src}. */
    public final String name() {
        return name;
    }

    /** What its values are. */
    public final FieldType type() {
        return type;
    }

    /** Whether it is a protocol, or the frame itself: its values are the bytes of the header and all that it encloses. */
    public final boolean isProtocol() {
        return type == FieldType.PROTOCOL;
    }

    /** Goes to a packet, before its first value. */
    public abstract void begin(PacketView packet);

    /**
     * Reads the next value.
     *
     * @param value receives it
     * @return whether there is one
     */
    public abstract boolean next(FieldValue value);

    /** Prints the value that was read last. */
    public abstract String text(FieldValue value);

    /** All values in a packet as printed; empty if the field does not occur. */
    public final List<String> texts(PacketView packet) {
        List<String> texts = new ArrayList<>();
        FieldValue value = new FieldValue();
        begin(packet);
        while (next(value)) {
            texts.add(text(value));
        }
        return texts;
    }
}
