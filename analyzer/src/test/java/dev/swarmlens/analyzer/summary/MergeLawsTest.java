package dev.swarmlens.analyzer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Summaries of a real capture's parts merge to the summary of the capture: wherever it is cut, however they are grouped. What
 * is compared is all that comes of a summary, the report, byte for byte.
 */
class MergeLawsTest {

    private static final int NODES = 4;

    private static final RecordedSwarm SAMPLE = RecordedSwarm.sample();
    private static final List<Path> SAMPLE_CAPTURES =
            List.copyOf(SAMPLE.underlayCaptures().values());

    private static final Map<Path, SampleFrames> FRAMES = new HashMap<>();
    private static final Map<Path, String> REPORTS = new HashMap<>();

    private static SampleFrames frames(Path capture) {
        return FRAMES.computeIfAbsent(capture, SampleFrames::of);
    }

    /** The report of the uncut capture. */
    private static String report(Path capture) {
        return REPORTS.computeIfAbsent(
                capture, path -> Reports.json(frames(path).summarise()));
    }

    private static Summary summaryOf(int node, CaptureSummary capture) {
        Summary summary = new Summary();
        summary.at(Reports.origin(node)).absorb(capture);
        return summary;
    }

    @Provide
    Arbitrary<Cut> cuts() {
        return Cut.any();
    }

    @Provide
    Arbitrary<Path> sampleCaptures() {
        return Arbitraries.of(SAMPLE_CAPTURES);
    }

    /** Healthy ones and broken ones, where there are any besides the sample. */
    @Provide
    Arbitrary<Path> recordedCaptures() {
        return Arbitraries.of(RecordedSwarm.all().stream()
                .flatMap(swarm -> swarm.underlayCaptures().values().stream())
                .toList());
    }

    @Property(tries = 60)
    void cutsDoNotMatter(@ForAll("sampleCaptures") Path capture, @ForAll("cuts") Cut cut) {
        assertThat(Reports.json(frames(capture).summarise(cut))).isEqualTo(report(capture));
    }

    @Property(tries = 100)
    void cutsOfRecordedCapturesDoNotMatter(@ForAll("recordedCaptures") Path capture, @ForAll("cuts") Cut cut) {
        assertThat(Reports.json(frames(capture).summarise(cut))).isEqualTo(report(capture));
    }

    /** Merging whole summaries, of all nodes at once: parts of a node in their order, nodes in any. */
    @Property(tries = 20)
    void cutsOfAllNodesDoNotMatter(
            @ForAll @Size(NODES) List<@From("cuts") Cut> cuts, @ForAll @IntRange(max = NODES - 1) int first) {
        Inventory inventory = inventory();
        Summary whole = new Summary();
        Summary merged = new Summary();
        for (int i = 0; i < NODES; i++) {
            int node = (first + i) % NODES;
            SampleFrames frames = frames(SAMPLE_CAPTURES.get(node));
            whole.merge(summaryOf(i, frames(SAMPLE_CAPTURES.get(i)).summarise()));
            merged.merge(summaryOf(node, frames.summarise(cuts.get(node))));
        }

        assertThat(Reports.json(merged, inventory)).isEqualTo(Reports.json(whole, inventory));
    }

    private static Inventory inventory() {
        try {
            return Inventory.read(List.of(SAMPLE.inventory()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Example
    void theEmptySummaryIsTheIdentity() {
        for (Path capture : SAMPLE_CAPTURES) {
            SampleFrames frames = frames(capture);
            CaptureSummary left = SampleFrames.join(new CaptureSummary(Summary.MAX_FLOWS), frames.summarise());
            CaptureSummary right = SampleFrames.join(frames.summarise(), new CaptureSummary(Summary.MAX_FLOWS));
            Summary before = new Summary().merge(summaryOf(0, frames.summarise()));
            Summary after = summaryOf(0, frames.summarise()).merge(new Summary());

            assertThat(Reports.json(left)).isEqualTo(report(capture));
            assertThat(Reports.json(right)).isEqualTo(report(capture));
            assertThat(Reports.json(before, Inventory.EMPTY)).isEqualTo(report(capture));
            assertThat(Reports.json(after, Inventory.EMPTY)).isEqualTo(report(capture));
        }
    }
}
