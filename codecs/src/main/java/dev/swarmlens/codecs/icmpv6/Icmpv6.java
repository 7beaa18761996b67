package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Ranges;

/**
 * ICMPv6 header, RFC 4443 section 2.1, with what the type puts in front of data, quotes and options.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      |     Code      |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |       Rest of header: its meaning depends on the type         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      Body: of neighbour discovery, 8, 16 or 32 bytes         ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>What they mean, {@link #message} says: {@code Icmpv6.of(new NeighborSolicitation(target))} makes the header of it. The
 * options of neighbour discovery are headers of their own, {@link NeighborOption}.
 *
 * @param type 0 to 255
 * @param code 0 to 255
 * @param checksum over pseudo-header and message
 * @param rest the four bytes after the checksum
 * @param body what follows, RFC 4861 section 4: the two timers of a router advertisement, the target of a neighbour
 *     solicitation or advertisement, target and destination of a redirect; empty for any other type
 */
public record Icmpv6(int type, int code, int checksum, int rest, Bytes body) implements Header {
    static final int TYPE = 0;
    static final int CODE = TYPE + 1;
    static final int CHECKSUM = CODE + 1;
    static final int REST = CHECKSUM + 2;
    static final int BODY = REST + 4;
    /** Bytes on the wire of what every message has. */
    public static final int MIN_LENGTH = BODY;

    static final int REACHABLE_TIME = BODY;
    static final int RETRANS_TIMER = REACHABLE_TIME + 4;
    static final int TARGET = BODY;
    static final int DESTINATION = TARGET + Ipv6Address.LENGTH;

    /** In the rest of a neighbour advertisement. */
    static final int FLAG_ROUTER = 1 << 31;

    static final int FLAG_SOLICITED = 1 << 30;
    static final int FLAG_OVERRIDE = 1 << 29;

    /** Type: a packet could not be delivered. */
    public static final int DESTINATION_UNREACHABLE = 1;
    /** Type: a packet was larger than the next hop's MTU. */
    public static final int PACKET_TOO_BIG = 2;
    /** Type: a packet's hop limit ran out. */
    public static final int TIME_EXCEEDED = 3;
    /** Type: a packet's header was wrong. */
    public static final int PARAMETER_PROBLEM = 4;
    /** Type: echo request. */
    public static final int ECHO_REQUEST = 128;
    /** Type: answer to an echo request. */
    public static final int ECHO_REPLY = 129;
    /** Type: where are the routers? RFC 4861 section 4.1. */
    public static final int ROUTER_SOLICITATION = 133;
    /** Type: here is a router, RFC 4861 section 4.2. */
    public static final int ROUTER_ADVERTISEMENT = 134;
    /** Type: who has an address? RFC 4861 section 4.3. */
    public static final int NEIGHBOR_SOLICITATION = 135;
    /** Type: here is an address, RFC 4861 section 4.4. */
    public static final int NEIGHBOR_ADVERTISEMENT = 136;
    /** Type: another router is better, RFC 4861 section 4.5. */
    public static final int REDIRECT = 137;

    /** What a message of neighbour discovery is followed by: code 0 is an option. */
    public static final Binding OPTIONS = new Binding("neighbour discovery options");

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits, or the type has a body of another length
     */
    public Icmpv6 {
        check(type, code, body);
        Ranges.checkBits("ICMPv6 checksum", checksum, 16);
    }

    static void check(int type, int code, Bytes body) {
        Ranges.checkBits("ICMPv6 type", type, 8);
        Ranges.checkBits("ICMPv6 code", code, 8);
        if (body.length() != bodyLength(type)) {
            throw new IllegalArgumentException(
                    "ICMPv6 type " + type + " has a body of " + bodyLength(type) + " bytes, not of " + body.length());
        }
    }

    /** A header that means this; the checksum is filled in on encoding. */
    public static Icmpv6 of(Icmpv6Message message) {
        return new Icmpv6(message.type(), message.code(), 0, message.rest(), message.body());
    }

    /** An echo request; the checksum is filled in on encoding. */
    public static Icmpv6 echoRequest(int identifier, int sequenceNumber) {
        return of(new Icmpv6Message.EchoRequest(identifier, sequenceNumber));
    }

    /** The answer to an echo request; the checksum is filled in on encoding. */
    public static Icmpv6 echoReply(int identifier, int sequenceNumber) {
        return of(new Icmpv6Message.EchoReply(identifier, sequenceNumber));
    }

    /** Who has an address? Options follow; the checksum is filled in on encoding. */
    public static Icmpv6 neighborSolicitation(String target) {
        return of(new Icmpv6Message.NeighborSolicitation(Ipv6Address.of(target)));
    }

    /** The same header with another checksum. */
    public Icmpv6 withChecksum(int newChecksum) {
        return new Icmpv6(type, code, newChecksum, rest, body);
    }

    /** What the header means. */
    public Icmpv6Message message() {
        return Icmpv6Message.of(type, code, rest, body);
    }

    /** How many bytes a message of this type has between the first eight and options, data or quote. */
    public static int bodyLength(int type) {
        return switch (type) {
            case ROUTER_ADVERTISEMENT -> RETRANS_TIMER + 4 - BODY;
            case NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT -> DESTINATION - BODY;
            case REDIRECT -> DESTINATION + Ipv6Address.LENGTH - BODY;
            default -> 0;
        };
    }

    /** Whether a message of this type quotes the packet that caused it. */
    static boolean isError(int type) {
        return type >= DESTINATION_UNREACHABLE && type <= PARAMETER_PROBLEM;
    }

    /** Whether a message of this type is one of neighbour discovery, which options follow. */
    static boolean isNeighborDiscovery(int type) {
        return type >= ROUTER_SOLICITATION && type <= REDIRECT;
    }

    /** Whether this is an echo request or its answer. */
    static boolean isEcho(int type) {
        return type == ECHO_REQUEST || type == ECHO_REPLY;
    }

    @Override
    public Icmpv6Protocol protocol() {
        return Icmpv6Protocol.INSTANCE;
    }

    @Override
    public int length() {
        return MIN_LENGTH + body.length();
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + TYPE, type);
        BigEndian.put8(frame, offset + CODE, code);
        BigEndian.put16(frame, offset + CHECKSUM, checksum);
        BigEndian.put32(frame, offset + REST, rest);
        body.copyTo(frame, offset + BODY);
    }

    @Override
    public void complete(Completion completion) {
        byte[] frame = completion.frame();
        int offset = completion.offset();
        BigEndian.put16(frame, offset + CHECKSUM, 0);
        long pseudoHeader = completion.pseudoHeaderSum(IpProtocol.ICMPV6.code());
        long sum = InternetChecksum.sum(frame, offset, completion.end(), pseudoHeader);
        BigEndian.put16(frame, offset + CHECKSUM, InternetChecksum.complement(sum));
    }

    @Override
    public String toString() {
        return new HeaderText("ICMPv6 " + message())
                .hex("checksum", checksum, 4, 0)
                .toString();
    }
}
