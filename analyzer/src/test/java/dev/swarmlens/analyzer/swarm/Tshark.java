package dev.swarmlens.analyzer.swarm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The second opinion, where it is installed. */
public final class Tshark {

    private static final String TAB = "\t";

    private Tshark() {}

    /** Whether there is one to ask. */
    public static boolean installed() {
        try {
            return run(List.of("tshark", "--version")).stream().anyMatch(line -> line.contains("Wireshark"));
        } catch (IOException absent) {
            return false;
        }
    }

    /** The distinct VNI and inner source of all VXLAN packets, as {@code vni ip}. */
    static Set<String> innerSources(Collection<Path> captures) throws IOException {
        Set<String> sources = new TreeSet<>();
        for (Path capture : captures) {
            List<String> lines = run(List.of(
                    "tshark",
                    "-n",
                    "-r",
                    capture.toString(),
                    "-d",
                    "udp.port==7789,vxlan",
                    "-Y",
                    "vxlan",
                    "-T",
                    "fields",
                    "-e",
                    "vxlan.vni",
                    "-e",
                    "ip.src",
                    "-E",
                    "occurrence=l"));
            sources.addAll(lines.stream()
                    .filter(line -> line.contains(TAB))
                    .map(line -> line.replace(TAB, " "))
                    .collect(Collectors.toSet()));
        }
        return sources;
    }

    /**
     * Fields of all packets, one line a packet, after a line with the fields' names; checksums verified, fragments left as
     * they are.
     *
     * @param options more options of tshark's, which stand before those here
     */
    public static List<String> fields(Path capture, List<String> fields, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n"));
        command.addAll(options);
        for (String preference : List.of(
                "ip.defragment:FALSE",
                "tcp.desegment_tcp_streams:FALSE",
                "ip.check_checksum:TRUE",
                // edges of selective acknowledgments as they stand in the option
                "tcp.relative_sequence_numbers:FALSE",
                "tcp.check_checksum:TRUE",
                "udp.check_checksum:TRUE")) {
            command.addAll(List.of("-o", preference));
        }
        command.addAll(List.of("-T", "fields", "-E", "header=y", "-E", "occurrence=a", "-E", "aggregator=,"));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        command.addAll(List.of("-r", capture.toString()));
        return run(command);
    }

    /** Writes the first packets of a capture with only the first bytes of each. */
    public static void cut(Path capture, int packets, int bytes, Path target) throws IOException {
        run(List.of(
                "editcap", "-r", "-s", Integer.toString(bytes), capture.toString(), target.toString(), "1-" + packets));
    }

    private static List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return output.lines().toList();
        }
    }
}
