package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever a file claims: no exception but the one for what is no capture, no endless loop, no frame out of bounds. */
class HostileCapturesTest {
    private static final long SEED = 4789;
    private static final int VARIANTS_OF_EACH = 6;

    /** Reads everything and returns the offsets of the frames. */
    private static List<Long> read(byte[] file) throws IOException {
        List<Long> offsets = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), "hostile")) {
            Frame frame = new Frame();
            long captured = 0;
            while (reader.next(frame)) {
                assertThat(frame.start()).isBetween(0, frame.end());
                assertThat(frame.end()).isLessThanOrEqualTo(frame.bytes().length);
                assertThat(frame.wireLength()).isNotNegative();
                assertThat(reader.interfaces()).hasSizeGreaterThan(frame.interfaceIndex());
                captured += frame.capturedLength();
                offsets.add(frame.offset());
            }
            assertThat(captured).isLessThanOrEqualTo(file.length);
            assertThat(offsets).isSorted().doesNotHaveDuplicates();
            reader.damage().ifPresent(damage -> {
                assertThat(damage.offset()).isBetween(0L, (long) file.length);
                assertThat(damage.message()).contains("at offset " + damage.offset());
            });
            assertThat(reader.format().toString()).isNotEmpty();
            assertThat(reader.blockCounts().values()).allMatch(count -> count > 0);
        } catch (NotACaptureException e) {
            assertThat(e).hasMessageStartingWith("hostile");
        }
        return offsets;
    }

    @Property
    void arbitraryRecordsOfPcap(@ForAll boolean big, @ForAll @Size(max = 200) byte[] bytes) throws IOException {
        Octets file = big ? Octets.big() : Octets.little();
        file.u32(0xa1b2c3d4L).u16(2).u16(4).u64(0).u32(65535).u32(1);
        read(file.raw(bytes).bytes());
    }

    @Property
    void arbitraryBlocksOfPcapng(
            @ForAll boolean big, @ForAll @Size(max = 8) List<@Size(max = 60) byte[]> bodies, @ForAll byte[] tail)
            throws IOException {
        Octets file = big ? Octets.big() : Octets.little();
        file.block(0x0a0d0d0a, file.fresh().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1));
        file.block(1, file.fresh().u16(1).u16(0).u32(0));
        int type = 0;
        for (byte[] body : bodies) {
            type = (type + 5) % 8;
            file.block(type == 0 ? 0x0a0d0d0a : type, file.fresh().raw(body));
        }
        read(file.raw(tail).bytes());
    }

    @Test
    void publicCapturesCutAndFlipped() throws IOException {
        Path folder = TestCaptures.folder("public");
        Random random = new Random(SEED);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            try {
                damageAndRead(whole, random);
            } catch (RuntimeException | IOException e) {
                fail(file.toString(), e);
            }
        }
    }

    private static void damageAndRead(byte[] whole, Random random) throws IOException {
        List<Long> offsets = read(whole);
        for (int i = 0; i < VARIANTS_OF_EACH; i++) {
            int cut = random.nextInt(whole.length);
            List<Long> before = read(Arrays.copyOf(whole, cut));
            assertThat(offsets.subList(0, before.size())).isEqualTo(before);

            byte[] flipped = whole.clone();
            // The lengths are in the front of the file more often than not.
            int place = random.nextInt(Math.min(whole.length, i % 2 == 0 ? 200 : whole.length));
            flipped[place] ^= (byte) (1 << random.nextInt(8));
            read(flipped);
        }
    }
}
