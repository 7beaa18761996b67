package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behind damage, reading goes on with the first packet that is sound, and says what it left out. */
class ResyncTest {
    private static final int PACKETS = 40;
    private static final int LENGTH_IN_PCAP = 8;
    private static final int LENGTH_IN_PCAPNG = 4;

    /** Files that hold the same packets: number n has n + 60 bytes. */
    enum Format {
        PCAP_LITTLE,
        PCAP_BIG,
        PCAPNG_LITTLE,
        PCAPNG_BIG;

        private boolean isPcapng() {
            return this == PCAPNG_LITTLE || this == PCAPNG_BIG;
        }

        private byte[] file() {
            Octets file =
                    new Octets(this == PCAP_BIG || this == PCAPNG_BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            if (isPcapng()) {
                file.block(
                        0x0a0d0d0aL, file.fresh().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1));
                file.block(1, file.fresh().u16(1).u16(0).u32(0));
            } else {
                file.u32(0xa1b2c3d4L).u16(2).u16(4).u64(0).u32(65_535).u32(1);
            }
            for (int i = 0; i < PACKETS; i++) {
                int length = i + 60;
                if (isPcapng()) {
                    Octets packet =
                            file.fresh().u32(0).u64(i).u32(length).u32(length).counting(length);
                    file.block(6, packet);
                } else {
                    file.u32(1_700_000_000L).u32(i).u32(length).u32(length).counting(length);
                }
            }
            return file.bytes();
        }

        /** Where a packet's record begins: 48 or 24 bytes are before the first, and it has 32 or 16 beside the packet's. */
        private int offset(int packet) {
            return IntStream.range(0, packet)
                    .map(i -> isPcapng() ? 32 + (i + 60 + 3) / 4 * 4 : 16 + i + 60)
                    .reduce(isPcapng() ? 48 : 24, Integer::sum);
        }

        private int lengthAt(int packet) {
            return offset(packet) + (isPcapng() ? LENGTH_IN_PCAPNG : LENGTH_IN_PCAP);
        }
    }

    /** The packets that came through, and what the reader says of the others. */
    private record Outcome(List<Integer> packets, Damage damage, Skipped skipped) {}

    private static Outcome read(byte[] file) throws IOException {
        try (CaptureReader reader =
                CaptureReader.open(new ByteArrayInputStream(file), "damaged").resync()) {
            List<Integer> packets = new ArrayList<>();
            Frame frame = new Frame();
            while (reader.next(frame)) {
                packets.add(frame.capturedLength() - 60);
                assertThat(frame.number()).isEqualTo(packets.size());
            }
            return new Outcome(
                    packets,
                    reader.damage().orElse(null),
                    reader.damage().map(Damage::skipped).orElse(Skipped.NOTHING));
        }
    }

    private static Outcome damage(Format format, Consumer<byte[]> doing) throws IOException {
        byte[] file = format.file();
        doing.accept(file);
        return read(file);
    }

    private static List<Integer> allBut(int from, int to) {
        return IntStream.range(0, PACKETS)
                .filter(i -> i < from || i >= to)
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void soundFileIsReadWhole(Format format) throws IOException {
        Outcome outcome = damage(format, file -> {});

        assertThat(outcome.packets()).isEqualTo(allBut(0, 0));
        assertThat(outcome.damage()).isNull();
        assertThat(outcome.skipped()).isEqualTo(Skipped.NOTHING);
    }

    @ParameterizedTest
    @EnumSource
    void lengthThatCannotBeCostsItsPacket(Format format) throws IOException {
        Outcome outcome = damage(format, file -> {
            int length = format.lengthAt(10);
            Arrays.fill(file, length, length + 4, (byte) 0x7f);
        });

        assertThat(outcome.packets()).isEqualTo(allBut(10, 11));
        int skipped = format.offset(11) - format.offset(10);
        assertThat(outcome.skipped()).isEqualTo(new Skipped(1, skipped));
        assertThat(outcome.damage().offset()).isEqualTo(format.offset(10));
        assertThat(outcome.damage().message())
                .contains("at offset " + format.offset(10) + " claims ")
                .endsWith("; skipped " + skipped + " bytes");
    }

    @ParameterizedTest
    @EnumSource
    void garbageCostsWhatItCovers(Format format) throws IOException {
        for (int filling : new int[] {0, 0xff, 0x5a}) {
            Outcome outcome =
                    damage(format, file -> Arrays.fill(file, format.offset(5), format.offset(9), (byte) filling));

            assertThat(outcome.packets()).as("filled with %x", filling).isEqualTo(allBut(5, 9));
            assertThat(outcome.damage().offset()).isEqualTo(format.offset(5));
            assertThat(outcome.skipped()).isEqualTo(new Skipped(1, format.offset(9) - format.offset(5)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalDamagesAreCounted(Format format) throws IOException {
        Outcome outcome = damage(format, file -> {
            for (int packet : new int[] {3, 20, 33}) {
                Arrays.fill(file, format.lengthAt(packet), format.lengthAt(packet) + 4, (byte) 0x7f);
            }
        });

        assertThat(outcome.packets())
                .isEqualTo(allBut(0, 0).stream()
                        .filter(i -> i != 3 && i != 20 && i != 33)
                        .toList());
        assertThat(outcome.skipped().places()).isEqualTo(3);
        assertThat(outcome.damage().offset()).isEqualTo(format.offset(3));
        assertThat(outcome.damage().message())
                .endsWith("; skipped " + outcome.skipped().bytes() + " bytes in 3 places");
    }

    @ParameterizedTest
    @EnumSource
    void cutEndIsSkipped(Format format) throws IOException {
        byte[] file = format.file();
        byte[] cut = Arrays.copyOf(file, format.offset(PACKETS - 1) + 50);

        Outcome outcome = read(cut);

        assertThat(outcome.packets()).isEqualTo(allBut(PACKETS - 1, PACKETS));
        assertThat(outcome.skipped()).isEqualTo(new Skipped(1, 50));
        assertThat(outcome.damage().message())
                .contains("at offset " + format.offset(PACKETS - 1) + " needs ")
                .endsWith(", 50 are left; skipped 50 bytes");
    }

    /** What a filter would do to a file: bytes lost in its middle. */
    @ParameterizedTest
    @EnumSource
    void lostBytesCostThePacketsThatTheyWereIn(Format format) throws IOException {
        byte[] file = format.file();
        int from = format.offset(7) + 30;
        int to = format.isPcapng() ? from + 96 : from + 97;
        byte[] shorter = Octets.little()
                .raw(Arrays.copyOf(file, from))
                .raw(Arrays.copyOfRange(file, to, file.length))
                .bytes();

        Outcome outcome = read(shorter);

        assertThat(outcome.packets()).containsAll(allBut(7, 10));
        assertThat(outcome.skipped().places()).isEqualTo(1);
    }

    @Test
    void sectionsBehindDamageAreFound() throws IOException {
        byte[] first = Format.PCAPNG_LITTLE.file();
        byte[] second = Format.PCAPNG_BIG.file();
        byte[] lost = Arrays.copyOf(first, Format.PCAPNG_LITTLE.offset(PACKETS - 1) + 50);

        Outcome outcome = read(Octets.little().raw(lost).pad().raw(second).bytes());

        assertThat(outcome.packets()).hasSize(2 * PACKETS - 1).endsWith(PACKETS - 1);
        assertThat(outcome.skipped().places()).isEqualTo(1);
    }
}
