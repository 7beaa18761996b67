package dev.swarmlens.codecs;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the Internet checksum takes, beside the loop over 16-bit words that RFC 1071 prints. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ChecksumBenchmark {
    @Param({"20", "100", "1450"})
    public int length;

    private byte[] bytes;

    @Setup
    public void fill() {
        bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
    }

    @Benchmark
    public int sum() {
        return InternetChecksum.complement(InternetChecksum.sum(bytes, 0, length, 0));
    }

    @Benchmark
    public int sumOfWords() {
        long sum = 0;
        int at = 0;
        for (; at + 1 < length; at += 2) {
            sum += BigEndian.u16(bytes, at);
        }
        if (at < length) {
            sum += (long) BigEndian.u8(bytes, at) << 8;
        }
        return InternetChecksum.complement(sum);
    }
}
