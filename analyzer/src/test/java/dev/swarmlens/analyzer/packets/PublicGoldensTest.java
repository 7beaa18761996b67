package dev.swarmlens.analyzer.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketField;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.NotACaptureException;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The fields of every packet of the public captures, against what tshark printed of them: all packets whose protocols we
 * know, up to the transport layer.
 */
class PublicGoldensTest {
    private static final Path CAPTURES =
            Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "public");
    private static final String GOLDEN = ".tshark.tsv";
    /** Where tshark was told of other ports than for the rest. */
    private static final String OTHER_PORTS = ".altport";

    private static final Pattern VXLAN_PORT = Pattern.compile("-d udp\\.port==(\\d+),vxlan");

    private static final String TIME = "frame.time_epoch";

    /** Guesses by port, Wireshark's own numbers and opinions, and the numbers of frames, since tshark counts blocks that are none. */
    private static final Set<String> OTHERS_COLUMNS =
            Set.of("frame.number", TIME, "frame.protocols", "frame.encap_type", "_ws.malformed");

    /** Times that tshark prints otherwise, by why. */
    private static final Map<String, Integer> OTHER_TIMES = Map.of(TimeCause.FRACTION, 182, TimeCause.YEAR_2262, 201);

    /** Why tshark prints another time than we. */
    private static final class TimeCause {
        /** A damaged record has more microseconds than a second has: we add them up, tshark keeps their nanoseconds in 32 bits. */
        private static final String FRACTION = "more than a second of microseconds";
        /** 64 bits of nanoseconds since 1970 end there: we print no time. */
        private static final String YEAR_2262 = "after the year 2262";

        private static final long NANOS_PER_SECOND = 1_000_000_000L;

        private static String of(String tsharks, String ours) {
            // a sign is the fraction's
            boolean negative = tsharks.startsWith("-");
            String[] there = tsharks.substring(negative ? 1 : 0).split("\\.", -1);
            long seconds = Long.parseLong(there[0]);
            if (ours.isEmpty() && seconds >= Long.MAX_VALUE / NANOS_PER_SECOND) {
                return YEAR_2262;
            }
            String[] here = ours.split("\\.", -1);
            long nanos = (Long.parseLong(here[0]) - seconds) * NANOS_PER_SECOND + Long.parseLong(here[1]);
            int printed = Integer.parseInt((negative ? "-" : "") + there[1]);
            return nanos >= NANOS_PER_SECOND && (int) nanos == printed ? FRACTION : null;
        }
    }

    /** What we dissect, by the names in frame.protocols. */
    private static final Set<String> KNOWN = Set.of(
            "eth",
            "ethertype",
            "vlan",
            "ieee8021ad",
            "llc",
            "ip",
            "ipv6",
            "ipv6.hopopts",
            "ipv6.routing",
            "ipv6.fraghdr",
            "ipv6.dstopts",
            "arp",
            "icmp",
            "icmpv6",
            "udp",
            "tcp",
            "vxlan",
            "esp",
            "sll",
            "raw",
            "null",
            "data");

    /** Captures of which packets differ. */
    private record Explained(String reason, List<String> captures) {}

    private static final List<Explained> EXPLAINED = List.of(
            new Explained(
                    "VXLAN and VXLAN-GPE are recognised by destination port only, as RFC 7348 section 5 has it; tshark takes"
                            + " source ports, too",
                    List.of("17_vxlan_udp_port_and_header_matrix.pcap", "arkime_synthetic.pcap")),
            new Explained(
                    "a datagram too long for its length fields, which are 0 (BIG TCP), is followed; tshark 4.0 stops",
                    List.of(
                            "bigtcp-ipv4-geneve-ipv6.pcap",
                            "bigtcp-ipv6-vxlan-ipv4.pcap",
                            "bigtcp-ipv6-vxlan-ipv6.pcap")),
            new Explained(
                    "tshark gives a datagram up at a security option that is shorter than such options are",
                    List.of("tcp-session-decode-malformed-ipv4/input.pcap")),
            new Explained(
                    "tshark takes a damaged file for a variant of pcap with longer record headers, and reads other bytes",
                    List.of("bug-6875-01/fuzz.pcap", "regression_samples/igmplayer")));

    private static final double MAX_DIFFERING = 0.001;

    private final Map<String, List<String>> differences = new TreeMap<>();
    private final Map<String, Integer> otherTimes = new TreeMap<>();
    private final Set<String> differing = new TreeSet<>();
    private long packets;

    @Test
    void fieldsAreTsharks() throws IOException {
        assumeTrue(Files.isDirectory(CAPTURES), "no public captures at " + CAPTURES);
        try (Stream<Path> files = Files.walk(CAPTURES)) {
            for (Path golden : files.filter(file -> file.toString().endsWith(GOLDEN))
                    .sorted()
                    .toList()) {
                compare(golden);
            }
        }
        Map<String, List<String>> unexplained = new TreeMap<>(differences);
        List<String> explained =
                EXPLAINED.stream().flatMap(each -> each.captures().stream()).toList();
        unexplained.keySet().removeIf(capture -> explained.stream().anyMatch(capture::endsWith));
        assertThat(unexplained).isEmpty();
        assertThat(otherTimes).isEqualTo(OTHER_TIMES);
        assertThat(explained)
                .allSatisfy(name -> assertThat(differences.keySet()).anyMatch(capture -> capture.endsWith(name)));
        assertThat(packets).isGreaterThan(12_000);
        assertThat((double) differing.size() / packets)
                .as("%d of %d packets differ", differing.size(), packets)
                .isLessThanOrEqualTo(MAX_DIFFERING);
    }

    private static boolean isInScope(String protocols) {
        List<String> names = List.of(protocols.split(":", -1));
        int known = 0;
        while (known < names.size() && KNOWN.contains(names.get(known))) {
            known++;
        }
        return known > 0
                && names.subList(known, names.size()).stream()
                        .allMatch(name -> !KNOWN.contains(name) || name.equals("data") || name.equals("ethertype"));
    }

    private void compare(Path golden) throws IOException {
        Path capture = Path.of(golden.toString().replace(GOLDEN, "").replace(OTHER_PORTS, ""));
        if (!Files.exists(capture)) {
            return;
        }
        try (BufferedReader lines = Files.newBufferedReader(golden, StandardCharsets.ISO_8859_1);
                CaptureReader reader = CaptureReader.open(capture)) {
            ProtocolRegistry.Builder builder = ProtocolRegistry.standard().toBuilder();
            String line = lines.readLine();
            while (line != null && line.startsWith("#")) {
                VXLAN_PORT
                        .matcher(line)
                        .results()
                        .forEach(port -> builder.bind(
                                Binding.UDP_DESTINATION_PORT, Integer.parseInt(port.group(1)), VxlanProtocol.INSTANCE));
                line = lines.readLine();
            }
            if (line == null) {
                return;
            }
            ProtocolRegistry registry = builder.build();
            FieldCatalog catalog = new FieldCatalog(registry);
            List<String> columns = Arrays.asList(line.split("\t", -1));
            List<PacketField> fields = columns.stream()
                    .map(column -> catalog.find(column).orElse(null))
                    .toList();
            PacketView packet = new PacketView(registry);
            packet.beginFile("", reader);
            Frame frame = new Frame();
            while (true) {
                line = lines.readLine();
                while (line != null && line.split("\t", -1)[columns.indexOf("frame.encap_type")].isEmpty()) {
                    line = lines.readLine();
                }
                if (line == null || !reader.next(frame)) {
                    return;
                }
                packet.look(frame);
                compare(golden, columns, line.split("\t", -1), fields, packet);
            }
        } catch (NotACaptureException refused) {
            // told by the tests of the readers
        }
    }

    private void compare(
            Path golden, List<String> columns, String[] expected, List<PacketField> fields, PacketView packet) {
        int time = columns.indexOf(TIME);
        compareTime(golden, expected[time], String.join(",", fields.get(time).texts(packet)));
        String protocols = expected[columns.indexOf("frame.protocols")];
        if (!isInScope(protocols)) {
            return;
        }
        packets++;
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (OTHERS_COLUMNS.contains(column)) {
                continue;
            }
            String actual = String.join(",", fields.get(i).texts(packet));
            if (!actual.equals(expected[i])) {
                String name = CAPTURES.relativize(golden).toString().replace(GOLDEN, "");
                differing.add(name + " " + expected[0]);
                differences
                        .computeIfAbsent(name, any -> new ArrayList<>())
                        .add(expected[0] + " " + column + ": tshark " + expected[i] + ", we " + actual);
            }
        }
    }

    private void compareTime(Path golden, String expected, String actual) {
        if (actual.equals(expected)) {
            return;
        }
        String cause = TimeCause.of(expected, actual);
        if (cause != null) {
            otherTimes.merge(cause, 1, Integer::sum);
        } else {
            differences
                    .computeIfAbsent(
                            CAPTURES.relativize(golden).toString().replace(GOLDEN, ""), any -> new ArrayList<>())
                    .add(TIME + ": tshark " + expected + ", we " + actual);
        }
    }
}
