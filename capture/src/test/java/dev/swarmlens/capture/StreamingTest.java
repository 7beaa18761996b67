package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Captures that arrive bit by bit. */
class StreamingTest {
    private static Octets pcapHeader() {
        return Octets.little().u32(0xa1b2c3d4L).u16(2).u16(4).u64(0).u32(65535).u32(1);
    }

    private static byte[] pcapRecord(int length) {
        return Octets.little()
                .u32(1)
                .u32(2)
                .u32(length)
                .u32(length)
                .counting(length)
                .bytes();
    }

    private static byte[] pcapngHeader() {
        Octets file = Octets.little();
        file.block(0x0a0d0d0a, file.fresh().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1));
        return file.block(1, file.fresh().u16(1).u16(0).u32(0)).bytes();
    }

    private static byte[] pcapngPacket(int length) {
        Octets file = Octets.little();
        Octets body = file.fresh().u32(0).u64(5).u32(length).u32(length).counting(length);
        return file.block(6, body).bytes();
    }

    @Test
    @Timeout(20)
    void pcapFramesComeBeforeTheWriterCloses() throws Exception {
        framesComeOneByOne(pcapHeader().bytes(), pcapRecord(60), pcapRecord(7));
    }

    @Test
    @Timeout(20)
    void pcapngFramesComeBeforeTheWriterCloses() throws Exception {
        framesComeOneByOne(pcapngHeader(), pcapngPacket(60), pcapngPacket(7));
    }

    /** Writes the second packet only when the first has been delivered, and closes only when the second has. */
    private static void framesComeOneByOne(byte[] header, byte[] first, byte[] second) throws Exception {
        ExecutorService writer = Executors.newSingleThreadExecutor();
        CountDownLatch firstSeen = new CountDownLatch(1);
        CountDownLatch secondSeen = new CountDownLatch(1);
        PipedInputStream in = new PipedInputStream();
        PipedOutputStream out = new PipedOutputStream(in);
        try {
            Future<?> written = writer.submit(() -> {
                try (out) {
                    out.write(header);
                    out.write(first);
                    out.flush();
                    firstSeen.await();
                    out.write(second);
                    out.flush();
                    secondSeen.await();
                }
                return null;
            });
            Frame frame = new Frame();
            CaptureReader reader = CaptureReader.open(in, "-");
            assertThat(reader.next(frame)).isTrue();
            assertThat(frame.capturedLength()).isEqualTo(60);
            firstSeen.countDown();
            assertThat(reader.next(frame)).isTrue();
            assertThat(frame.capturedLength()).isEqualTo(7);
            secondSeen.countDown();
            assertThat(reader.next(frame)).isFalse();
            assertThat(reader.damage()).isEmpty();
            written.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    @Timeout(20)
    void namedPipeIsFollowed(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(makePipe(pipe), "no mkfifo on this system");
        CountDownLatch seen = new CountDownLatch(1);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> written = writer.submit(() -> {
                try (OutputStream out = Files.newOutputStream(pipe)) {
                    out.write(pcapHeader().bytes());
                    out.write(pcapRecord(60));
                    seen.await();
                    out.write(pcapRecord(1));
                }
                return null;
            });
            try (CaptureReader reader = CaptureReader.open(pipe)) {
                assertThat(reader.next(new Frame())).isTrue();
                seen.countDown();
                assertThat(reader.next(new Frame())).isTrue();
                assertThat(reader.next(new Frame())).isFalse();
                assertThat(reader.damage()).isEmpty();
            }
            written.get();
        } finally {
            writer.shutdownNow();
        }
    }

    private static boolean makePipe(Path pipe) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives as many bytes at a time as it likes. */
    private static final class Dribble extends InputStream {
        private final byte[] bytes;
        private final int step;
        private int position;

        Dribble(byte[] bytes, int step) {
            this.bytes = bytes;
            this.step = step;
        }

        @Override
        public int read() {
            return position == bytes.length ? -1 : bytes[position++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(Math.min(step, length), bytes.length - position);
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count == 0 ? -1 : count;
        }
    }

    @Property(tries = 100)
    void howBytesAreSplitDoesNotMatter(@ForAll @IntRange(min = 1, max = 100) int step, @ForAll boolean pcapng)
            throws IOException {
        Octets file = Octets.little().raw(pcapng ? pcapngHeader() : pcapHeader().bytes());
        int[] lengths = {0, 1, 300, 17, 64};
        for (int length : lengths) {
            file.raw(pcapng ? pcapngPacket(length) : pcapRecord(length));
        }
        try (CaptureReader reader = CaptureReader.open(new Dribble(file.bytes(), step), "dribble")) {
            Frame frame = new Frame();
            for (int length : lengths) {
                assertThat(reader.next(frame)).isTrue();
                assertThat(Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end()))
                        .isEqualTo(Octets.little().counting(length).bytes());
            }
            assertThat(reader.next(frame)).isFalse();
        }
    }

    @Test
    void windowMovesAndGrowsWithWhatArrives() throws IOException {
        Octets file = pcapHeader();
        int[] lengths = {100_000, 200_000, 262_144, 5, 262_144, 262_144};
        for (int length : lengths) {
            file.raw(pcapRecord(length));
        }
        try (CaptureReader reader = CaptureReader.open(file.stream(), "large")) {
            Frame frame = new Frame();
            for (int length : lengths) {
                assertThat(reader.next(frame)).isTrue();
                assertThat(Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end()))
                        .isEqualTo(Octets.little().counting(length).bytes());
            }
            assertThat(frame.bytes().length).isLessThanOrEqualTo(2 * Input.INITIAL_SIZE);
        }
    }

    @Test
    void claimedLengthCostsNoMemory() throws IOException {
        Octets file = Octets.little().raw(pcapngHeader());
        file.u32(6).u32(16 << 20).raw(new byte[1000]);
        Input input = new Input(file.stream());
        assertThat(input.require(16 << 20)).isFalse();
        assertThat(input.bytes()).hasSize(Input.INITIAL_SIZE);
        assertThat(input.available()).isEqualTo(file.size());
    }

    @Test
    void failingStreamIsAnError() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        InputStream stream = new SequenceInputStream(pcapHeader().raw(pcapRecord(5)).stream(), failing);
        try (CaptureReader reader = CaptureReader.open(stream, "failing")) {
            assertThat(reader.next(new Frame())).isTrue();
            assertThatThrownBy(() -> reader.next(new Frame()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk on fire");
        }
    }

    @Test
    void readingAllocatesNothingPerFrame() throws IOException {
        Octets file = pcapHeader();
        Octets next = Octets.little().raw(pcapngHeader());
        for (int i = 0; i < 20_000; i++) {
            file.raw(pcapRecord(20));
            next.raw(pcapngPacket(20));
        }
        for (Octets capture : new Octets[] {file, next}) {
            // The first pass loads classes.
            allocatedInPass(capture.stream());
            assertThat(allocatedInPass(capture.stream())).isLessThan(Input.INITIAL_SIZE + 20_000L);
        }
    }

    private static long allocatedInPass(InputStream stream) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        CaptureReader reader = CaptureReader.open(stream, "allocation");
        Frame frame = new Frame();
        boolean more = true;
        while (more) {
            more = reader.next(frame);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(frame.number()).isEqualTo(20_000);
        return allocated;
    }
}
