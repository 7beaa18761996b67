package dev.swarmlens.capture.live;

import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.InterfaceStatistics;
import dev.swarmlens.capture.live.LiveException.Reason;
import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.RawPacketListener;

/** One interface that is captured from. */
final class Tap implements AutoCloseable {
    /** After how long the kernel hands over what it has, even if that is little. */
    private static final int HAND_OVER_MILLIS = 20;
    /** How many packets to take before it is another interface's turn. */
    private static final int BURST = 1024;

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long U32 = 0xffff_ffffL;
    /** What libpcap calls raw IP on Linux; a file must say 101. */
    private static final int DLT_RAW = 12;

    private final LiveOptions options;
    private final PcapHandle handle;
    private final LinkType linkType;
    private final long startNanos = nowNanos();
    private long delivered;
    private InterfaceStatistics statistics = InterfaceStatistics.NONE;

    private Tap(LiveOptions options, PcapHandle handle) {
        this.options = options;
        this.handle = handle;
        this.linkType = linkType(handle);
    }

    static LinkType linkType(PcapHandle handle) {
        int dlt = handle.getDlt().value();
        return dlt == DLT_RAW ? LinkType.RAW : new LinkType(dlt);
    }

    static Tap open(LiveOptions options) throws LiveException {
        String what = options.name() + " cannot be captured from";
        PcapHandle handle = Libpcap.call(
                what,
                () -> new PcapHandle.Builder(options.name())
                        .snaplen(options.snapLength())
                        .promiscuousMode(
                                options.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
                        .timeoutMillis(HAND_OVER_MILLIS)
                        .bufferSize(options.bufferBytes())
                        .timestampPrecision(TimestampPrecision.NANO)
                        .build());
        try {
            if (options.filter().isPresent()) {
                filter(handle, options.filter().get());
            }
            return Libpcap.call(what, () -> {
                handle.setBlockingMode(BlockingMode.NONBLOCKING);
                return new Tap(options, handle);
            });
        } catch (LiveException failed) {
            handle.close();
            throw failed;
        }
    }

    private static void filter(PcapHandle handle, String filter) throws LiveException {
        try {
            BpfProgram program = handle.compileFilter(filter, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
            try {
                handle.setFilter(program);
            } finally {
                program.free();
            }
        } catch (PcapNativeException wrong) {
            throw new LiveException(
                    Reason.BAD_FILTER, "the capture filter '" + filter + "' is wrong: " + wrong.getMessage(), wrong);
        } catch (NotOpenException closed) {
            throw new IllegalStateException("closed", closed);
        }
    }

    CaptureInterface description() {
        CaptureInterface.Builder description = CaptureInterface.of(linkType)
                .name(options.name())
                .snapLength(options.snapLength())
                .operatingSystem(System.getProperty("os.name") + " " + System.getProperty("os.version"));
        options.filter().ifPresent(description::filter);
        return description.build();
    }

    long delivered() {
        return delivered;
    }

    /** Hands packets to a sink, as the library calls back with them. */
    private final class Delivery implements RawPacketListener {
        private final Frame frame;
        private final FrameSink sink;
        private boolean enough;
        private IOException failure;
        private RuntimeException error;

        Delivery(Frame frame, FrameSink sink) {
            this.frame = frame;
            this.sink = sink;
        }

        @Override
        public void gotPacket(byte[] packet) {
            Timestamp time = handle.getTimestamp();
            frame.set(packet, 0, packet.length, handle.getOriginalLength(), linkType);
            frame.setTime(time.getTime() / MILLIS_PER_SECOND * NANOS_PER_SECOND + time.getNanos());
            delivered++;
            try {
                enough = !sink.take(frame);
            } catch (IOException failed) {
                failure = failed;
            } catch (RuntimeException unexpected) {
                // would be lost on its way through the native code
                error = unexpected;
            }
            if (enough || failure != null || error != null) {
                stop();
            }
        }

        private void stop() {
            try {
                handle.breakLoop();
            } catch (NotOpenException closed) {
                throw new IllegalStateException("closed", closed);
            }
        }
    }

    /**
     * Hands over packets that wait, but not more than a burst.
     *
     * @param frame the frame to hand over with
     * @return whether the sink wants more
     */
    boolean poll(Frame frame, FrameSink sink) throws IOException {
        Delivery delivery = new Delivery(frame, sink);
        Libpcap.call(options.name() + " cannot be captured from any more", () -> {
            try {
                return handle.dispatch(BURST, delivery);
            } catch (InterruptedException stopped) {
                // by the delivery itself
                return 0;
            }
        });
        if (delivery.error != null) {
            throw delivery.error;
        }
        if (delivery.failure != null) {
            throw delivery.failure;
        }
        return !delivery.enough;
    }

    /** How many packets passed the filter and found room, whether they were fetched already or not. */
    long kept() {
        InterfaceStatistics now = statistics();
        return now.received().orElse(0) - now.droppedBySystem().orElse(0);
    }

    /** What was counted so far; if the interface has gone, what was counted before. */
    InterfaceStatistics statistics() {
        try {
            PcapStat counts = Libpcap.call(options.name(), handle::getStats);
            statistics = InterfaceStatistics.NONE
                    .withReceived(counts.getNumPacketsReceived() & U32)
                    .withDroppedBySystem(counts.getNumPacketsDropped() & U32)
                    .withDropped(counts.getNumPacketsDroppedByIf() & U32);
        } catch (LiveException gone) {
            // the last word stands
        }
        statistics = statistics.withDelivered(delivered).withTimes(startNanos, nowNanos());
        return statistics;
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    @Override
    public void close() {
        handle.close();
    }
}
