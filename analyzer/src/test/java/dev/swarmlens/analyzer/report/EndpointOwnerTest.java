package dev.swarmlens.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.swarmlens.analyzer.CapturedFile;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.CaptureSummary;
import dev.swarmlens.analyzer.summary.Origin;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.CapturePoint;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose an overlay address is, when several tunnel endpoints claim it. */
class EndpointOwnerTest {
    private static final List<CapturedFile> NO_FILES = List.of();

    private final Summary summary = new Summary();
    private long time;

    private void sent(String vtep, int packets) {
        Address from = Address.of(vtep);
        Address to = Address.of("192.168.56.109");
        Address ip = Address.of("10.0.9.3");
        for (int i = 0; i < packets; i++) {
            CaptureSummary seen = summary.at(new Origin(0, new CapturePoint("node", null), "file", 0));
            Sighting sighting = seen.vacant();
            sighting.time = ++time;
            sighting.vni = 4097;
            sighting.vtepSourceLow = from.low();
            sighting.vtepDestinationLow = to.low();
            sighting.hasIp = true;
            sighting.sourceMac = 0x02420a000903L;
            sighting.sourceLow = ip.low();
            sighting.destinationLow = Address.of("10.0.9.9").low();
            seen.see(new Layers(), LinkType.ETHERNET);
        }
    }

    private Report.Endpoint endpoint() {
        return new Reporter(Inventory.EMPTY, 1)
                .report(NO_FILES, summary)
                .endpoints()
                .get(0);
    }

    @Test
    void anAddressThatHasMovedIsWhereItMovedTo() {
        sent("192.168.56.101", 30);
        sent("192.168.56.102", 2);

        assertThat(endpoint().vtep()).isEqualTo("192.168.56.102");
        assertThat(endpoint().claims())
                .extracting(Report.Claim::vtep)
                .containsExactly("192.168.56.102", "192.168.56.101");
    }

    @Test
    void anImpostorThatSpeaksInBetweenIsNotTheOwner() {
        sent("192.168.56.101", 5);
        sent("192.168.56.102", 3);
        sent("192.168.56.101", 1);

        assertThat(endpoint().vtep()).isEqualTo("192.168.56.101");
        assertThat(endpoint().packetsSent()).isEqualTo(9);
    }

    @Test
    void anAddressThatMovesThereAndBackIsToldWithTimes() {
        sent("192.168.56.101", 5);
        sent("192.168.56.102", 3);
        sent("192.168.56.101", 1);

        assertThat(endpoint().contested()).isFalse();
        assertThat(endpoint().moves())
                .extracting(Report.Move::fromVtep, Report.Move::toVtep, Report.Move::silentSince, Report.Move::at)
                .containsExactly(
                        tuple("192.168.56.101", "192.168.56.102", 5L, 6L),
                        tuple("192.168.56.102", "192.168.56.101", 8L, 9L));
        assertThat(endpoint().owner().intervals())
                .containsExactly(new Report.Interval(1L, 5L), new Report.Interval(9L, 9L));
    }

    @Test
    void whoSpeaksInTurnAgainAndAgainDoesNotMove() {
        for (int turn = 0; turn < 50; turn++) {
            sent("192.168.56.101", 2);
            sent("192.168.56.102", 1);
        }

        assertThat(endpoint().contested()).isTrue();
        assertThat(endpoint().turns()).isEqualTo(100);
        assertThat(endpoint().moves()).isEmpty();
        assertThat(endpoint().vtep()).isEqualTo("192.168.56.101");
    }
}
