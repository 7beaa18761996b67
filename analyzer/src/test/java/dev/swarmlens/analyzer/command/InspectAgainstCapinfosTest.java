package dev.swarmlens.analyzer.command;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} says of every public capture, against what Wireshark's capinfos says. */
class InspectAgainstCapinfosTest {
    private static final Path CAPTURES =
            Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "public");

    /** Capinfos reckons with seconds since 1970 in 53 bits, of which the last is worth so many seconds. */
    private static final double EPOCH_ERROR = 5e-7;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern FILE = Pattern.compile("File name: +(.*)");
    private static final Pattern LINE = Pattern.compile("(\\S[^:]*): +(.*)");
    private static final Pattern INTERFACE = Pattern.compile("Interface #(\\d+) info:");
    private static final Pattern INTERFACE_LINE = Pattern.compile(" +([A-Z][\\w -]*) = (.*)");
    private static final Pattern BROKEN =
            Pattern.compile("capinfos: An error occurred after reading (\\d+) packets from \"(.*)\"\\.");

    /** Ends of files' names, and why capinfos says something else of them. */
    private static final Map<String, String> DEVIATIONS = Map.ofEntries(
            entry("bug-6875-01/fuzz.pcap", "capinfos guesses a variant of pcap with longer record headers"),
            entry("regression_samples/igmplayer", "the same"),
            entry("basic/test017.pcapng", "capinfos counts a custom block's missing time, though not the block"),
            entry("/atm-heapoverflow.pcap", "capinfos does not count the four bytes of SunATM's own header"),
            entry("/atm-oam-heapoverflow.pcap", "the same"),
            entry("test007.ntar", "a simple packet block longer than its packet, whose end capinfos does not find"),
            entry("FuzzTarget-5766899836387328", "lengths in the old order, which capinfos does not read"),
            entry(
                    "FuzzTarget-4683685084594176",
                    "a length on the wire of more than 2^31 - 1 bytes, which counts as that"),
            entry("FuzzTarget-5700358767902720", "the same"),
            entry("FuzzTarget-6604968558198784", "the same"),
            entry("bgp_vpn_rt-oobr.pcap", "capinfos orders times from the year 2038 on before 1970"),
            entry("olsr-oobr-2.pcap", "the same"),
            entry("rx_serviceid_oobr.pcap", "the same"),
            entry("smb_data_print-segv.pcapng", "a time after the year 2262, which is unknown to us"),
            entry("pcapng-example.pcapng", "the same"),
            entry("pcapng-example.pcapng.zst", "the same"),
            entry("test902.pcapng", "capinfos calls 2^-8 seconds centiseconds"));

    /** What capinfos said of a file, and of its interfaces. */
    private record Said(Map<String, String> lines, Map<Integer, Map<String, String>> interfaces) {}

    private final Map<String, List<String>> differences = new TreeMap<>();

    @Test
    void inspectSaysWhatCapinfosSays(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(CAPTURES), "no public captures at " + CAPTURES);
        List<String> files;
        try (Stream<Path> all = Files.walk(CAPTURES)) {
            files = all.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> !name.endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
        Map<String, Integer> broken = new TreeMap<>();
        Map<String, Said> theirs = capinfos(files, folder, broken);
        List<String> command = new ArrayList<>(List.of("inspect", "-T", "json"));
        command.addAll(files);
        Map<String, JsonNode> ours = new TreeMap<>();
        Invocation.of(command)
                .json()
                .path("captures")
                .forEach(each -> ours.put(each.path("file").asText(), each));

        broken.forEach((file, packets) -> {
            equal(file, "packets before damage", packets, ours.get(file).path("packets"));
            equal(file, "damaged", true, !ours.get(file).path("damagedAtOffset").isNull());
        });
        theirs.forEach((file, said) -> compare(file, said, ours.get(file)));

        assertThat(DEVIATIONS.keySet())
                .allSatisfy(end -> assertThat(differences.keySet()).anyMatch(file -> file.endsWith(end)));
        differences.keySet().removeIf(file -> DEVIATIONS.keySet().stream().anyMatch(file::endsWith));
        assertThat(differences).isEmpty();
        assertThat(theirs).hasSizeGreaterThan(1200);
    }

    private void compare(String file, Said said, JsonNode ours) {
        Map<String, String> lines = said.lines;
        equal(file, "packets", lines.get("Number of packets"), ours.path("packets"));
        equal(file, "bytes", number(lines.get("Data size")), ours.path("bytes"));
        equal(file, "size", number(lines.get("File size")), ours.path("fileBytes"));
        if (ours.path("packetsWithoutTime").asInt() == 0) {
            compareTimes(file, lines, ours);
        } else {
            // one packet without a time makes capinfos say nothing of all the others
            equal(file, "time", null, lines.get("First packet time"));
        }
        String order = lines.get("Strict time order");
        equal(
                file,
                "order",
                order.equals("Unknown") ? "null" : order.toLowerCase(Locale.ROOT),
                ours.path("inTimeOrder"));
        ratio(file, lines.get("Average packet size"), ours.path("averagePacketBytes"), 0);
        JsonNode section = ours.path("sections").path(0);
        text(file, lines.get("Capture hardware"), section.path("hardware"));
        text(file, lines.get("Capture oper-sys"), section.path("operatingSystem"));
        text(file, lines.get("Capture application"), section.path("application"));
        text(file, lines.get("Capture comment"), section.path("comments").path(0));
        JsonNode interfaces = ours.path("interfaces");
        equal(file, "interfaces", said.interfaces.size(), interfaces.size());
        for (int i = 0; i < Math.min(said.interfaces.size(), interfaces.size()); i++) {
            compareInterface(file, said.interfaces.get(i), interfaces.get(i));
            if (ours.path("sections").size() < 2) {
                // capinfos takes all sections' interfaces of one number for the same
                String packets = said.interfaces.get(i).get("Number of packets");
                equal(file, "its packets", packets, interfaces.get(i).path("packets"));
            }
        }
    }

    private void compareTimes(String file, Map<String, String> lines, JsonNode ours) {
        boolean overflow = false;
        for (Map.Entry<String, String> end :
                Map.of("First packet time", "first", "Last packet time", "last").entrySet()) {
            String theirs = lines.get(end.getKey());
            JsonNode here = ours.path(end.getValue());
            if (overflows(theirs, here)) {
                overflow = true;
            } else {
                decimal(file, "time", theirs, here.isNull() ? null : seconds(Instant.parse(here.asText())));
            }
        }
        if (overflow) {
            return;
        }
        BigDecimal duration = nanos(ours.path("durationNanos"));
        decimal(file, "duration", number(lines.get("Capture duration")), duration);
        if (duration != null && duration.signum() > 0) {
            double error = EPOCH_ERROR / duration.doubleValue();
            ratio(file, lines.get("Average packet rate"), ours.path("packetsPerSecond"), error);
            ratio(file, lines.get("Data byte rate"), ours.path("bytesPerSecond"), error);
        }
    }

    /**
     * Whether a damaged record has more microseconds than a second has, but for which the times are the same: we add them up, and
     * capinfos keeps their nanoseconds beside the seconds, in 32 bits.
     */
    private static boolean overflows(String theirs, JsonNode ours) {
        if (theirs == null || ours.isNull()) {
            return false;
        }
        String[] parts = theirs.split("\\.", -1);
        Instant time = Instant.parse(ours.asText());
        long nanos = (time.getEpochSecond() - Long.parseLong(parts[0])) * 1_000_000_000L + time.getNano();
        return nanos >= 1_000_000_000L && (int) nanos / 1000 == Integer.parseInt(parts[1]);
    }

    private void compareInterface(String file, Map<String, String> said, JsonNode ours) {
        equal(file, "snap length", said.get("Capture length"), ours.path("snapLength"));
        text(file, said.get("Name"), ours.path("name"));
        text(file, said.get("Description"), ours.path("description"));
        text(file, said.get("Filter string"), ours.path("filter"));
        text(file, said.get("Operating system"), ours.path("operatingSystem"));
        text(file, said.get("Hardware"), ours.path("hardware"));
        text(file, said.get("Comment"), ours.path("comments").path(0));
        equal(
                file,
                "resolution",
                said.get("Time precision").replaceAll(" \\(.*", ""),
                ours.path("timeResolution").asText());
        equal(file, "offset", said.getOrDefault("Timestamp offset", "0"), ours.path("timeOffset"));
    }

    private void equal(String file, String what, Object theirs, Object ours) {
        if (!String.valueOf(theirs).equals(String.valueOf(ours))) {
            differences
                    .computeIfAbsent(file, any -> new ArrayList<>())
                    .add(what + ": capinfos " + theirs + ", we " + ours);
        }
    }

    /** Capinfos leaves out what is not there, and puts a comment's lines into one, but not an interface's. */
    private void text(String file, String theirs, JsonNode ours) {
        String here = ours.isTextual() ? ours.asText() : "";
        String firstLine = here.lines().findFirst().orElse("");
        String there = theirs == null ? "" : theirs.strip();
        if (!there.equals(firstLine.strip())) {
            equal(file, "text", there, here.replace('\n', ' ').strip());
        }
    }

    /** As many digits as capinfos prints; more are cut. */
    private void decimal(String file, String what, String theirs, BigDecimal ours) {
        if (theirs == null || ours == null || !DECIMAL.matcher(theirs).matches()) {
            equal(file, what, theirs, ours);
            return;
        }
        BigDecimal expected = new BigDecimal(theirs);
        equal(file, what, expected, ours.setScale(expected.scale(), RoundingMode.DOWN));
    }

    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9));
    }

    private static BigDecimal nanos(JsonNode nanos) {
        return nanos.isNull() ? null : BigDecimal.valueOf(nanos.asLong(), 9);
    }

    /** Capinfos rounds to two digits. */
    private void ratio(String file, String theirs, JsonNode ours, double error) {
        double expected = theirs == null ? Double.NaN : Double.parseDouble(number(theirs));
        double actual = ours.isNull() ? Double.NaN : ours.asDouble();
        if (Math.abs(expected - actual) > 0.006 + error * expected) {
            equal(file, "ratio", expected, actual);
        }
    }

    private static String number(String withUnit) {
        return withUnit == null ? null : withUnit.replaceAll(" .*", "");
    }

    private static Map<String, Said> capinfos(List<String> files, Path folder, Map<String, Integer> broken)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("capinfos", "-M", "-S"));
        command.addAll(files);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        try {
            new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            assumeTrue(false, "capinfos cannot be run: " + absent.getMessage());
        }
        for (String line : Files.readAllLines(err)) {
            Matcher matcher = BROKEN.matcher(line);
            if (matcher.matches()) {
                broken.put(matcher.group(2), Integer.valueOf(matcher.group(1)));
            }
        }
        Map<String, Said> said = new TreeMap<>();
        Said current = null;
        Map<String, String> inInterface = null;
        for (String line : new String(Files.readAllBytes(out), StandardCharsets.UTF_8).split("\r?\n", -1)) {
            Matcher file = FILE.matcher(line);
            Matcher number = INTERFACE.matcher(line);
            Matcher ofInterface = INTERFACE_LINE.matcher(line);
            Matcher other = LINE.matcher(line);
            if (file.matches()) {
                current = new Said(new LinkedHashMap<>(), new TreeMap<>());
                said.put(file.group(1), current);
            } else if (number.matches()) {
                inInterface =
                        current.interfaces.computeIfAbsent(Integer.valueOf(number.group(1)), any -> new TreeMap<>());
            } else if (ofInterface.matches()) {
                inInterface.putIfAbsent(ofInterface.group(1), ofInterface.group(2));
            } else if (other.matches() && !other.group(2).equals("n/a")) {
                current.lines.putIfAbsent(other.group(1), other.group(2));
            }
        }
        return said;
    }
}
