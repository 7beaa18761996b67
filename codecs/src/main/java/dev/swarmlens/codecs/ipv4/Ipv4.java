package dev.swarmlens.codecs.ipv4;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ranges;
import java.util.List;

/**
 * IPv4 header, RFC 791 section 3.1.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version|  IHL  |Type of service|         Total length          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        Identification         |Flags|     Fragment offset     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Time to live  |   Protocol    |        Header checksum        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Source address                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Destination address                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            Options                           ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The header length (IHL) follows from the options.
 *
 * @param typeOfService DSCP and ECN, RFC 2474, RFC 3168, 0 to 255
 * @param totalLength header and data in bytes; 0 where segmentation was left to the network card
 * @param identification of the datagram that a fragment belongs to, 0 to 65535
 * @param flags reserved (4), don't fragment (2), more fragments (1)
 * @param fragmentOffset in units of 8 bytes, 0 to 8191
 * @param timeToLive hops left, 0 to 255
 * @param nextProtocol what is inside
 * @param checksum over the header
 * @param source the sender
 * @param destination the receiver
 * @param options a multiple of 4 bytes, at most 40
 */
public record Ipv4(
        int typeOfService,
        int totalLength,
        int identification,
        int flags,
        int fragmentOffset,
        int timeToLive,
        IpProtocol nextProtocol,
        int checksum,
        Ipv4Address source,
        Ipv4Address destination,
        Bytes options)
        implements Header {
    static final int VERSION_AND_IHL = 0;
    static final int TYPE_OF_SERVICE = VERSION_AND_IHL + 1;
    static final int TOTAL_LENGTH = TYPE_OF_SERVICE + 1;
    static final int IDENTIFICATION = TOTAL_LENGTH + 2;
    static final int FLAGS_AND_OFFSET = IDENTIFICATION + 2;
    static final int TIME_TO_LIVE = FLAGS_AND_OFFSET + 2;
    static final int PROTOCOL = TIME_TO_LIVE + 1;
    static final int CHECKSUM = PROTOCOL + 1;
    static final int SOURCE = CHECKSUM + 2;
    static final int DESTINATION = SOURCE + Ipv4Address.LENGTH;
    static final int OPTIONS = DESTINATION + Ipv4Address.LENGTH;
    /** Bytes on the wire without options. */
    public static final int MIN_LENGTH = OPTIONS;
    /** Bytes that options may have at most: IHL counts up to fifteen words. */
    public static final int MAX_OPTIONS = 40;
    /** Bytes that a datagram may have at most, header included, RFC 791 section 3.1. */
    public static final int MAX_TOTAL_LENGTH = 0xffff;

    static final int VERSION = 4;
    static final int WORD = 4;
    static final int FLAGS_SHIFT = 13;
    static final int OFFSET_MASK = 0x1fff;

    /** Flag: must be zero, RFC 791 section 3.1. */
    public static final int FLAG_RESERVED = 4;
    /** Flag: the datagram must not be fragmented. */
    public static final int FLAG_DONT_FRAGMENT = 2;
    /** Flag: this is not the last fragment. */
    public static final int FLAG_MORE_FRAGMENTS = 1;

    /** Bytes that a fragment offset counts by. */
    public static final int FRAGMENT_UNIT = 8;

    private static final int DEFAULT_TIME_TO_LIVE = 64;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits, or options are no multiple of 4 bytes or over 40
     */
    public Ipv4 {
        Ranges.checkBits("IPv4 type of service", typeOfService, 8);
        Ranges.checkBits("IPv4 total length", totalLength, 16);
        Ranges.checkBits("IPv4 identification", identification, 16);
        Ranges.checkBits("IPv4 flags", flags, 3);
        Ranges.checkBits("IPv4 fragment offset", fragmentOffset, 13);
        Ranges.checkBits("IPv4 time to live", timeToLive, 8);
        Ranges.checkBits("IPv4 checksum", checksum, 16);
        Ranges.checkOptions("IPv4 options", options, MAX_OPTIONS);
    }

    /** Begins a header with its source; the rest has the usual values, and encoding fills in what follows from them. */
    public static From from(Ipv4Address source) {
        return new From(source);
    }

    /** Begins a header with its source in dotted decimal notation. */
    public static From from(String source) {
        return from(Ipv4Address.of(source));
    }

    /**
     * A header that lacks its destination.
     *
     * @param source the sender
     */
    public record From(Ipv4Address source) {
        /** Completes the header: time to live 64, no flags, no options. */
        public Ipv4 to(Ipv4Address destination) {
            return new Ipv4(
                    0, 0, 0, 0, 0, DEFAULT_TIME_TO_LIVE, new IpProtocol(0), 0, source, destination, Bytes.EMPTY);
        }

        /** Completes the header with its destination in dotted decimal notation. */
        public Ipv4 to(String destination) {
            return to(Ipv4Address.of(destination));
        }
    }

    /** The same header with another identification. */
    public Ipv4 withIdentification(int id) {
        return new Ipv4(
                typeOfService,
                totalLength,
                id,
                flags,
                fragmentOffset,
                timeToLive,
                nextProtocol,
                checksum,
                source,
                destination,
                options);
    }

    /** The same header with other flags and another fragment offset in units of 8 bytes. */
    public Ipv4 withFragment(int newFlags, int newOffset) {
        return new Ipv4(
                typeOfService,
                totalLength,
                identification,
                newFlags,
                newOffset,
                timeToLive,
                nextProtocol,
                checksum,
                source,
                destination,
                options);
    }

    /** The same header with another time to live. */
    public Ipv4 withTimeToLive(int hops) {
        return new Ipv4(
                typeOfService,
                totalLength,
                identification,
                flags,
                fragmentOffset,
                hops,
                nextProtocol,
                checksum,
                source,
                destination,
                options);
    }

    /** The same header with another next protocol. */
    public Ipv4 withNextProtocol(IpProtocol next) {
        return new Ipv4(
                typeOfService,
                totalLength,
                identification,
                flags,
                fragmentOffset,
                timeToLive,
                next,
                checksum,
                source,
                destination,
                options);
    }

    /** The same header with options. */
    public Ipv4 withOptions(Bytes newOptions) {
        return new Ipv4(
                typeOfService,
                totalLength,
                identification,
                flags,
                fragmentOffset,
                timeToLive,
                nextProtocol,
                checksum,
                source,
                destination,
                newOptions);
    }

    /** The same header with options. */
    public Ipv4 withOptions(Ipv4Option... newOptions) {
        return withOptions(Ipv4Option.write(newOptions));
    }

    /** The options one by one. */
    public List<Ipv4Option> optionList() {
        return Ipv4Option.read(options);
    }

    @Override
    public Ipv4Protocol protocol() {
        return Ipv4Protocol.INSTANCE;
    }

    @Override
    public int length() {
        return MIN_LENGTH + options.length();
    }

    @Override
    public int maxLength() {
        return MAX_TOTAL_LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put8(frame, offset + VERSION_AND_IHL, VERSION << 4 | length() / WORD);
        BigEndian.put8(frame, offset + TYPE_OF_SERVICE, typeOfService);
        BigEndian.put16(frame, offset + TOTAL_LENGTH, totalLength);
        BigEndian.put16(frame, offset + IDENTIFICATION, identification);
        BigEndian.put16(frame, offset + FLAGS_AND_OFFSET, flags << FLAGS_SHIFT | fragmentOffset);
        BigEndian.put8(frame, offset + TIME_TO_LIVE, timeToLive);
        BigEndian.put8(frame, offset + PROTOCOL, nextProtocol.code());
        BigEndian.put16(frame, offset + CHECKSUM, checksum);
        BigEndian.put32(frame, offset + SOURCE, source.bits());
        BigEndian.put32(frame, offset + DESTINATION, destination.bits());
        options.copyTo(frame, offset + OPTIONS);
    }

    @Override
    public void complete(Completion completion) {
        byte[] frame = completion.frame();
        int offset = completion.offset();
        Ranges.checkBits("IPv4 total length", completion.length(), 16);
        BigEndian.put16(frame, offset + TOTAL_LENGTH, completion.length());
        BigEndian.put8(frame, offset + PROTOCOL, completion.nextCode(Binding.IP_PROTOCOL, nextProtocol.code()));
        BigEndian.put16(frame, offset + CHECKSUM, 0);
        long sum = InternetChecksum.sum(frame, offset, offset + length(), 0);
        BigEndian.put16(frame, offset + CHECKSUM, InternetChecksum.complement(sum));
    }

    /** The last address of a source route that is not exhausted, RFC 791 section 3.1; without one, the destination. */
    public Ipv4Address finalDestination() {
        byte[] bytes = options.toArray();
        int last = SourceRoute.lastAddress(bytes, 0, bytes.length);
        return last == SourceRoute.NONE ? destination : new Ipv4Address(BigEndian.i32(bytes, last));
    }

    @Override
    public String toString() {
        return new HeaderText("IPv4 " + source + " → " + destination)
                .number("protocol", nextProtocol.code(), 0)
                .number("TTL", timeToLive, -1)
                .hex("type of service", typeOfService, 2, 0)
                .number("length", totalLength, 0)
                .hex("id", identification, 4, 0)
                .when((flags & FLAG_DONT_FRAGMENT) != 0, "don't fragment")
                .when((flags & FLAG_MORE_FRAGMENTS) != 0, "more fragments")
                .when((flags & FLAG_RESERVED) != 0, "reserved flag")
                .number("fragment at", (long) fragmentOffset * FRAGMENT_UNIT, 0)
                .hex("checksum", checksum, 4, 0)
                .when(!options.isEmpty(), "options " + optionList())
                .toString();
    }
}
