package dev.swarmlens.analyzer.swarm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The second opinion, where it is installed. */
public final class Tshark {
    /** What is dissected here, too, by the names in frame.protocols. */
    public static final Set<String> DISSECTED = Set.of(
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
            "null");

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

    /** The numbers of the frames that each of some display filters chooses, in one pass. */
    public static List<Set<Long>> matching(Path capture, List<String> filters, List<String> preferences)
            throws IOException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < filters.size(); i++) {
            String quoted = filters.get(i).replace("\\", "\\\\").replace("\"", "\\\"");
            script.append("do local ok, tap = pcall(Listener.new, \"frame\", \"" + quoted + "\")\n")
                    .append("if ok then function tap.packet(info) io.write(\"" + i
                            + "\\t\", info.number, \"\\n\") end\n")
                    .append("else io.write(\"refused\\t" + i + "\\n\") end end\n");
        }
        Path lua = Files.createTempFile("filters", ".lua");
        try {
            Files.writeString(lua, script);
            List<String> command = new ArrayList<>(List.of("tshark", "-n", "-q", "-X", "lua_script:" + lua));
            preferences.forEach(preference -> command.addAll(List.of("-o", preference)));
            command.addAll(List.of("-r", capture.toString()));
            List<Set<Long>> numbers =
                    filters.stream().map(any -> (Set<Long>) new TreeSet<Long>()).toList();
            for (String line : run(command)) {
                String[] parts = line.split(TAB, -1);
                if (parts[0].equals("refused")) {
                    throw new IOException("tshark refuses " + filters.get(Integer.parseInt(parts[1])));
                }
                numbers.get(Integer.parseInt(parts[0])).add(Long.valueOf(parts[1]));
            }
            return numbers;
        } finally {
            Files.delete(lua);
        }
    }

    /** Whether it can run the scripts that {@link #matching} writes. */
    public static boolean hasLua() {
        try {
            return run(List.of("tshark", "--version")).stream().anyMatch(line -> line.contains("with Lua"));
        } catch (IOException absent) {
            return false;
        }
    }

    /** What it prints of a capture. */
    public static List<String> lines(Path capture, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of(options));
        return run(command);
    }

    /** Fields of all packets, one list a packet. */
    public static List<List<String>> rows(Path capture, List<String> fields, List<String> preferences)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
        preferences.forEach(preference -> command.addAll(List.of("-o", preference)));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        return run(command).stream().map(line -> List.of(line.split(TAB, -1))).toList();
    }

    /** Writes the first packets of a capture with only the first bytes of each. */
    public static void cut(Path capture, int packets, int bytes, Path target) throws IOException {
        run(List.of(
                "editcap", "-r", "-s", Integer.toString(bytes), capture.toString(), target.toString(), "1-" + packets));
    }

    /** Writes the packets from one time on and before another. */
    public static void cut(Path capture, String from, String to, Path target) throws IOException {
        run(List.of("editcap", "-F", "pcap", "-A", from, "-B", to, capture.toString(), target.toString()));
    }

    /** Merges captures by time. */
    public static void merge(List<Path> captures, Path target) throws IOException {
        List<String> command = new ArrayList<>(List.of("mergecap", "-w", target.toString()));
        captures.forEach(capture -> command.add(capture.toString()));
        run(command);
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
