package dev.swarmlens.codecs.tcp;

import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.View;

/** A view of a {@link Tcp} header. */
public final class TcpView extends View {
    private static final int OPTION_END = 0;
    private static final int OPTION_NO_OPERATION = 1;
    private static final int OPTION_MAXIMUM_SEGMENT_SIZE = 2;
    private static final int OPTION_TIMESTAMPS = 8;
    private static final int TIMESTAMPS_LENGTH = 10;
    private static final int MAXIMUM_SEGMENT_SIZE_LENGTH = 4;
    private static final int OPTION_VALUE = 2;

    /** What option accessors return if the header does not have the option. */
    public static final long ABSENT = -1;

    /** The source port, 0 to 65535. */
    public int sourcePort() {
        return u16(Tcp.SOURCE_PORT);
    }

    /** The destination port, 0 to 65535. */
    public int destinationPort() {
        return u16(Tcp.DESTINATION_PORT);
    }

    /** The sequence number, 0 to 2^32 − 1. */
    public long sequenceNumber() {
        return u32(Tcp.SEQUENCE_NUMBER);
    }

    /** The acknowledgment number, 0 to 2^32 − 1. */
    public long acknowledgmentNumber() {
        return u32(Tcp.ACKNOWLEDGMENT_NUMBER);
    }

    /** Whether the checksum fits. */
    public ChecksumStatus checksumStatus() {
        demand(Tcp.CHECKSUM + 2);
        return transportChecksum(IpProtocol.TCP.code());
    }

    @Override
    public int headerLength() {
        return (u16(Tcp.OFFSET_AND_FLAGS) >>> Tcp.OFFSET_SHIFT) * Tcp.WORD;
    }

    /** All twelve flag bits, reserved ones included. */
    public int flags() {
        return u16(Tcp.OFFSET_AND_FLAGS) & Tcp.FLAGS_MASK;
    }

    /** The window as it stands in the header, not scaled. */
    public int window() {
        return u16(Tcp.WINDOW);
    }

    /** The checksum. */
    public int checksum() {
        return u16(Tcp.CHECKSUM);
    }

    /** The urgent pointer. */
    public int urgentPointer() {
        return u16(Tcp.URGENT_POINTER);
    }

    /** The maximum segment size option in bytes, RFC 9293 section 3.2, or {@link #ABSENT}. */
    public long maximumSegmentSize() {
        int at = findOption(OPTION_MAXIMUM_SEGMENT_SIZE, MAXIMUM_SEGMENT_SIZE_LENGTH);
        return at < 0 ? ABSENT : u16(at + OPTION_VALUE);
    }

    /** The timestamp value of the timestamps option, RFC 7323 section 3, or {@link #ABSENT}. */
    public long timestampValue() {
        int at = findOption(OPTION_TIMESTAMPS, TIMESTAMPS_LENGTH);
        return at < 0 ? ABSENT : u32(at + OPTION_VALUE);
    }

    private int findOption(int kind, int length) {
        int end = headerLength();
        int at = Tcp.OPTIONS;
        while (at < end) {
            int found = u8(at);
            if (found == OPTION_NO_OPERATION) {
                at++;
                continue;
            }
            if (found == OPTION_END || at + 1 >= end) {
                return -1;
            }
            int foundLength = u8(at + 1);
            if (foundLength < OPTION_VALUE || at + foundLength > end) {
                return -1;
            }
            if (found == kind && foundLength == length) {
                return at;
            }
            at += foundLength;
        }
        return -1;
    }

    @Override
    public Tcp toHeader() {
        return new Tcp(
                sourcePort(),
                destinationPort(),
                sequenceNumber(),
                acknowledgmentNumber(),
                flags(),
                window(),
                checksum(),
                urgentPointer(),
                bytes(Tcp.OPTIONS, headerLength()));
    }
}
