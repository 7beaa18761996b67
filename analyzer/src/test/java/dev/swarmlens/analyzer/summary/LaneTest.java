package dev.swarmlens.analyzer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A bounded sample of packets: the same however the capture is cut, and the same at both ends of a tunnel. */
class LaneTest {
    private static final int SEGMENT = 1410;
    private static final int MERGED = 30;

    @Provide
    Arbitrary<Cut> cuts() {
        return Cut.any();
    }

    /** Twenty connections with data, and echoes between them. */
    private static List<Sighting> manyPackets(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] sequences = random.ints(20).toArray();
        List<Sighting> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int flow = random.nextInt(sequences.length);
            if (random.nextInt(4) == 0) {
                packets.add(echo(i));
            } else {
                packets.add(data(i, 40_000 + flow, sequences[flow], SEGMENT));
                sequences[flow] += SEGMENT;
            }
        }
        return packets;
    }

    private static Sighting packet(int number) {
        Sighting packet = new Sighting();
        packet.time = 1000L * number;
        packet.vni = 4097;
        packet.hasIp = true;
        packet.sourceLow = Address.mapped(0x0a00_0102);
        packet.destinationLow = Address.mapped(0x0a00_0103);
        packet.vtepIdentification = number & 0xffff;
        return packet;
    }

    private static Sighting echo(int number) {
        Sighting packet = packet(number);
        packet.protocol = IpProtocol.ICMP.code();
        packet.hasEcho = true;
        packet.echoRequest = true;
        packet.echoSequence = number & 0xffff;
        return packet;
    }

    private static Sighting data(int number, int port, int sequence, int length) {
        Sighting packet = packet(number);
        packet.protocol = IpProtocol.TCP.code();
        packet.hasTcp = true;
        packet.sourcePort = port;
        packet.destinationPort = 80;
        packet.sequenceNumber = sequence;
        packet.tcpPayload = length;
        return packet;
    }

    private static Lane laneOf(List<Sighting> packets) {
        Lane lane = new Lane();
        packets.forEach(lane::see);
        return lane;
    }

    private static Lane join(Lane earlier, Lane later) {
        earlier.absorb(later);
        return earlier;
    }

    private static List<List<Object>> rows(Lane lane) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < lane.size(); row++) {
            rows.add(Arrays.asList(lane.time(row), lane.identity(row), lane.sequenceNumber(row)));
        }
        return rows;
    }

    @Property(tries = 20)
    void cutsDoNotMatter(@ForAll long seed, @ForAll("cuts") Cut cut) {
        List<Sighting> packets = manyPackets(seed, 12_000);

        Lane whole = laneOf(packets);
        Lane parts = cut.apply(packets, LaneTest::laneOf, LaneTest::join);

        assertThat(whole.packets()).isEqualTo(12_000);
        assertThat(whole.size()).isBetween(1, Lane.MAX_CAPACITY);
        assertThat(whole.level()).isPositive();
        assertThat(parts.packets()).isEqualTo(whole.packets());
        assertThat(parts.level()).isEqualTo(whole.level());
        assertThat(rows(parts)).isEqualTo(rows(whole));
    }

    /** What the sender's sample has, the receiver's has, merged or not. */
    @Property(tries = 20)
    void bothEndsChooseTheSame(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int first = random.nextInt();
        List<Sighting> sent = new ArrayList<>();
        List<Sighting> received = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            sent.add(data(i, 40_000, first + i * SEGMENT, SEGMENT));
        }
        for (int i = 0; i < 20_000; ) {
            int merged = Math.min(1 + random.nextInt(MERGED), 20_000 - i);
            received.add(data(i, 40_000, first + i * SEGMENT, merged * SEGMENT));
            i += merged;
        }

        Lane sender = laneOf(sent);
        Lane receiver = laneOf(received);

        int level = Math.max(sender.level(), receiver.level());
        Set<Integer> arrived = new HashSet<>();
        for (int row = 0; row < receiver.size(); row++) {
            for (int at = 0; at < receiver.tcpPayload(row); at += SEGMENT) {
                arrived.add(receiver.sequenceNumber(row) + at);
            }
        }
        int sampled = 0;
        for (int row = 0; row < sender.size(); row++) {
            if (sender.isSampled(row, level)) {
                sampled++;
                assertThat(arrived).contains(sender.sequenceNumber(row));
            }
        }
        assertThat(sampled).isPositive();
    }

    /** One packet again and again is one choice: it cannot be kept. */
    @Example
    void aFloodOfOnePacketIsBounded() {
        List<Sighting> flood = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            flood.add(echo(7));
        }

        Lane lane = laneOf(flood);

        assertThat(lane.packets()).isEqualTo(10_000);
        assertThat(lane.size()).isZero();
    }
}
