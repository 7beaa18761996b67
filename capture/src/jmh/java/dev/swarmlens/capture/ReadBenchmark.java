package dev.swarmlens.capture;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to read one packet of 500 bytes: from a file, and from a stream. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ReadBenchmark {
    private static final int PACKETS = 100_000;
    private static final int LENGTH = 500;

    @Param({"PCAP", "PCAPNG"})
    public OutputFormat format;

    private final Frame frame = new Frame();
    private Path file;

    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("read", ".capture");
        Frame packet = new Frame();
        packet.set(new byte[LENGTH], 0, LENGTH, LENGTH, LinkType.ETHERNET);
        packet.setTime(0);
        try (CaptureWriter writer = CaptureOutput.to(file).format(format).open()) {
            int id = writer.add(CaptureInterface.of(LinkType.ETHERNET).build());
            for (int i = 0; i < PACKETS; i++) {
                writer.write(id, packet);
            }
        }
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long file() throws IOException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            return read(reader);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long stream() throws IOException {
        try (InputStream in = Files.newInputStream(file);
                CaptureReader reader = CaptureReader.open(in, "stream")) {
            return read(reader);
        }
    }

    private long read(CaptureReader reader) throws IOException {
        long bytes = 0;
        while (reader.next(frame)) {
            bytes += frame.capturedLength();
        }
        return bytes;
    }
}
