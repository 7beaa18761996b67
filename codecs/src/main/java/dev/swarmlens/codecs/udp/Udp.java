package dev.swarmlens.codecs.udp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.HeaderText;
import dev.swarmlens.codecs.InternetChecksum;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Ranges;

/**
 * UDP header, RFC 768.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source port          |       Destination port        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            Length             |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param sourcePort 0 to 65535
 * @param destinationPort 0 to 65535
 * @param datagramLength the length of header and data in bytes, as the header says it
 * @param checksum over pseudo-header, header and data; 0 if the sender made none
 */
public record Udp(int sourcePort, int destinationPort, int datagramLength, int checksum) implements Header {
    static final int SOURCE_PORT = 0;
    static final int DESTINATION_PORT = SOURCE_PORT + 2;
    static final int DATAGRAM_LENGTH = DESTINATION_PORT + 2;
    static final int CHECKSUM = DATAGRAM_LENGTH + 2;
    /** Bytes on the wire. */
    public static final int LENGTH = CHECKSUM + 2;

    /** Bytes that a datagram may have at most, header included, RFC 768. */
    public static final int MAX_DATAGRAM_LENGTH = 0xffff;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit into 16 bits
     */
    public Udp {
        Ranges.checkBits("UDP source port", sourcePort, 16);
        Ranges.checkBits("UDP destination port", destinationPort, 16);
        Ranges.checkBits("UDP length", datagramLength, 16);
        Ranges.checkBits("UDP checksum", checksum, 16);
    }

    /** Begins a header with its source port; length and checksum are filled in on encoding. */
    public static From from(int sourcePort) {
        return new From(sourcePort);
    }

    /**
     * A header that lacks its destination port.
     *
     * @param sourcePort 0 to 65535
     */
    public record From(int sourcePort) {
        /** Completes the header with its destination port. */
        public Udp to(int destinationPort) {
            return new Udp(sourcePort, destinationPort, 0, 0);
        }
    }

    /** The same header with another length field. */
    public Udp withDatagramLength(int newLength) {
        return new Udp(sourcePort, destinationPort, newLength, checksum);
    }

    /** The same header with another checksum. */
    public Udp withChecksum(int newChecksum) {
        return new Udp(sourcePort, destinationPort, datagramLength, newChecksum);
    }

    @Override
    public UdpProtocol protocol() {
        return UdpProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public int maxLength() {
        return MAX_DATAGRAM_LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put16(frame, offset + SOURCE_PORT, sourcePort);
        BigEndian.put16(frame, offset + DESTINATION_PORT, destinationPort);
        BigEndian.put16(frame, offset + DATAGRAM_LENGTH, datagramLength);
        BigEndian.put16(frame, offset + CHECKSUM, checksum);
    }

    @Override
    public void complete(Completion completion) {
        byte[] frame = completion.frame();
        int offset = completion.offset();
        Ranges.checkBits("UDP length", completion.length(), 16);
        BigEndian.put16(frame, offset + DATAGRAM_LENGTH, completion.length());
        BigEndian.put16(frame, offset + CHECKSUM, 0);
        long pseudoHeader = completion.pseudoHeaderSum(IpProtocol.UDP.code());
        int sum = InternetChecksum.complement(InternetChecksum.sum(frame, offset, completion.end(), pseudoHeader));
        // zero would say that there is no checksum
        BigEndian.put16(frame, offset + CHECKSUM, sum == 0 ? 0xffff : sum);
    }

    @Override
    public String toString() {
        return new HeaderText("UDP " + sourcePort + " → " + destinationPort)
                .number("length", datagramLength, 0)
                .hex("checksum", checksum, 4, 0)
                .toString();
    }
}
