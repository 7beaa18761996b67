package dev.swarmlens.codecs;

import dev.swarmlens.codecs.ipv4.Ipv4View;
import dev.swarmlens.codecs.tcp.TcpView;
import dev.swarmlens.codecs.vxlan.VxlanView;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;

/** How long it takes to find the layers of a frame. With {@code -prof gc} all but the last three allocate 0 B. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Thread)
public class DissectBenchmark {
    private static final int BATCH = 1024;
    /** Where the inner frame of a VXLAN frame without options begins. */
    private static final int INNER = 14 + 20 + 8 + 8;

    private final Dissector dissector = new Dissector(ProtocolRegistry.standard());
    private final Layers layers = new Layers();
    private final VxlanView vxlan = new VxlanView();
    private final Ipv4View ip = new Ipv4View();
    private final TcpView tcp = new TcpView();
    private final byte[] frame = SampleFrames.sevenLayers().encode().toArray();
    private final byte[][] frames = SampleFrames.mixed(BATCH);

    @Benchmark
    public int sevenLayers() {
        dissector.dissect(frame, 0, frame.length, frame.length, LinkType.ETHERNET.code(), layers);
        return layers.count();
    }

    /** With all that a flow table asks for. */
    @Benchmark
    public void sevenLayersAndTheirFlow(Blackhole read) {
        dissector.dissect(frame, 0, frame.length, frame.length, LinkType.ETHERNET.code(), layers);
        ip.wrap(layers, 1);
        read.consume(ip.source());
        read.consume(ip.destination());
        vxlan.wrap(layers, 3);
        read.consume(vxlan.vni());
        ip.wrap(layers, 5);
        read.consume(ip.source());
        read.consume(ip.destination());
        tcp.wrap(layers, 6);
        read.consume(tcp.sourcePort());
        read.consume(tcp.destinationPort());
        read.consume(tcp.flags());
        read.consume(tcp.sequenceNumber());
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int mixedShapes() {
        int found = 0;
        for (byte[] each : frames) {
            dissector.dissect(each, 0, each.length, each.length, LinkType.ETHERNET.code(), layers);
            found += layers.count();
        }
        return found;
    }

    @Benchmark
    public ParsedPacket sevenLayersAsValues() {
        return Packet.parse(frame);
    }

    /** Pcap4J does not know VXLAN, so that it parses the outer frame only. */
    @Benchmark
    public EthernetPacket pcap4jOuterFrame() throws IllegalRawDataException {
        return EthernetPacket.newPacket(frame, 0, frame.length);
    }

    @Benchmark
    public void pcap4jBothFrames(Blackhole packets) throws IllegalRawDataException {
        packets.consume(EthernetPacket.newPacket(frame, 0, frame.length));
        packets.consume(EthernetPacket.newPacket(frame, INNER, frame.length - INNER));
    }
}
