package dev.swarmlens.capture;

import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import java.util.Objects;

/**
 * One captured frame: a cursor that a reader moves from packet to packet, so that a pass over a capture allocates nothing.
 *
 * <p>The bytes belong to the reader. They are valid until the next call of {@link CaptureReader#next} and must not be
 * written to; what is outside {@link #start()} to {@link #end()} is none of the frame's business. Whoever needs a frame for
 * longer copies it.
 *
 * <p>Not thread-safe.
 */
public final class Frame {
    /** What {@link #timeNanos()} says if a frame has no time: no time that a capture can hold. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final byte[] EMPTY = {};
    private static final int UNKNOWN = -1;

    private byte[] bytes = EMPTY;
    private int start;
    private int end;
    private int wireLength;
    private long timeNanos = NO_TIME;
    private LinkType linkType = LinkType.ETHERNET;
    private int interfaceId;
    private int interfaceIndex;
    private long number;
    private long offset;
    /** Where in the array the options of a pcapng block lie, which are read when somebody asks. */
    private int optionsStart;

    private int optionsEnd;
    private boolean optionsBigEndian;
    private int dropCount = UNKNOWN;

    /** Creates a frame without bytes and without a time. */
    public Frame() {}

    /** The array in which the captured bytes lie, from {@link #start()} to {@link #end()}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the first captured byte is. */
    public int start() {
        return start;
    }

    /** Where the captured bytes end: the index behind the last one. */
    public int end() {
        return end;
    }

    /**
     * How many bytes were captured.
     *
     * @return {@code end() - start()}
     */
    public int capturedLength() {
        return end - start;
    }

    /**
     * How many bytes the frame had on the wire.
     *
     * @return the length as the file says it, which is usually, but not in every broken file, at least
     *     {@link #capturedLength()}; claims over 2^31 − 1 read as 2^31 − 1, as tshark prints them
     */
    public int wireLength() {
        return wireLength;
    }

    /**
     * When the frame was captured.
     *
     * @return nanoseconds since 1970-01-01T00:00:00Z, within the years 1677 to 2262; {@link #NO_TIME} if there is none
     */
    public long timeNanos() {
        return timeNanos;
    }

    /**
     * Whether the frame has a time. The frames of pcapng's simple packet blocks have none, nor those whose file gives a time
     * outside the range of {@link #timeNanos()}.
     */
    public boolean hasTime() {
        return timeNanos != NO_TIME;
    }

    /** What the first captured byte is. */
    public LinkType linkType() {
        return linkType;
    }

    /**
     * The interface's number in its section, the same as Wireshark's {@code frame.interface_id}.
     *
     * @return 0 upward; 0 in pcap. In a pcapng file of several sections several interfaces have the same number, see
     *     {@link #interfaceIndex()}
     */
    public int interfaceId() {
        return interfaceId;
    }

    /** The interface's place in {@link CaptureReader#interfaces()}, which counts over all sections. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /**
     * The frame's place in the capture.
     *
     * @return 1 upward
     */
    public long number() {
        return number;
    }

    /** Where the frame's record or block begins, in bytes from the start of the (decompressed) file. */
    public long offset() {
        return offset;
    }

    /**
     * Finds the frame's layers.
     *
     * @param layers receives the result, good as long as the frame
     */
    public void dissect(Dissector dissector, Layers layers) {
        dissector.dissect(bytes, start, end, wireLength, linkType.code(), layers);
    }

    /** Whether the file says more about the frame than pcap can: comments, flags, hashes, lost packets. */
    public boolean hasOptions() {
        return optionsEnd > optionsStart || dropCount != UNKNOWN;
    }

    /**
     * What the file says about the frame beside its bytes. It is read from the file's bytes with every call.
     *
     * @return {@link PacketOptions#NONE} where there is nothing, as always in pcap
     */
    public PacketOptions options() {
        if (!hasOptions()) {
            return PacketOptions.NONE;
        }
        PacketOptions options =
                PacketOptions.read(new PcapngOptions(bytes, optionsStart, optionsEnd, optionsBigEndian));
        return dropCount == UNKNOWN ? options : options.withDropCount(dropCount);
    }

    /**
     * Puts other bytes into this frame; it has no time and no options afterwards.
     *
     * @param bytes an array that holds the captured bytes; kept, not copied
     * @param start where they begin
     * @param end where they end
     * @param wireLength how many there were on the wire, at least 0
     * @param linkType what the first byte is
     * @throws IndexOutOfBoundsException if {@code start} to {@code end} is no range of {@code bytes}
     */
    public void set(byte[] bytes, int start, int end, int wireLength, LinkType linkType) {
        Objects.checkFromToIndex(start, end, bytes.length);
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.wireLength = wireLength;
        this.linkType = linkType;
        this.timeNanos = NO_TIME;
        this.optionsEnd = 0;
        this.optionsStart = 0;
        this.dropCount = UNKNOWN;
    }

    /** Says where in the array the options of a pcapng block lie; there are none if the start is not before the end. */
    void setOptions(int newStart, int newEnd, boolean bigEndian) {
        this.optionsStart = newStart;
        this.optionsEnd = newEnd;
        this.optionsBigEndian = bigEndian;
    }

    /** Sets the count of lost packets that an obsolete packet block has in its header; -1 if it has none. */
    void setDropCount(int dropCount) {
        this.dropCount = dropCount;
    }

    /**
     * Sets the time.
     *
     * @param timeNanos nanoseconds since 1970-01-01T00:00:00Z, or {@link #NO_TIME}
     */
    public void setTime(long timeNanos) {
        this.timeNanos = timeNanos;
    }

    /**
     * Sets the interface.
     *
     * @param id its number in its section
     * @param index its number over all sections
     */
    public void setInterface(int id, int index) {
        this.interfaceId = id;
        this.interfaceIndex = index;
    }

    /**
     * Sets the place in the capture.
     *
     * @param number 1 upward
     * @param offset where the frame's record begins
     */
    public void setPlace(long number, long offset) {
        this.number = number;
        this.offset = offset;
    }
}
