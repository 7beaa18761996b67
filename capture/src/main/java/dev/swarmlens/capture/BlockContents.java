package dev.swarmlens.capture;

import dev.swarmlens.capture.kaitai.Pcapng;
import dev.swarmlens.codecs.LinkType;
import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.KaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says what is in a pcapng block. Those that hold no packet are taken apart as {@code pcapng.ksy} specifies them, so that it is a
 * second opinion on what the reader makes of them; it is stricter, and says so where a block does not keep to the format.
 */
final class BlockContents {
    private static final int TLS_KEY_LOG = 0x544c_534b;
    private static final int SSH_KEY_LOG = 0x5353_484b;
    private static final int WIREGUARD_KEY_LOG = 0x5747_4b4c;

    private final byte[] bytes;
    private final boolean bigEndian;
    private final int type;
    private final PcapngSections sections;
    private final List<CaptureBlock.Entry> entries = new ArrayList<>();

    private BlockContents(byte[] bytes, boolean bigEndian, PcapngSections sections) {
        this.bytes = bytes;
        this.bigEndian = bigEndian;
        this.type = Words.i32(bytes, 0, bigEndian);
        this.sections = sections;
    }

    /**
     * Describes a block that is no packet.
     *
     * @param block it is in the window
     * @param sections what has been described, this block included
     */
    static List<CaptureBlock.Entry> of(BlockCursor block, PcapngSections sections) {
        byte[] bytes = Arrays.copyOfRange(block.bytes(), block.start(), block.start() + block.length());
        BlockContents contents = new BlockContents(bytes, block.bigEndian(), sections);
        contents.describe();
        return contents.entries;
    }

    /**
     * Describes a packet's block.
     *
     * @param options where its options begin, counted from the block's beginning; not before its end if it has none
     */
    static List<CaptureBlock.Entry> of(BlockCursor block, Frame frame, TickClock clock, int options) {
        List<CaptureBlock.Entry> entries = new ArrayList<>();
        entries.add(new CaptureBlock.Entry("interface", Integer.toString(frame.interfaceId())));
        if (block.type() != BlockType.SPB) {
            entries.add(new CaptureBlock.Entry("time", OptionNames.seconds(frame.timeNanos())));
        }
        entries.add(new CaptureBlock.Entry("captured", Integer.toString(frame.capturedLength())));
        entries.add(new CaptureBlock.Entry("original", Integer.toString(frame.wireLength())));
        PcapngOptions cursor = new PcapngOptions(
                block.bytes(),
                block.start() + options,
                block.start() + block.length() - BlockCursor.TRAILER,
                block.bigEndian());
        while (cursor.next()) {
            byte[] value = cursor.value().toArray();
            entries.add(OptionNames.entry(block.type(), cursor.code(), value, block.bigEndian(), clock));
        }
        return entries;
    }

    private void describe() {
        try {
            KaitaiStruct body = (KaitaiStruct) bodyOrNull();
            if (body == null) {
                add("bytes", bytes.length - BlockCursor.MIN_LENGTH);
            } else {
                describe(body);
            }
        } catch (KaitaiStream.ValidationFailedError | BufferUnderflowException | IllegalArgumentException broken) {
            entries.add(new CaptureBlock.Entry("malformed", "lengths in it reach beyond its end"));
        }
    }

    /** What is in the block, if its type is specified. */
    private Object bodyOrNull() {
        Object body = new Pcapng.Block(new ByteBufferKaitaiStream(ByteBuffer.wrap(bytes)), bigEndian).body();
        return body instanceof KaitaiStruct ? body : null;
    }

    private void describe(KaitaiStruct body) {
        if (body instanceof Pcapng.Block.SectionHeader header) {
            add("byte order", bigEndian ? "big-endian" : "little-endian");
            add("version", header.majorVersion() + "." + header.minorVersion());
            add("section length", header.sectionLength() == -1 ? "unknown" : Long.toString(header.sectionLength()));
            options(header.options(), null);
        } else if (body instanceof Pcapng.Block.InterfaceDescription description) {
            add("link type", new LinkType(description.linkType()).toString());
            add("snap length", description.snapLength());
            options(description.options(), null);
        } else if (body instanceof Pcapng.Block.InterfaceStatistics statistics) {
            int id = (int) statistics.interfaceId();
            TickClock clock = sections.has(id) ? sections.get(id).clock() : null;
            add("interface", statistics.interfaceId());
            long ticks = statistics.timestampHigh() << Integer.SIZE | statistics.timestampLow();
            add("time", clock == null ? Long.toUnsignedString(ticks) : OptionNames.seconds(clock.nanos(ticks)));
            options(statistics.options(), clock);
        } else if (body instanceof Pcapng.Block.NameResolution names) {
            names(names);
            options(names.options(), null);
        } else if (body instanceof Pcapng.Block.SystemdJournal journal) {
            journal.entry().lines().forEach(this::journalField);
        } else if (body instanceof Pcapng.Block.DecryptionSecrets secrets) {
            add("secrets", secretsType((int) secrets.secretsType()));
            add("bytes", secrets.secretsLength());
            options(secrets.options(), null);
        } else if (body instanceof Pcapng.Block.Custom custom) {
            add("enterprise", custom.enterprise());
            add("bytes", custom.data().length);
        }
    }

    private void names(Pcapng.Block.NameResolution names) {
        if (names.records() == null) {
            return;
        }
        for (Pcapng.Block.NameRecord each : names.records()) {
            byte[] value = each.value();
            int length = switch (each.type()) {
                case 1 -> 4;
                case 2 -> 16;
                case 3 -> 6;
                case 4 -> 8;
                default -> value.length;
            };
            if (each.type() != 0) {
                byte[] address = Arrays.copyOf(value, Math.min(length, value.length));
                String text = new String(value, address.length, value.length - address.length, StandardCharsets.UTF_8);
                add(address(each.type(), address), String.join(" ", text.split("\0")));
            }
        }
    }

    private static String address(int recordType, byte[] address) {
        return switch (recordType == 4 ? 0 : address.length) {
            case 4 -> OptionNames.ipv4(address);
            case 6 -> OptionNames.mac(address);
            case 16 -> OptionNames.ipv6(address);
            default -> OptionNames.hex(address);
        };
    }

    private void journalField(String line) {
        int equals = line.indexOf('=');
        if (equals > 0) {
            add(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    private static String secretsType(int code) {
        return switch (code) {
            case TLS_KEY_LOG -> "TLS key log";
            case SSH_KEY_LOG -> "SSH key log";
            case WIREGUARD_KEY_LOG -> "WireGuard key log";
            default -> String.format("0x%08x", code);
        };
    }

    private void options(Pcapng.Block.Options options, TickClock clock) {
        if (options.list() == null) {
            return;
        }
        for (Pcapng.Block.Option option : options.list()) {
            if (option.code() != OptionCode.ENDOFOPT) {
                entries.add(OptionNames.entry(type, option.code(), option.value(), bigEndian, clock));
            }
        }
    }

    private void add(String name, String value) {
        entries.add(new CaptureBlock.Entry(name, value));
    }

    private void add(String name, long value) {
        add(name, Long.toString(value));
    }
}
