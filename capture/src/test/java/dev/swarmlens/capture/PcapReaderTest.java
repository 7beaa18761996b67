package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The traits of pcap, in files built byte by byte. */
class PcapReaderTest {
    private static final long MICROSECONDS = 0xa1b2c3d4L;
    private static final long NANOSECONDS = 0xa1b23c4dL;
    private static final long MODIFIED = 0xa1b2cd34L;

    private static Octets header(Octets octets, long magic, int major, int minor, long linkType) {
        return octets.u32(magic).u16(major).u16(minor).u32(0).u32(0).u32(65535).u32(linkType);
    }

    private static Octets record(Octets octets, long seconds, long fraction, long first, long second) {
        return octets.u32(seconds).u32(fraction).u32(first).u32(second);
    }

    private static Frame only(Octets file) throws IOException {
        Frame frame = new Frame();
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcap")) {
            assertThat(reader.next(frame)).isTrue();
            assertThat(reader.next(new Frame())).isFalse();
            assertThat(reader.damage()).isEmpty();
        }
        return frame;
    }

    private static byte[] captured(Frame frame) {
        return Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end());
    }

    static Stream<Octets> orders() {
        return Stream.of(Octets.little(), Octets.big());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void microseconds(Octets file) throws IOException {
        record(header(file, MICROSECONDS, 2, 4, 1), 1_700_000_000, 123_456, 5, 60)
                .counting(5);
        Frame frame = only(file);
        assertThat(frame.timeNanos()).isEqualTo(1_700_000_000_123_456_000L);
        assertThat(frame.hasTime()).isTrue();
        assertThat(captured(frame)).containsExactly(0, 1, 2, 3, 4);
        assertThat(frame.capturedLength()).isEqualTo(5);
        assertThat(frame.wireLength()).isEqualTo(60);
        assertThat(frame.linkType()).isEqualTo(LinkType.ETHERNET);
        assertThat(frame.interfaceId()).isZero();
        assertThat(frame.interfaceIndex()).isZero();
        assertThat(frame.number()).isEqualTo(1);
        assertThat(frame.offset()).isEqualTo(24);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void nanoseconds(Octets file) throws IOException {
        record(header(file, NANOSECONDS, 2, 4, 113), 1_700_000_000, 999_999_999, 1, 1)
                .counting(1);
        Frame frame = only(file);
        assertThat(frame.timeNanos()).isEqualTo(1_700_000_000_999_999_999L);
        assertThat(frame.linkType()).isEqualTo(LinkType.LINUX_SLL);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void modifiedRecordHeadersAreEightBytesLonger(Octets file) throws IOException {
        header(file, MODIFIED, 2, 4, 1);
        record(file, 1, 2, 3, 4).u32(7).u16(0x0800).u16(0).counting(3);
        Frame frame = only(file);
        assertThat(captured(frame)).containsExactly(0, 1, 2);
        assertThat(frame.timeNanos()).isEqualTo(1_000_002_000L);
        assertThat(frame.wireLength()).isEqualTo(4);
    }

    @Test
    void timesGoOnUntilTheYear2106() throws IOException {
        Octets file = record(header(Octets.little(), MICROSECONDS, 2, 4, 1), 0xffff_ffffL, 999_999, 0, 0);
        assertThat(only(file).timeNanos()).isEqualTo(4_294_967_295_999_999_000L);
    }

    @Test
    void fractionOverASecondIsAdded() throws IOException {
        Octets file = record(header(Octets.little(), MICROSECONDS, 2, 4, 1), 10, 0xffff_ffffL, 0, 0);
        assertThat(only(file).timeNanos()).isEqualTo(10_000_000_000L + 4_294_967_295_000L);
    }

    @Test
    void lengthsAreSwappedBeforeVersion2dot3() throws IOException {
        Octets file = record(header(Octets.little(), MICROSECONDS, 2, 2, 1), 0, 0, 9, 2)
                .counting(2);
        assertThat(only(file).capturedLength()).isEqualTo(2);
        assertThat(only(file).wireLength()).isEqualTo(9);
    }

    @Test
    void lengthsAreSwappedInVersion543() throws IOException {
        Octets file = record(header(Octets.little(), MICROSECONDS, 543, 0, 1), 0, 0, 9, 2)
                .counting(2);
        assertThat(only(file).capturedLength()).isEqualTo(2);
        assertThat(only(file).wireLength()).isEqualTo(9);
    }

    @Test
    void version2dot3MayHaveThemEitherWay() throws IOException {
        Octets swapped = record(header(Octets.little(), MICROSECONDS, 2, 3, 1), 0, 0, 9, 2)
                .counting(2);
        assertThat(only(swapped).capturedLength()).isEqualTo(2);
        assertThat(only(swapped).wireLength()).isEqualTo(9);
        Octets usual = record(header(Octets.little(), MICROSECONDS, 2, 3, 1), 0, 0, 2, 9)
                .counting(2);
        assertThat(only(usual).capturedLength()).isEqualTo(2);
        assertThat(only(usual).wireLength()).isEqualTo(9);
    }

    @Test
    void lengthOnTheWireMayBeAbsurd() throws IOException {
        Octets file = record(header(Octets.little(), MICROSECONDS, 2, 4, 1), 0, 0, 0, 0xffff_fff0L);
        assertThat(only(file).wireLength()).isEqualTo(Integer.MAX_VALUE);
        Octets shorter = record(header(Octets.little(), MICROSECONDS, 2, 4, 1), 0, 0, 3, 1)
                .counting(3);
        assertThat(only(shorter).wireLength()).isEqualTo(1);
    }

    @Test
    void upperBitsOfTheLinkTypeAreTheCheckSequence() throws IOException {
        Octets file = header(Octets.little(), MICROSECONDS, 2, 4, 0x2400_0001L);
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcap")) {
            CaptureInterface only = reader.interfaces().get(0);
            assertThat(only.linkType()).isEqualTo(LinkType.ETHERNET);
            assertThat(only.fcsLength()).hasValue(4);
            assertThat(only.snapLength()).isEqualTo(65535);
            assertThat(only.name()).isEmpty();
            assertThat(only.statistics()).isEmpty();
        }
        try (CaptureReader reader =
                CaptureReader.open(header(Octets.little(), MICROSECONDS, 2, 4, 0x2000_0001L).stream(), "test.pcap")) {
            assertThat(reader.interfaces().get(0).fcsLength()).isEmpty();
        }
    }

    @Test
    void formatSaysWhatTheFileIs() throws IOException {
        assertThat(format(header(Octets.little(), MICROSECONDS, 2, 4, 1)))
                .hasToString("pcap, microseconds, little-endian")
                .matches(format -> format.majorVersion() == 2 && format.minorVersion() == 4);
        assertThat(format(header(Octets.big(), NANOSECONDS, 2, 4, 1))).hasToString("pcap, nanoseconds, big-endian");
        assertThat(format(header(Octets.little(), MODIFIED, 2, 4, 1)))
                .hasToString("modified pcap, microseconds, little-endian");
    }

    private static CaptureFormat format(Octets file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcap")) {
            return reader.format();
        }
    }

    @Test
    void version1IsRefused() {
        Octets file = header(Octets.little(), MICROSECONDS, 1, 0, 1);
        assertThatThrownBy(() -> CaptureReader.open(file.stream(), "old.pcap"))
                .isInstanceOf(NotACaptureException.class)
                .hasMessage("old.pcap is a pcap file of version 1.0, older than any that can be read");
    }

    @Test
    void longestRecordIsRead() throws IOException {
        Octets file = record(header(Octets.little(), MICROSECONDS, 2, 4, 1), 0, 0, 262_144, 262_144)
                .raw(new byte[262_144]);
        assertThat(only(file).capturedLength()).isEqualTo(262_144);
    }

    @Test
    void longerRecordIsDamage() throws IOException {
        Octets file = record(header(Octets.little(), MICROSECONDS, 2, 4, 1), 0, 0, 1, 1)
                .counting(1);
        record(file, 0, 0, 262_145, 262_145).raw(new byte[300_000]);
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcap")) {
            assertThat(reader.next(new Frame())).isTrue();
            assertThat(reader.next(new Frame())).isFalse();
            assertThat(reader.next(new Frame())).isFalse();
            assertThat(reader.damage())
                    .contains(new Damage(
                            41,
                            "the packet record at offset 41 claims 262145 captured bytes,"
                                    + " more than the 262144 that a packet may have"));
        }
    }

    @Test
    void cutRecordsSayWhatIsMissing() throws IOException {
        Octets body = record(header(Octets.little(), MICROSECONDS, 2, 4, 1), 0, 0, 80, 80)
                .counting(24);
        assertThat(damage(body)).isEqualTo("the packet record at offset 24 needs 96 bytes, 40 are left");
        Octets head = header(Octets.little(), MICROSECONDS, 2, 4, 1).u8(0);
        assertThat(damage(head)).isEqualTo("the header of the packet record at offset 24 needs 16 bytes, 1 is left");
    }

    private static String damage(Octets file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file.stream(), "test.pcap")) {
            assertThat(reader.next(new Frame())).isFalse();
            return reader.damage().orElseThrow().message();
        }
    }
}
