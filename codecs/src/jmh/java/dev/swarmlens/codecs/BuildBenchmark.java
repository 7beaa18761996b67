package dev.swarmlens.codecs;

import java.net.Inet4Address;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;

/** How long it takes to make the bytes of a seven-layer VXLAN frame, all lengths, codes and checksums filled in. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Thread)
public class BuildBenchmark {
    /** Where the outer UDP header, its payload, the inner frame begin. */
    private static final int UDP_PAYLOAD = 14 + 20 + 8;

    private static final int INNER = UDP_PAYLOAD + 8;

    private final ProtocolRegistry registry = ProtocolRegistry.standard();
    private final Packet packet = SampleFrames.sevenLayers();
    private final byte[] array = new byte[2048];
    private final byte[] frame = packet.encode().toArray();

    @Benchmark
    public int computedIntoAReusedArray() {
        return packet.encodeTo(array, Encoding.COMPUTED, registry);
    }

    @Benchmark
    public Bytes computed() {
        return packet.encode();
    }

    /** The headers made anew for each frame. */
    @Benchmark
    public int fromScratchIntoAReusedArray() {
        return SampleFrames.sevenLayers().encodeTo(array, Encoding.COMPUTED, registry);
    }

    @Benchmark
    public int verbatimIntoAReusedArray() {
        return packet.encodeTo(array, Encoding.VERBATIM, registry);
    }

    @Benchmark
    public EthernetPacket pcap4jParsesTheOuterFrame() throws IllegalRawDataException {
        return EthernetPacket.newPacket(frame, 0, frame.length);
    }

    /** Both frames from packets parsed before, their lengths and checksums corrected. */
    @Benchmark
    public byte[] pcap4jBuilds(Pcap4j parsed) {
        byte[] inner = corrected(parsed.inner).build().getRawData();
        byte[] payload = new byte[8 + inner.length];
        System.arraycopy(frame, UDP_PAYLOAD, payload, 0, 8);
        System.arraycopy(inner, 0, payload, 8, inner.length);
        EthernetPacket.Builder outer = corrected(parsed.outer);
        outer.get(UdpPacket.Builder.class).payloadBuilder(new UnknownPacket.Builder().rawData(payload));
        return outer.build().getRawData();
    }

    private static EthernetPacket.Builder corrected(EthernetPacket packet) {
        EthernetPacket.Builder builder = packet.getBuilder();
        builder.paddingAtBuild(false);
        IpV4Packet.Builder ip = builder.get(IpV4Packet.Builder.class);
        ip.correctChecksumAtBuild(true).correctLengthAtBuild(true);
        Inet4Address source = packet.get(IpV4Packet.class).getHeader().getSrcAddr();
        Inet4Address destination = packet.get(IpV4Packet.class).getHeader().getDstAddr();
        UdpPacket.Builder udp = builder.get(UdpPacket.Builder.class);
        if (udp != null) {
            udp.srcAddr(source)
                    .dstAddr(destination)
                    .correctChecksumAtBuild(true)
                    .correctLengthAtBuild(true);
        }
        TcpPacket.Builder tcp = builder.get(TcpPacket.Builder.class);
        if (tcp != null) {
            tcp.srcAddr(source)
                    .dstAddr(destination)
                    .correctChecksumAtBuild(true)
                    .correctLengthAtBuild(true);
        }
        return builder;
    }

    /** The same frame as Pcap4J has it. */
    @State(Scope.Thread)
    public static class Pcap4j {
        final EthernetPacket outer;
        final EthernetPacket inner;

        public Pcap4j() {
            byte[] frame = SampleFrames.sevenLayers().encode().toArray();
            try {
                outer = EthernetPacket.newPacket(frame, 0, frame.length);
                inner = EthernetPacket.newPacket(frame, INNER, frame.length - INNER);
            } catch (IllegalRawDataException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
