package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The traits of pcapng, in files built byte by byte. */
class PcapngReaderTest {
    private static final int SHB = 0x0a0d0d0a;
    private static final int IDB = 1;
    private static final int PB = 2;
    private static final int SPB = 3;
    private static final int ISB = 5;
    private static final int EPB = 6;

    private static Octets section(Octets file) {
        return section(file, file.fresh());
    }

    private static Octets section(Octets file, Octets options) {
        Octets body = file.fresh().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1);
        return file.block(SHB, body.add(options));
    }

    private static Octets description(Octets file, int linkType, long snapLength, Octets options) {
        return file.block(IDB, file.fresh().u16(linkType).u16(0).u32(snapLength).add(options));
    }

    private static Octets description(Octets file) {
        return description(file, 1, 0, file.fresh());
    }

    private static Octets packet(Octets file, int id, long ticks, int captured, long original) {
        return file.block(
                EPB,
                file.fresh()
                        .u32(id)
                        .u32(ticks >>> 32)
                        .u32(ticks)
                        .u32(captured)
                        .u32(original)
                        .counting(captured));
    }

    /** What a test looks at after the frame has moved on. */
    private record Seen(
            int captured, int wire, Long time, LinkType linkType, int interfaceId, int interfaceIndex, long offset) {}

    private static List<Seen> read(CaptureReader reader) throws IOException {
        List<Seen> seen = new ArrayList<>();
        Frame frame = new Frame();
        while (reader.next(frame)) {
            for (int i = 0; i < frame.capturedLength(); i++) {
                assertThat(frame.bytes()[frame.start() + i]).isEqualTo((byte) i);
            }
            assertThat(frame.number()).isEqualTo(seen.size() + 1);
            seen.add(new Seen(
                    frame.capturedLength(),
                    frame.wireLength(),
                    frame.hasTime() ? frame.timeNanos() : null,
                    frame.linkType(),
                    frame.interfaceId(),
                    frame.interfaceIndex(),
                    frame.offset()));
        }
        return seen;
    }

    private static List<Seen> read(Octets file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcapng")) {
            List<Seen> seen = read(reader);
            assertThat(reader.damage()).isEmpty();
            return seen;
        }
    }

    private static String damage(Octets file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcapng")) {
            read(reader);
            return reader.damage().orElseThrow().message();
        }
    }

    static Stream<Octets> orders() {
        return Stream.of(Octets.little(), Octets.big());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void enhancedPacket(Octets file) throws IOException {
        packet(description(section(file)), 0, 1_700_000_000_123_456L, 5, 60);
        assertThat(read(file))
                .containsExactly(new Seen(5, 60, 1_700_000_000_123_456_000L, LinkType.ETHERNET, 0, 0, 28 + 20));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void packetOptionsAreNotPacketBytes(Octets file) throws IOException {
        description(section(file));
        Octets options = file.fresh().option(1, file.fresh().text("a comment")).option(0, file.fresh());
        file.block(
                EPB,
                file.fresh()
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .u32(3)
                        .u32(3)
                        .counting(3)
                        .pad()
                        .add(options));
        assertThat(read(file)).extracting(Seen::captured).containsExactly(3);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void obsoletePacketHasSixteenBitsOfInterface(Octets file) throws IOException {
        description(description(section(file)), 113, 0, file.fresh());
        file.block(
                PB, file.fresh().u16(1).u16(0xffff).u32(1).u32(2).u32(4).u32(9).counting(4));
        assertThat(read(file))
                .containsExactly(new Seen(4, 9, ((1L << 32) + 2) * 1000, LinkType.LINUX_SLL, 1, 1, 28 + 20 + 20));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void simplePacketIsCutAtTheSnapLengthAndHasNoTime(Octets file) throws IOException {
        description(section(file), 1, 6, file.fresh());
        file.block(SPB, file.fresh().u32(100).counting(6));
        file.block(SPB, file.fresh().u32(4).counting(4));
        assertThat(read(file))
                .containsExactly(
                        new Seen(6, 100, null, LinkType.ETHERNET, 0, 0, 48),
                        new Seen(4, 4, null, LinkType.ETHERNET, 0, 0, 72));
    }

    @Test
    void simplePacketWithoutSnapLengthIsWhole() throws IOException {
        Octets file = description(section(Octets.little()));
        file.block(SPB, file.fresh().u32(100).counting(100));
        assertThat(read(file)).extracting(Seen::captured).containsExactly(100);
    }

    @Test
    void resolutionMayBeAPowerOfTwo() throws IOException {
        Octets file = section(Octets.little());
        description(file, 1, 0, file.fresh().option(9, file.fresh().u8(0x80 | 20)));
        packet(file, 0, (5L << 20) + (1 << 19) + 1, 1, 1);
        // 1/2^20 s is 953.674… ns.
        assertThat(read(file)).extracting(Seen::time).containsExactly(5_500_000_953L);
    }

    @Test
    void resolutionMayBeMilliseconds() throws IOException {
        Octets file = section(Octets.little());
        description(file, 1, 0, file.fresh().option(9, file.fresh().u8(3)));
        packet(file, 0, 1_700_000_000_001L, 1, 1);
        assertThat(read(file)).extracting(Seen::time).containsExactly(1_700_000_000_001_000_000L);
    }

    @Test
    void timeOffsetIsAdded() throws IOException {
        Octets file = section(Octets.big());
        description(file, 1, 0, file.fresh().option(14, file.fresh().u64(1_700_000_000)));
        description(file, 1, 0, file.fresh().option(14, file.fresh().u64(-2)));
        packet(packet(file, 0, 5, 1, 1), 1, 500_000, 1, 1);
        assertThat(read(file)).extracting(Seen::time).containsExactly(1_700_000_000_000_005_000L, -1_500_000_000L);
    }

    @Test
    void timeThatDoesNotFitIsNone() throws IOException {
        Octets file = packet(description(section(Octets.little())), 0, Long.MAX_VALUE, 1, 1);
        assertThat(read(file)).extracting(Seen::time).containsExactly((Long) null);
    }

    @Test
    void sectionsHaveTheirOwnOrderAndInterfaces() throws IOException {
        Octets little = section(Octets.little());
        description(description(little, 1, 0, little.fresh()), 113, 0, little.fresh());
        packet(packet(little, 0, 1, 1, 1), 1, 2, 2, 2);
        Octets big = section(Octets.big());
        description(big, 101, 0, big.fresh().option(9, big.fresh().u8(9)));
        packet(big, 0, 3, 3, 3);
        int second = little.size();
        Octets file = little.add(big);
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcapng")) {
            assertThat(read(reader))
                    .containsExactly(
                            new Seen(1, 1, 1000L, LinkType.ETHERNET, 0, 0, 68),
                            new Seen(2, 2, 2000L, LinkType.LINUX_SLL, 1, 1, 104),
                            new Seen(3, 3, 3L, LinkType.RAW, 0, 2, second + 28 + 28));
            assertThat(reader.interfaces())
                    .extracting(CaptureInterface::section, CaptureInterface::id)
                    .containsExactly(tuple(1, 0), tuple(1, 1), tuple(2, 0));
            assertThat(reader.sections())
                    .extracting(CaptureSection::byteOrder)
                    .containsExactly(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
            assertThat(reader.sections()).extracting(CaptureSection::offset).containsExactly(0L, (long) second);
        }
    }

    @Test
    void interfacesAndSectionsKeepWhatTheFileSays() throws IOException {
        Octets file = Octets.big();
        section(
                file,
                file.fresh()
                        .option(1, file.fresh().text("first"))
                        .option(1, file.fresh().text("second"))
                        .option(2, file.fresh().text("x86"))
                        .option(3, file.fresh().text("Linux 6.1"))
                        .option(4, file.fresh().text("dumpcap\0\0"))
                        .option(0, file.fresh()));
        description(
                file,
                1,
                262_144,
                file.fresh()
                        .option(2, file.fresh().text("eth1"))
                        .option(3, file.fresh().text("underlay"))
                        .option(9, file.fresh().u8(9))
                        .option(11, file.fresh().u8(0).text("udp port 4789"))
                        .option(12, file.fresh().text("Debian"))
                        .option(13, file.fresh().u8(4))
                        .option(14, file.fresh().u64(7))
                        .option(15, file.fresh().text("virtio"))
                        .option(1, file.fresh().text("über")));
        Octets statistics = file.fresh().u32(0).u32(0).u32(0);
        file.block(
                ISB,
                statistics
                        .option(4, file.fresh().u64(100))
                        .option(5, file.fresh().u64(3)));
        file.block(ISB, file.fresh().u32(0).u32(0).u32(0).option(4, file.fresh().u64(200)));
        file.block(ISB, file.fresh().u32(5).u32(0).u32(0).option(4, file.fresh().u64(9)));
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcapng")) {
            assertThat(reader.format()).hasToString("pcapng, big-endian");
            assertThat(reader.interfaces()).isEmpty();
            assertThat(reader.next(new Frame())).isFalse();
            assertThat(reader.damage()).isEmpty();
            CaptureSection section = reader.sections().get(0);
            assertThat(section.comments()).containsExactly("first", "second");
            assertThat(section.hardware()).contains("x86");
            assertThat(section.operatingSystem()).contains("Linux 6.1");
            assertThat(section.application()).contains("dumpcap");
            CaptureInterface only = reader.interfaces().get(0);
            assertThat(only.linkType()).isEqualTo(LinkType.ETHERNET);
            assertThat(only.snapLength()).isEqualTo(262_144);
            assertThat(only.name()).contains("eth1");
            assertThat(only.description()).contains("underlay");
            assertThat(only.timeResolution()).isEqualTo(TimeResolution.NANOSECONDS);
            assertThat(only.filter()).contains("udp port 4789");
            assertThat(only.operatingSystem()).contains("Debian");
            assertThat(only.hardware()).contains("virtio");
            assertThat(only.fcsLength()).hasValue(4);
            assertThat(only.timeOffset()).isEqualTo(7);
            assertThat(only.comments()).containsExactly("über");
            InterfaceStatistics counts = only.statistics().orElseThrow();
            assertThat(counts.received()).hasValue(200);
            assertThat(counts.dropped()).hasValue(3);
            assertThat(counts.delivered()).isEmpty();
            assertThat(reader.blockCounts())
                    .containsOnlyKeys(
                            BlockType.INTERFACE_DESCRIPTION, BlockType.INTERFACE_STATISTICS, BlockType.SECTION_HEADER)
                    .containsEntry(BlockType.INTERFACE_STATISTICS, 3L);
        }
    }

    @Test
    void optionThatReachesBeyondItsBlockIsIgnored() throws IOException {
        Octets file = section(Octets.little());
        description(
                file,
                1,
                0,
                file.fresh()
                        .option(2, file.fresh().text("eth1"))
                        .u16(3)
                        .u16(100)
                        .text("no"));
        try (CaptureReader reader = CaptureReader.open(packet(file, 0, 1, 1, 1).stream(), "test.pcapng")) {
            assertThat(reader.next(new Frame())).isTrue();
            assertThat(reader.interfaces().get(0).name()).contains("eth1");
            assertThat(reader.interfaces().get(0).description()).isEmpty();
        }
    }

    @Test
    void otherBlocksAreSkippedAndCounted() throws IOException {
        Octets file = description(section(Octets.little()));
        file.block(4, file.fresh().u32(0));
        file.block(10, file.fresh().counting(9));
        file.block(0xbad, file.fresh().u32(0x1234).raw(new byte[1_000_000]));
        file.block(0x9999_9999L, file.fresh());
        file.block(0x9999_9999L, file.fresh().counting(4));
        packet(file, 0, 1, 1, 1);
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcapng")) {
            assertThat(read(reader)).hasSize(1);
            assertThat(reader.damage()).isEmpty();
            assertThat(reader.blockCounts().keySet())
                    .extracting(BlockType::name)
                    .containsExactly(
                            "interface description",
                            "name resolution",
                            "enhanced packet",
                            "decryption secrets",
                            "custom",
                            "section header",
                            "type 0x99999999");
            assertThat(reader.blockCounts()).containsEntry(new BlockType(0x9999_9999), 2L);
        }
    }

    @Test
    void blockLengthMayLackThePadding() throws IOException {
        Octets file = description(section(Octets.little()));
        Octets body =
                file.fresh().u32(0).u32(0).u32(7).u32(5).u32(5).counting(5).pad();
        file.u32(EPB).u32(12 + 25).add(body).u32(12 + 25);
        packet(file, 0, 8, 1, 1);
        assertThat(read(file)).extracting(Seen::captured).containsExactly(5, 1);
    }

    @Test
    void damageNamesTheBlock() throws IOException {
        assertThat(damage(packet(section(Octets.little()), 0, 1, 1, 1)))
                .isEqualTo("the enhanced packet block at offset 28 belongs to interface 0,"
                        + " but its section has 0 so far");
        assertThat(damage(description(section(Octets.little()))
                        .u32(EPB)
                        .u32(16)
                        .u32(0)
                        .u32(16)))
                .isEqualTo("the enhanced packet block at offset 48 claims 16 bytes,"
                        + " fewer than the 32 that such a block has");
        assertThat(damage(description(section(Octets.little())).u32(77).u32(11)))
                .isEqualTo("the type 0x0000004d block at offset 48 claims 11 bytes,"
                        + " fewer than the 12 that such a block has");
        assertThat(damage(section(Octets.little()).u32(10).u32(16).u32(0).u32(20)))
                .isEqualTo("the decryption secrets block at offset 28 claims 16 bytes at its beginning"
                        + " and 20 at its end");
        assertThat(damage(
                        section(Octets.little()).u32(IDB).u32(20).u32(1).u32(0).u32(24)))
                .isEqualTo("the interface description block at offset 28 claims 20 bytes at its beginning"
                        + " and 24 at its end");
        assertThat(damage(section(Octets.little()).u32(IDB).u32(0xffff_fff0L)))
                .isEqualTo("the interface description block at offset 28 claims 4294967280 bytes,"
                        + " more than the 16777216 that such a block may have");
        assertThat(damage(section(Octets.little()).u32(99).u32(0xffff_ffffL).u32(0)))
                .isEqualTo("the type 0x00000063 block at offset 28 needs 4294967296 bytes, 12 are left");
        assertThat(damage(section(Octets.little()).u32(IDB).u8(1)))
                .isEqualTo("the header of the block at offset 28 needs 8 bytes, 5 are left");
        assertThat(damage(section(Octets.little()).u32(SHB).u32(28).u32(0)))
                .isEqualTo("the section header block at offset 28 has the byte-order magic 0x00000000");
        Octets version2 = section(Octets.little());
        version2.block(SHB, version2.fresh().u32(0x1a2b3c4dL).u16(2).u16(0).u64(-1));
        assertThat(damage(version2))
                .isEqualTo("the section header block at offset 28 has version 2.0, which is unknown");
    }

    @Test
    void capturedLengthMustFitIntoItsBlock() throws IOException {
        Octets file = description(section(Octets.little()));
        Octets longer = file.fresh().u32(0).u32(0).u32(0).u32(5).u32(5).counting(4);
        assertThat(damage(file.block(EPB, longer)))
                .isEqualTo("the enhanced packet block at offset 48 claims 5 captured bytes,"
                        + " more than the 4 that it has room for");
        Octets huge = description(section(Octets.little()));
        Octets body =
                huge.fresh().u32(0).u32(0).u32(0).u32(262_145).u32(262_145).raw(new byte[262_145]);
        assertThat(damage(huge.block(EPB, body)))
                .isEqualTo("the enhanced packet block at offset 48 claims 262145 captured bytes,"
                        + " more than the 262144 that a packet may have");
        Octets simple = description(section(Octets.little()));
        assertThat(damage(simple.block(SPB, simple.fresh().u32(0xffff_ffffL).counting(4))))
                .isEqualTo("the simple packet block at offset 48 claims 4294967295 captured bytes,"
                        + " more than the 4 that it has room for");
    }

    @Test
    void firstSectionHeaderMustBeGood() {
        assertThatThrownBy(() -> CaptureReader.open(Octets.little().u32(SHB).u32(28).u32(0).stream(), "bad.pcapng"))
                .isInstanceOf(NotACaptureException.class)
                .hasMessage("bad.pcapng is not a readable pcapng file:"
                        + " the section header block at offset 0 has the byte-order magic 0x00000000");
        assertThatThrownBy(() -> CaptureReader.open(Octets.little().u32(SHB).stream(), "bad.pcapng"))
                .isInstanceOf(NotACaptureException.class)
                .hasMessage("bad.pcapng is not a readable pcapng file:"
                        + " the header of the block at offset 0 needs 8 bytes, 4 are left");
    }
}
