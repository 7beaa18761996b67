package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads the packet records of a pcap file, draft-ietf-opsawg-pcap section 5.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Timestamp (Seconds)                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            Timestamp (Microseconds or nanoseconds)            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Captured Packet Length                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Original Packet Length                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Interface (modified format only, skipped)            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Protocol, packet type, padding (modified format only)        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Packet Data                          |
 * </pre>
 */
final class PcapReader extends CaptureReader implements RecordSearch.Records {
    private static final int FRACTION = 4;
    private static final int FIRST_LENGTH = 8;
    private static final int SECOND_LENGTH = 12;
    private static final int RECORD_HEADER = 16;
    private static final int MODIFIED_RECORD_HEADER = 24;

    /** How long a packet may have been on the wire, in bytes, for its record to be plausible. */
    private static final int MAX_PLAUSIBLE = 1024 * 1024;
    /** How far the times of two packets in a row may be apart, in seconds, for their records to be plausible. */
    private static final long MAX_PAUSE = 24 * 60 * 60;

    static final long NANOS_PER_SECOND = 1_000_000_000L;
    static final long NANOS_PER_MICROSECOND = 1_000;

    private final Input input;
    private final PcapHeader header;
    private final boolean bigEndian;
    private final int recordHeader;
    private final long nanosPerFraction;
    private final LinkType linkType;
    private final PcapHeader.Lengths lengths;
    private long number;

    /** Reads on behind the file's header. */
    PcapReader(Input input, PcapHeader header) {
        super(input);
        this.input = input;
        this.header = header;
        CaptureFormat format = header.format();
        bigEndian = format.byteOrder() == ByteOrder.BIG_ENDIAN;
        recordHeader = format.kind() == CaptureFormat.Kind.PCAP_MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER;
        nanosPerFraction = header.captureInterface().timeResolution().equals(TimeResolution.NANOSECONDS)
                ? 1
                : NANOS_PER_MICROSECOND;
        linkType = header.captureInterface().linkType();
        lengths = header.lengths();
    }

    @Override
    public boolean next(Frame frame) throws IOException {
        while (!ended()) {
            if (!endsAtLimit() && read(frame)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a record; returns false if there is none, and ends or moves on. */
    private boolean read(Frame frame) throws IOException {
        long offset = input.offset();
        if (!input.require(recordHeader)) {
            int left = input.available();
            if (left == 0) {
                end();
            } else {
                damaged(Damage.cut("the header of the packet record", offset, recordHeader, left));
            }
            return false;
        }
        if (resyncs() && isBlank(input.position())) {
            damaged(new Damage(
                    offset, "the header of the packet record at offset " + offset + " holds nothing but zeros"));
            return false;
        }
        int captured = captured(input.position());
        if (Integer.compareUnsigned(captured, MAX_CAPTURED) > 0) {
            damaged(new Damage(
                    offset,
                    "the packet record at offset " + offset + " claims " + Integer.toUnsignedString(captured)
                            + " captured bytes, more than the " + MAX_CAPTURED + " that a packet may have"));
            return false;
        }
        int length = recordHeader + captured;
        if (!input.require(length)) {
            damaged(Damage.cut("the packet record", offset, length, input.available()));
            return false;
        }
        int at = input.position();
        int original = original(at);
        frame.set(input.bytes(), at + recordHeader, at + length, original < 0 ? Integer.MAX_VALUE : original, linkType);
        frame.setTime(seconds(at) * NANOS_PER_SECOND + fraction(at) * nanosPerFraction);
        frame.setInterface(0, 0);
        number++;
        frame.setPlace(number, offset);
        if (isObserved()) {
            observe(offset, length, "packet record", contents(frame));
        }
        input.advance(length);
        return true;
    }

    private static List<CaptureBlock.Entry> contents(Frame frame) {
        return List.of(
                new CaptureBlock.Entry("time", OptionNames.seconds(frame.timeNanos())),
                new CaptureBlock.Entry("captured", Integer.toString(frame.capturedLength())),
                new CaptureBlock.Entry("original", Integer.toString(frame.wireLength())));
    }

    @Override
    public CaptureReader describeTo(Consumer<CaptureBlock> observer) {
        super.describeTo(observer);
        observe(0, PcapHeader.LENGTH, "file header", header.contents());
        return this;
    }

    /** Whether a header is a hole in the file: it would do for an empty packet, and so would all that are in the hole. */
    private boolean isBlank(int at) {
        return (word(at) | word(at + FRACTION) | word(at + FIRST_LENGTH) | word(at + SECOND_LENGTH)) == 0;
    }

    private long seconds(int at) {
        return Integer.toUnsignedLong(word(at));
    }

    private long fraction(int at) {
        return Integer.toUnsignedLong(word(at + FRACTION));
    }

    private int captured(int at) {
        return word(at + (isOriginalFirst(at) ? SECOND_LENGTH : FIRST_LENGTH));
    }

    private int original(int at) {
        return word(at + (isOriginalFirst(at) ? FIRST_LENGTH : SECOND_LENGTH));
    }

    private boolean isOriginalFirst(int at) {
        return lengths != PcapHeader.Lengths.CAPTURED_FIRST
                && (lengths == PcapHeader.Lengths.ORIGINAL_FIRST
                        || Integer.compareUnsigned(word(at + FIRST_LENGTH), word(at + SECOND_LENGTH)) > 0);
    }

    private int word(int at) {
        return Words.i32(input.bytes(), at, bigEndian);
    }

    @Override
    public int step() {
        return 1;
    }

    @Override
    public int plausibleLength(int ahead, int before) throws IOException {
        if (!input.require(ahead + recordHeader)) {
            return RecordSearch.FILE_ENDS;
        }
        int at = input.position() + ahead;
        int captured = captured(at);
        int original = original(at);
        boolean plausible = captured > 0
                && captured <= MAX_CAPTURED
                && captured <= original
                && original <= MAX_PLAUSIBLE
                && fraction(at) * nanosPerFraction < NANOS_PER_SECOND
                && (before < 0 || Math.abs(seconds(at) - seconds(input.position() + before)) <= MAX_PAUSE);
        return plausible ? recordHeader + captured : RecordSearch.IMPLAUSIBLE;
    }

    @Override
    RecordSearch search() {
        return new RecordSearch(input, this);
    }

    @Override
    CaptureReader at(Input place) {
        return new PcapReader(place, header);
    }

    @Override
    boolean understandsLike(CaptureReader other) {
        return true;
    }

    @Override
    public CaptureFormat format() {
        return header.format();
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return List.of(header.captureInterface());
    }

    @Override
    public List<CaptureSection> sections() {
        return List.of();
    }

    @Override
    public SortedMap<BlockType, Long> blockCounts() {
        return Collections.unmodifiableSortedMap(new TreeMap<>());
    }
}
