package dev.swarmlens.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads the packets of a pcapng file, draft-ietf-opsawg-pcapng section 4. The enhanced packet block:
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Block Type = 0x00000006                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Block Total Length                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      Interface ID (16 bits and a drop count if obsolete)      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Timestamp (High)                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Timestamp (Low)                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Captured Packet Length                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Original Packet Length                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * /     Packet Data and Options (variable, each padded)           /
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Block Total Length                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class PcapngReader extends CaptureReader {
    private static final int INTERFACE = 8;
    /** Only in the obsolete packet block. */
    private static final int DROPS = 10;

    private static final int DROPS_UNKNOWN = 0xffff;
    private static final int TIME = 12;
    private static final int CAPTURED = 20;
    private static final int ORIGINAL = 24;
    private static final int DATA = 28;
    private static final int SIMPLE_ORIGINAL = 8;
    private static final int SIMPLE_DATA = 12;

    private static final int MAJOR_VERSION = 1;
    /** Never defined, but written by some; it differs in nothing. */
    private static final int OTHER_MINOR_VERSION = 2;

    /** How many interfaces, and how many sections, are kept: more than anybody has, but not more than memory has. */
    private static final int MAX_DESCRIBED = 1 << 18;

    private final Compression compression;
    private final BlockCursor block;
    private final BlockCounter counter = new BlockCounter();
    private final List<CaptureSection> sections = new ArrayList<>();
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    /** Where in the list the current section's interfaces begin. */
    private int firstInterface;

    private long number;

    private PcapngReader(Input input, Compression compression) {
        super(input);
        this.compression = compression;
        block = new BlockCursor(input);
    }

    /** Whether a file that begins with these four bytes is pcapng. */
    static boolean begins(byte[] bytes) {
        return Words.i32(bytes, 0, false) == BlockType.SHB;
    }

    static PcapngReader open(Input input, String name, Compression compression) throws IOException {
        PcapngReader reader = new PcapngReader(input, compression);
        if (!reader.block.begin() || !reader.section()) {
            String reason = reader.block.damage().map(Damage::message).orElse("it is too short");
            throw new NotACaptureException(name + " is not a readable pcapng file: " + reason);
        }
        return reader;
    }

    @Override
    public boolean next(Frame frame) throws IOException {
        while (!ended() && block.begin()) {
            switch (block.type()) {
                case BlockType.EPB, BlockType.PB -> {
                    return (block.fetch(DATA + BlockCursor.TRAILER) && packet(frame)) || stop();
                }
                case BlockType.SPB -> {
                    return (block.fetch(SIMPLE_DATA + BlockCursor.TRAILER) && simplePacket(frame)) || stop();
                }
                default -> {
                    if (!other()) {
                        return stop();
                    }
                }
            }
        }
        return stop();
    }

    private boolean packet(Frame frame) {
        int id = block.type() == BlockType.EPB ? block.word(INTERFACE) : block.half(INTERFACE);
        if (!deliver(frame, id, DATA, block.word(CAPTURED), block.word(ORIGINAL))) {
            return false;
        }
        long ticks = Words.upperFirst(block.bytes(), block.start() + TIME, block.bigEndian());
        frame.setTime(interfaces.get(firstInterface + id).clock().nanos(ticks));
        frame.setOptions(
                block.start() + BlockCursor.padded(DATA + frame.capturedLength()),
                block.start() + block.length() - BlockCursor.TRAILER,
                block.bigEndian());
        if (block.type() == BlockType.PB) {
            int drops = block.half(DROPS);
            frame.setDropCount(drops == DROPS_UNKNOWN ? -1 : drops);
        }
        pass();
        return true;
    }

    private boolean simplePacket(Frame frame) {
        int original = block.word(SIMPLE_ORIGINAL);
        long captured = Integer.toUnsignedLong(original);
        if (isDescribed(0)) {
            captured = Math.min(captured, interfaces.get(firstInterface).maxCaptured());
        }
        if (!deliver(frame, 0, SIMPLE_DATA, (int) captured, original)) {
            return false;
        }
        pass();
        return true;
    }

    /** Puts the block's packet into the frame, all but its time. */
    private boolean deliver(Frame frame, int id, int data, int captured, int original) {
        if (!isDescribed(id)) {
            return block.damaged("belongs to interface " + Integer.toUnsignedString(id) + ", but its section has "
                    + (interfaces.size() - firstInterface) + " so far");
        }
        int room = Math.min(block.length() - data - BlockCursor.TRAILER, MAX_CAPTURED);
        if (Integer.compareUnsigned(captured, room) > 0) {
            return block.damaged("claims " + Integer.toUnsignedString(captured) + " captured bytes, more than the "
                    + room + (room == MAX_CAPTURED ? " that a packet may have" : " that it has room for"));
        }
        int start = block.start() + data;
        frame.set(
                block.bytes(),
                start,
                start + captured,
                original < 0 ? Integer.MAX_VALUE : original,
                interfaces.get(firstInterface + id).linkType());
        frame.setInterface(id, firstInterface + id);
        number++;
        frame.setPlace(number, block.offset());
        return true;
    }

    private boolean isDescribed(int id) {
        return Integer.compareUnsigned(id, interfaces.size() - firstInterface) < 0;
    }

    /** Reads a block that holds no packet. */
    private boolean other() throws IOException {
        return switch (block.type()) {
            case BlockType.SHB -> section();
            case BlockType.IDB -> description();
            case BlockType.ISB -> statistics();
            default -> unknown();
        };
    }

    private boolean unknown() throws IOException {
        if (!block.skip()) {
            return false;
        }
        counter.count(block.type());
        return true;
    }

    private boolean section() throws IOException {
        if (!block.detectByteOrder() || !block.fetch(PcapngMetadata.SECTION_LENGTH)) {
            return false;
        }
        int major = block.half(PcapngMetadata.SECTION_MAJOR);
        int minor = block.half(PcapngMetadata.SECTION_MINOR);
        if (major != MAJOR_VERSION || (minor != 0 && minor != OTHER_MINOR_VERSION)) {
            return block.damaged("has version " + major + "." + minor + ", which is unknown");
        }
        if (sections.size() == MAX_DESCRIBED) {
            return tooMany();
        }
        sections.add(new PcapngMetadata(block).section(sections.size() + 1));
        firstInterface = interfaces.size();
        pass();
        return true;
    }

    private boolean description() throws IOException {
        if (!block.fetch(PcapngMetadata.INTERFACE_LENGTH)) {
            return false;
        }
        if (interfaces.size() == MAX_DESCRIBED) {
            return tooMany();
        }
        int id = interfaces.size() - firstInterface;
        interfaces.add(new PcapngInterface(new PcapngMetadata(block).description(sections.size(), id)));
        pass();
        return true;
    }

    private boolean statistics() throws IOException {
        if (!block.fetch(PcapngMetadata.STATISTICS_LENGTH)) {
            return false;
        }
        int id = block.word(PcapngMetadata.STATISTICS_INTERFACE);
        // Statistics of an interface that is described nowhere harm nobody.
        if (isDescribed(id)) {
            interfaces.get(firstInterface + id).count(new PcapngMetadata(block));
        }
        pass();
        return true;
    }

    private boolean tooMany() {
        return block.damaged("follows " + MAX_DESCRIBED + " others, more than can be kept");
    }

    private void pass() {
        block.pass();
        counter.count(block.type());
    }

    /** Ends the capture, with damage if the block says so. */
    private boolean stop() {
        return block.damage().map(this::end).orElseGet(this::end);
    }

    @Override
    public CaptureFormat format() {
        CaptureSection first = sections.get(0);
        return new CaptureFormat(
                CaptureFormat.Kind.PCAPNG,
                first.byteOrder(),
                Optional.empty(),
                first.majorVersion(),
                first.minorVersion(),
                compression);
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces.stream().map(PcapngInterface::description).toList();
    }

    @Override
    public List<CaptureSection> sections() {
        return List.copyOf(sections);
    }

    @Override
    public SortedMap<BlockType, Long> blockCounts() {
        return counter.snapshot();
    }
}
