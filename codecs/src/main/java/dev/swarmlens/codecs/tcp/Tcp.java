package dev.swarmlens.codecs.tcp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ranges;
import java.util.List;
import java.util.StringJoiner;

/**
 * TCP header, RFC 9293 section 3.1.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source port          |       Destination port        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Sequence number                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Acknowledgment number                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Offset |         Flags         |            Window             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Checksum            |        Urgent pointer         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            Options                           ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The data offset follows from the options.
 *
 * @param sourcePort 0 to 65535
 * @param destinationPort 0 to 65535
 * @param sequenceNumber 0 to 2^32 − 1
 * @param acknowledgmentNumber 0 to 2^32 − 1
 * @param flags all twelve bits after the data offset, reserved ones included; see the {@code FLAG_} constants
 * @param window as it stands in the header, not scaled, 0 to 65535
 * @param checksum over pseudo-header, header and data
 * @param urgentPointer 0 to 65535
 * @param options a multiple of 4 bytes, at most 40
 */
public record Tcp(
        int sourcePort,
        int destinationPort,
        long sequenceNumber,
        long acknowledgmentNumber,
        int flags,
        int window,
        int checksum,
        int urgentPointer,
        Bytes options)
        implements Header {
    static final int SOURCE_PORT = 0;
    static final int DESTINATION_PORT = SOURCE_PORT + 2;
    static final int SEQUENCE_NUMBER = DESTINATION_PORT + 2;
    static final int ACKNOWLEDGMENT_NUMBER = SEQUENCE_NUMBER + 4;
    static final int OFFSET_AND_FLAGS = ACKNOWLEDGMENT_NUMBER + 4;
    static final int WINDOW = OFFSET_AND_FLAGS + 2;
    static final int CHECKSUM = WINDOW + 2;
    static final int URGENT_POINTER = CHECKSUM + 2;
    static final int OPTIONS = URGENT_POINTER + 2;
    /** Bytes on the wire without options. */
    public static final int MIN_LENGTH = OPTIONS;
    /** Bytes that options may have at most: the data offset counts up to fifteen words. */
    public static final int MAX_OPTIONS = 40;

    static final int WORD = 4;
    static final int OFFSET_SHIFT = 12;
    static final int FLAGS_MASK = 0xfff;

    /** No more data from the sender. */
    public static final int FLAG_FIN = 0x01;
    /** Synchronise sequence numbers. */
    public static final int FLAG_SYN = 0x02;
    /** Reset the connection. */
    public static final int FLAG_RST = 0x04;
    /** Push. */
    public static final int FLAG_PSH = 0x08;
    /** The acknowledgment number is valid. */
    public static final int FLAG_ACK = 0x10;
    /** The urgent pointer is valid. */
    public static final int FLAG_URG = 0x20;
    /** Congestion has been experienced, RFC 3168 section 6.1. */
    public static final int FLAG_ECE = 0x40;
    /** The congestion window has been reduced, RFC 3168 section 6.1. */
    public static final int FLAG_CWR = 0x80;

    /** Lowest bit first. */
    private static final List<String> FLAG_NAMES = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR");

    private static final int DEFAULT_WINDOW = 64240;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into its bits, or options are no multiple of 4 bytes or over 40
     */
    public Tcp {
        Ranges.checkBits("TCP source port", sourcePort, 16);
        Ranges.checkBits("TCP destination port", destinationPort, 16);
        Ranges.checkBits("TCP sequence number", sequenceNumber, 32);
        Ranges.checkBits("TCP acknowledgment number", acknowledgmentNumber, 32);
        Ranges.checkBits("TCP flags", flags, 12);
        Ranges.checkBits("TCP window", window, 16);
        Ranges.checkBits("TCP checksum", checksum, 16);
        Ranges.checkBits("TCP urgent pointer", urgentPointer, 16);
        Ranges.checkOptions("TCP options", options, MAX_OPTIONS);
    }

    /** Begins a header with its source port; the checksum is filled in on encoding. */
    public static From from(int sourcePort) {
        return new From(sourcePort);
    }

    /**
     * A header that lacks its destination port.
     *
     * @param sourcePort 0 to 65535
     */
    public record From(int sourcePort) {
        /** Completes the header with its destination port: no flags, sequence number 0, no options. */
        public Tcp to(int destinationPort) {
            return new Tcp(sourcePort, destinationPort, 0, 0, 0, DEFAULT_WINDOW, 0, 0, Bytes.EMPTY);
        }
    }

    /** The same header with other flags. */
    public Tcp withFlags(int newFlags) {
        return new Tcp(
                sourcePort,
                destinationPort,
                sequenceNumber,
                acknowledgmentNumber,
                newFlags,
                window,
                checksum,
                urgentPointer,
                options);
    }

    /** The same header with other sequence and acknowledgment numbers. */
    public Tcp withNumbers(long newSequence, long newAcknowledgment) {
        return new Tcp(
                sourcePort,
                destinationPort,
                newSequence,
                newAcknowledgment,
                flags,
                window,
                checksum,
                urgentPointer,
                options);
    }

    /** The same header with other options. */
    public Tcp withOptions(Bytes newOptions) {
        return new Tcp(
                sourcePort,
                destinationPort,
                sequenceNumber,
                acknowledgmentNumber,
                flags,
                window,
                checksum,
                urgentPointer,
                newOptions);
    }

    /** The same header with other options, for example {@code new MaximumSegmentSize(1410), new SackPermitted()}. */
    public Tcp withOptions(TcpOption... newOptions) {
        return withOptions(TcpOption.write(newOptions));
    }

    /** The options one by one. */
    public List<TcpOption> optionList() {
        return TcpOption.read(options);
    }

    /** The same header with another window, not scaled. */
    public Tcp withWindow(int newWindow) {
        return new Tcp(
                sourcePort,
                destinationPort,
                sequenceNumber,
                acknowledgmentNumber,
                flags,
                newWindow,
                checksum,
                urgentPointer,
                options);
    }

    /**
     * The names of flags.
     *
     * @param flags all twelve bits; reserved ones are printed as a number
     * @return for example {@code [SYN,ACK]}
     */
    public static String flagsText(int flags) {
        StringJoiner names = new StringJoiner(",", "[", "]");
        for (int bit = 0; bit < FLAG_NAMES.size(); bit++) {
            if ((flags & 1 << bit) != 0) {
                names.add(FLAG_NAMES.get(bit));
            }
        }
        int reserved = flags >>> FLAG_NAMES.size() << FLAG_NAMES.size();
        return (reserved == 0 ? names : names.add(HeaderText.hex(reserved, 3))).toString();
    }

    @Override
    public TcpProtocol protocol() {
        return TcpProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return MIN_LENGTH + options.length();
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put16(frame, offset + SOURCE_PORT, sourcePort);
        BigEndian.put16(frame, offset + DESTINATION_PORT, destinationPort);
        BigEndian.put32(frame, offset + SEQUENCE_NUMBER, (int) sequenceNumber);
        BigEndian.put32(frame, offset + ACKNOWLEDGMENT_NUMBER, (int) acknowledgmentNumber);
        BigEndian.put16(frame, offset + OFFSET_AND_FLAGS, (length() / WORD) << OFFSET_SHIFT | flags);
        BigEndian.put16(frame, offset + WINDOW, window);
        BigEndian.put16(frame, offset + CHECKSUM, checksum);
        BigEndian.put16(frame, offset + URGENT_POINTER, urgentPointer);
        options.copyTo(frame, offset + OPTIONS);
    }

    @Override
    public void complete(Completion completion) {
        byte[] frame = completion.frame();
        int offset = completion.offset();
        BigEndian.put16(frame, offset + CHECKSUM, 0);
        long pseudoHeader = completion.pseudoHeaderSum(IpProtocol.TCP.code());
        long sum = InternetChecksum.sum(frame, offset, completion.end(), pseudoHeader);
        BigEndian.put16(frame, offset + CHECKSUM, InternetChecksum.complement(sum));
    }

    @Override
    public String toString() {
        return new HeaderText("TCP " + sourcePort + " → " + destinationPort + " " + flagsText(flags))
                .number("seq", sequenceNumber, -1)
                .number("ack", acknowledgmentNumber, 0)
                .number("win", window, -1)
                .hex("checksum", checksum, 4, 0)
                .number("urgent", urgentPointer, 0)
                .when(!options.isEmpty(), "options " + optionList())
                .toString();
    }
}
