package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to merge two summaries that have the same 50 000 flows: what a second slice costs at its end. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(1)
@State(Scope.Thread)
public class MergeBenchmark {
    private static final int FLOWS = 50_000;

    private Flows earlier;
    private Flows later;

    @Setup(Level.Iteration)
    public void fill() {
        earlier = flows();
        later = flows();
    }

    private static Flows flows() {
        Flows flows = new Flows();
        Sighting[] sighting = {new Sighting()};
        for (int flow = 0; flow < FLOWS; flow++) {
            sighting[0].time = flow;
            sighting[0].wireLength = 100;
            sighting[0].hasIp = true;
            sighting[0].sourceLow = Address.mapped(0x0a00_0000 + flow);
            sighting[0].destinationLow = Address.mapped(0x0a01_0000);
            sighting[0].protocol = IpProtocol.UDP.code();
            sighting[0].sourcePort = flow & 0xffff;
            flows.see(sighting, new int[] {-1}, 1);
        }
        return flows;
    }

    @Benchmark
    public Flows merge() {
        earlier.absorb(later, tunnel -> tunnel);
        return earlier;
    }
}
