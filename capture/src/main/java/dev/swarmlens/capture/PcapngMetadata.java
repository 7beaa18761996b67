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

    private final BlockCursor block;

    PcapngMetadata(BlockCursor block) {
        this.block = block;
    }

    private PcapngOptions options(int fixedLength) {
        int start = block.start() + fixedLength - BlockCursor.TRAILER;
        int end = block.start() + block.length() - BlockCursor.TRAILER;
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
                case OptionCode.COMMENT -> comments.add(options.string());
                case OptionCode.SHB_HARDWARE -> hardware = options.text();
                case OptionCode.SHB_OS -> operatingSystem = options.text();
                case OptionCode.SHB_USERAPPL -> application = options.text();
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
        CaptureInterface.Builder builder = CaptureInterface.of(new LinkType(block.half(INTERFACE_LINK_TYPE)))
                .place(section, id)
                .snapLength(Integer.toUnsignedLong(block.word(INTERFACE_SNAP_LENGTH)));
        List<String> comments = new ArrayList<>();
        PcapngOptions options = options(INTERFACE_LENGTH);
        while (options.next()) {
            int length = options.length();
            switch (options.code()) {
                case OptionCode.COMMENT -> comments.add(options.string());
                case OptionCode.IF_NAME -> builder.name(options.string());
                case OptionCode.IF_DESCRIPTION -> builder.description(options.string());
                case OptionCode.IF_HARDWARE -> builder.hardware(options.string());
                case OptionCode.IF_OS -> builder.operatingSystem(options.string());
                case OptionCode.IF_TSRESOL -> {
                    if (length >= Byte.BYTES) {
                        builder.timeResolution(resolution(options.u8()));
                    }
                }
                case OptionCode.IF_TSOFFSET -> {
                    if (length >= Long.BYTES) {
                        builder.timeOffset(options.i64());
                    }
                }
                case OptionCode.IF_FCSLEN -> {
                    if (length >= Byte.BYTES) {
                        builder.fcsLength(fcsLength(options.u8()));
                    }
                }
                case OptionCode.IF_FILTER -> {
                    if (length >= Byte.BYTES && options.u8() == OptionCode.FILTER_IS_TEXT) {
                        builder.filter(options.string(1));
                    }
                }
                default -> {}
            }
        }
        return builder.comments(comments).build();
    }

    private static TimeResolution resolution(int code) {
        TimeResolution resolution = TimeResolution.ofCode(code);
        return resolution.equals(TimeResolution.MICROSECONDS) ? TimeResolution.MICROSECONDS : resolution;
    }

    /** The draft counts {@code if_fcslen} in bits, but programs write bytes: no check sequence has 8 bytes or more. */
    private static OptionalInt fcsLength(int value) {
        return OptionalInt.of(value < Byte.SIZE ? value : value / Byte.SIZE);
    }

    /**
     * Reads what an interface counted.
     *
     * @param before what earlier blocks said
     * @param clock how the interface's time stamps count
     */
    InterfaceStatistics statistics(InterfaceStatistics before, TickClock clock) {
        OptionalLong start = before.start();
        OptionalLong end = before.end();
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
                case OptionCode.ISB_STARTTIME -> start = time(clock, options);
                case OptionCode.ISB_ENDTIME -> end = time(clock, options);
                case OptionCode.ISB_IFRECV -> received = count;
                case OptionCode.ISB_IFDROP -> dropped = count;
                case OptionCode.ISB_FILTERACCEPT -> accepted = count;
                case OptionCode.ISB_OSDROP -> droppedBySystem = count;
                case OptionCode.ISB_USRDELIV -> delivered = count;
                default -> {}
            }
        }
        return new InterfaceStatistics(start, end, received, dropped, accepted, droppedBySystem, delivered);
    }

    private static OptionalLong time(TickClock clock, PcapngOptions options) {
        long nanos = clock.nanos(options.upperFirst());
        return nanos == Frame.NO_TIME ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}
