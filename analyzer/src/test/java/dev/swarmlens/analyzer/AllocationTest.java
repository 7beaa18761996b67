package dev.swarmlens.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the file's bytes to the summary nothing is allocated by packet, only by what is new: flows, addresses, holes. */
class AllocationTest {
    private static final int PCAP_HEADER = 24;
    private static final int MILLION = 1_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aMillionPacketsAllocateNothing() throws IOException {
        for (Path capture : RecordedSwarm.sample().underlayCaptures().values()) {
            byte[] bytes = Files.readAllBytes(capture);
            int packets = packets(bytes);
            int rounds = (MILLION + MILLION / 2) / packets + 1;
            long[] warmAt = new long[1];
            long[] seen = new long[1];
            Summary summary = new Summary();
            // after the first round the flows are known; after these the samples of what passed between nodes are full,
            // and the
            // code is warm enough to have settled
            int warm = MILLION / 2;
            Analyzer analyzer = new Analyzer(ProtocolRegistry.standard(), () -> {
                if (seen[0]++ == warm) {
                    warmAt[0] = allocated();
                }
                return false;
            });
            long end;
            try (CaptureReader reader = CaptureReader.open(repeated(bytes, rounds + 2), "repeated")) {
                analyzer.read(0, "node", "file", reader, summary);
                end = allocated();
            }

            assertThat(seen[0]).isGreaterThan(MILLION);
            assertThat((end - warmAt[0]) / (double) (seen[0] - warm))
                    .describedAs("bytes a packet of %s", capture)
                    .isLessThan(0.1);
        }
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static int packets(byte[] bytes) throws IOException {
        int packets = 0;
        Frame frame = new Frame();
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(bytes), "once")) {
            while (reader.next(frame)) {
                packets++;
            }
        }
        return packets;
    }

    /** A capture whose packets come again and again. */
    private static InputStream repeated(byte[] pcap, int times) {
        byte[] records = Arrays.copyOfRange(pcap, PCAP_HEADER, pcap.length);
        List<byte[]> rounds = Collections.nCopies(times, records);
        return new SequenceInputStream(
                new ByteArrayInputStream(pcap, 0, PCAP_HEADER),
                new SequenceInputStream(Collections.enumeration(
                        rounds.stream().map(ByteArrayInputStream::new).toList())));
    }
}
