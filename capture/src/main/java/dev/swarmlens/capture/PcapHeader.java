package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The header of a pcap file, draft-ietf-opsawg-pcap section 4.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         Magic Number                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Major Version         |         Minor Version         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Reserved (time zone)                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              Reserved (accuracy of time stamps)               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            SnapLen                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |FCS len|R|P|    Reserved     |           LinkType              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param format what {@link CaptureReader#format()} says
 * @param lengths in which order the records have their two lengths
 * @param captureInterface the only interface
 */
record PcapHeader(CaptureFormat format, Lengths lengths, CaptureInterface captureInterface) {
    static final int LENGTH = 24;

    private static final int MICROSECONDS_MAGIC = 0xa1b2c3d4;
    private static final int NANOSECONDS_MAGIC = 0xa1b23c4d;
    private static final int MODIFIED_MAGIC = 0xa1b2cd34;

    private static final int MAJOR = 4;
    private static final int MINOR = 6;
    private static final int SNAP_LENGTH = 16;
    private static final int LINK_TYPE = 20;

    private static final int LINK_TYPE_MASK = 0xffff;
    private static final int FCS_LENGTH_PRESENT = 1 << 26;
    private static final int FCS_LENGTH_SHIFT = 28;
    /** The check sequence is counted in units of 16 bits. */
    private static final int FCS_LENGTH_UNIT = 2;

    private static final int OLDEST_MAJOR = 2;
    /** DG/UX's tcpdump called its version 543.0. */
    private static final int DG_UX_MAJOR = 543;
    /** The minor version in which the two lengths of a record changed places; some of its writers did not follow. */
    private static final int LENGTHS_CHANGED_MINOR = 3;

    /** With {@link #OLDEST_MAJOR} the version that all programs write and read. */
    private static final int MINOR_WRITTEN = 4;

    /** In which order a record has its captured and its original length. */
    enum Lengths {
        CAPTURED_FIRST,
        ORIGINAL_FIRST,
        /** The smaller one is the captured length. */
        EITHER
    }

    /** Whether a file that begins with these four bytes is pcap. */
    static boolean begins(byte[] bytes) {
        return isMagic(Words.i32(bytes, 0, false)) || isMagic(Words.i32(bytes, 0, true));
    }

    private static boolean isMagic(int magic) {
        return magic == MICROSECONDS_MAGIC || magic == NANOSECONDS_MAGIC || magic == MODIFIED_MAGIC;
    }

    /** Reads the header, which is whole in the window and {@linkplain #begins begins} with a magic number, and moves past it. */
    static PcapHeader read(Input input, String name, Compression compression) throws NotACaptureException {
        byte[] bytes = input.bytes();
        int at = input.position();
        boolean bigEndian = isMagic(Words.i32(bytes, at, true));
        int magic = Words.i32(bytes, at, bigEndian);
        int major = Words.u16(bytes, at + MAJOR, bigEndian);
        int minor = Words.u16(bytes, at + MINOR, bigEndian);
        if (major < OLDEST_MAJOR) {
            throw new NotACaptureException(
                    name + " is a pcap file of version " + major + "." + minor + ", older than any that can be read");
        }
        CaptureFormat format = new CaptureFormat(
                magic == MODIFIED_MAGIC ? CaptureFormat.Kind.PCAP_MODIFIED : CaptureFormat.Kind.PCAP,
                bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                Optional.of(magic == NANOSECONDS_MAGIC ? TimeResolution.NANOSECONDS : TimeResolution.MICROSECONDS),
                major,
                minor,
                compression);
        long snapLength = Integer.toUnsignedLong(Words.i32(bytes, at + SNAP_LENGTH, bigEndian));
        int link = Words.i32(bytes, at + LINK_TYPE, bigEndian);
        input.advance(LENGTH);
        return new PcapHeader(format, lengths(major, minor), captureInterface(format, snapLength, link));
    }

    private static CaptureInterface captureInterface(CaptureFormat format, long snapLength, int link) {
        return CaptureInterface.of(new LinkType(link & LINK_TYPE_MASK))
                .snapLength(snapLength)
                .fcsLength(
                        (link & FCS_LENGTH_PRESENT) == 0
                                ? OptionalInt.empty()
                                : OptionalInt.of((link >>> FCS_LENGTH_SHIFT) * FCS_LENGTH_UNIT))
                .timeResolution(format.timeResolution().orElseThrow())
                .build();
    }

    /** What the header says. */
    List<CaptureBlock.Entry> contents() {
        return List.of(
                new CaptureBlock.Entry("format", format.toString()),
                new CaptureBlock.Entry("version", format.majorVersion() + "." + format.minorVersion()),
                new CaptureBlock.Entry("snap length", Long.toString(captureInterface.snapLength())),
                new CaptureBlock.Entry("link type", captureInterface.linkType().toString()));
    }

    /** Writes the header of a file that has one interface. */
    static void write(Output output, TimeResolution resolution, CaptureInterface captureInterface) throws IOException {
        long snapLength = captureInterface.snapLength();
        int link = captureInterface.linkType().code();
        if (captureInterface.fcsLength().isPresent()) {
            link |= FCS_LENGTH_PRESENT | captureInterface.fcsLength().getAsInt() / FCS_LENGTH_UNIT << FCS_LENGTH_SHIFT;
        }
        output.begin();
        output.u32(resolution.equals(TimeResolution.NANOSECONDS) ? NANOSECONDS_MAGIC : MICROSECONDS_MAGIC);
        output.u16(OLDEST_MAJOR);
        output.u16(MINOR_WRITTEN);
        output.u64(0);
        output.u32(snapLength == 0 ? CaptureReader.MAX_CAPTURED : (int) snapLength);
        output.u32(link);
    }

    /** Libpcap's and wiretap's rule for files older than version 2.4. */
    private static Lengths lengths(int major, int minor) {
        if (major == DG_UX_MAJOR || (major == OLDEST_MAJOR && minor < LENGTHS_CHANGED_MINOR)) {
            return Lengths.ORIGINAL_FIRST;
        }
        return major == OLDEST_MAJOR && minor == LENGTHS_CHANGED_MINOR ? Lengths.EITHER : Lengths.CAPTURED_FIRST;
    }
}
