package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.LinkType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read back; what cannot be written is refused with the reason. */
class CaptureWriterTest {
    private static final CaptureInterface ETHERNET =
            CaptureInterface.of(LinkType.ETHERNET).build();

    private static Frame frame(long time, int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        Frame frame = new Frame();
        frame.set(bytes, 0, bytes.length, 1500, LinkType.ETHERNET);
        frame.setTime(time);
        return frame;
    }

    private static CaptureReader read(ByteArrayOutputStream written) throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(written.toByteArray()), "written");
    }

    @Test
    void pcapByteForByte() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureOutput.to(written, "a.pcap").open()) {
            int first = writer.add(ETHERNET.toBuilder().snapLength(96).build());
            writer.add(ETHERNET.toBuilder().snapLength(128).build());
            writer.write(first, frame(5_000_007_999L, 0xab, 0xcd));
            assertThat(writer.length()).isEqualTo(24 + 16 + 2);
        }
        // draft-ietf-opsawg-pcap, sections 4 and 5
        Octets expected = Octets.little()
                .u32(0xa1b2c3d4L)
                .u16(2)
                .u16(4)
                .u64(0)
                .u32(128)
                .u32(1)
                .u32(5)
                .u32(7)
                .u32(2)
                .u32(1500)
                .u8(0xab)
                .u8(0xcd);
        assertThat(written.toByteArray()).isEqualTo(expected.bytes());
    }

    @Test
    void pcapngByteForByte() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureOutput.to(written, "-").open()) {
            int eth1 =
                    writer.add(ETHERNET.toBuilder().name("eth1").snapLength(96).build());
            writer.write(eth1, frame(0x1_0000_0002L, 1, 2, 3, 4, 5));
            writer.count(eth1, InterfaceStatistics.NONE.withDropped(3));
        }
        // draft-ietf-opsawg-pcapng, sections 4.1, 4.2, 4.3 and 4.6
        Octets expected = Octets.little();
        expected.block(
                0x0a0d0d0a, expected.fresh().u32(0x1a2b3c4d).u16(1).u16(0).u64(-1));
        expected.block(
                1,
                expected.fresh()
                        .u16(1)
                        .u16(0)
                        .u32(96)
                        .option(2, expected.fresh().text("eth1"))
                        .option(9, expected.fresh().u8(9))
                        .u32(0));
        expected.block(
                6,
                expected.fresh()
                        .u32(0)
                        .u32(1)
                        .u32(2)
                        .u32(5)
                        .u32(1500)
                        .counting(6)
                        .pad());
        byte[] bytes = expected.bytes();
        int packet = bytes.length - 12;
        System.arraycopy(new byte[] {1, 2, 3, 4, 5, 0}, 0, bytes, packet, 6);
        expected = Octets.little().raw(bytes);
        expected.block(
                5,
                expected.fresh()
                        .u32(0)
                        .u32(1)
                        .u32(2)
                        .option(5, expected.fresh().u64(3))
                        .u32(0));
        assertThat(written.toByteArray()).isEqualTo(expected.bytes());
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void isReadBack(Compression compression) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        List<FrameCopy> frames = new ArrayList<>();
        CaptureInterface eth1 = CaptureInterface.of(LinkType.ETHERNET)
                .name("eth1")
                .description("underlay")
                .hardware("virtio")
                .operatingSystem("Linux")
                .filter("udp")
                .snapLength(2048)
                .fcsLength(OptionalInt.of(4))
                .comments(List.of("a", ""))
                .statistics(InterfaceStatistics.NONE.withDroppedBySystem(8).withDelivered(5))
                .build();
        try (CaptureWriter writer = CaptureOutput.to(written, "a.pcapng")
                .compression(compression)
                .comment("of the section")
                .open()) {
            int first = writer.add(eth1);
            int second = writer.add(CaptureInterface.of(LinkType.RAW).build());
            PacketOptions options = new PacketOptions(
                    List.of("comment", "another"),
                    OptionalInt.of(0x8000_0001),
                    OptionalLong.of(-1),
                    OptionalLong.of(7),
                    OptionalLong.of(0xffff_ffffL),
                    List.of(Bytes.ofHex("02deadbeef")),
                    List.of(Bytes.ofHex("0000000001")));
            for (int i = 0; i < 3000; i++) {
                int on = i % 3 == 0 ? second : first;
                Frame frame = frame(i * 1_000_000_007L, i, 2, 3);
                PacketOptions beside = i % 5 == 0 ? options : PacketOptions.NONE;
                writer.write(on, frame, beside);
                FrameCopy copy = FrameCopy.of(frame);
                frames.add(new FrameCopy(
                        copy.bytes(),
                        copy.wireLength(),
                        copy.timeNanos(),
                        on == second ? LinkType.RAW : LinkType.ETHERNET,
                        on,
                        beside));
            }
        }
        try (CaptureReader reader = read(written)) {
            assertThat(FrameCopy.readAll(reader)).isEqualTo(frames);
            assertThat(reader.damage()).isEmpty();
            assertThat(reader.sections().get(0).comments()).containsExactly("of the section");
            assertThat(reader.interfaces().get(0))
                    .isEqualTo(eth1.toBuilder()
                            .timeResolution(TimeResolution.NANOSECONDS)
                            .build());
        }
    }

    @Test
    void aFlushMakesAllThatWasWrittenReadable() throws IOException {
        for (OutputFormat format : OutputFormat.values()) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try (CaptureWriter writer =
                    CaptureOutput.to(written, "-").format(format).open()) {
                int on = writer.add(ETHERNET);
                for (int i = 0; i < 3; i++) {
                    writer.write(on, frame(i, 1));
                    writer.flush();
                    try (CaptureReader reader = read(written)) {
                        assertThat(FrameCopy.readAll(reader)).hasSize(i + 1);
                        assertThat(reader.damage()).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void namesSayFormatAndCompression() {
        assertThat(OutputFormat.ofName("manager.pcap")).isEqualTo(OutputFormat.PCAP);
        assertThat(OutputFormat.ofName("/tmp/a.b/manager.PCAP3.gz")).isEqualTo(OutputFormat.PCAP);
        assertThat(OutputFormat.ofName("a.cap")).isEqualTo(OutputFormat.PCAP);
        assertThat(OutputFormat.ofName("a.pcapng.zst")).isEqualTo(OutputFormat.PCAPNG);
        assertThat(OutputFormat.ofName("-")).isEqualTo(OutputFormat.PCAPNG);
        assertThat(Compression.ofName("a.pcapng.zst")).isEqualTo(Compression.ZSTD);
        assertThat(Compression.ofName("a.gz")).isEqualTo(Compression.GZIP);
        assertThat(Compression.ofName("gz")).isEqualTo(Compression.NONE);
    }

    @Test
    void refusesWhatTheFormatCannotHold() throws IOException {
        try (CaptureWriter pcap = CaptureOutput.to(OutputStream.nullOutputStream(), "a.pcap")
                        .open();
                CaptureWriter pcapng = CaptureOutput.to(OutputStream.nullOutputStream(), "a.pcapng")
                        .open()) {
            pcap.add(ETHERNET);
            pcapng.add(ETHERNET);

            assertThatThrownBy(() ->
                            pcap.add(CaptureInterface.of(LinkType.LINUX_SLL).build()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "a.pcap cannot be written: its link type is EN10MB, and pcap has no room for a second one,"
                                    + " LINUX_SLL; pcapng has");
            assertThatThrownBy(() -> pcap.write(0, frame(-1, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("a.pcap cannot be written: packet 1 has a time that pcap cannot hold,"
                            + " 1969-12-31T23:59:59Z");
            assertThatThrownBy(() -> pcap.write(0, frame(4_294_967_296_000_000_000L, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("2106-02-07T06:28:16Z");
            assertThatThrownBy(() -> pcapng.write(0, frame(-1, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("packet 1 has a time before");
            assertThatThrownBy(() -> pcapng.write(1, frame(1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no interface 1: there are 1 so far");
            assertThatThrownBy(() -> pcapng.write(0, frame(1, new int[262_145])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("262145 bytes");
            PacketOptions longComment = PacketOptions.NONE.withComments(List.of("x".repeat(65_536)));
            assertThatThrownBy(() -> pcapng.write(0, frame(1, 1), longComment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65536 bytes");
        }
    }

    @Test
    void aRefusedPacketLeavesNoTrace() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureOutput.to(written, "a.pcapng").open()) {
            int on = writer.add(ETHERNET);
            PacketOptions longComment = PacketOptions.NONE.withComments(List.of("x".repeat(65_536)));
            assertThatThrownBy(() -> writer.write(on, frame(1, 1), longComment))
                    .isInstanceOf(IllegalArgumentException.class);
            writer.write(on, frame(2, 2));
        }
        try (CaptureReader reader = read(written)) {
            assertThat(FrameCopy.readAll(reader))
                    .extracting(FrameCopy::timeNanos)
                    .containsExactly(2L);
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void aFullDiskIsToldOnce() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "/dev/full is absent");
        CaptureWriter writer =
                CaptureOutput.to(full).format(OutputFormat.PCAPNG).open();
        writer.write(writer.add(ETHERNET), frame(1, 1));
        assertThatThrownBy(writer::flush)
                .isInstanceOf(IOException.class)
                .hasMessage("/dev/full cannot be written: No space left on device");
        writer.close();
    }

    @Test
    void whatCannotBeOpenedIsTold(@TempDir Path folder) {
        Path lost = folder.resolve("nowhere").resolve("a.pcap");
        assertThatThrownBy(() -> CaptureOutput.to(lost).open())
                .isInstanceOf(IOException.class)
                .hasMessage(lost + " cannot be written: its folder does not exist");
        assertThatThrownBy(() -> CaptureOutput.to(folder).open())
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " cannot be written: it is a directory");
    }
}
