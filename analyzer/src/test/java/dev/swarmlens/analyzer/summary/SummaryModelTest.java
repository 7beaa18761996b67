package dev.swarmlens.analyzer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Summaries of invented packets, stranger than real ones, against a plain count; and the merge laws on them. */
class SummaryModelTest {

    private static final int MAX_PACKETS = 60;
    private static final int MANY_PACKETS = 4000;

    private static final Layers SOUND = new Layers();
    private static final Layers FAULTY = new Layers();

    static {
        new Dissector(ProtocolRegistry.standard()).dissect(new byte[1], LinkType.ETHERNET, FAULTY);
    }

    @Provide
    Arbitrary<List<Seen>> captures() {
        return Arbitraries.oneOf(
                Seen.capture(MAX_PACKETS),
                Seen.connection(MAX_PACKETS),
                Seen.echoes(MAX_PACKETS),
                Seen.oneAddress(MAX_PACKETS));
    }

    @Provide
    Arbitrary<Cut> cuts() {
        return Cut.any();
    }

    private static CaptureSummary summarise(List<Seen> packets) {
        CaptureSummary summary = new CaptureSummary(Summary.MAX_FLOWS);
        for (Seen packet : packets) {
            packet.copyTo(summary.vacant());
            summary.see(packet.isFaulty() ? FAULTY : SOUND, packet.linkType());
        }
        return summary;
    }

    private static CaptureSummary summarise(List<Seen> packets, Cut cut) {
        return cut.apply(packets, SummaryModelTest::summarise, SampleFrames::join);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aSummarySaysWhatAPlainCountSays(@ForAll("captures") List<Seen> packets) {
        assertThat(SummaryText.of(summarise(packets))).isEqualTo(PlainSummary.of(packets));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void cutsDoNotMatter(@ForAll("captures") List<Seen> packets, @ForAll("cuts") Cut cut) {
        assertThat(SummaryText.of(summarise(packets, cut))).isEqualTo(SummaryText.of(summarise(packets)));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void cutsDoNotMatterToTheReport(@ForAll("captures") List<Seen> packets, @ForAll("cuts") Cut cut) {
        assertThat(Reports.json(summarise(packets, cut))).isEqualTo(Reports.json(summarise(packets)));
    }

    /** Gigabytes of which a capture has kept next to nothing, so that there are holes of up to a quarter of the numbers. */
    @Provide
    Arbitrary<List<Seen>> wideHoles() {
        long gibibyte = 1L << 30;
        return Seen.data(
                Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.longs().between(0, 30)),
                        Tuple.of(2, Arbitraries.longs().between(0, gibibyte - MAX_PACKETS * 30L)),
                        Tuple.of(1, Arbitraries.longs().between(-30, 0))),
                MAX_PACKETS);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void wideHolesDoNotMatter(@ForAll("wideHoles") List<Seen> packets, @ForAll("cuts") Cut cut) {
        assertThat(SummaryText.of(summarise(packets, cut))).isEqualTo(PlainSummary.of(packets));
    }

    /** Thousands of holes, and what fills them later. */
    @Provide
    Arbitrary<List<Seen>> manyHoles() {
        return Seen.data(
                Arbitraries.frequencyOf(
                        Tuple.of(50, Arbitraries.longs().between(0, 60)),
                        Tuple.of(1, Arbitraries.longs().between(-10_000, 0))),
                MANY_PACKETS);
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void manyHolesDoNotMatter(@ForAll("manyHoles") List<Seen> packets, @ForAll("cuts") Cut cut) {
        assertThat(SummaryText.of(summarise(packets, cut))).isEqualTo(PlainSummary.of(packets));
    }

    /** More holes than one would expect in any connection, and then its first segment once more. */
    @Example
    void whatFillsTheLowestOfManyHolesIsNotSentAgain() {
        List<Seen> packets = new ArrayList<>();
        for (int hole = 0; hole < MANY_PACKETS; hole++) {
            packets.add(Seen.segment(20L * hole));
        }
        packets.add(Seen.segment(10));
        packets.add(Seen.segment(20));

        assertThat(summarise(packets).flows().conversations().retransmittedBytes(0, 0))
                .isEqualTo(10);
    }

    /** A capture that lost packets all along does not fill the memory: the lowest holes count as filled. */
    @Example
    void theLowestOfTooManyHolesIsForgotten() {
        List<Seen> packets = new ArrayList<>();
        for (int hole = 0; hole < SequenceRanges.MAX + 10; hole++) {
            packets.add(Seen.segment(20L * hole));
        }
        packets.add(Seen.segment(10));
        packets.add(Seen.segment(20L * SequenceRanges.MAX + 10));

        assertThat(summarise(packets).flows().conversations().retransmittedBytes(0, 0))
                .isEqualTo(10);
    }

    /** Of too many flows the most recent are kept, and no packet is lost from the sums. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void tooManyFlowsAreSummedUp(
            @ForAll("captures") List<Seen> packets, @ForAll @IntRange(min = 1, max = 5) int maxFlows) {
        CaptureSummary bounded = new CaptureSummary(maxFlows);
        CaptureSummary all = new CaptureSummary(Summary.MAX_FLOWS);
        for (Seen packet : packets) {
            packet.copyTo(bounded.vacant());
            bounded.see(SOUND, packet.linkType());
            packet.copyTo(all.vacant());
            all.see(SOUND, packet.linkType());
        }

        ForgottenFlows forgotten = bounded.flows().forgotten();
        long forgottenPackets = IntStream.range(0, forgotten.size())
                .mapToLong(forgotten::packets)
                .sum();
        long forgottenFlows =
                IntStream.range(0, forgotten.size()).mapToLong(forgotten::flows).sum();
        assertThat(bounded.flows().size()).isLessThanOrEqualTo(maxFlows);
        assertThat(bounded.flows().size() + forgottenFlows)
                .isGreaterThanOrEqualTo(all.flows().size());
        assertThat(packets(bounded) + forgottenPackets).isEqualTo(packets(all));
    }

    private static long packets(CaptureSummary summary) {
        Conversations conversations = summary.flows().conversations();
        return IntStream.range(0, conversations.size())
                .mapToLong(row -> conversations.packets(row, 0) + conversations.packets(row, 1))
                .sum();
    }

    /** An interval below the first segment that ends where counting began. */
    @Example
    void anIntervalThatEndsAtZeroIsKept() {
        Conversations later = conversation();
        see(later, 50);
        see(later, -10);
        Conversations whole = conversation();
        whole.absorb(0, later, 0, tunnel -> tunnel);
        see(whole, -10);

        assertThat(whole.retransmittedBytes(0, 0)).isEqualTo(10);
    }

    private static Conversations conversation() {
        Conversations conversations = new Conversations();
        conversations.begin(conversations.findOrAppend(new long[Conversations.KEY]), 0);
        return conversations;
    }

    private static void see(Conversations conversations, long sequence) {
        Sighting sighting = new Sighting();
        Seen.segment(sequence).copyTo(sighting);
        conversations.see(0, 0, sighting, -1);
    }
}
