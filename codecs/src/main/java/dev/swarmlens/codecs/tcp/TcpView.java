package dev.swarmlens.codecs.tcp;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.OptionList;
import dev.swarmlens.codecs.View;
import java.util.Objects;

/** A view of a {@link Tcp} header. */
public final class TcpView extends View {
    private static final int ANY_LENGTH = -1;

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
    @Override
    public ChecksumStatus checksumStatus() {
        demand(Tcp.CHECKSUM + 2);
        return transportChecksum(IpProtocol.TCP.code(), checksum());
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
        int at = findOption(TcpOption.MAXIMUM_SEGMENT_SIZE, OptionList.DATA + 2);
        return at < 0 ? ABSENT : u16(at + OptionList.DATA);
    }

    /** The shift of the window scale option, RFC 7323 section 2.2, 0 to 255, or {@link #ABSENT}. */
    public long windowScale() {
        int at = findOption(TcpOption.WINDOW_SCALE, OptionList.DATA + 1);
        return at < 0 ? ABSENT : u8(at + OptionList.DATA);
    }

    /** Whether there is an option that permits selective acknowledgments, RFC 2018 section 2. */
    public boolean isSackPermitted() {
        return findOption(TcpOption.SACK_PERMITTED, OptionList.DATA) >= 0;
    }

    /** How many blocks the selective acknowledgment option has, RFC 2018 section 3; 0 if there is none. */
    public int sackCount() {
        int at = findOption(TcpOption.SACK, ANY_LENGTH);
        return at < 0 ? 0 : (u8(at + 1) - OptionList.DATA) / TcpOption.Block.LENGTH;
    }

    /**
     * The first sequence number in a selectively acknowledged block.
     *
     * @param index 0 to {@link #sackCount} − 1
     */
    public long sackLeft(int index) {
        return u32(sackBlock(index));
    }

    /**
     * The first sequence number behind a selectively acknowledged block.
     *
     * @param index 0 to {@link #sackCount} − 1
     */
    public long sackRight(int index) {
        return u32(sackBlock(index) + TcpOption.Block.RIGHT);
    }

    private int sackBlock(int index) {
        Objects.checkIndex(index, sackCount());
        return findOption(TcpOption.SACK, ANY_LENGTH) + OptionList.DATA + index * TcpOption.Block.LENGTH;
    }

    /** The timestamp value of the timestamps option, RFC 7323 section 3, or {@link #ABSENT}. */
    public long timestampValue() {
        int at = findOption(TcpOption.TIMESTAMPS, OptionList.DATA + TcpOption.Timestamps.LENGTH);
        return at < 0 ? ABSENT : u32(at + OptionList.DATA);
    }

    /** The timestamp echo reply of the timestamps option, RFC 7323 section 3, or {@link #ABSENT}. */
    public long timestampEchoReply() {
        int at = findOption(TcpOption.TIMESTAMPS, OptionList.DATA + TcpOption.Timestamps.LENGTH);
        return at < 0 ? ABSENT : u32(at + OptionList.DATA + TcpOption.Timestamps.ECHO_REPLY);
    }

    private int findOption(int kind, int length) {
        int end = start() + headerLength();
        int at = OptionList.seek(frame(), start() + Tcp.OPTIONS, end);
        while (at != OptionList.NONE) {
            int foundLength = BigEndian.u8(frame(), at + 1);
            if (BigEndian.u8(frame(), at) == kind && (length == ANY_LENGTH || foundLength == length)) {
                return at - start();
            }
            at = OptionList.seek(frame(), at + foundLength, end);
        }
        return OptionList.NONE;
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
