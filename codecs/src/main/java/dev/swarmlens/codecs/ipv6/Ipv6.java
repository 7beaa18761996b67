package dev.swarmlens.codecs.ipv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Ranges;

/**
 * IPv6 fixed header, RFC 8200 section 3.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version| Traffic class |              Flow label               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        Payload length         |  Next header  |   Hop limit   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                   Source address (16 bytes)                  ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                Destination address (16 bytes)                ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param trafficClass DSCP and ECN, 0 to 255
 * @param flowLabel 0 to 2^20 − 1
 * @param payloadLength what follows this header, in bytes; 0 where it is longer than the field can say
 * @param nextHeader what is inside
 * @param hopLimit hops left, 0 to 255
 * @param source the sender
 * @param destination the receiver
 */
public record Ipv6(
        int trafficClass,
        int flowLabel,
        int payloadLength,
        IpProtocol nextHeader,
        int hopLimit,
        Ipv6Address source,
        Ipv6Address destination)
        implements Header {
    static final int VERSION_CLASS_LABEL = 0;
    static final int PAYLOAD_LENGTH = VERSION_CLASS_LABEL + 4;
    static final int NEXT_HEADER = PAYLOAD_LENGTH + 2;
    static final int HOP_LIMIT = NEXT_HEADER + 1;
    static final int SOURCE = HOP_LIMIT + 1;
    static final int DESTINATION = SOURCE + Ipv6Address.LENGTH;
    /** Bytes on the wire. */
    public static final int LENGTH = DESTINATION + Ipv6Address.LENGTH;

    static final int VERSION = 6;
    static final int VERSION_SHIFT = 28;
    static final int CLASS_SHIFT = 20;
    static final int LABEL_MASK = 0xfffff;

    private static final int DEFAULT_HOP_LIMIT = 64;

    /** Bytes that may follow the header at most, RFC 8200 section 3. */
    public static final int MAX_PAYLOAD_LENGTH = 0xffff;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Ipv6 {
        Ranges.checkBits("IPv6 traffic class", trafficClass, 8);
        Ranges.checkBits("IPv6 flow label", flowLabel, 20);
        Ranges.checkBits("IPv6 payload length", payloadLength, 16);
        Ranges.checkBits("IPv6 hop limit", hopLimit, 8);
    }

    /** Begins a header with its source; the rest has the usual values, and encoding fills in what follows from them. */
    public static From from(Ipv6Address source) {
        return new From(source);
    }

    /** Begins a header with its source in the usual notation. */
    public static From from(String source) {
        return from(Ipv6Address.of(source));
    }

    /**
     * A header that lacks its destination.
     *
     * @param source the sender
     */
    public record From(Ipv6Address source) {
        /** Completes the header: hop limit 64. */
        public Ipv6 to(Ipv6Address destination) {
            return new Ipv6(0, 0, 0, new IpProtocol(0), DEFAULT_HOP_LIMIT, source, destination);
        }

        /** Completes the header with its destination in the usual notation. */
        public Ipv6 to(String destination) {
            return to(Ipv6Address.of(destination));
        }
    }

    /** The same header with another next header. */
    public Ipv6 withNextHeader(IpProtocol next) {
        return new Ipv6(trafficClass, flowLabel, payloadLength, next, hopLimit, source, destination);
    }

    @Override
    public Ipv6Protocol protocol() {
        return Ipv6Protocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public int maxLength() {
        return LENGTH + MAX_PAYLOAD_LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        int first = VERSION << VERSION_SHIFT | trafficClass << CLASS_SHIFT | flowLabel;
        BigEndian.put32(frame, offset + VERSION_CLASS_LABEL, first);
        BigEndian.put16(frame, offset + PAYLOAD_LENGTH, payloadLength);
        BigEndian.put8(frame, offset + NEXT_HEADER, nextHeader.code());
        BigEndian.put8(frame, offset + HOP_LIMIT, hopLimit);
        BigEndian.put64(frame, offset + SOURCE, source.high());
        BigEndian.put64(frame, offset + SOURCE + 8, source.low());
        BigEndian.put64(frame, offset + DESTINATION, destination.high());
        BigEndian.put64(frame, offset + DESTINATION + 8, destination.low());
    }

    @Override
    public void complete(Completion completion) {
        byte[] frame = completion.frame();
        int offset = completion.offset();
        int inside = completion.length() - LENGTH;
        Ranges.checkBits("IPv6 payload length", inside, 16);
        BigEndian.put16(frame, offset + PAYLOAD_LENGTH, inside);
        int next = completion.nextCode(Binding.IP_PROTOCOL, nextHeader.code());
        BigEndian.put8(frame, offset + NEXT_HEADER, next);
    }

    @Override
    public String toString() {
        return new HeaderText("IPv6 " + source + " → " + destination)
                .number("next header", nextHeader.code(), 0)
                .number("hop limit", hopLimit, -1)
                .hex("traffic class", trafficClass, 2, 0)
                .hex("flow label", flowLabel, 5, 0)
                .number("payload length", payloadLength, 0)
                .toString();
    }
}
