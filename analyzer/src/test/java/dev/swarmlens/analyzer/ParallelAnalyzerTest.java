package dev.swarmlens.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.esp.XfrmState;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.report.JsonReport;
import dev.swarmlens.analyzer.report.Reporter;
import dev.swarmlens.analyzer.report.Section;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.SlicedCapture;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However a capture is cut and whoever reads its parts, the report is the same, byte for byte. */
class ParallelAnalyzerTest {
    private static final Map<Path, String> REPORTS = new HashMap<>();

    @Provide
    Arbitrary<Path> captures() {
        return Arbitraries.of(RecordedSwarm.all().stream()
                .flatMap(swarm -> swarm.underlayCaptures().values().stream())
                .toList());
    }

    @Property(tries = 100)
    void slicesChangeNothing(
            @ForAll("captures") Path capture,
            @ForAll @Size(max = 6) List<@DoubleRange(min = 0, max = 1) Double> cuts,
            @ForAll @IntRange(min = 1, max = 7) int threads)
            throws IOException {
        long size = Files.size(capture);
        List<Long> offsets =
                cuts.stream().map(cut -> (long) (cut * size)).sorted().toList();
        Summary summary = new Summary();
        try (ParallelAnalyzer analyzer =
                new ParallelAnalyzer(threads, ParallelAnalyzerTest::analyzer, Summary::new, () -> false)) {
            CapturedFile file = analyzer.read(0, "node", "file", SlicedCapture.at(capture, offsets), summary);
            assertThat(json(file, summary)).isEqualTo(whole(capture));
        }
    }

    @Property(tries = 50)
    void batchesChangeNothing(
            @ForAll("captures") Path capture,
            @ForAll @IntRange(min = 1_000, max = 1_000_000) int batchBytes,
            @ForAll @IntRange(min = 1, max = 7) int threads)
            throws IOException {
        Summary summary = new Summary();
        try (ParallelAnalyzer analyzer = new ParallelAnalyzer(
                        threads, batchBytes, ParallelAnalyzerTest::analyzer, Summary::new, () -> false);
                CaptureReader reader =
                        CaptureReader.open(new ByteArrayInputStream(Files.readAllBytes(capture)), "stream")) {
            CapturedFile file = analyzer.read(0, "node", "file", reader, summary);
            assertThat(json(file, summary)).isEqualTo(whole(capture));
        }
    }

    private static Analyzer analyzer(BooleanSupplier stop) {
        return new Analyzer(ProtocolRegistry.standard(), XfrmState.NONE, Optional.empty(), stop);
    }

    private static String whole(Path capture) throws IOException {
        String known = REPORTS.get(capture);
        if (known != null) {
            return known;
        }
        Summary summary = new Summary();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            CapturedFile file = analyzer(() -> false).read(0, "node", "file", reader, summary);
            REPORTS.put(capture, json(file, summary));
        }
        return REPORTS.get(capture);
    }

    private static String json(CapturedFile file, Summary summary) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonReport.write(
                new Reporter(Inventory.EMPTY, Integer.MAX_VALUE).report(List.of(file), summary),
                EnumSet.allOf(Section.class),
                out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
