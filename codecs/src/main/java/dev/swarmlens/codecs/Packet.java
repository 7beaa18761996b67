package dev.swarmlens.codecs;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A packet as a value.
 *
 * @param layers its headers, outermost first
 * @param payload what the innermost header encloses
 * @param trailer what follows and no length counts, such as Ethernet's padding; on encoding in {@link Encoding#COMPUTED} it
 *     belongs to the innermost header that {@link Header#takesTrailer takes a trailer}
 */
public record Packet(List<Header> layers, Bytes payload, Bytes trailer) {
    /** Keeps a copy of the list. */
    public Packet {
        layers = List.copyOf(layers);
    }

    /**
     * A packet of headers, outermost first, without payload.
     *
     * @throws IllegalArgumentException if a header encloses more than its length field can say
     */
    public static Packet of(Header... layers) {
        return new Packet(List.of(layers), Bytes.EMPTY, Bytes.EMPTY).checked();
    }

    /**
     * The same packet with another payload.
     *
     * @throws IllegalArgumentException if a header encloses more than its length field can say; the constructor takes even
     *     that, since network cards are handed such packets before they cut them
     */
    public Packet withPayload(Bytes newPayload) {
        return new Packet(layers, newPayload, trailer).checked();
    }

    private Packet checked() {
        int length = payload.length();
        for (int i = layers.size() - 1; i >= 0; i--) {
            Header header = layers.get(i);
            length += header.length();
            if (length > header.maxLength()) {
                throw new IllegalArgumentException(header.protocol().name() + " with all that it encloses has " + length
                        + " bytes; at most " + header.maxLength() + " are possible");
            }
        }
        return this;
    }

    /** The same packet with another trailer. */
    public Packet withTrailer(Bytes newTrailer) {
        return new Packet(layers, payload, newTrailer);
    }

    /** The length of the packet in bytes. */
    public int length() {
        int length = payload.length() + trailer.length();
        for (Header header : layers) {
            length += header.length();
        }
        return length;
    }

    /**
     * Encodes with all lengths, codes and checksums filled in by the {@link ProtocolRegistry#standard standard} registry.
     *
     * @throws IllegalArgumentException if a length does not fit into its field
     */
    public Bytes encode() {
        return encode(Encoding.COMPUTED, ProtocolRegistry.standard());
    }

    /**
     * Encodes by the {@link ProtocolRegistry#standard standard} registry.
     *
     * @throws IllegalArgumentException if a computed length does not fit into its field
     */
    public Bytes encode(Encoding encoding) {
        return encode(encoding, ProtocolRegistry.standard());
    }

    /**
     * Encodes by a registry, which gives the next-protocol codes.
     *
     * @throws IllegalArgumentException if a computed length does not fit into its field
     */
    public Bytes encode(Encoding encoding, ProtocolRegistry registry) {
        int[] starts = starts();
        byte[] frame = new byte[starts[layers.size()] + payload.length() + trailer.length()];
        encodeTo(frame, starts, encoding, registry);
        return Bytes.of(frame);
    }

    /**
     * Encodes into an array, from its beginning.
     *
     * @return the number of bytes written, {@link #length}
     * @throws IndexOutOfBoundsException if the array is too small
     * @throws IllegalArgumentException if a computed length does not fit into its field
     */
    public int encodeTo(byte[] frame, Encoding encoding, ProtocolRegistry registry) {
        return encodeTo(frame, starts(), encoding, registry);
    }

    /** Where the headers begin, and after them the payload. */
    private int[] starts() {
        int[] starts = new int[layers.size() + 1];
        for (int i = 0; i < layers.size(); i++) {
            starts[i + 1] = starts[i] + layers.get(i).length();
        }
        return starts;
    }

    private int encodeTo(byte[] frame, int[] starts, Encoding encoding, ProtocolRegistry registry) {
        int payloadStart = starts[layers.size()];
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).write(frame, starts[i]);
        }
        payload.copyTo(frame, payloadStart);
        int payloadEnd = payloadStart + payload.length();
        trailer.copyTo(frame, payloadEnd);
        int frameEnd = payloadEnd + trailer.length();
        if (encoding == Encoding.COMPUTED) {
            int trailerOwner = trailer.isEmpty() ? -1 : trailerOwner();
            Completion completion = new Completion(frame, registry, layers, starts);
            for (int i = layers.size() - 1; i >= 0; i--) {
                completion.moveTo(
                        i, i > trailerOwner ? payloadEnd : frameEnd, i >= trailerOwner ? payloadEnd : frameEnd);
                layers.get(i).complete(completion);
            }
        }
        return frameEnd;
    }

    /** The innermost header that takes a trailer, or −1. */
    private int trailerOwner() {
        int owner = layers.size() - 1;
        while (owner >= 0 && !layers.get(owner).takesTrailer()) {
            owner--;
        }
        return owner;
    }

    /**
     * Parses an Ethernet frame by the {@link ProtocolRegistry#standard standard} registry.
     *
     * @see #parse(byte[], LinkType, ProtocolRegistry)
     */
    public static ParsedPacket parse(byte[] frame) {
        return parse(frame, LinkType.ETHERNET, ProtocolRegistry.standard());
    }

    /**
     * Parses a frame laxly: whatever decodes becomes a header, the rest is payload, and what is wrong stands beside it.
     *
     * @param frame the whole frame
     * @param linkType what its first byte is
     * @param registry which protocol follows which
     */
    public static ParsedPacket parse(byte[] frame, LinkType linkType, ProtocolRegistry registry) {
        Layers layers = new Layers();
        new Dissector(registry).dissect(frame, linkType, layers);
        List<Header> headers = new ArrayList<>(layers.count());
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            headers.add(view.toHeader());
        }
        Packet packet = new Packet(
                headers,
                Bytes.of(frame, layers.payloadStart(), layers.payloadEnd()),
                Bytes.of(frame, layers.payloadEnd(), frame.length));
        return new ParsedPacket(packet, layers.problem());
    }

    /** Header after header, as one reads a frame. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" / ");
        layers.forEach(header -> text.add(header.toString()));
        if (!payload.isEmpty()) {
            text.add("payload " + payload);
        }
        if (!trailer.isEmpty()) {
            text.add("trailer " + trailer);
        }
        return text.toString();
    }
}
