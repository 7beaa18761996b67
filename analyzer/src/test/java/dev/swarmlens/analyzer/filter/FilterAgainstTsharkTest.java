package dev.swarmlens.analyzer.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The frames that a filter chooses, against those that tshark's display filter of the same text chooses. */
class FilterAgainstTsharkTest {

    private static final List<String> FILTERS = List.of(
            // that something is there
            "tcp",
            "not tcp",
            "vxlan && icmp",
            "arp || icmp",
            "frame",
            "ipv6",
            "ip.frag_offset",
            "tcp.options.timestamp.tsval",
            // numbers
            "tcp.port == 80",
            "tcp.dstport == 0x50",
            "udp.dstport == 4789 and udp.srcport > 50000",
            "ip.ttl < 64",
            "ip.ttl le 63 or ip.ttl ge 65",
            "ip.proto == 021",
            "vxlan.vni == 4097",
            "tcp.len > 0 && tcp.len <= 100",
            "tcp.window_size_value gt 500",
            "tcp.seq_raw >= 2147483648",
            "frame.number in {1..10, 20, 30..35}",
            "frame.len > 1000 && frame.cap_len < 1500",
            "udp.length != 8",
            "tcp.srcport == tcp.dstport || udp.srcport == udp.dstport",
            "ip.src == ip.dst",
            "ip.len > udp.length",
            // several values
            "ip.ttl != 64",
            "!(ip.ttl == 64)",
            "ip.ttl !== 64",
            "ip.ttl ~= 64",
            "ip.ttl === 64",
            "ip.addr != 10.0.0.5",
            "tcp.port ne 8000",
            "ip.ttl == 64 and ip.ttl == 63",
            "ip.src != ip.dst",
            "ip.src === ip.src",
            // sets
            "tcp.port in {22, 80, 8000..8999}",
            "tcp.port in {80}",
            "not udp.port in {4789, 7946}",
            "ip.addr in {10.0.0.0/24, 192.168.56.103}",
            "ip.src in {10.0.0.4..10.0.0.9}",
            // addresses
            "ip.addr == 192.168.56.0/24",
            "ip.src == 10.0.0.0/8 && ip.dst == 10.0.0.0/30",
            "ip.addr == 0.0.0.0/0",
            "ip.dst > 192.168.56.102",
            "ip.addr & 255.255.0.0 == 10.0.0.0",
            "eth.addr == 02:42:0a:00:00:05",
            "eth.src contains 02:42",
            "eth.dst == ff-ff-ff-ff-ff-ff",
            "eth.src & ff:ff:00:00:00:00 == 02:42:00:00:00:00",
            "ipv6.addr == fe80::/10",
            "ipv6.dst == ff02::1:ff00:0/104",
            "ipv6.src in {fe80::..fe80::ffff:ffff:ffff:ffff}",
            "ipv6.src < 2001:db8::",
            "ipv6.dst == ::ffff:10.0.0.1 || ipv6.src == ::",
            "arp.src.proto_ipv4 == 10.0.0.0/24",
            // flags and bits
            "tcp.flags.syn == 1",
            "tcp.flags.syn == 1 && tcp.flags.ack == 0",
            "tcp.flags.fin == True or tcp.flags.reset == True",
            "tcp.flags & 0x02",
            "tcp.flags & 0x12 == 0x02",
            "tcp.flags & 0x11 != 0x10",
            "ip.flags.df == 0",
            "ip.dsfield & 3",
            // times
            "frame.time_relative >= 1.5 && frame.time_relative < 2.25",
            "frame.time_delta > 0.001",
            "frame.time_epoch > 1700000000.5",
            // bytes
            "tcp contains \"GET\"",
            "frame contains 47:45:54:20",
            "udp contains \"swarm-worker\"",
            "tcp matches \"get /\"",
            "tcp matches r\"http/1\\.[01] 200\"",
            "frame matches \"\\x02\\x42\"",
            "ip contains \"\\x47\\x45\\x54\"",
            "vxlan contains \"HTTP\"",
            // how things bind
            "tcp or udp and not ip",
            "(tcp or udp) and not ip",
            "not tcp and not udp",
            "! (tcp && ip.ttl == 64) || udp",
            "tcp.port==80&&ip.ttl<64||!ip",
            "not not tcp");

    private static final List<String> PREFERENCES = List.of(
            "ip.defragment:FALSE",
            "ipv6.defragment:FALSE",
            "tcp.desegment_tcp_streams:FALSE",
            "tcp.relative_sequence_numbers:FALSE");

    private static final Path PUBLIC =
            Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "public");

    /** Whose captures hold one protocol each, and what is rare in it. */
    private static final List<String> COLLECTIONS =
            List.of("seladb+PcapPlusPlus", "the-tcpdump-group+tcpdump", "skydive-project+skydive", "gopacket+gopacket");

    private static final int MAX_FRAMES = 20_000;

    @BeforeAll
    static void tsharkIsInstalled() {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
        assumeTrue(Tshark.hasLua(), "tshark is built without Lua");
    }

    @Test
    void sampleCaptures() throws IOException {
        assertSameFrames(RecordedSwarm.sample().underlayCaptures().get("swarm-worker1"), Set.of());
    }

    /** Filters of all kinds, about values that occur. */
    @Test
    void randomFilters() throws IOException {
        Path capture = RecordedSwarm.sample().underlayCaptures().get("swarm-manager");
        List<String> filters = new RandomFilters(capture, 1).some(300);

        assertThat(differences(capture, filters, filters, Set.of())).isEmpty();
    }

    /** The tunnel's inside and outside are the second and the first header of a kind, where there is one tunnel. */
    @Test
    void partsOfATunnel() throws IOException {
        Path capture = RecordedSwarm.sample().underlayCaptures().get("swarm-manager");
        List<List<String>> pairs = List.of(
                List.of("vxlan && inner.ip.src == 10.0.0.0/24", "vxlan && ip.src#2 == 10.0.0.0/24"),
                List.of("vxlan && outer.ip.src == 192.168.56.101", "vxlan && ip.src#1 == 192.168.56.101"),
                List.of("vtep.src == 192.168.56.101", "vxlan && ip.src#1 == 192.168.56.101"),
                List.of("vtep == 192.168.56.102", "vxlan && ip.addr#1 == 192.168.56.102"),
                List.of("inner.tcp", "vxlan && tcp"),
                List.of("inner.tcp.flags.syn", "vxlan && tcp.flags.syn == 1"),
                List.of("inner.udp", "vxlan && udp.port#2"),
                List.of("outer.udp && !vni", "udp && !vxlan"),
                List.of("inner.eth.src contains 02:42", "vxlan && eth.src#2 contains 02:42"),
                List.of("vni == 4096 && inner.ip.ttl < 64", "vxlan.vni == 4096 && ip.ttl#2 < 64"));

        assertThat(differences(
                        capture,
                        pairs.stream().map(pair -> pair.get(0)).toList(),
                        pairs.stream().map(pair -> pair.get(1)).toList(),
                        Set.of()))
                .isEmpty();
    }

    @Test
    void publicCaptures() throws IOException {
        assumeTrue(Files.isDirectory(PUBLIC), "no public captures at " + PUBLIC);
        Path all = Path.of("target", "public-for-filters.pcapng");
        List<Path> captures = new ArrayList<>();
        for (String collection : COLLECTIONS) {
            try (Stream<Path> files = Files.walk(PUBLIC.resolve(collection))) {
                files.filter(file -> file.toString().matches(".*\\.(pcap|pcapng|cap)"))
                        .sorted()
                        .forEach(captures::add);
            }
        }
        Frames.append(captures, MAX_FRAMES, all);

        assertSameFrames(all, Frames.outOfScope(all, PREFERENCES));
    }

    private static void assertSameFrames(Path capture, Set<Long> except) throws IOException {
        assertThat(differences(capture, FILTERS, FILTERS, except)).isEmpty();
    }

    private static List<String> differences(Path capture, List<String> ours, List<String> theirs, Set<Long> except)
            throws IOException {
        List<Set<Long>> their = Tshark.matching(capture, theirs, PREFERENCES);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            Set<Long> our = ours(capture, ours.get(i));
            Set<Long> tooMany = new TreeSet<>(our);
            tooMany.removeAll(their.get(i));
            tooMany.removeAll(except);
            Set<Long> missing = new TreeSet<>(their.get(i));
            missing.removeAll(our);
            missing.removeAll(except);
            if (!tooMany.isEmpty() || !missing.isEmpty()) {
                differences.add(ours.get(i) + ": too many " + tooMany + ", missing " + missing);
            }
        }
        return differences;
    }

    private static Set<Long> ours(Path capture, String text) throws IOException {
        ProtocolRegistry registry = ProtocolRegistry.standard();
        Set<Long> numbers = new TreeSet<>();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            Filter filter = Filter.compile(text, new FieldCatalog(registry));
            PacketView packet = new PacketView(registry);
            packet.beginFile("", reader);
            Frame frame = new Frame();
            while (reader.next(frame)) {
                packet.look(frame);
                if (filter.matches(packet)) {
                    numbers.add(frame.number());
                }
            }
        } catch (FilterException wrong) {
            throw new AssertionError(text + ": " + wrong.getMessage(), wrong);
        }
        return numbers;
    }
}
