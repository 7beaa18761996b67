package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes to count a segment in the table of flows. Which flow is next is random, which is the worst case: in a
 * large table each row is a cache miss.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Thread)
public class FlowTableBenchmark {
    private static final int BATCH = Flows.BATCH;
    private static final int PACKETS = 1024 * BATCH;

    @Param({"1000", "50000", "1000000"})
    public int flows;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Sighting[] batch = new Sighting[BATCH];
    private final int[] tunnels = new int[BATCH];
    private Flows table;
    private int[] sequenceNumbers;
    private long time;

    @Setup
    public void fill() {
        table = new Flows();
        sequenceNumbers = new int[flows];
        for (int i = 0; i < BATCH; i++) {
            batch[i] = new Sighting();
        }
        for (int flow = 0; flow < flows; flow++) {
            segment(flow, batch[0]);
            table.see(batch, tunnels, 1);
        }
    }

    private void segment(int flow, Sighting sighting) {
        sighting.time = ++time;
        sighting.wireLength = 600;
        sighting.vni = 4096;
        sighting.hasIp = true;
        sighting.sourceLow = Address.mapped(0x0a00_0000 + (flow >>> 14));
        sighting.destinationLow = Address.mapped(0x0a01_0000);
        sighting.protocol = IpProtocol.TCP.code();
        sighting.timeToLive = 64;
        sighting.sourcePort = 32_768 + (flow & 0x3fff);
        sighting.destinationPort = 80;
        sighting.hasTcp = true;
        sighting.tcpFlags = Tcp.FLAG_ACK;
        sighting.sequenceNumber = sequenceNumbers[flow];
        sighting.tcpPayload = 500;
        sequenceNumbers[flow] += 500;
    }

    /** As it is done: the rows of sixteen packets are reached for at once. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Flows sixteenAtOnce() {
        for (int packet = 0; packet < PACKETS; packet += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                segment(random.nextInt(flows), batch[i]);
            }
            table.see(batch, tunnels, BATCH);
        }
        return table;
    }

    /** The alternative: each packet waits for its own row. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Flows oneByOne() {
        for (int packet = 0; packet < PACKETS; packet++) {
            segment(random.nextInt(flows), batch[0]);
            table.see(batch, tunnels, 1);
        }
        return table;
    }

    /** What the other two spend on making the segments. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Sighting[] segmentsAlone() {
        for (int packet = 0; packet < PACKETS; packet++) {
            segment(random.nextInt(flows), batch[packet % BATCH]);
        }
        return batch;
    }
}
