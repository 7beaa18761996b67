package dev.swarmlens.codecs.ethernet;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.MacAddress;

/**
 * Ethernet header, IEEE 802.3 clause 3, RFC 894.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Destination                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Destination          |            Source             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            Source                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Type or length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param destination the receiver
 * @param source the sender
 * @param type what is inside; a value up to 1500 is the length of an IEEE 802.2 frame
 */
public record Ethernet(MacAddress destination, MacAddress source, EtherType type) implements Header {
    /** What a frame is that only looks like Ethernet, by its group address: code 0 is Cisco's ISL. */
    public static final Binding TRUNK = new Binding("trunk");

    static final int DESTINATION = 0;
    static final int SOURCE = DESTINATION + MacAddress.LENGTH;
    static final int TYPE = SOURCE + MacAddress.LENGTH;
    /** Bytes on the wire. */
    public static final int LENGTH = TYPE + 2;

    /** Begins a header with its source; the type is filled in on encoding from what is inside. */
    public static From from(MacAddress source) {
        return new From(source);
    }

    /** Begins a header with its source in the usual notation. */
    public static From from(String source) {
        return from(MacAddress.of(source));
    }

    /**
     * A header that lacks its destination.
     *
     * @param source the sender
     */
    public record From(MacAddress source) {
        /** Completes the header with its destination. */
        public Ethernet to(MacAddress destination) {
            return new Ethernet(destination, source, new EtherType(0));
        }

        /** Completes the header with its destination in the usual notation. */
        public Ethernet to(String destination) {
            return to(MacAddress.of(destination));
        }
    }

    /** The same header with another type. */
    public Ethernet withType(EtherType newType) {
        return new Ethernet(destination, source, newType);
    }

    @Override
    public EthernetProtocol protocol() {
        return EthernetProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put48(frame, offset + DESTINATION, destination.bits());
        BigEndian.put48(frame, offset + SOURCE, source.bits());
        BigEndian.put16(frame, offset + TYPE, type.code());
    }

    @Override
    public void complete(Completion completion) {
        int value = completion.nextTypeOrLength(LENGTH, type.code());
        BigEndian.put16(completion.frame(), completion.offset() + TYPE, value);
    }

    @Override
    public boolean takesTrailer() {
        return true;
    }

    @Override
    public String toString() {
        return new HeaderText("Ethernet " + source + " → " + destination)
                .hex("type", type.code(), 4, 0)
                .toString();
    }
}
