package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Tuple;

/**
 * An invented packet, before it becomes a {@link Sighting}. There are few addresses, ports and numbers, so that packets meet;
 * sequence numbers lie about 2^32, where they wrap.
 */
final class Seen {

    static final long NO_TIME = Frame.NO_TIME;
    static final int UNDERLAY = Sighting.UNDERLAY;

    /** Flags that matter to a connection. */
    static final int SYN = Tcp.FLAG_SYN;

    static final int ACK = Tcp.FLAG_ACK;
    static final int FIN = Tcp.FLAG_FIN;
    static final int RST = Tcp.FLAG_RST;

    private static final long START = 1_795_000_000_000_000_000L;
    private static final int MICRO = 1000;
    private static final List<String> NODES = List.of("192.168.56.101", "192.168.56.102", "fe80::103", "192.168.56.1");
    private static final List<String> OVERLAY = List.of("10.0.0.2", "10.0.0.7", "10.0.0.8", "fd00::9");
    /** Sequence numbers begin this little before they wrap. */
    private static final long BEFORE_THE_WRAP = (1L << 32) - 400;

    private static final long STEP = 50;
    private static final int DATA = 10;

    private long time;
    private int wireLength;
    private int vni;
    private int vteps;
    private int source;
    private int destination;
    private int mac;
    private IpProtocol protocol;
    private int sourcePort;
    private int destinationPort;
    private int timeToLive;
    private int flags;
    private long unwrapped;
    private int acknowledgment;
    private int payload;
    private int timestamp;
    private boolean echoRequest;
    private int echoNumber;
    private boolean isFaulty;
    private boolean hasIp;

    /** Packets of all kinds, between all ends. */
    static Arbitrary<List<Seen>> capture(int maxPackets) {
        return inTime(any().list().ofMaxSize(maxPackets));
    }

    /** TCP segments between the same two ends. */
    static Arbitrary<List<Seen>> connection(int maxPackets) {
        return inTime(any().map(packet -> packet.betweenTwoEnds(IpProtocol.TCP))
                .list()
                .ofMaxSize(maxPackets));
    }

    /** Echoes between the same two ends, and those the other way round. */
    static Arbitrary<List<Seen>> echoes(int maxPackets) {
        return inTime(any().map(packet -> packet.betweenTwoEnds(IpProtocol.ICMP))
                .list()
                .ofMaxSize(maxPackets));
    }

    /** Packets of one overlay address, from wherever. */
    static Arbitrary<List<Seen>> oneAddress(int maxPackets) {
        return inTime(any().map(Seen::fromOneAddress).list().ofMaxSize(maxPackets));
    }

    private Seen fromOneAddress() {
        hasIp = true;
        vni = 4097;
        source = 1;
        destination = 2;
        return this;
    }

    private Seen betweenTwoEnds(IpProtocol newProtocol) {
        hasIp = true;
        vni = UNDERLAY;
        protocol = newProtocol;
        source %= 2;
        destination = 1 - source;
        boolean tcp = newProtocol.equals(IpProtocol.TCP);
        sourcePort = tcp && source == 1 ? 8000 : 40_000;
        destinationPort = tcp && source == 0 ? 8000 : 40_000;
        return this;
    }

    /** In the order of a capture, whose clock is seldom set back and sometimes says nothing. */
    private static Arbitrary<List<Seen>> inTime(Arbitrary<List<Seen>> captures) {
        return captures.map(packets -> {
            for (int i = 0; i < packets.size(); i++) {
                Seen packet = packets.get(i);
                if (packet.time != NO_TIME) {
                    packet.time = START + (10L * i + packet.time) * MICRO;
                }
            }
            return packets;
        });
    }

    private static Arbitrary<Integer> upTo(int max) {
        return Arbitraries.integers().between(0, max);
    }

    private static Arbitrary<Seen> any() {
        Arbitrary<Long> times = Arbitraries.frequencyOf(
                Tuple.of(30, upTo(9).map(Long::valueOf)),
                Tuple.of(2, Arbitraries.longs().between(-50, -1)),
                Tuple.of(1, Arbitraries.just(NO_TIME)));
        Arbitrary<IpProtocol> protocols = Arbitraries.frequency(
                Tuple.of(12, IpProtocol.TCP),
                Tuple.of(3, IpProtocol.UDP),
                Tuple.of(4, IpProtocol.ICMP),
                Tuple.of(1, IpProtocol.ESP));
        Arbitrary<Integer> flags = Arbitraries.frequency(
                Tuple.of(12, ACK),
                Tuple.of(5, SYN),
                Tuple.of(4, SYN | ACK),
                Tuple.of(2, FIN | ACK),
                Tuple.of(1, RST),
                Tuple.of(1, RST | ACK),
                Tuple.of(1, SYN | FIN),
                Tuple.of(1, SYN | RST),
                Tuple.of(1, SYN | ACK | RST),
                Tuple.of(1, 0));
        Arbitrary<Integer> ports = Arbitraries.of(8000, 9000, 40_000, 40_001);
        return Builders.withBuilder(Seen::new)
                .use(times)
                .inSetter((packet, value) -> packet.time = value)
                .use(upTo(3))
                .inSetter((packet, value) -> packet.wireLength = 100 + value)
                .use(Arbitraries.of(UNDERLAY, 4096, 4097))
                .inSetter((packet, value) -> packet.vni = value)
                .use(upTo(3))
                .inSetter((packet, value) -> packet.vteps = value)
                .use(upTo(3))
                .inSetter((packet, value) -> packet.source = value)
                .use(Arbitraries.integers().between(1, 3))
                .inSetter((packet, value) -> packet.destination = (packet.source + value) % 4)
                .use(upTo(2))
                .inSetter((packet, value) -> packet.mac = value)
                .use(protocols)
                .inSetter((packet, value) -> packet.protocol = value)
                .use(ports)
                .inSetter((packet, value) -> packet.sourcePort = value)
                .use(ports)
                .inSetter((packet, value) -> packet.destinationPort = value)
                .use(Arbitraries.of(62, 63, 64))
                .inSetter((packet, value) -> packet.timeToLive = value)
                .use(flags)
                .inSetter((packet, value) -> packet.flags = value)
                .use(upTo(20))
                .inSetter((packet, value) -> packet.unwrapped = BEFORE_THE_WRAP + STEP * value)
                .use(upTo(2))
                .inSetter((packet, value) -> packet.acknowledgment = value)
                .use(upTo(4))
                .inSetter((packet, value) -> packet.payload = (int) STEP / 2 * value)
                .use(upTo(2))
                .inSetter((packet, value) -> packet.timestamp = value)
                .use(Arbitraries.of(true, false))
                .inSetter((packet, value) -> packet.echoRequest = value)
                .use(upTo(2))
                .inSetter((packet, value) -> packet.echoNumber = value)
                .use(Arbitraries.frequency(Tuple.of(30, false), Tuple.of(1, true)))
                .inSetter((packet, value) -> packet.isFaulty = value)
                .use(Arbitraries.frequency(Tuple.of(30, true), Tuple.of(1, false)))
                .inSetter((packet, value) -> packet.hasIp = value)
                .build();
    }

    /**
     * Data of one direction of a connection, in steps from one segment to the next.
     *
     * @param steps arbitrary distances; negative ones send again
     */
    static Arbitrary<List<Seen>> data(Arbitrary<Long> steps, int segments) {
        return steps.list().ofMaxSize(segments).map(distances -> {
            List<Seen> packets = new ArrayList<>();
            long at = BEFORE_THE_WRAP;
            for (long distance : distances) {
                at += distance;
                packets.add(segment(at));
            }
            return packets;
        });
    }

    /** A segment with ten bytes of data. */
    static Seen segment(long unwrapped) {
        Seen packet = new Seen();
        packet.time = START;
        packet.wireLength = 100;
        packet.betweenTwoEnds(IpProtocol.TCP);
        packet.timeToLive = 64;
        packet.flags = ACK;
        packet.unwrapped = unwrapped;
        packet.payload = DATA;
        return packet;
    }

    void copyTo(Sighting sighting) {
        sighting.time = time;
        sighting.wireLength = wireLength;
        sighting.vni = vni;
        Address vtepSource = Address.of(vtepSource());
        Address vtepDestination = Address.of(vtepDestination());
        sighting.vtepSourceHigh = vtepSource.high();
        sighting.vtepSourceLow = vtepSource.low();
        sighting.vtepDestinationHigh = vtepDestination.high();
        sighting.vtepDestinationLow = vtepDestination.low();
        sighting.vtepMac = MacAddress.of(mac()).bits();
        sighting.hasIp = hasIp;
        sighting.sourceMac = MacAddress.of(mac()).bits();
        Address from = Address.of(address(source));
        Address to = Address.of(address(destination));
        sighting.sourceHigh = from.high();
        sighting.sourceLow = from.low();
        sighting.destinationHigh = to.high();
        sighting.destinationLow = to.low();
        sighting.protocol = protocol.code();
        sighting.timeToLive = timeToLive;
        sighting.sourcePort = sourcePort();
        sighting.destinationPort = destinationPort();
        sighting.hasTcp = isTcp();
        sighting.tcpFlags = flags;
        sighting.sequenceNumber = (int) sequence();
        sighting.acknowledgmentNumber = (int) acknowledgment();
        sighting.tcpPayload = payload();
        sighting.timestampValue = timestamp();
        sighting.gossipLength = -1;
        sighting.maximumSegmentSize = maximumSegmentSize();
        sighting.ipLength = ipLength();
        sighting.isOuterFragment = isOuterFragment();
        sighting.hasEcho = isEcho();
        sighting.echoRequest = echoRequest;
        sighting.echoSequence = echoNumber;
    }

    long time() {
        return time;
    }

    int wireLength() {
        return wireLength;
    }

    int vni() {
        return vni;
    }

    String vtepSource() {
        return NODES.get(vteps / 2);
    }

    String vtepDestination() {
        return NODES.get(2 - vteps % 2);
    }

    String mac() {
        return "02:42:0a:00:00:0" + mac;
    }

    private String address(int host) {
        return (vni == UNDERLAY ? NODES : OVERLAY).get(host);
    }

    String sourceAddress() {
        return address(source);
    }

    /** Address and port, or an echo's identifier where it stands. */
    String sourceEnd() {
        return address(source) + " " + sourcePort();
    }

    String destinationEnd() {
        return address(destination) + " " + destinationPort();
    }

    private int sourcePort() {
        if (isEcho()) {
            return echoRequest ? sourcePort : 0;
        }
        return hasPorts() ? sourcePort : 0;
    }

    private int destinationPort() {
        if (isEcho()) {
            return echoRequest ? 0 : destinationPort;
        }
        return hasPorts() ? destinationPort : 0;
    }

    private boolean hasPorts() {
        return protocol.equals(IpProtocol.TCP) || protocol.equals(IpProtocol.UDP);
    }

    IpProtocol protocol() {
        return protocol;
    }

    int timeToLive() {
        return timeToLive;
    }

    boolean isTcp() {
        return protocol.equals(IpProtocol.TCP);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** As it should be counted in 64 bits: numbers after the wrap go on behind those before. */
    long unwrapped() {
        return unwrapped;
    }

    long sequence() {
        return unwrapped & 0xffff_ffffL;
    }

    /** One more than a SYN's number may be. */
    long acknowledgment() {
        return BEFORE_THE_WRAP + STEP * acknowledgment + 1 & 0xffff_ffffL;
    }

    int payload() {
        return payload;
    }

    /** Only a SYN's is looked at. */
    long timestamp() {
        return has(SYN) ? timestamp - 1 : -1;
    }

    /** In SYNs only, and not in all of them. */
    int maximumSegmentSize() {
        return has(SYN) && timestamp > 0 ? 1000 + 100 * timestamp : -1;
    }

    /** More than any frame is long, now and then. */
    int ipLength() {
        return 60 + 10 * payload;
    }

    boolean isOuterFragment() {
        return vni != UNDERLAY && timeToLive == 62;
    }

    boolean isEcho() {
        return protocol.equals(IpProtocol.ICMP);
    }

    boolean isEchoRequest() {
        return echoRequest;
    }

    int echoNumber() {
        return echoNumber;
    }

    boolean isFaulty() {
        return isFaulty;
    }

    LinkType linkType() {
        return mac == 2 ? LinkType.LINUX_SLL : LinkType.ETHERNET;
    }

    boolean hasIp() {
        return hasIp;
    }

    @Override
    public String toString() {
        return String.format(
                "%s vni=%d %s>%s %s > %s %s flags=%02x seq=%d ack=%d len=%d echo=%s#%d ttl=%d mac=%s%s%s",
                time == NO_TIME ? "-" : (time - START) / MICRO,
                vni,
                vtepSource(),
                vtepDestination(),
                sourceEnd(),
                destinationEnd(),
                protocol,
                flags,
                sequence(),
                acknowledgment(),
                payload(),
                echoRequest ? "request" : "reply",
                echoNumber,
                timeToLive,
                mac(),
                isFaulty ? " faulty" : "",
                hasIp ? "" : " no IP");
    }
}
