package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The frames of a file's slices are exactly those of the file, wherever it is cut and whatever is in it. */
class SlicedCaptureTest {
    private static final long SEED = 4789;
    private static final int RANDOM_CUTS = 5;

    /** A frame and where its record begins. */
    private record Placed(long offset, FrameCopy frame) {}

    /** All that a reading tells. */
    private record Found(List<Placed> frames, Optional<Long> damage, Skipped skipped, int interfaces, int sections) {
        static Found by(CaptureReader reader) throws IOException {
            List<Placed> frames = new ArrayList<>();
            Frame frame = new Frame();
            while (reader.next(frame)) {
                frames.add(new Placed(frame.offset(), FrameCopy.of(frame)));
                assertThat(frame.number()).isEqualTo(frames.size());
            }
            return new Found(
                    frames,
                    reader.damage().map(Damage::offset),
                    reader.damage().map(Damage::skipped).orElse(Skipped.NOTHING),
                    reader.interfaces().size(),
                    reader.sections().size());
        }

        Found followedBy(Found next) {
            return new Found(
                    Stream.concat(frames.stream(), next.frames.stream()).toList(),
                    damage.or(() -> next.damage),
                    new Skipped(skipped.places() + next.skipped.places(), skipped.bytes() + next.skipped.bytes()),
                    next.interfaces,
                    next.sections);
        }
    }

    private final LongAdder seams = new LongAdder();
    private final LongAdder readings = new LongAdder();
    private final LongAdder slicesRead = new LongAdder();

    @Test
    void framesOfTheSlicesOfEveryCaptureAreThoseOfTheWhole() throws IOException {
        List<Path> files = TestCaptures.files();
        files.parallelStream().forEach(file -> {
            try {
                checkFile(file);
            } catch (NotACaptureException refused) {
                assertThatThrownBy(() -> SlicedCapture.at(file, List.of(1L)))
                        .hasMessage(refused.getMessage())
                        .isInstanceOf(NotACaptureException.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        System.out.printf(
                "%d captures cut in %d places; %d slices read, %d of them twice%n",
                files.size(), seams.sum(), slicesRead.sum(), readings.sum() - slicesRead.sum());
        assertThat(seams.sum()).isGreaterThan(files.size());
    }

    private void checkFile(Path file) throws IOException {
        Random random = new Random(SEED);
        long size = Files.size(file);
        for (boolean resync : new boolean[] {false, true}) {
            Found whole = whole(file, resync);
            for (int parts : new int[] {2, 3, 7}) {
                List<Long> cuts = IntStream.range(1, parts)
                        .mapToObj(i -> size * i / parts)
                        .toList();
                assertThat(sliced(file, cuts, resync))
                        .as(file + " cut at " + cuts)
                        .isEqualTo(whole);
            }
            List<Long> cuts =
                    random.longs(RANDOM_CUTS, 0, size + 1).sorted().boxed().toList();
            assertThat(sliced(file, cuts, resync)).as(file + " cut at " + cuts).isEqualTo(whole);
        }
    }

    private static Found whole(Path file, boolean resync) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            return Found.by(resync ? reader.resync() : reader);
        }
    }

    private Found sliced(Path file, List<Long> cuts, boolean resync) throws IOException {
        SlicedCapture capture = SlicedCapture.at(file, cuts);
        seams.add(capture.count() - 1);
        List<Found> found = new ArrayList<>();
        (resync ? capture.resync() : capture)
                .read(
                        Runnable::run,
                        reader -> {
                            readings.increment();
                            return Found.by(reader);
                        },
                        found::add);
        slicesRead.add(found.size());
        return found.stream().reduce(Found::followedBy).orElseThrow();
    }

    /** Records whose packets contain records, as of a capture file on its way through the network. */
    @Property(tries = 200)
    void contentsThatLookLikeRecordsChangeNothing(@ForAll("files") byte[] bytes, @ForAll Random random)
            throws IOException {
        Path file = Files.createTempFile("swarmlens", ".pcap");
        try {
            Files.write(file, bytes);
            for (boolean resync : new boolean[] {false, true}) {
                List<Long> cuts = random.longs(RANDOM_CUTS, 0, bytes.length + 1)
                        .sorted()
                        .boxed()
                        .toList();
                assertThat(sliced(file, cuts, resync)).as("cut at " + cuts).isEqualTo(whole(file, resync));
            }
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers()
                                .between(0, 30)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(40))
                .as((isPcapng, order, depth, kinds) -> {
                    Octets file = new Octets(order);
                    if (isPcapng) {
                        section(file);
                        blocks(file, depth, kinds);
                    } else {
                        file.u32(0xa1b2c3d4L).u16(2).u16(4).u64(0).u32(65_535).u32(1);
                        records(file, depth, kinds);
                    }
                    return file.bytes();
                });
    }

    private static void records(Octets file, int depth, List<Integer> kinds) {
        for (int kind : kinds) {
            Octets content = file.fresh().counting(kind);
            if (depth > 0 && kind % 3 == 0) {
                records(content, depth - 1, kinds);
            }
            // one in a while lies
            long length = kind == 30 ? 0x7fff_ffff : content.size();
            file.u32(1_700_000_000L + kind)
                    .u32(kind)
                    .u32(length)
                    .u32(content.size())
                    .add(content);
        }
    }

    private static void section(Octets file) {
        Octets header = file.fresh().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1);
        file.block(0x0a0d0d0aL, header);
        file.block(1, file.fresh().u16(1).u16(0).u32(0));
    }

    private static void blocks(Octets file, int depth, List<Integer> kinds) {
        for (int kind : kinds) {
            switch (kind) {
                case 27 -> section(file);
                case 28 -> file.block(1, file.fresh().u16(113).u16(0).u32(kind));
                case 29 -> file.block(0x4000_0badL, file.fresh().u32(32_473).counting(kind));
                case 30 -> file.u32(6).u32(kind);
                default -> {
                    Octets content = file.fresh().counting(kind);
                    if (depth > 0 && kind % 3 == 0) {
                        blocks(content.pad(), depth - 1, kinds);
                    }
                    file.block(
                            6,
                            file.fresh()
                                    .u32(kind % 13 == 12 ? 1 : 0)
                                    .u64(kind)
                                    .u32(content.size())
                                    .u32(content.size())
                                    .add(content));
                }
            }
        }
    }

    @Test
    void slicesAreReadByAsManyThreadsAsThereAre() throws IOException {
        Octets file = Octets.little()
                .u32(0xa1b2c3d4L)
                .u16(2)
                .u16(4)
                .u64(0)
                .u32(65_535)
                .u32(1);
        int packets = 60_000;
        for (int i = 0; i < packets; i++) {
            file.u32(1_700_000_000L).u32(i).u32(60).u32(60).counting(60);
        }
        Path path = Files.createTempFile("swarmlens", ".pcap");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Files.write(path, file.bytes());
            SlicedCapture capture = SlicedCapture.evenly(path, 4);
            assertThat(capture.count()).isEqualTo(4);
            LongAdder guesses = new LongAdder();
            List<Integer> counts = new ArrayList<>();
            capture.read(
                    threads,
                    reader -> {
                        guesses.increment();
                        return Found.by(reader).frames().size();
                    },
                    counts::add);

            assertThat(counts).hasSize(4).allMatch(count -> Math.abs(count - packets / 4) < 2);
            assertThat(counts.stream().collect(Collectors.summingInt(each -> each)))
                    .isEqualTo(packets);
            assertThat(guesses.sum()).as("no slice is read twice").isEqualTo(4);
        } finally {
            threads.shutdown();
            Files.delete(path);
        }
    }

    @Test
    void readingThatStopsIsTheLast() throws IOException {
        Path path = Files.createTempFile("swarmlens", ".pcap");
        try {
            Octets file = Octets.little()
                    .u32(0xa1b2c3d4L)
                    .u16(2)
                    .u16(4)
                    .u64(0)
                    .u32(65_535)
                    .u32(1);
            for (int i = 0; i < 100; i++) {
                file.u32(1_700_000_000L).u32(i).u32(60).u32(60).counting(60);
            }
            Files.write(path, file.bytes());
            List<Integer> counts = new ArrayList<>();
            SlicedCapture.at(path, List.of(2_000L, 4_000L))
                    .read(
                            Runnable::run,
                            reader -> {
                                Frame frame = new Frame();
                                int count = 0;
                                while (count < 26 && reader.next(frame)) {
                                    count++;
                                }
                                return count;
                            },
                            counts::add);

            assertThat(counts).containsExactly(26);
        } finally {
            Files.delete(path);
        }
    }
}
