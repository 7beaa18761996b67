package dev.swarmlens.codecs.icmp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.Ranges;

/**
 * ICMP header, RFC 792.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      |     Code      |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |       Rest of header: its meaning depends on the type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>What they mean, {@link #message} says: {@code Icmp.of(new EchoRequest(1, 1))} makes the header of it.
 *
 * @param type 0 to 255
 * @param code 0 to 255
 * @param checksum over the whole message
 * @param rest the four bytes after the checksum
 */
public record Icmp(int type, int code, int checksum, int rest) implements Header {
    static final int TYPE = 0;
    static final int CODE = TYPE + 1;
    static final int CHECKSUM = CODE + 1;
    static final int REST = CHECKSUM + 2;
    /** Bytes on the wire. */
    public static final int LENGTH = REST + 4;

    /** Type: answer to an echo request. */
    public static final int ECHO_REPLY = 0;
    /** Type: a datagram could not be delivered. */
    public static final int DESTINATION_UNREACHABLE = 3;
    /** Type: a sender shall slow down (obsolete). */
    public static final int SOURCE_QUENCH = 4;
    /** Type: another router is better. */
    public static final int REDIRECT = 5;
    /** Type: echo request. */
    public static final int ECHO_REQUEST = 8;
    /** Type: a datagram's time to live ran out. */
    public static final int TIME_EXCEEDED = 11;
    /** Type: a datagram's header was wrong. */
    public static final int PARAMETER_PROBLEM = 12;
    /** Code of "destination unreachable": nobody listens on the port. */
    public static final int PORT_UNREACHABLE = 3;
    /** Code of "destination unreachable": the datagram is too large and must not be fragmented. */
    public static final int FRAGMENTATION_NEEDED = 4;

    private static final int TIMESTAMP_REQUEST = 13;
    private static final int ADDRESS_MASK_REPLY = 18;
    private static final int EXTENDED_ECHO_REQUEST = 42;
    private static final int EXTENDED_ECHO_REPLY = 43;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Icmp {
        Ranges.checkBits("ICMP type", type, 8);
        Ranges.checkBits("ICMP code", code, 8);
        Ranges.checkBits("ICMP checksum", checksum, 16);
    }

    /** A header that means this; the checksum is filled in on encoding. */
    public static Icmp of(IcmpMessage message) {
        return new Icmp(message.type(), message.code(), 0, message.rest());
    }

    /** An echo request; the checksum is filled in on encoding. */
    public static Icmp echoRequest(int identifier, int sequenceNumber) {
        return of(new IcmpMessage.EchoRequest(identifier, sequenceNumber));
    }

    /** The answer to an echo request; the checksum is filled in on encoding. */
    public static Icmp echoReply(int identifier, int sequenceNumber) {
        return of(new IcmpMessage.EchoReply(identifier, sequenceNumber));
    }

    /** The same header with another checksum. */
    public Icmp withChecksum(int newChecksum) {
        return new Icmp(type, code, newChecksum, rest);
    }

    /** What the header means. */
    public IcmpMessage message() {
        return IcmpMessage.of(type, code, rest);
    }

    /** Whether a message of this type quotes the datagram that caused it. */
    static boolean isError(int type) {
        return type == DESTINATION_UNREACHABLE
                || type == SOURCE_QUENCH
                || type == REDIRECT
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM;
    }

    /** Whether this is an echo request or its answer. */
    static boolean isEcho(int type) {
        return type == ECHO_REQUEST || type == ECHO_REPLY;
    }

    /**
     * Whether this is a query or its answer, which have an identifier and a sequence number: echo, timestamp and information,
     * RFC 792, and address mask, RFC 950.
     */
    static boolean isQuery(int type) {
        return isEcho(type) || type >= TIMESTAMP_REQUEST && type <= ADDRESS_MASK_REPLY;
    }

    /** Whether this is an extended echo request or its answer, which have an identifier, RFC 8335. */
    static boolean isExtendedEcho(int type) {
        return type == EXTENDED_ECHO_REQUEST || type == EXTENDED_ECHO_REPLY;
    }

    @Override
    public IcmpProtocol protocol() {
        return IcmpProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + TYPE, type);
        BigEndian.put8(frame, offset + CODE, code);
        BigEndian.put16(frame, offset + CHECKSUM, checksum);
        BigEndian.put32(frame, offset + REST, rest);
    }

    @Override
    public void complete(Completion completion) {
        byte[] frame = completion.frame();
        int offset = completion.offset();
        BigEndian.put16(frame, offset + CHECKSUM, 0);
        long sum = InternetChecksum.sum(frame, offset, completion.end(), 0);
        BigEndian.put16(frame, offset + CHECKSUM, InternetChecksum.complement(sum));
    }

    @Override
    public String toString() {
        return new HeaderText("ICMP " + message())
                .hex("checksum", checksum, 4, 0)
                .toString();
    }
}
