package dev.swarmlens.capture;

import java.io.IOException;
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
final class PcapngReader extends CaptureReader implements RecordSearch.Records {
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

    /** How long a block may be in whose place reading goes on behind damage. */
    private static final int MAX_PLAUSIBLE = 1024 * 1024;

    private final Input input;
    private final Compression compression;
    private final BlockCursor block;
    private final BlockCounter counter = new BlockCounter();
    private final PcapngSections sections;
    private long number;
    /** Whether the section header that opening the file has read is still to be passed. */
    private boolean atFirstSection;

    private PcapngReader(Input input, Compression compression, PcapngSections sections) {
        super(input);
        this.input = input;
        this.compression = compression;
        this.sections = sections;
        block = new BlockCursor(input);
    }

    /** Reads on behind what has described these sections. */
    PcapngReader(Input input, PcapngSections sections) {
        this(input, Compression.NONE, sections);
        block.setByteOrder(sections.bigEndian());
    }

    /** Whether a file that begins with these four bytes is pcapng. */
    static boolean begins(byte[] bytes) {
        return Words.i32(bytes, 0, false) == BlockType.SHB;
    }

    static PcapngReader open(Input input, String name, Compression compression) throws IOException {
        PcapngReader reader = new PcapngReader(input, compression, new PcapngSections());
        if (!reader.block.begin() || !reader.readSection()) {
            String reason = reader.block.damage().map(Damage::message).orElse("it is too short");
            throw new NotACaptureException(name + " is not a readable pcapng file: " + reason);
        }
        reader.atFirstSection = true;
        return reader;
    }

    @Override
    public boolean next(Frame frame) throws IOException {
        while (!ended()) {
            if ((atFirstSection || !endsAtLimit()) && read(frame)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a block; returns false if it holds no packet, or there is none, and ends or moves on. */
    private boolean read(Frame frame) throws IOException {
        boolean isPacket = false;
        boolean isRead = atFirstSection || block.begin();
        if (atFirstSection) {
            atFirstSection = false;
            pass();
        } else if (isRead) {
            isPacket = isPacket(block.type());
            isRead = isPacket ? packet(frame) : other();
        }
        if (!isRead) {
            stop();
        }
        return isRead && isPacket;
    }

    @Override
    void passDescriptions(long end) throws IOException {
        atFirstSection = false;
        pass();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = block.offset() < end && block.begin() && !isPacket(block.type()) && other();
        }
    }

    private static boolean isPacket(int type) {
        return type == BlockType.EPB || type == BlockType.PB || type == BlockType.SPB;
    }

    private boolean packet(Frame frame) throws IOException {
        return block.type() == BlockType.SPB
                ? block.fetch(SIMPLE_DATA + BlockCursor.TRAILER) && simplePacket(frame)
                : block.fetch(DATA + BlockCursor.TRAILER) && timedPacket(frame);
    }

    private boolean timedPacket(Frame frame) {
        int id = block.type() == BlockType.EPB ? block.word(INTERFACE) : block.half(INTERFACE);
        if (!deliver(frame, id, DATA, block.word(CAPTURED), block.word(ORIGINAL))) {
            return false;
        }
        long ticks = Words.upperFirst(block.bytes(), block.start() + TIME, block.bigEndian());
        frame.setTime(sections.get(id).clock().nanos(ticks));
        frame.setOptions(
                block.start() + BlockCursor.padded(DATA + frame.capturedLength()),
                block.start() + block.length() - BlockCursor.TRAILER,
                block.bigEndian());
        if (block.type() == BlockType.PB) {
            int drops = block.half(DROPS);
            frame.setDropCount(drops == DROPS_UNKNOWN ? -1 : drops);
        }
        passPacket(frame, BlockCursor.padded(DATA + frame.capturedLength()));
        return true;
    }

    private boolean simplePacket(Frame frame) {
        int original = block.word(SIMPLE_ORIGINAL);
        long captured = Integer.toUnsignedLong(original);
        if (sections.has(0)) {
            captured = Math.min(captured, sections.get(0).maxCaptured());
        }
        if (!deliver(frame, 0, SIMPLE_DATA, (int) captured, original)) {
            return false;
        }
        passPacket(frame, block.length());
        return true;
    }

    /** Puts the block's packet into the frame, all but its time. */
    private boolean deliver(Frame frame, int id, int data, int captured, int original) {
        if (!sections.has(id)) {
            return block.damaged("belongs to interface " + Integer.toUnsignedString(id) + ", but its section has "
                    + sections.count() + " so far");
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
                sections.get(id).linkType());
        frame.setInterface(id, sections.index(id));
        number++;
        frame.setPlace(number, block.offset());
        return true;
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
        // What is skipped is gone, and its length may be what is damaged.
        if (resyncs() || (isObserved() && !block.isLong())) {
            return block.fetch(BlockCursor.MIN_LENGTH) && pass();
        }
        long offset = block.offset();
        if (!block.skip()) {
            return false;
        }
        if (isObserved()) {
            observe(offset, block.offset() - offset, new BlockType(block.type()).name(), List.of());
        }
        counter.count(block.type());
        return true;
    }

    private boolean section() throws IOException {
        return readSection() && pass();
    }

    private boolean readSection() throws IOException {
        if (!block.detectByteOrder() || !block.fetch(PcapngMetadata.SECTION_LENGTH)) {
            return false;
        }
        int major = block.half(PcapngMetadata.SECTION_MAJOR);
        int minor = block.half(PcapngMetadata.SECTION_MINOR);
        if (major != MAJOR_VERSION || (minor != 0 && minor != OTHER_MINOR_VERSION)) {
            return block.damaged("has version " + major + "." + minor + ", which is unknown");
        }
        if (sections.isFull()) {
            return tooMany();
        }
        sections.begin(new PcapngMetadata(block));
        return true;
    }

    private boolean description() throws IOException {
        if (!block.fetch(PcapngMetadata.INTERFACE_LENGTH)) {
            return false;
        }
        if (sections.isFull()) {
            return tooMany();
        }
        sections.describe(new PcapngMetadata(block));
        return pass();
    }

    private boolean statistics() throws IOException {
        if (!block.fetch(PcapngMetadata.STATISTICS_LENGTH)) {
            return false;
        }
        int id = block.word(PcapngMetadata.STATISTICS_INTERFACE);
        // Statistics of an interface that is described nowhere harm nobody.
        if (sections.has(id)) {
            sections.get(id).count(new PcapngMetadata(block));
        }
        return pass();
    }

    private boolean tooMany() {
        return block.damaged("follows " + PcapngSections.MAX_DESCRIBED + " others, more than can be kept");
    }

    /** Moves past a block without a packet; returns true, which is that it has been read. */
    private boolean pass() {
        if (isObserved()) {
            observe(BlockContents.of(block, sections));
        }
        block.pass();
        counter.count(block.type());
        return true;
    }

    private void passPacket(Frame frame, int options) {
        if (isObserved()) {
            TickClock clock = sections.get(frame.interfaceId()).clock();
            observe(BlockContents.of(block, frame, clock, options));
        }
        block.pass();
        counter.count(block.type());
    }

    private void observe(List<CaptureBlock.Entry> contents) {
        observe(block.offset(), block.length(), new BlockType(block.type()).name(), contents);
    }

    /** Ends the capture, or deals with the damage if the block says so. */
    private void stop() throws IOException {
        Optional<Damage> damage = block.damage();
        if (damage.isEmpty()) {
            end();
            return;
        }
        block.setByteOrder(sections.bigEndian());
        damaged(damage.get());
    }

    @Override
    public int step() {
        return BlockCursor.ALIGNMENT;
    }

    @Override
    public int plausibleLength(int ahead, int before) throws IOException {
        if (!block.reaches(ahead + BlockCursor.MIN_LENGTH)) {
            return RecordSearch.FILE_ENDS;
        }
        int type = block.word(ahead);
        if (type == BlockType.SHB) {
            return block.hasByteOrderMagic(ahead) ? RecordSearch.CERTAIN : RecordSearch.IMPLAUSIBLE;
        }
        int total = block.word(ahead + BlockCursor.TOTAL_LENGTH);
        boolean isNamed = before >= 0 || BlockType.isNamed(type);
        if (!isNamed || total < BlockCursor.MIN_LENGTH || total > MAX_PLAUSIBLE) {
            return RecordSearch.IMPLAUSIBLE;
        }
        int length = BlockCursor.padded(total);
        if (!block.reaches(ahead + length)) {
            return RecordSearch.FILE_ENDS;
        }
        boolean plausible = block.word(ahead + length - BlockCursor.TRAILER) == total
                && (type != BlockType.EPB || isPlausiblePacket(ahead, total));
        return plausible ? length : RecordSearch.IMPLAUSIBLE;
    }

    private boolean isPlausiblePacket(int ahead, int total) {
        int room = total - DATA - BlockCursor.TRAILER;
        return room >= 0
                && Integer.compareUnsigned(block.word(ahead + CAPTURED), room) <= 0
                && sections.has(block.word(ahead + INTERFACE));
    }

    @Override
    RecordSearch search() {
        return new RecordSearch(input, this);
    }

    @Override
    CaptureReader at(Input place) {
        return new PcapngReader(place, sections.withoutStatistics());
    }

    @Override
    boolean understandsLike(CaptureReader other) {
        return other instanceof PcapngReader pcapng && sections.describesLike(pcapng.sections);
    }

    @Override
    public CaptureFormat format() {
        CaptureSection first = sections.sections().get(0);
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
        return sections.descriptions();
    }

    @Override
    public List<CaptureSection> sections() {
        return sections.sections();
    }

    @Override
    public SortedMap<BlockType, Long> blockCounts() {
        return counter.snapshot();
    }
}
