package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.Analyzer;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.analyzer.summary.KeyedRows;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.ChecksumStatus;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.tcp.TcpProtocol;
import dev.swarmlens.codecs.tcp.TcpView;
import dev.swarmlens.codecs.udp.UdpProtocol;
import dev.swarmlens.codecs.udp.UdpView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The second look: the packets of conversations, one by one. Of each conversation and in all so many are kept that memory stays
 * bounded; of more, the first.
 */
final class CloseUp {
    private static final int MAX_OF_FLOW = 20_000;
    private static final int MAX = 1_000_000;
    /** Frames of one kind that are kept as evidence, of each file. */
    private static final int SAMPLES = 5;

    private static final long SECOND = 1_000_000_000L;
    /** For so many seconds, some weeks, it is noted when nodes sent anything. */
    private static final int LISTENED = 1 << 22;

    private final KeyedRows wanted = new KeyedRows(Flows.KEY, Flows.KEY + 1);
    private final List<List<Packet>> packets = new ArrayList<>();
    private final Map<Sample, List<Packet>> samples = new HashMap<>();
    /** From which sequence number and which time on frames of ESP are wanted. */
    private record Beginning(long sequence, long time) {}

    private final Map<Sample.Sealed, Beginning> sealed = new HashMap<>();

    private final Map<Address, Address> addresses = new HashMap<>();
    private final long[] key = new long[Flows.KEY];
    private final TcpView tcp = new TcpView();
    private final UdpView udp = new UdpView();
    private int kept;
    /** In which seconds nodes sent anything, counted so that the first one seen is in the middle. */
    private final Map<Address, BitSet> heard = new HashMap<>();

    private long firstSecond = -1;
    private final DnsAnswers dnsAnswers = new DnsAnswers();
    private boolean wantsDnsAnswers;
    /** When those last sent anything, in a tunnel or inside a node, whose names are asked for. */
    private final Map<Address, Long> spoken = new HashMap<>();

    /** A kind of frame of which some are wanted as evidence. */
    sealed interface Sample {
        /** Sent from an overlay address out of a tunnel endpoint. */
        record Claim(int vni, Address ip, Address vtep) implements Sample {}

        /** In a network. */
        record Network(int vni) implements Sample {}

        /** From a tunnel endpoint, in whichever network. */
        record From(Address source) implements Sample {}

        /** From one tunnel endpoint to another in a network. */
        record Through(int vni, Address source, Address destination) implements Sample {}

        /** From one tunnel endpoint to another in a network, not in ESP. */
        record Clear(int vni, Address source, Address destination) implements Sample {}

        /** In fragments, from one tunnel endpoint to another. */
        record Fragment(Address source, Address destination) implements Sample {}

        /** With ARP inside, from a tunnel endpoint. */
        record Arp(Address source) implements Sample {}

        /** Gossip on UDP, from one node to another. */
        record Gossip(Address source, Address destination) implements Sample {}

        /** The beginning of a gossip stream's message of a length. */
        record Message(Address source, long length) implements Sample {}

        /** Outside of tunnels, to a multicast group. */
        record Call(Address source, Address group) implements Sample {}

        /** ARP outside of tunnels: who has an address? */
        record Request(Address asker, Address target) implements Sample {}

        /** From a node to the managers' port. */
        record Management(Address source) implements Sample {}

        /** In ESP, from one node to another. */
        record Sealed(Address source, Address destination, int spi) implements Sample {}

        /** With a header that Linux does not accept, from a tunnel endpoint. */
        record Irregular(Address source) implements Sample {}
    }

    /** Wants all packets of a conversation's flow. */
    void want(Exchange exchange) {
        exchange.copyKey(key);
        int known = wanted.size();
        int row = wanted.findOrAppend(key);
        if (row == known) {
            packets.add(new ArrayList<>());
        }
    }

    /** Wants some frames of a kind. */
    void want(Sample sample) {
        samples.putIfAbsent(sample, new ArrayList<>());
    }

    /** Wants some frames of ESP, from a sequence number and a time on. */
    void want(Sample.Sealed sample, long sequence, long time) {
        want(sample);
        sealed.put(sample, new Beginning(sequence, time));
    }

    /** Wants some frames of a kind, on a condition. */
    void want(boolean condition, Sample sample) {
        if (condition) {
            want(sample);
        }
    }

    /**
     * Wants what Docker's DNS answered.
     *
     * @param known addresses that it may be asked for, of which it is noted when they last sent anything
     */
    void wantDnsAnswers(Stream<Address> known) {
        wantsDnsAnswers = true;
        known.forEach(address -> spoken.putIfAbsent(address, Long.MIN_VALUE));
    }

    /** Whether what Docker's DNS answered is wanted. */
    boolean wantsDnsAnswers() {
        return wantsDnsAnswers;
    }

    boolean isEmpty() {
        return wanted.size() == 0 && samples.isEmpty() && !wantsDnsAnswers;
    }

    /** What looks at a file's frames. */
    Analyzer.Observer observer(int order) {
        return (frame, layers, sighting) -> see(order, frame, layers, sighting);
    }

    /** Wants to know when nodes sent anything. */
    void listenTo(Collection<Address> nodes) {
        nodes.forEach(node -> heard.put(node, new BitSet()));
    }

    /** Whether this is a SYN: who only calls, again and again, is not heard talking. */
    private static boolean isCallingOut(Sighting sighting) {
        return sighting.hasIp && sighting.hasTcp && (sighting.tcpFlags & (Tcp.FLAG_SYN | Tcp.FLAG_ACK)) == Tcp.FLAG_SYN;
    }

    private void hear(Sighting sighting) {
        boolean inTunnel = sighting.vni != Sighting.UNDERLAY;
        if (!inTunnel && !sighting.hasIp || sighting.time <= 0 || isCallingOut(sighting)) {
            return;
        }
        BitSet seconds = heard.get(
                inTunnel
                        ? new Address(sighting.vtepSourceHigh, sighting.vtepSourceLow)
                        : new Address(sighting.sourceHigh, sighting.sourceLow));
        if (seconds != null) {
            if (firstSecond < 0) {
                firstSecond = sighting.time / SECOND;
            }
            long second = sighting.time / SECOND - firstSecond + LISTENED / 2;
            if (second >= 0 && second < LISTENED) {
                seconds.set((int) second);
            }
        }
    }

    /** Whether a node sent anything from one moment to another, by whole seconds. */
    boolean isHeard(Address node, long from, long to) {
        BitSet seconds = heard.getOrDefault(node, new BitSet());
        long second = Math.max(0, from / SECOND - firstSecond + LISTENED / 2);
        int next = seconds.nextSetBit((int) Math.min(second, LISTENED));
        return next >= 0 && next <= to / SECOND - firstSecond + LISTENED / 2;
    }

    /** The end of the last second in which a node sent anything; {@link Long#MIN_VALUE} if there is none. */
    long lastHeard(Address node) {
        int second = heard.getOrDefault(node, new BitSet()).length();
        return second == 0 ? Long.MIN_VALUE : time(second);
    }

    /** A time from one moment to another. */
    record Silence(long from, long to) {}

    /**
     * When a node sent nothing and then was heard again, while another one was heard all the time: the last time that ended
     * before a moment.
     *
     * @param length how many whole seconds it lasted, at least
     * @return {@code null} if it never did
     */
    Silence lastSilence(Address node, int length, long before) {
        BitSet seconds = heard.getOrDefault(node, new BitSet());
        long moment = before / SECOND - firstSecond + LISTENED / 2;
        int again = seconds.previousSetBit((int) Math.max(-1, Math.min(moment, LISTENED)));
        while (again > 0) {
            int last = seconds.previousSetBit(again - 1);
            if (last >= 0 && again - last > length && isAnyHeard(last + 1, again, length)) {
                return new Silence(time(last + 1), time(again));
            }
            again = last;
        }
        return null;
    }

    private boolean isAnyHeard(int from, int to, int length) {
        return heard.values().stream().anyMatch(seconds -> seconds.get(from, to).cardinality() >= length);
    }

    /** When a second began. */
    private long time(int second) {
        return (second - LISTENED / 2 + firstSecond) * SECOND;
    }

    private void see(int order, Frame frame, Layers layers, Sighting sighting) {
        hear(sighting);
        if (wantsDnsAnswers && sighting.hasIp) {
            seeNames(order, frame, layers, sighting);
        }
        if (sighting.vni != Sighting.UNDERLAY && !samples.isEmpty()) {
            seeSamples(order, frame, sighting);
        } else if (sighting.hasIp && !samples.isEmpty()) {
            seeControlPlane(order, frame, sighting);
        } else if (sighting.hasArp && sighting.arpOperation == Arp.REQUEST && !samples.isEmpty()) {
            Address asker = address(0, Address.mapped(sighting.arpSender));
            sample(new Sample.Request(asker, address(0, Address.mapped(sighting.arpTarget))), order, frame, sighting);
        }
        if (sighting.hasEsp && !sealed.isEmpty()) {
            seeSealed(order, frame, sighting);
        }
        if (!sighting.hasIp || kept >= MAX) {
            return;
        }
        int direction = Flows.fill(key, sighting);
        int row = wanted.find(key);
        if (row >= 0 && packets.get(row).size() < MAX_OF_FLOW) {
            kept++;
            packets.get(row).add(packet(order, frame, layers, sighting, direction));
        }
    }

    private void seeNames(int order, Frame frame, Layers layers, Sighting sighting) {
        if (DnsAnswers.isAnswer(sighting)) {
            DnsAnswer.of(layers.frame(), layers.payloadStart(), layers.payloadEnd())
                    .ifPresent(answer -> dnsAnswers
                            .add(answer, packet(order, frame, null, sighting, 0))
                            .forEach(address -> spoken.putIfAbsent(address, Long.MIN_VALUE)));
        } else if (!spoken.isEmpty()) {
            spoken.computeIfPresent(
                    new Address(sighting.sourceHigh, sighting.sourceLow), (any, last) -> Math.max(last, sighting.time));
        }
    }

    private void seeSamples(int order, Frame frame, Sighting sighting) {
        Address source = address(sighting.vtepSourceHigh, sighting.vtepSourceLow);
        Address destination = address(sighting.vtepDestinationHigh, sighting.vtepDestinationLow);
        sample(new Sample.Network(sighting.vni), order, frame, sighting);
        sample(new Sample.From(source), order, frame, sighting);
        sample(new Sample.Through(sighting.vni, source, destination), order, frame, sighting);
        if (!sighting.hasEsp) {
            sample(new Sample.Clear(sighting.vni, source, destination), order, frame, sighting);
        }
        if (sighting.hasIp) {
            Address ip = address(sighting.sourceHigh, sighting.sourceLow);
            sample(new Sample.Claim(sighting.vni, ip, source), order, frame, sighting);
        } else if (sighting.hasArp) {
            sample(new Sample.Arp(source), order, frame, sighting);
        }
        if (sighting.isOuterFragment) {
            sample(new Sample.Fragment(source, destination), order, frame, sighting);
        }
        if (sighting.isIrregular) {
            sample(new Sample.Irregular(source), order, frame, sighting);
        }
    }

    private void seeSealed(int order, Frame frame, Sighting sighting) {
        Sample.Sealed sample = new Sample.Sealed(
                address(sighting.espSourceHigh, sighting.espSourceLow),
                address(sighting.espDestinationHigh, sighting.espDestinationLow),
                sighting.espSpi);
        Beginning beginning = sealed.get(sample);
        if (beginning != null
                && Integer.toUnsignedLong(sighting.espSequence) >= beginning.sequence
                && sighting.time >= beginning.time) {
            sample(sample, order, frame, sighting);
        }
    }

    private void seeControlPlane(int order, Frame frame, Sighting sighting) {
        Address source = address(sighting.sourceHigh, sighting.sourceLow);
        if (sighting.isGossip()) {
            if (!sighting.hasTcp) {
                Address destination = address(sighting.destinationHigh, sighting.destinationLow);
                sample(new Sample.Gossip(source, destination), order, frame, sighting);
            } else if (sighting.gossipLength >= 0) {
                sample(new Sample.Message(source, sighting.gossipLength), order, frame, sighting);
            }
        } else if (sighting.hasTcp && sighting.destinationPort == Sighting.MANAGEMENT_PORT) {
            sample(new Sample.Management(source), order, frame, sighting);
        } else if (sighting.isIpv4() && LostMulticast.isMulticast((int) sighting.destinationLow)) {
            Address group = address(sighting.destinationHigh, sighting.destinationLow);
            sample(new Sample.Call(source, group), order, frame, sighting);
        }
    }

    private void sample(Sample sample, int order, Frame frame, Sighting sighting) {
        List<Packet> seen = samples.get(sample);
        if (seen != null
                && seen.stream().filter(packet -> packet.order() == order).count() < SAMPLES) {
            seen.add(packet(order, frame, null, sighting, 0));
        }
    }

    private Packet packet(int order, Frame frame, Layers layers, Sighting sighting, int direction) {
        boolean inTunnel = sighting.vni != Sighting.UNDERLAY;
        return new Packet(
                order,
                frame.interfaceIndex(),
                frame.number(),
                sighting.time,
                direction,
                inTunnel ? address(sighting.vtepSourceHigh, sighting.vtepSourceLow) : null,
                inTunnel ? address(sighting.vtepDestinationHigh, sighting.vtepDestinationLow) : null,
                sighting.hasIp ? sighting.ipLength : 0,
                sighting.timeToLive,
                sighting.hasTcp ? sighting.tcpFlags : 0,
                sighting.hasEcho ? sighting.echoSequence : sighting.hasTcp ? sighting.sequenceNumber : 0,
                sighting.hasTcp ? sighting.acknowledgmentNumber : 0,
                sighting.hasTcp ? sighting.tcpPayload : 0,
                sighting.hasEcho && sighting.echoRequest,
                layers == null ? ChecksumStatus.NOT_PRESENT : checksum(layers, sighting));
    }

    /** The checksum of the innermost TCP or UDP. */
    private ChecksumStatus checksum(Layers layers, Sighting sighting) {
        Protocol transport = sighting.protocol == IpProtocol.TCP.code() ? TcpProtocol.INSTANCE : UdpProtocol.INSTANCE;
        View view = transport == TcpProtocol.INSTANCE ? tcp : udp;
        for (int layer = layers.sentCount() - 1; layer >= 0; layer--) {
            if (layers.protocol(layer) == transport) {
                view.wrap(layers, layer);
                return view.checksumStatus();
            }
        }
        return ChecksumStatus.NOT_PRESENT;
    }

    private Address address(long high, long low) {
        Address address = new Address(high, low);
        Address known = addresses.putIfAbsent(address, address);
        return known == null ? address : known;
    }

    /** The packets of a conversation's flow, in the order in which the files were read. */
    List<Packet> packets(Exchange exchange) {
        exchange.copyKey(key);
        int row = wanted.find(key);
        return row < 0 ? List.of() : packets.get(row);
    }

    /** Some frames of a kind, the first of each file. */
    List<Packet> samples(Sample sample) {
        return samples.getOrDefault(sample, List.of());
    }

    /** What Docker's DNS answered. */
    DnsAnswers dnsAnswers() {
        return dnsAnswers;
    }

    /** When an address that DNS knows last sent anything, as far as it is known; {@link Long#MIN_VALUE} if never. */
    long lastSpoken(Address address) {
        return spoken.getOrDefault(address, Long.MIN_VALUE);
    }
}
