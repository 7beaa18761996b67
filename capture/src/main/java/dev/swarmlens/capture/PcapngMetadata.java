package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What pcapng's blocks say that hold no packets: sections, interfaces and their statistics, draft-ietf-opsawg-pcapng sections
 * 4.1, 4.2 and 4.6. The
 * block is in the window, and has at least its fixed part.
 */
final class PcapngMetadata {
    /** Length of a section header block without options, its trailing length included. */
    static final int SECTION_LENGTH = 28;
    /** Length of an interface description block without options. */
    static final int INTERFACE_LENGTH = 20;
    /** Length of an interface statistics block without options. */
    static final int STATISTICS_LENGTH = 24;

    static final int SECTION_MAJOR = 12;
    static final int SECTION_MINOR = 14;
    static final int STATISTICS_INTERFACE = 8;

    private static final int INTERFACE_LINK_TYPE = 8;
    private static final int INTERFACE_SNAP_LENGTH = 12;

    private static final int SHB_HARDWARE = 2;
    private static final int SHB_OS = 3;
    private static final int SHB_USERAPPL = 4;

    private static final int IF_NAME = 2;
    private static final int IF_DESCRIPTION = 3;
    private static final int IF_TSRESOL = 9;
    private static final int IF_FILTER = 11;
    private static final int IF_OS = 12;
    private static final int IF_FCSLEN = 13;
    private static final int IF_TSOFFSET = 14;
    private static final int IF_HARDWARE = 15;
    /** The first byte of {@code if_filter} where text follows and not BPF instructions. */
    private static final int FILTER_IS_TEXT = 0;

    private static final int ISB_IFRECV = 4;
    private static final int ISB_IFDROP = 5;
    private static final int ISB_FILTERACCEPT = 6;
    private static final int ISB_OSDROP = 7;
    private static final int ISB_USRDELIV = 8;

    private final PcapngBlock block;

    PcapngMetadata(PcapngBlock block) {
        this.block = block;
    }

    private PcapngOptions options(int fixedLength) {
        int start = block.start() + fixedLength - PcapngBlock.TRAILER;
        int end = block.start() + block.length() - PcapngBlock.TRAILER;
        return new PcapngOptions(block.bytes(), start, end, block.bigEndian());
    }

    CaptureSection section(int number) {
        Optional<String> hardware = Optional.empty();
        Optional<String> operatingSystem = Optional.empty();
        Optional<String> application = Optional.empty();
        List<String> comments = new ArrayList<>();
        PcapngOptions options = options(SECTION_LENGTH);
        while (options.next()) {
            switch (options.code()) {
                case PcapngOptions.COMMENT -> comments.add(options.string());
                case SHB_HARDWARE -> hardware = options.text();
                case SHB_OS -> operatingSystem = options.text();
                case SHB_USERAPPL -> application = options.text();
                default -> {}
            }
        }
        return new CaptureSection(
                number,
                block.offset(),
                block.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                block.half(SECTION_MAJOR),
                block.half(SECTION_MINOR),
                hardware,
                operatingSystem,
                application,
                comments);
    }

    CaptureInterface description(int section, int id) {
        OptionalInt fcsLength = OptionalInt.empty();
        TimeResolution resolution = TimeResolution.MICROSECONDS;
        long timeOffset = 0;
        Optional<String> name = Optional.empty();
        Optional<String> description = Optional.empty();
        Optional<String> hardware = Optional.empty();
        Optional<String> operatingSystem = Optional.empty();
        Optional<String> filter = Optional.empty();
        List<String> comments = new ArrayList<>();
        PcapngOptions options = options(INTERFACE_LENGTH);
        while (options.next()) {
            switch (options.code()) {
                case PcapngOptions.COMMENT -> comments.add(options.string());
                case IF_NAME -> name = options.text();
                case IF_DESCRIPTION -> description = options.text();
                case IF_HARDWARE -> hardware = options.text();
                case IF_OS -> operatingSystem = options.text();
                case IF_TSRESOL -> resolution = options.length() >= 1 ? resolution(options.u8()) : resolution;
                case IF_TSOFFSET -> timeOffset = options.length() >= Long.BYTES ? options.i64() : timeOffset;
                case IF_FCSLEN -> fcsLength = options.length() >= 1 ? fcsLength(options.u8()) : fcsLength;
                case IF_FILTER -> filter = options.length() >= 1 ? filter(options) : filter;
                default -> {}
            }
        }
        return new CaptureInterface(
                section,
                id,
                new LinkType(block.half(INTERFACE_LINK_TYPE)),
                Integer.toUnsignedLong(block.word(INTERFACE_SNAP_LENGTH)),
                fcsLength,
                resolution,
                timeOffset,
                name,
                description,
                hardware,
                operatingSystem,
                filter,
                comments,
                Optional.empty());
    }

    private static TimeResolution resolution(int code) {
        TimeResolution resolution = TimeResolution.ofCode(code);
        return resolution.equals(TimeResolution.MICROSECONDS) ? TimeResolution.MICROSECONDS : resolution;
    }

    /** The draft counts {@code if_fcslen} in bits, but programs write bytes: no check sequence has 8 bytes or more. */
    private static OptionalInt fcsLength(int value) {
        return OptionalInt.of(value < Byte.SIZE ? value : value / Byte.SIZE);
    }

    private static Optional<String> filter(PcapngOptions options) {
        return options.u8() == FILTER_IS_TEXT ? Optional.of(options.string(1)) : Optional.empty();
    }

    InterfaceStatistics statistics(InterfaceStatistics before) {
        OptionalLong received = before.received();
        OptionalLong dropped = before.dropped();
        OptionalLong accepted = before.accepted();
        OptionalLong droppedBySystem = before.droppedBySystem();
        OptionalLong delivered = before.delivered();
        PcapngOptions options = options(STATISTICS_LENGTH);
        while (options.next()) {
            if (options.length() < Long.BYTES) {
                continue;
            }
            OptionalLong count = OptionalLong.of(options.i64());
            switch (options.code()) {
                case ISB_IFRECV -> received = count;
                case ISB_IFDROP -> dropped = count;
                case ISB_FILTERACCEPT -> accepted = count;
                case ISB_OSDROP -> droppedBySystem = count;
                case ISB_USRDELIV -> delivered = count;
                default -> {}
            }
        }
        return new InterfaceStatistics(received, dropped, accepted, droppedBySystem, delivered);
    }
}
