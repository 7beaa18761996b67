package dev.swarmlens.codecs;

import java.util.List;

/**
 * A protocol: stateless, one instance, and the point of extension. It finds its header in bytes, hands on to what is
 * inside, and names itself and its fields.
 */
public abstract class Protocol extends Dissection {
    /** The name in lower case, as in Wireshark's display filters: {@code udp}, {@code vxlan}. */
    public abstract String name();

    /**
     * {@inheritDoc}
     *
     * <p>A protocol pushes its extent with {@link Layers#push}, then asks {@link Layers#next} who comes next and lets that
     * dissect; what is wrong it reports with {@link Layers#fault} or {@link Layers#tooShort}.
     */
    @Override
    public abstract void dissect(byte[] frame, int start, int end, Layers layers);

    /** A new view for this protocol's headers. */
    public abstract View newView();

    /** The header's fields, in wire order, for printing and for selection by name. */
    public abstract List<Field> fields();

    /**
     * Decodes one header strictly.
     *
     * @param frame the array that holds the frame
     * @param start index of the header's first byte
     * @param end index after the last byte that belongs to it and to what it encloses
     * @return the header as a value
     * @throws DecodeException if the bytes are no such header; it names protocol, offset, required and available bytes
     */
    public Header decode(byte[] frame, int start, int end) {
        Layers layers = new Layers();
        layers.begin(frame, start, end, end, ProtocolRegistry.EMPTY);
        dissect(frame, start, end, layers);
        if (layers.hasFault()) {
            throw new DecodeException(layers.problem());
        }
        View view = newView();
        view.wrap(frame, start, end);
        return view.toHeader();
    }
}
