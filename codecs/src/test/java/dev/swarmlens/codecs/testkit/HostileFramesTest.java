package dev.swarmlens.codecs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.Problem;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.udp.Udp;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Hostile frames are hostile, each in its way, and this library stands them. */
@Domain(PacketDomain.class)
@StatisticsReport(StatisticsReportMode.OFF)
class HostileFramesTest {
    private static final Packet DATAGRAM = Packet.of(
            Ethernet.from("02:42:0a:00:00:02").to("02:42:0a:00:00:03"),
            Ipv4.from("10.0.0.2").to("10.0.0.3"),
            Udp.from(1000).to(2000));
    private static final int LENGTH = 14 + 20 + 8;

    private static Arbitrary<Packet> datagrams() {
        return Arbitraries.just(DATAGRAM);
    }

    @Provide
    Arbitrary<HostileFrame> cut() {
        return HostileFrames.cut(datagrams());
    }

    @Provide
    Arbitrary<HostileFrame> flipped() {
        return HostileFrames.flipped(datagrams());
    }

    @Provide
    Arbitrary<HostileFrame> lying() {
        return HostileFrames.lying(datagrams());
    }

    @Provide
    Arbitrary<HostileFrame> nested() {
        return HostileFrames.nested();
    }

    /** So many that none of the problems fails to come by chance. */
    @Property(tries = 5000, edgeCases = EdgeCasesMode.FIRST)
    void anyOfThemComesBackByteForByte(@ForAll HostileFrame frame) {
        ParsedPacket parsed = Packet.parse(frame.bytes().toArray());

        assertThat(parsed.packet().encode(Encoding.VERBATIM)).isEqualTo(frame.bytes());
        Statistics.label("problems").collect(parsed.problem().map(Problem::fault));
        Statistics.label("problems").coverage(coverage -> {
            for (Fault fault : new Fault[] {
                Fault.TOO_SHORT, Fault.LENGTH_EXCEEDS, Fault.BAD_VERSION, Fault.BAD_LENGTH, Fault.TOO_DEEP
            }) {
                coverage.check(Optional.of(fault)).count(count -> count > 0);
            }
        });
    }

    @Property(tries = 100)
    void aCutFrameIsABeginning(@ForAll("cut") HostileFrame frame) {
        assertThat(DATAGRAM.encode().toHex()).startsWith(frame.bytes().toHex());
        assertThat(frame.bytes().length()).isLessThan(LENGTH);
        assertThat(Packet.parse(frame.bytes().toArray()).problem()).isPresent();
    }

    @Property(tries = 300)
    void aFlippedFrameDiffersInOneToSixBits(@ForAll("flipped") HostileFrame frame) {
        byte[] whole = DATAGRAM.encode().toArray();
        byte[] bytes = frame.bytes().toArray();
        int bits = IntStream.range(0, LENGTH)
                .map(i -> Integer.bitCount((whole[i] ^ bytes[i]) & 0xff))
                .sum();

        assertThat(bytes).hasSize(LENGTH);
        assertThat(bits).isBetween(1, 6);
    }

    /** Only the header length of IPv4, its total length and the length of UDP are other than they were. */
    @Property(tries = 300)
    void aLyingFrameDiffersInItsLengthsAlone(@ForAll("lying") HostileFrame frame) {
        byte[] whole = DATAGRAM.encode().toArray();
        byte[] bytes = frame.bytes().toArray();
        assertThat(bytes).hasSize(LENGTH).isNotEqualTo(whole);

        for (int at : new int[] {14, 16, 17, 38, 39}) {
            bytes[at] = whole[at];
        }
        assertThat(bytes).isEqualTo(whole);
        assertThat(frame.story()).contains("in place of");
    }

    @Property(tries = 100)
    void aNestedFrameIsDeeperThanAnyoneFollows(@ForAll("nested") HostileFrame frame) {
        assertThat(Packet.parse(frame.bytes().toArray()).problem())
                .hasValueSatisfying(problem -> assertThat(problem.fault()).isEqualTo(Fault.TOO_DEEP));
    }
}
