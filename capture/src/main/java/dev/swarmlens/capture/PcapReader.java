package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
final class PcapReader extends CaptureReader {
    private static final int FRACTION = 4;
    private static final int FIRST_LENGTH = 8;
    private static final int SECOND_LENGTH = 12;
    private static final int RECORD_HEADER = 16;
    private static final int MODIFIED_RECORD_HEADER = 24;

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
        if (ended()) {
            return false;
        }
        long offset = input.offset();
        if (!input.require(recordHeader)) {
            int left = input.available();
            return left == 0 ? end() : end(Damage.cut("the header of the packet record", offset, recordHeader, left));
        }
        byte[] bytes = input.bytes();
        int at = input.position();
        int captured = Words.i32(bytes, at + FIRST_LENGTH, bigEndian);
        int original = Words.i32(bytes, at + SECOND_LENGTH, bigEndian);
        if (lengths != PcapHeader.Lengths.CAPTURED_FIRST
                && (lengths == PcapHeader.Lengths.ORIGINAL_FIRST || Integer.compareUnsigned(captured, original) > 0)) {
            int first = captured;
            captured = original;
            original = first;
        }
        if (Integer.compareUnsigned(captured, MAX_CAPTURED) > 0) {
            return end(new Damage(
                    offset,
                    "the packet record at offset " + offset + " claims " + Integer.toUnsignedString(captured)
                            + " captured bytes, more than the " + MAX_CAPTURED + " that a packet may have"));
        }
        int length = recordHeader + captured;
        if (!input.require(length)) {
            return end(Damage.cut("the packet record", offset, length, input.available()));
        }
        bytes = input.bytes();
        at = input.position();
        frame.set(bytes, at + recordHeader, at + length, original < 0 ? Integer.MAX_VALUE : original, linkType);
        frame.setTime(Integer.toUnsignedLong(Words.i32(bytes, at, bigEndian)) * NANOS_PER_SECOND
                + Integer.toUnsignedLong(Words.i32(bytes, at + FRACTION, bigEndian)) * nanosPerFraction);
        frame.setInterface(0, 0);
        number++;
        frame.setPlace(number, offset);
        input.advance(length);
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
