package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every capture that we have goes through pcapng, and if it was pcap, back to pcap, and is the same. */
class ThereAndBackTest {
    /** The first time after those that pcap can hold, 2^32 seconds after 1970. */
    private static final long PCAP_END = 4_294_967_296_000_000_000L;

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int FRACTION = 4;
    private static final int ORIGINAL_LENGTH = 12;
    private static final int MICROSECONDS = 1_000_000;

    private static CaptureReader read(ByteArrayOutputStream written) throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(written.toByteArray()), "written");
    }

    @Test
    void everyCapture() throws IOException {
        for (String name : List.of("public", "swarm")) {
            try (Stream<Path> files = Files.walk(TestCaptures.folder(name))) {
                for (Path file : files.filter(TestCaptures::isCapture).toList()) {
                    thereAndBack(file);
                }
            }
        }
    }

    private static void thereAndBack(Path file) throws IOException {
        List<FrameCopy> frames;
        ByteArrayOutputStream pcapng = new ByteArrayOutputStream();
        CaptureFormat format;
        try (CaptureReader reader = CaptureReader.open(file)) {
            format = reader.format();
            frames = FrameCopy.readAll(reader);
            write(pcapng, OutputFormat.PCAPNG, reader.interfaces(), frames);
        } catch (NotACaptureException refused) {
            return;
        }
        try (CaptureReader reader = read(pcapng)) {
            List<FrameCopy> again = FrameCopy.readAll(reader);
            assertSame(file, frames, again);
            assertThat(reader.damage()).as(file.toString()).isEmpty();
            // broken files have times that no pcap file could mean
            if (format.kind() == CaptureFormat.Kind.PCAP
                    && frames.stream().allMatch(frame -> frame.timeNanos() < PCAP_END)) {
                ByteArrayOutputStream pcap = new ByteArrayOutputStream();
                OutputFormat target = format.timeResolution().orElseThrow().equals(TimeResolution.NANOSECONDS)
                        ? OutputFormat.PCAP_NANOSECONDS
                        : OutputFormat.PCAP;
                write(pcap, target, reader.interfaces(), again);
                if (isUsual(format)) {
                    assertSameRecords(file, frames, pcap.toByteArray());
                }
                try (CaptureReader back = read(pcap)) {
                    assertSame(file, frames, FrameCopy.readAll(back));
                }
            }
        }
    }

    /** Whether it is the form that we write; in others the same packets have other bytes around them. */
    private static boolean isUsual(CaptureFormat format) {
        return format.timeResolution().equals(Optional.of(TimeResolution.MICROSECONDS))
                && format.byteOrder() == ByteOrder.LITTLE_ENDIAN
                && format.majorVersion() == 2
                && format.minorVersion() == 4
                && format.compression() == Compression.NONE;
    }

    private static void assertSame(Path file, List<FrameCopy> expected, List<FrameCopy> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            FrameCopy frame = expected.get(i);
            // only a simple packet block can be without a time
            assertThat(actual.get(i))
                    .as("packet %d of %s", i + 1, file)
                    .isIn(frame, frame.timeNanos() == Frame.NO_TIME ? frame.withTime(0) : frame);
        }
        assertThat(actual).as(file.toString()).hasSameSizeAs(expected);
    }

    /** Compares the records byte by byte, behind the headers of both files. */
    private static void assertSameRecords(Path file, List<FrameCopy> frames, byte[] written) throws IOException {
        byte[] original = Files.readAllBytes(file);
        int at = FILE_HEADER;
        for (FrameCopy frame : frames) {
            int next = at + RECORD_HEADER + frame.bytes().length();
            ByteBuffer record =
                    ByteBuffer.wrap(original, at, RECORD_HEADER).slice().order(ByteOrder.LITTLE_ENDIAN);
            // a second of more than a million microseconds, or two gigabytes on the wire, is not kept as it is
            if (Integer.compareUnsigned(record.getInt(FRACTION), MICROSECONDS) < 0
                    && record.getInt(ORIGINAL_LENGTH) >= 0) {
                assertThat(Arrays.copyOfRange(written, at, next))
                        .as("record at %d of %s", at, file)
                        .isEqualTo(Arrays.copyOfRange(original, at, next));
            }
            at = next;
        }
        assertThat(written).hasSize(at);
    }

    private static void write(
            OutputStream out, OutputFormat format, List<CaptureInterface> interfaces, List<FrameCopy> frames)
            throws IOException {
        try (CaptureWriter writer =
                CaptureOutput.to(out, "again").format(format).open()) {
            for (CaptureInterface each : interfaces) {
                writer.add(each);
            }
            for (FrameCopy frame : frames) {
                writer.write(frame.interfaceIndex(), frame.toFrame(), frame.options());
            }
        }
    }
}
