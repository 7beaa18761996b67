package dev.swarmlens.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a table of a moment speaks about a claim of an interval, and when it does not. */
class KernelFactsTest {
    private static final int VNI = 4097;
    private static final String IP = "10.0.5.10";
    private static final String MAC = "02:42:0a:00:05:0a";
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    @TempDir
    private Path folder;

    private static Report.Claim claim(String vtep, long firstSecond, long lastSecond) {
        return new Report.Claim(
                vtep, MAC, 1, firstSecond * 1_000_000_000L, lastSecond * 1_000_000_000L, List.of(), null, null);
    }

    /** What a node's vxlan device says at a time, in seconds; at an unknown one if that is negative. */
    private void table(String name, long second, String vtep) throws IOException {
        Path tables = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                tables.resolve("ns-1-a.link.txt"),
                "12: vxlan0@if12: <UP> mtu 1450\n    vxlan id 4097 srcport 0 0 dstport 4789\n");
        Files.writeString(tables.resolve("ns-1-a.fdb.txt"), MAC + " dev vxlan0 dst " + vtep + " self permanent\n");
        if (second >= 0) {
            Files.writeString(tables.resolve("time.txt"), second + "\n");
        }
    }

    private List<Report.Claim> marked(Report.Claim... claims) throws IOException {
        return new KernelFacts(Inventory.read(List.of(folder))).mark(VNI, IP, List.of(claims));
    }

    private static List<String> values(List<Report.KernelMark> marks) {
        return marks.stream().map(mark -> mark.value() + " " + mark.at()).toList();
    }

    @Test
    void anAddressThatMovedWasElsewhereBefore() throws IOException {
        table("before", 5, HERE);
        table("after", 45, THERE);

        List<Report.Claim> claims = marked(claim(THERE, 30, 40), claim(HERE, 10, 20));

        assertThat(values(claims.get(0).confirmedBy())).containsExactly(THERE + " [45000000000]");
        assertThat(claims.get(0).contradictedBy()).isEmpty();
        assertThat(values(claims.get(1).confirmedBy())).containsExactly(HERE + " [5000000000]");
        assertThat(claims.get(1).contradictedBy()).isEmpty();
    }

    @Test
    void anEntryThatStayedBehindIsStale() throws IOException {
        table("before", 5, HERE);
        table("during", 35, HERE);

        List<Report.Claim> claims = marked(claim(THERE, 30, 40), claim(HERE, 10, 20));

        assertThat(values(claims.get(0).contradictedBy())).containsExactly(HERE + " [35000000000]");
        assertThat(claims.get(1).contradictedBy()).isEmpty();
    }

    @Test
    void ofInterleavedClaimsOneIsWrong() throws IOException {
        table("after", 45, HERE);

        List<Report.Claim> claims = marked(claim(HERE, 10, 40), claim(THERE, 20, 30));

        assertThat(claims.get(0).contradictedBy()).isEmpty();
        assertThat(values(claims.get(1).contradictedBy())).containsExactly(HERE + " [45000000000]");
    }

    @Test
    void aMomentThatNobodyKnowsExcusesNothing() throws IOException {
        table("sometime", -1, HERE);

        List<Report.Claim> claims = marked(claim(THERE, 30, 40), claim(HERE, 10, 20));

        assertThat(values(claims.get(0).contradictedBy())).containsExactly(HERE + " []");
        assertThat(values(claims.get(1).confirmedBy())).containsExactly(HERE + " []");
    }

    @Test
    void aTableOfAnotherNetworkSaysNothing() throws IOException {
        table("after", 45, THERE);

        Report.Claim claim = new KernelFacts(Inventory.read(List.of(folder)))
                .mark(VNI + 1, IP, List.of(claim(HERE, 10, 20)))
                .get(0);

        assertThat(claim.confirmedBy()).isEmpty();
        assertThat(claim.contradictedBy()).isEmpty();
    }
}
