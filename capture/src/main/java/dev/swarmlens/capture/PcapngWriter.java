package dev.swarmlens.capture;

import dev.swarmlens.codecs.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes a pcapng file of one section, draft-ietf-opsawg-pcapng: interfaces that count nanoseconds, packets in the blocks that
 * {@link PcapngReader} draws, and statistics at the end.
 */
final class PcapngWriter extends CaptureWriter {
    private static final int MAJOR_VERSION = 1;
    private static final long UNKNOWN_LENGTH = -1;
    private static final int MAX_OPTION = 0xffff;
    /** The resolution of all times, as a negative power of ten. */
    private static final int NANOSECONDS = 9;

    private final List<Written> interfaces = new ArrayList<>();
    private boolean hasOptions;
    private boolean closed;

    /** An interface as the file has it. */
    private static final class Written {
        private final long maxCaptured;
        private final long offsetNanos;
        private Optional<InterfaceStatistics> statistics;
        private long lastTicks;

        Written(CaptureInterface description) {
            maxCaptured = description.snapLength() == 0 ? Long.MAX_VALUE : description.snapLength();
            // With an offset that 64 bits of nanoseconds do not hold, no frame has a time.
            offsetNanos = TickClock.isHeld(description.timeOffset())
                    ? description.timeOffset() * TickClock.NANOS_PER_SECOND
                    : 0;
            statistics = description.statistics();
        }
    }

    /** Writes the section header. */
    PcapngWriter(Output output, CaptureOutput about) throws IOException {
        super(output);
        begin(BlockType.SHB);
        output.u32(BlockCursor.BYTE_ORDER_MAGIC);
        output.u16(MAJOR_VERSION);
        output.u16(0);
        output.u64(UNKNOWN_LENGTH);
        comments(about.comments());
        text(OptionCode.SHB_HARDWARE, about.hardware());
        text(OptionCode.SHB_OS, about.operatingSystem());
        text(OptionCode.SHB_USERAPPL, about.application());
        end();
    }

    @Override
    void describe(CaptureInterface description) throws IOException {
        begin(BlockType.IDB);
        output.u16(description.linkType().code());
        output.u16(0);
        output.u32((int) description.snapLength());
        comments(description.comments());
        text(OptionCode.IF_NAME, description.name());
        text(OptionCode.IF_DESCRIPTION, description.description());
        if (description.filter().isPresent()) {
            int at = beginOption(OptionCode.IF_FILTER);
            output.u8(OptionCode.FILTER_IS_TEXT);
            output.text(description.filter().get());
            endOption(at);
        }
        text(OptionCode.IF_OS, description.operatingSystem());
        text(OptionCode.IF_HARDWARE, description.hardware());
        octet(OptionCode.IF_TSRESOL, OptionalInt.of(NANOSECONDS));
        octet(OptionCode.IF_FCSLEN, description.fcsLength());
        if (description.timeOffset() != 0) {
            i64(OptionCode.IF_TSOFFSET, OptionalLong.of(description.timeOffset()));
        }
        end();
        interfaces.add(new Written(description));
    }

    @Override
    void put(int interfaceNumber, Frame frame, PacketOptions options) throws IOException {
        Written on = interfaces.get(interfaceNumber);
        if (!frame.hasTime() && isSimple(interfaceNumber, frame, options)) {
            begin(BlockType.SPB);
            output.u32(frame.wireLength());
        } else {
            long ticks = frame.hasTime() ? frame.timeNanos() - on.offsetNanos : 0;
            if (ticks < 0) {
                throw output.refused(
                        "packet " + (packets() + 1) + " has a time before the beginning of its interface's");
            }
            on.lastTicks = ticks;
            begin(BlockType.EPB);
            output.u32(interfaceNumber);
            output.upperFirst(ticks);
            output.u32(frame.capturedLength());
            output.u32(frame.wireLength());
        }
        output.raw(frame.bytes(), frame.start(), frame.end());
        output.align(BlockCursor.ALIGNMENT);
        if (!options.isEmpty()) {
            options(options);
        }
        end();
    }

    /** Whether a simple packet block, whose reader must know how many bytes were captured without being told, will do. */
    private boolean isSimple(int interfaceNumber, Frame frame, PacketOptions options) {
        return interfaceNumber == 0
                && options.isEmpty()
                && frame.capturedLength() == Math.min(frame.wireLength(), interfaces.get(0).maxCaptured);
    }

    private void options(PacketOptions options) throws IOException {
        comments(options.comments());
        if (options.flags().isPresent()) {
            int at = beginOption(OptionCode.EPB_FLAGS);
            output.u32(options.flags().getAsInt());
            endOption(at);
        }
        for (Bytes hash : options.hashes()) {
            bytes(OptionCode.EPB_HASH, hash.toArray());
        }
        i64(OptionCode.EPB_DROPCOUNT, options.dropCount());
        i64(OptionCode.EPB_PACKETID, options.packetId());
        if (options.queue().isPresent()) {
            int at = beginOption(OptionCode.EPB_QUEUE);
            output.u32((int) options.queue().getAsLong());
            endOption(at);
        }
        for (Bytes verdict : options.verdicts()) {
            bytes(OptionCode.EPB_VERDICT, verdict.toArray());
        }
    }

    @Override
    public void count(int interfaceNumber, InterfaceStatistics statistics) {
        super.count(interfaceNumber, statistics);
        interfaces.get(interfaceNumber).statistics = Optional.of(statistics);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                statistics();
            } finally {
                super.close();
            }
        }
    }

    private void statistics() throws IOException {
        for (int number = 0; number < interfaces.size(); number++) {
            Written each = interfaces.get(number);
            if (each.statistics.isPresent()) {
                statistics(number, each, each.statistics.get());
            }
        }
    }

    private void statistics(int number, Written on, InterfaceStatistics statistics) throws IOException {
        begin(BlockType.ISB);
        output.u32(number);
        output.upperFirst(statistics.end().isPresent() ? statistics.end().getAsLong() - on.offsetNanos : on.lastTicks);
        time(OptionCode.ISB_STARTTIME, on, statistics.start());
        time(OptionCode.ISB_ENDTIME, on, statistics.end());
        i64(OptionCode.ISB_IFRECV, statistics.received());
        i64(OptionCode.ISB_IFDROP, statistics.dropped());
        i64(OptionCode.ISB_FILTERACCEPT, statistics.accepted());
        i64(OptionCode.ISB_OSDROP, statistics.droppedBySystem());
        i64(OptionCode.ISB_USRDELIV, statistics.delivered());
        end();
    }

    private void time(int code, Written on, OptionalLong nanos) throws IOException {
        if (nanos.isPresent()) {
            int at = beginOption(code);
            output.upperFirst(nanos.getAsLong() - on.offsetNanos);
            endOption(at);
        }
    }

    private void begin(int type) throws IOException {
        output.begin();
        output.u32(type);
        output.u32(0);
        hasOptions = false;
    }

    private void end() throws IOException {
        if (hasOptions) {
            output.u16(OptionCode.ENDOFOPT);
            output.u16(0);
        }
        int length = output.length() + BlockCursor.TRAILER;
        output.u32(length);
        output.patch32(BlockCursor.TOTAL_LENGTH, length);
    }

    private void comments(List<String> comments) throws IOException {
        for (String comment : comments) {
            bytes(OptionCode.COMMENT, comment.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void text(int code, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            bytes(code, text.get().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void octet(int code, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            int at = beginOption(code);
            output.u8(value.getAsInt());
            endOption(at);
        }
    }

    private void i64(int code, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            int at = beginOption(code);
            output.u64(value.getAsLong());
            endOption(at);
        }
    }

    private void bytes(int code, byte[] value) throws IOException {
        int at = beginOption(code);
        output.raw(value, 0, value.length);
        endOption(at);
    }

    /** Writes an option's code, and room for its length; returns where that is in the block. */
    private int beginOption(int code) throws IOException {
        hasOptions = true;
        output.u16(code);
        output.u16(0);
        return output.length() - Short.BYTES;
    }

    private void endOption(int lengthAt) throws IOException {
        int length = output.length() - lengthAt - Short.BYTES;
        if (length > MAX_OPTION) {
            output.discard();
            throw new IllegalArgumentException(
                    "a text of " + length + " bytes is longer than the " + MAX_OPTION + " that pcapng allows");
        }
        output.patch16(lengthAt, length);
        output.align(BlockCursor.ALIGNMENT);
    }
}
