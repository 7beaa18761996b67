package dev.swarmlens.analyzer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Gossip by time: bounded, and the same however a capture is cut. */
class GossipTest {
    private static final int FEW_ROWS = 12;
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_795_345_904 * SECOND;

    private record Packet(int from, int to, long time, int payload) {
        Sighting sighting() {
            Sighting sighting = new Sighting();
            sighting.vni = Sighting.UNDERLAY;
            sighting.hasIp = true;
            sighting.time = time;
            sighting.sourceLow = Address.mapped(from);
            sighting.destinationLow = Address.mapped(to);
            sighting.protocol = IpProtocol.UDP.code();
            sighting.sourcePort = Sighting.GOSSIP_PORT;
            sighting.destinationPort = Sighting.GOSSIP_PORT;
            sighting.ipLength = 20 + 8 + payload;
            return sighting;
        }
    }

    @Provide
    Arbitrary<List<Packet>> packets() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs().between(0, 100_000),
                        Arbitraries.of(47, 49, 110, 112, 400))
                .as((from, to, seconds, payload) -> new Packet(from, to, START + seconds * SECOND, payload))
                .list()
                .ofMaxSize(60);
    }

    private static Gossip of(List<Packet> packets) {
        Gossip gossip = new Gossip(FEW_ROWS);
        packets.forEach(packet -> gossip.see(packet.sighting()));
        return gossip;
    }

    private static List<String> text(Gossip gossip) {
        return IntStream.range(0, gossip.size())
                .mapToObj(row -> gossip.source(row) + " " + gossip.destination(row) + " " + gossip.span(row) + " "
                        + gossip.packets(row) + " " + gossip.probes(row) + " " + gossip.acknowledgments(row) + " "
                        + gossip.first(row) + " " + gossip.last(row))
                .sorted()
                .toList();
    }

    @Property
    void cutsChangeNothing(@ForAll("packets") List<Packet> packets, @ForAll("cuts") Cut cut) {
        Gossip joined = cut.apply(packets, GossipTest::of, (one, later) -> {
            one.absorb(later);
            return one;
        });

        assertThat(text(joined)).isEqualTo(text(of(packets)));
    }

    @Provide
    Arbitrary<Cut> cuts() {
        return Cut.any();
    }

    @Property
    void nothingIsLostAndRowsAreBounded(@ForAll("packets") List<Packet> packets) {
        Gossip gossip = of(packets);

        assertThat(gossip.size()).isLessThanOrEqualTo(FEW_ROWS + 4);
        assertThat(sum(gossip, gossip::packets)).isEqualTo(packets.size());
        assertThat(sum(gossip, gossip::probes))
                .isEqualTo(packets.stream()
                        .filter(packet -> packet.payload / 10 == 11)
                        .count());
        assertThat(sum(gossip, gossip::acknowledgments))
                .isEqualTo(packets.stream()
                        .filter(packet -> packet.payload / 10 == 4)
                        .count());
    }

    private interface Column {
        long of(int row);
    }

    private static long sum(Gossip gossip, Column column) {
        return LongStream.range(0, gossip.size())
                .map(row -> column.of((int) row))
                .sum();
    }

    /** The longest messages stay, and those that go are of the shorter half. */
    @Example
    void theLongestMessagesAreKept() {
        Gossip gossip = new Gossip(FEW_ROWS);
        List<Long> lengths = new ArrayList<>(
                LongStream.range(0, 1000).map(i -> i * 7919 % 1000).boxed().toList());
        TreeMap<Long, Integer> sequenceByLength = new TreeMap<>();
        for (int sequence = 0; sequence < lengths.size(); sequence++) {
            sequenceByLength.put(lengths.get(sequence), sequence);
            Sighting sighting = new Packet(1, 2, START, 0).sighting();
            sighting.protocol = IpProtocol.TCP.code();
            sighting.hasTcp = true;
            sighting.sourcePort = 40_000;
            sighting.sequenceNumber = sequence;
            sighting.gossipLength = lengths.get(sequence);
            gossip.see(sighting);
        }
        for (long longest : new long[] {999, 998, 997}) {
            assertThat(gossip.messageLength(
                            new Address(0, Address.mapped(1)),
                            40_000,
                            new Address(0, Address.mapped(2)),
                            Sighting.GOSSIP_PORT,
                            sequenceByLength.get(longest)))
                    .isEqualTo(longest);
        }
    }
}
