package dev.swarmlens.analyzer;

import dev.swarmlens.analyzer.esp.XfrmState;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.report.JsonReport;
import dev.swarmlens.analyzer.report.Reporter;
import dev.swarmlens.analyzer.report.Section;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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

/** How long a capture takes from its bytes to its summary, and from the summary to JSON; in one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class AnalysisBenchmark {
    @Param("samples/captures/seed/swarm-manager.pcap")
    public String capture;

    private byte[] bytes;

    @Setup
    public void read() throws IOException {
        bytes = Files.readAllBytes(Path.of(capture));
    }

    @Benchmark
    public Summary summary() throws IOException {
        Summary summary = new Summary();
        analyze(summary);
        return summary;
    }

    @Benchmark
    public void summaryAndJson() throws IOException {
        Summary summary = new Summary();
        CapturedFile file = analyze(summary);
        JsonReport.write(
                new Reporter(Inventory.EMPTY, Integer.MAX_VALUE).report(List.of(file), summary),
                EnumSet.allOf(Section.class),
                OutputStream.nullOutputStream());
    }

    private CapturedFile analyze(Summary summary) throws IOException {
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(bytes), "capture")) {
            return new Analyzer(ProtocolRegistry.standard(), XfrmState.NONE, Optional.empty(), () -> false)
                    .read(0, "node", "capture", reader, summary);
        }
    }
}
