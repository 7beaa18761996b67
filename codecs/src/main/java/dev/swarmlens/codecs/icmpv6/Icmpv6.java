package dev.swarmlens.codecs.icmpv6;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ranges;

/**
 * ICMPv6 header, RFC 4443 section 2.1, and the four bytes that nearly every message has after it.
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
 * <p>In an echo the rest is identifier and sequence number, in "packet too big" the MTU of the next hop. The target address
 * and the options of neighbour discovery are payload.
 *
 * @param type 0 to 255
 * @param code 0 to 255
 * @param checksum over pseudo-header and message
 * @param rest the four bytes after the checksum
 */
public record Icmpv6(int type, int code, int checksum, int rest) implements Header {
    static final int TYPE = 0;
    static final int CODE = TYPE + 1;
    static final int CHECKSUM = CODE + 1;
    static final int REST = CHECKSUM + 2;
    /** Bytes on the wire. */
    public static final int LENGTH = REST + 4;

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

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits
     */
    public Icmpv6 {
        Ranges.checkBits("ICMPv6 type", type, 8);
        Ranges.checkBits("ICMPv6 code", code, 8);
        Ranges.checkBits("ICMPv6 checksum", checksum, 16);
    }

    /** An echo request; the checksum is filled in on encoding. */
    public static Icmpv6 echoRequest(int identifier, int sequenceNumber) {
        return echo(ECHO_REQUEST, identifier, sequenceNumber);
    }

    /** The answer to an echo request; the checksum is filled in on encoding. */
    public static Icmpv6 echoReply(int identifier, int sequenceNumber) {
        return echo(ECHO_REPLY, identifier, sequenceNumber);
    }

    private static Icmpv6 echo(int type, int identifier, int sequenceNumber) {
        Ranges.checkBits("ICMPv6 identifier", identifier, 16);
        Ranges.checkBits("ICMPv6 sequence number", sequenceNumber, 16);
        return new Icmpv6(type, 0, 0, identifier << 16 | sequenceNumber);
    }

    /** Whether a message of this type quotes the packet that caused it. */
    static boolean isError(int type) {
        return type >= DESTINATION_UNREACHABLE && type <= PARAMETER_PROBLEM;
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
        long pseudoHeader = completion.pseudoHeaderSum(IpProtocol.ICMPV6.code());
        long sum = InternetChecksum.sum(frame, offset, completion.end(), pseudoHeader);
        BigEndian.put16(frame, offset + CHECKSUM, InternetChecksum.complement(sum));
    }
}
