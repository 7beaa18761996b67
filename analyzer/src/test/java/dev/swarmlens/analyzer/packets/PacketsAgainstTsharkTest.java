package dev.swarmlens.analyzer.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field that {@code packets -T fields} has, against tshark's value, on every packet of real captures. */
class PacketsAgainstTsharkTest {

    /** What must be compared whatever else is. */
    private static final List<String> FIELDS = List.of(
            "frame.number",
            "frame.len",
            "frame.cap_len",
            "frame.time_epoch",
            "eth.src",
            "eth.dst",
            "ip.src",
            "ip.dst",
            "ip.proto",
            "ip.ttl",
            "ip.len",
            "ipv6.src",
            "ipv6.dst",
            "udp.srcport",
            "udp.dstport",
            "udp.length",
            "tcp.srcport",
            "tcp.dstport",
            "tcp.seq_raw",
            "tcp.ack_raw",
            "tcp.flags",
            "tcp.len",
            "icmp.type",
            "icmp.code",
            "vxlan.vni",
            "arp.opcode",
            "arp.src.proto_ipv4");

    /** Words that are not Wireshark's. */
    private static final List<String> OURS = List.of("vni", "vtep", "vtep.src", "vtep.dst");

    @BeforeAll
    static void tsharkIsInstalled() {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
    }

    @Test
    void sampleCaptures() {
        assertEqualToTshark(RecordedSwarm.sample().underlayCaptures().values());
    }

    /** Which fields of a header are there that the capture cut, and what can still be said of checksums. */
    @Test
    void cutCaptures(@TempDir Path directory) throws IOException {
        List<Path> cut = new ArrayList<>();
        Path capture = RecordedSwarm.sample().underlayCaptures().get("swarm-manager");
        for (int bytes = 5; bytes < 140; bytes += 2) {
            Path target = directory.resolve(bytes + ".pcap");
            Tshark.cut(capture, 300, bytes, target);
            cut.add(target);
        }
        assertEqualToTshark(cut);
    }

    @Test
    void recordedCaptures() throws IOException {
        Path root = RecordedSwarm.root();
        assumeTrue(
                Files.isDirectory(root),
                () -> "no recorded swarms at " + root + ": set the system property swarmlens.captures");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> captures = files.filter(
                            file -> file.getFileName().toString().matches(".*\\.pcap(ng)?"))
                    .sorted()
                    .toList();

            assertThat(captures).hasSizeGreaterThan(150);
            assertEqualToTshark(captures);
        }
    }

    private static void assertEqualToTshark(Collection<Path> captures) {
        List<String> fields = fieldsOfTsharks();
        assertThat(fields).containsAll(FIELDS);

        // tshark is started once a capture, which is most of the time
        List<String> differences = captures.parallelStream()
                .flatMap(capture -> differences(capture, fields).stream())
                .toList();

        assertThat(differences).isEmpty();
    }

    private static List<String> fieldsOfTsharks() {
        return new FieldCatalog(ProtocolRegistry.standard())
                .entries().stream()
                        .filter(entry -> entry.type() != FieldType.PROTOCOL)
                        .map(FieldCatalog.Entry::name)
                        .filter(name -> !OURS.contains(name))
                        .toList();
    }

    private static List<String> differences(Path capture, List<String> fields) {
        List<String> options =
                capture.toString().contains("04-dataport7789") ? List.of("-d", "udp.port==7789,vxlan") : List.of();
        List<String> ours = ours(capture, fields, options);
        List<String> theirs = theirs(capture, fields, options);
        List<String> differences = new ArrayList<>();
        if (ours.size() != theirs.size()) {
            differences.add(capture + ": " + ours.size() + " lines, tshark has " + theirs.size());
        }
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            if (!ours.get(i).equals(theirs.get(i))) {
                compare(capture + ", frame " + i, fields, ours.get(i), theirs.get(i), differences);
            }
        }
        return differences;
    }

    private static void compare(
            String frame, List<String> fields, String ours, String theirs, List<String> differences) {
        String[] our = ours.split("\t", -1);
        String[] their = theirs.split("\t", -1);
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            if (!our[i].equals(their[i])) {
                differences.add(frame + ": " + field + " " + our[i] + ", by tshark " + their[i]);
            }
        }
    }

    private static List<String> ours(Path capture, List<String> fields, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("packets", "-T", "fields", "-E", "header=y"));
        arguments.addAll(options);
        fields.forEach(field -> arguments.addAll(List.of("-e", field)));
        arguments.add(capture.toString());
        Invocation answer = Invocation.of(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out().lines().toList();
    }

    private static List<String> theirs(Path capture, List<String> fields, List<String> options) {
        try {
            return Tshark.fields(capture, fields, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
