package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is no capture is said in one sentence. */
class CaptureOpenerTest {
    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> CaptureReader.open(new ByteArrayInputStream(bytes), "seed.txt"))
                .isInstanceOf(NotACaptureException.class)
                .hasMessage(message);
    }

    @Test
    void emptyFile() {
        assertRefused(new byte[0], "seed.txt is empty");
    }

    @Test
    void tooShortFile() {
        assertRefused(new byte[] {1, 2, 3}, "seed.txt is not a capture: its 3 bytes are fewer than any capture");
        byte[] half = Octets.little().u32(0xa1b2c3d4L).u16(2).u16(4).bytes();
        assertRefused(half, "seed.txt is not a capture: its 8 bytes are fewer than the header of a pcap file");
    }

    @Test
    void text() {
        assertRefused(
                "hello".getBytes(StandardCharsets.UTF_8),
                "seed.txt is not a capture: it begins with 68 65 6c 6c (text),"
                        + " not with a pcap or pcapng magic number");
    }

    @Test
    void binary() {
        assertRefused(
                new byte[] {0x7f, 'E', 'L', 'F', 2, 1},
                "seed.txt is not a capture: it begins with 7f 45 4c 46, not with a pcap or pcapng magic number");
    }

    @ParameterizedTest
    @CsvSource({
        "zstd, 0x28b52ffd, 0x04580000",
        "lz4, 0x04224d18, 0x64407000",
        "xz, 0xfd377a58, 0x5a000004",
        "gzip, 0x1f8b0800, 0x00000000",
        "bzip2, 0x425a6839, 0x31415926"
    })
    void compressedButCut(String tool, String first, String second) {
        byte[] bytes =
                Octets.big().u32(Long.decode(first)).u32(Long.decode(second)).bytes();
        assertThatThrownBy(() -> CaptureReader.open(new ByteArrayInputStream(bytes), "seed.txt"))
                .isInstanceOf(NotACaptureException.class)
                .hasMessageStartingWith("seed.txt is not a capture: its 0 bytes are fewer than any capture; its " + tool
                        + " data cannot be unpacked further, ");
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void compressedButNoCapture(Compression compression) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = compression.compress(packed)) {
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        assertRefused(
                packed.toByteArray(),
                "seed.txt is not a capture: it begins with 68 65 6c 6c (text) when unpacked by " + compression
                        + ", not with a pcap or pcapng magic number");
    }

    @Test
    void directory(@TempDir Path folder) {
        assertThatThrownBy(() -> CaptureReader.open(folder))
                .isInstanceOf(NotACaptureException.class)
                .hasMessage(folder + " is a directory, not a capture");
    }

    @Test
    void missingFile(@TempDir Path folder) {
        assertThatThrownBy(() -> CaptureReader.open(folder.resolve("nothing.pcap")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void fileWithoutPackets(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("empty.pcap");
        Files.write(
                file,
                Octets.little()
                        .u32(0xa1b2c3d4L)
                        .u16(2)
                        .u16(4)
                        .u64(0)
                        .u32(65535)
                        .u32(1)
                        .bytes());
        try (CaptureReader reader = CaptureReader.open(file)) {
            assertThat(reader.next(new Frame())).isFalse();
            assertThat(reader.damage()).isEmpty();
            assertThat(reader.sections()).isEmpty();
            assertThat(reader.blockCounts()).isEmpty();
        }
    }
}
