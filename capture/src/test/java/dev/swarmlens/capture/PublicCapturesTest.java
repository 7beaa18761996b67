package dev.swarmlens.capture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every public capture, against the lengths, times and interfaces that tshark 4.0 printed for its packets. */
class PublicCapturesTest {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final int PATH = 0;
    private static final int PACKETS = 2;
    private static final int TSHARK_EXIT = 12;

    private static final int TSHARK_ROWS = 2;
    private static final int NOT_PACKETS = 3;
    private static final int TCPDUMP_COUNT = 6;
    private static final int TCPDUMP_ERROR = 7;

    /** Opening the file fails, as it should. */
    private static final int REFUSED = -1;

    private static final String LIBPCAP = "the-tcpdump-group+libpcap/tests/";
    private static final String TCPDUMP = "the-tcpdump-group+tcpdump/tests/";
    private static final String PF_RING = "ntop+PF_RING/userland/tcpdump-4.99.1/tests/";
    private static final String REGRESSIONS = "seladb+PcapPlusPlus/Tests/Fuzzers/RegressionTests/regression_samples/";
    private static final String FUZZ = REGRESSIONS + "clusterfuzz-testcase-minimized-FuzzTarget-";

    private static final String LINK_TYPE = "tshark does not know the link type and refuses the whole file";
    private static final String VERSION = "a version that nobody reads";
    private static final String GUESS =
            "tshark guesses a variant with 24-byte record headers under the usual magic number; tcpdump reads as we do";
    private static final String SUN_ATM = "tshark does not count the four bytes of SunATM's own header";

    /** Files that we do not read as tshark does: how many packets we read, how many of them as tshark, and why. */
    private static final Map<String, Deviation> DEVIATIONS = Map.ofEntries(
            entry(PF_RING + "frf16_magic_ie-oobr.pcap", new Deviation(1, LINK_TYPE)),
            entry(PF_RING + "vtp_asan-3.pcap", new Deviation(1, LINK_TYPE)),
            entry(PF_RING + "vtp_asan.pcap", new Deviation(5, LINK_TYPE)),
            entry(LIBPCAP + "filter/brcm-tag-stp.pcap", new Deviation(4, LINK_TYPE)),
            entry(TCPDUMP + "brcm-tag-prepend.pcap", new Deviation(15, LINK_TYPE)),
            entry(TCPDUMP + "dsa-high-vid.pcap", new Deviation(4, LINK_TYPE)),
            entry(TCPDUMP + "edsa.pcap", new Deviation(10, LINK_TYPE)),
            entry(TCPDUMP + "frf16_magic_ie-oobr.pcap", new Deviation(1, LINK_TYPE)),
            entry(TCPDUMP + "juniper_monitor_invalid_cookie_length.pcap", new Deviation(1, LINK_TYPE)),
            entry(TCPDUMP + "vtp_asan-3.pcap", new Deviation(1, LINK_TYPE)),
            entry(TCPDUMP + "vtp_asan.pcap", new Deviation(5, LINK_TYPE)),
            entry(LIBPCAP + "pcap-invalid-version-1.pcap", new Deviation(REFUSED, VERSION)),
            entry(LIBPCAP + "pcapng-invalid-vers-1.pcapng", new Deviation(REFUSED, VERSION)),
            entry(LIBPCAP + "pcapng-invalid-vers-2.pcapng", new Deviation(REFUSED, VERSION)),
            entry("OISF+suricata-verify/tests/bug-6875-01/fuzz.pcap", new Deviation(1, 1, GUESS)),
            entry(PF_RING + "atm-heapoverflow.pcap", new Deviation(1, 0, SUN_ATM)),
            entry(PF_RING + "atm-oam-heapoverflow.pcap", new Deviation(1, 0, SUN_ATM)),
            entry(TCPDUMP + "atm-heapoverflow.pcap", new Deviation(1, 0, SUN_ATM)),
            entry(TCPDUMP + "atm-oam-heapoverflow.pcap", new Deviation(1, 0, SUN_ATM)),
            entry(REGRESSIONS + "igmplayer", new Deviation(2, 1, GUESS)),
            entry(FUZZ + "5752969003008000", new Deviation(1, "tshark refuses reserved bits beside the link type")),
            entry(
                    FUZZ + "5766899836387328",
                    new Deviation(1, "version 2.3 with lengths in the old order: tcpdump reads it, tshark does not")),
            entry(
                    "rshk+python-pcapng/test_data/test007.ntar",
                    new Deviation(1, "a simple packet block longer than its packet, whose end tshark does not find")),
            entry(
                    LIBPCAP + "shb-option-too-long.pcapng",
                    new Deviation(REFUSED, "the section header's two lengths differ")));

    private record Deviation(int packets, int alike, String reason) {
        Deviation(int packets, String reason) {
            this(packets, packets, reason);
        }
    }

    @Test
    void readsWhatTsharkReads() throws IOException {
        Path folder = TestCaptures.folder("public");
        List<String> problems = new ArrayList<>();
        Set<String> unused = new HashSet<>(DEVIATIONS.keySet());
        List<String> index = lines(folder.resolve("INDEX.tsv"));
        for (String line : index.subList(1, index.size())) {
            String[] columns = line.split("\t", -1);
            String path = columns[PATH];
            Deviation deviation = DEVIATIONS.get(path);
            unused.remove(path);
            int packets = Integer.parseInt(columns[PACKETS]);
            Deviation expected = deviation == null ? new Deviation(packets, "") : deviation;
            // What a file is to tshark that is read otherwise here says nothing about damage.
            Optional<Boolean> damaged =
                    deviation == null ? Optional.of(!columns[TSHARK_EXIT].equals("0")) : Optional.empty();
            compare(folder, path, expected, damaged).ifPresent(problem -> problems.add(path + ": " + problem));
        }
        assertThat(problems).isEmpty();
        assertThat(index).hasSizeGreaterThan(1000);
        assertThat(unused).isEmpty();
    }

    /** Why tcpdump reads fewer packets than tshark and we, by what it says. */
    private static final Map<String, String> LIMITS_OF_TCPDUMP = Map.of(
            "an interface has a snapshot length",
                    "libpcap has one snap length for a file, pcapng one for each interface",
            "an interface has a type", "libpcap has one link type for a file, pcapng one for each interface",
            "no Interface Description Blocks", "a file without interfaces is one without packets",
            "unknown data link type", "a link type outside of 16 bits, of which we keep the 16",
            "unknown file format", "tcpdump unpacks no zstd",
            "unsupported pcap savefile version", "a minor version that changes nothing");

    @Test
    void wherePeopleReadOtherwiseThereIsAReason() throws IOException {
        List<String> notes = lines(TestCaptures.folder("public").resolve("READER_NOTES.tsv"));
        for (String line : notes.subList(1, notes.size())) {
            String[] note = line.split("\t", -1);
            int tsharks = Integer.parseInt(note[TSHARK_ROWS]) - Integer.parseInt(note[NOT_PACKETS]);
            boolean tcpdumpAgrees = note[TCPDUMP_COUNT].equals(Integer.toString(tsharks));
            // tshark's count is what readsWhatTsharkReads expects, unless it is a deviation
            assertThat(tcpdumpAgrees
                            || DEVIATIONS.containsKey(note[PATH])
                            || LIMITS_OF_TCPDUMP.keySet().stream().anyMatch(note[TCPDUMP_ERROR]::contains))
                    .as("%s: tshark %d, tcpdump %s, %s", note[PATH], tsharks, note[TCPDUMP_COUNT], note[TCPDUMP_ERROR])
                    .isTrue();
        }
        assertThat(notes).hasSizeGreaterThan(50);
    }

    /** Reads one file; returns what is wrong. */
    private static Optional<String> compare(Path folder, String path, Deviation expected, Optional<Boolean> damaged)
            throws IOException {
        List<Golden> golden = Golden.read(folder.resolve(path + ".tshark.tsv"));
        try (CaptureReader reader = CaptureReader.open(folder.resolve(path))) {
            Frame frame = new Frame();
            int count = 0;
            while (reader.next(frame)) {
                if (count < Math.min(expected.alike(), golden.size())) {
                    Optional<String> difference = golden.get(count).difference(frame);
                    if (difference.isPresent()) {
                        return Optional.of("packet " + frame.number() + " " + difference.get());
                    }
                }
                count++;
            }
            if (count != expected.packets()) {
                return Optional.of(count + " packets, not " + expected.packets() + "; " + reader.damage());
            }
            return damaged.filter(is -> is != reader.damage().isPresent())
                    .map(is -> is ? "no damage" : reader.damage().toString());
        } catch (NotACaptureException e) {
            return expected.packets() == REFUSED ? Optional.empty() : Optional.of(e.getMessage());
        }
    }

    private static List<String> lines(Path file) throws IOException {
        // Latin 1, because tshark prints names as their bytes are.
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }

    /** A packet as tshark printed it. */
    private record Golden(String time, String length, String captured, String interfaceId) {
        static List<Golden> read(Path file) throws IOException {
            List<String> lines =
                    lines(file).stream().filter(line -> !line.startsWith("#")).toList();
            if (lines.isEmpty()) {
                return List.of();
            }
            List<String> names = List.of(lines.get(0).split("\t", -1));
            int time = names.indexOf("frame.time_epoch");
            int length = names.indexOf("frame.len");
            int captured = names.indexOf("frame.cap_len");
            int interfaceId = names.indexOf("frame.interface_id");
            int encapsulation = names.indexOf("frame.encap_type");
            return lines.subList(1, lines.size()).stream()
                    .map(line -> line.split("\t", -1))
                    // Rows without one are pcapng's custom blocks.
                    .filter(row -> !row[encapsulation].isEmpty())
                    .map(row -> new Golden(row[time], row[length], row[captured], row[interfaceId]))
                    .toList();
        }

        Optional<String> difference(Frame frame) {
            if (frame.wireLength() != Integer.parseInt(length)) {
                return Optional.of("has length " + frame.wireLength() + ", not " + length);
            }
            if (frame.capturedLength() != Integer.parseInt(captured)) {
                return Optional.of("has captured length " + frame.capturedLength() + ", not " + captured);
            }
            // Empty in pcap, which has no interfaces.
            if (frame.interfaceId() != (interfaceId.isEmpty() ? 0 : Integer.parseInt(interfaceId))) {
                return Optional.of("has interface " + frame.interfaceId() + ", not " + interfaceId);
            }
            if (!isTime(frame)) {
                return Optional.of("has time " + (frame.hasTime() ? frame.timeNanos() : "none") + ", not " + time);
            }
            return Optional.empty();
        }

        private boolean isTime(Frame frame) {
            if (time.isEmpty()) {
                return !frame.hasTime();
            }
            boolean negative = time.startsWith("-");
            String[] parts = time.substring(negative ? 1 : 0).split("\\.", -1);
            long seconds = Long.parseLong(parts[0]);
            if (seconds >= Long.MAX_VALUE / NANOS_PER_SECOND) {
                // After the year 2262: 64 bits of nanoseconds do not hold it.
                return !frame.hasTime();
            }
            long printed = negative ? -Long.parseLong(parts[1]) : Long.parseLong(parts[1]);
            long nanos = frame.timeNanos() - seconds * NANOS_PER_SECOND;
            // Tshark keeps the nanoseconds in 32 bits, which a broken file's microseconds overflow.
            return frame.hasTime() && (nanos > Integer.MAX_VALUE ? (int) nanos == printed : nanos == printed);
        }
    }
}
