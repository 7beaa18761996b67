package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * Every capture of the wild and of our swarms, cut short and with a bit flipped, at 100 random places of each, or as many as
 * {@code -Dswarmlens.damage} says.
 */
class DamagedCapturesTest {
    private static final int PLACES = Integer.getInteger("swarmlens.damage", 100);
    /** Every so many readings go on behind damage. */
    private static final int RESYNC = 4;

    private static final long SEED = 4789;
    /** The longest header of a record or block in front of a packet. */
    private static final int RECORD_HEADER = 28;

    private final LongAdder readings = new LongAdder();
    private final LongAdder frames = new LongAdder();
    private final LongAdder damages = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    @Test
    void cutOrFlippedTheyAreReadWithoutAnExceptionAndInBounds() throws IOException {
        List<Path> files = TestCaptures.files();
        files.parallelStream().forEach(this::damage);
        System.out.printf(
                "%d captures read %d times: %d frames, %d times damage, %d times no capture%n",
                files.size(), readings.sum(), frames.sum(), damages.sum(), refusals.sum());
        assertThat(damages.sum()).isGreaterThan(files.size());
    }

    private void damage(Path path) {
        String how = "whole";
        try {
            byte[] file = Files.readAllBytes(path);
            Random random = new Random(SEED);
            Set<Long> known = new HashSet<>();
            List<Long> offsets = read(file, file.length, false, known).offsets();
            for (int i = 0; i < PLACES; i++) {
                int cut = random.nextInt(file.length);
                how = "cut at " + cut;
                List<Long> before = read(file, cut, false, known).offsets();
                assertThat(before).isEqualTo(offsets.subList(0, before.size()));

                // the lengths are in the headers
                int place = random.nextBoolean() ? random.nextInt(file.length) : inHeader(file, offsets, random);
                int bit = 1 << random.nextInt(Byte.SIZE);
                how = "with bit " + bit + " flipped at " + place;
                file[place] ^= (byte) bit;
                boolean isDamaged =
                        read(file, file.length, false, known).damage().isPresent();
                if (isDamaged && i % RESYNC == 0) {
                    how += ", going on behind damage";
                    read(file, file.length, true, known);
                }
                file[place] ^= (byte) bit;
            }
        } catch (AssertionError | RuntimeException | IOException e) {
            throw new AssertionError(path + " " + how, e);
        }
    }

    private static int inHeader(byte[] file, List<Long> offsets, Random random) {
        List<Long> headers = new ArrayList<>(offsets);
        headers.add(0L);
        long header = headers.get(random.nextInt(headers.size()));
        return (int) Math.min(header + random.nextInt(RECORD_HEADER), file.length - 1);
    }

    private HostileReading read(byte[] file, int length, boolean resync, Set<Long> known) throws IOException {
        HostileReading reading = HostileReading.of(file, length, resync, known);
        readings.increment();
        frames.add(reading.offsets().size());
        damages.add(reading.damage().isPresent() ? 1 : 0);
        refusals.add(reading.isCapture() ? 0 : 1);
        return reading;
    }
}
