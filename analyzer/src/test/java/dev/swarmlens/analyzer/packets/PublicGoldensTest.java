package dev.swarmlens.analyzer.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    private static final int OTHER_VXLAN_PORT = 8472;

    /** Guesses by port, the reader's business, or tshark's own. */
    private static final Set<String> OTHERS_COLUMNS = Set.of(
            "frame.number",
            "frame.time_epoch",
            "frame.len",
            "frame.cap_len",
            "frame.protocols",
            "frame.encap_type",
            "frame.interface_id",
            "_ws.malformed",
            "vxlan.next_proto");

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

    /** Why packets of a capture differ, by the end of the capture's name. */
    private static final Map<String, String> EXPLAINED = explained(
            "tshark prints no part of an address or number that is cut, or no later field of a header that is",
            List.of(
                    "02_truncated_ethernet_header.pcap",
                    "19_tcp_syn_tcp_header_snaplen_truncated.pcap",
                    "29_vxlan_capture_truncation_matrix.pcap",
                    "icmp-icmp_print-oobr-1.pcap",
                    "clusterfuzz-testcase-minimized-FuzzTarget-6604968558198784"),
            "tshark verifies the checksum of a message whose header is not whole",
            List.of("14_icmp_truncated_echo_body.pcap", "bug-76/input.pcap", "mac-eve-packet/test.pcap"),
            "a header that contradicts its own length fields: tshark and we stop at different fields",
            List.of(
                    "udp-len-invalid/input.pcap",
                    "ipv4-malformed.pcap",
                    "ipv4_invalid_total_length_2.pcap",
                    "ipv4_invalid_hdr_length.pcap",
                    "tcp-session-decode-malformed-ipv4/input.pcap",
                    "icmpv6-length-zero.pcapng",
                    "lisp_invalid_length.pcap",
                    "clusterfuzz-testcase-minimized-FuzzTarget-5814090897948672"),
            "tshark puts the last address of a source route or routing header in the destination's place",
            List.of(
                    "08_ipv4_strict_source_route_udp.pcap",
                    "IpV4PacketTest.pcap",
                    "ipv6_options.pcap",
                    "ipv6-routing-header.pcap",
                    "ip6-route0-tcp-good-chksum.pcap",
                    "ip6-route0-udp-bad-chksum.pcap",
                    "ip6-hoa-tcp-good-chksum.pcap"),
            "tshark takes an IPv6 header where IPv4 is announced",
            List.of("bad-ipv4-version-pgm-heapoverflow.pcap", "LINKTYPE_IPV4_invalid.pcap", "kday1.pcap"),
            "tshark decodes VXLAN by its source port, too",
            List.of("17_vxlan_udp_port_and_header_matrix.pcap"),
            "more layers in each other than are followed",
            List.of("frag-12.pcap", "ipv6_ext_headers.pcap"),
            "tshark does not follow a jumbogram's zero length fields",
            List.of("bigtcp-ipv4-geneve-ipv6.pcap", "bigtcp-ipv6-vxlan-ipv4.pcap", "bigtcp-ipv6-vxlan-ipv6.pcap"),
            "tshark guesses a pcap variant with longer record headers",
            List.of("bug-6875-01/fuzz.pcap", "igmplayer"),
            "an ARP message of other lengths than it says",
            List.of("arp-too-long-tha.pcap", "getname_2_read4_asan.pcap"),
            "a protocol that is not ours, recognised by tshark by content or port: ISL, IP in UDP",
            List.of("DTP.pcap", "arkime_synthetic.pcap"));

    private final ProtocolRegistry registry = ProtocolRegistry.standard().toBuilder()
            .bind(Binding.UDP_DESTINATION_PORT, OTHER_VXLAN_PORT, VxlanProtocol.INSTANCE)
            .build();
    private final FieldCatalog catalog = new FieldCatalog(registry);
    private final Map<String, List<String>> differences = new TreeMap<>();
    private final Set<String> differing = new TreeSet<>();
    private long packets;

    private static Map<String, String> explained(Object... reasonsAndNames) {
        Map<String, String> explained = new TreeMap<>();
        for (int i = 0; i < reasonsAndNames.length; i += 2) {
            String reason = (String) reasonsAndNames[i];
            ((List<?>) reasonsAndNames[i + 1]).forEach(name -> explained.put((String) name, reason));
        }
        return explained;
    }

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
        unexplained.keySet().removeIf(capture -> EXPLAINED.keySet().stream().anyMatch(capture::endsWith));
        assertThat(unexplained).isEmpty();
        assertThat(packets).isGreaterThan(12_000);
        assertThat((double) differing.size() / packets)
                .as("%d of %d packets differ", differing.size(), packets)
                .isLessThan(0.005);
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
        Path capture = Path.of(golden.toString().replace(GOLDEN, ""));
        if (!Files.exists(capture)) {
            return;
        }
        try (BufferedReader lines = Files.newBufferedReader(golden, StandardCharsets.ISO_8859_1);
                CaptureReader reader = CaptureReader.open(capture)) {
            String line = lines.readLine();
            while (line != null && line.startsWith("#")) {
                line = lines.readLine();
            }
            if (line == null) {
                return;
            }
            List<String> columns = Arrays.asList(line.split("\t", -1));
            PacketView packet = new PacketView(registry);
            packet.beginFile("");
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
                compare(capture, columns, line.split("\t", -1), packet);
            }
        } catch (NotACaptureException refused) {
            // told by the tests of the readers
        }
    }

    private void compare(Path capture, List<String> columns, String[] expected, PacketView packet) {
        String protocols = expected[columns.indexOf("frame.protocols")];
        if (!isInScope(protocols)) {
            return;
        }
        packets++;
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            // TCP's numbers are unreliable in tshark where an ICMP error quotes them
            boolean quoted = column.equals("tcp.seq_raw") && protocols.contains("icmp");
            if (OTHERS_COLUMNS.contains(column) || quoted) {
                continue;
            }
            String actual = String.join(",", catalog.values(column, packet));
            if (!actual.equals(expected[i])) {
                String name = CAPTURES.relativize(capture).toString();
                differing.add(name + " " + expected[0]);
                differences
                        .computeIfAbsent(name, any -> new ArrayList<>())
                        .add(expected[0] + " " + column + ": tshark " + expected[i] + ", we " + actual);
            }
        }
    }
}
