package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.analyzer.swarm.Tshark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code convert} writes, against what Wireshark's own tools write and show. */
class ConvertTest {
    private static final int PCAP_HEADER = 24;
    private static final Map<String, Path> SAMPLE =
            new TreeMap<>(RecordedSwarm.sample().underlayCaptures());
    private static final Path MANAGER = SAMPLE.get("swarm-manager");
    private static final Path WORKER = SAMPLE.get("swarm-worker1");

    @TempDir
    private Path folder;

    private Path convert(String name, String... arguments) {
        Path target = folder.resolve(name);
        Invocation answer = invoke(target, arguments);
        assertThat(answer).isEqualTo(new Invocation(0, "", ""));
        return target;
    }

    private static Invocation invoke(Path target, String... arguments) {
        List<String> all = new ArrayList<>(List.of("convert", "-w", target.toString()));
        all.addAll(List.of(arguments));
        return Invocation.of(all);
    }

    private static List<String> tshark(Path capture, String... options) throws IOException {
        assumeTrue(Tshark.installed(), "tshark, the second opinion, is not installed");
        return Tshark.lines(capture, options);
    }

    private static List<String> frames(Path capture, String... which) throws IOException {
        List<String> options = new ArrayList<>(List.of(which));
        options.addAll(List.of("-T", "fields"));
        for (String field :
                List.of("frame.time_epoch", "frame.len", "frame.cap_len", "ip.id", "udp.checksum", "tcp.seq_raw")) {
            options.addAll(List.of("-e", field));
        }
        return tshark(capture, options.toArray(String[]::new));
    }

    @Test
    void thereAndBackIsTheSame() throws IOException {
        for (Path capture : SAMPLE.values()) {
            Path there = convert("there.pcapng.zst", capture.toString());
            Path back = convert("back.pcap", there.toString());

            assertThat(withoutHeader(back)).isEqualTo(withoutHeader(capture));
        }
    }

    private static byte[] withoutHeader(Path capture) throws IOException {
        byte[] bytes = Files.readAllBytes(capture);
        return Arrays.copyOfRange(bytes, PCAP_HEADER, bytes.length);
    }

    @Test
    void severalAreMergedByTimeAndKeepTheirPoints() throws IOException {
        List<String> arguments = SAMPLE.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
        Path merged = convert("merged.pcapng", arguments.toArray(String[]::new));
        Path expected = folder.resolve("mergecap.pcapng");
        Tshark.merge(List.copyOf(SAMPLE.values()), expected);

        // of packets of the same time mergecap has its own opinion which comes first
        assertThat(frames(merged)).containsExactlyInAnyOrderElementsOf(frames(expected));
        assertThat(tshark(merged, "-Y", "frame.time_delta < 0")).isEmpty();
        for (String node : SAMPLE.keySet()) {
            assertThat(tshark(merged, "-Y", "frame.interface_name == \"" + node + "\""))
                    .hasSameSizeAs(tshark(SAMPLE.get(node)));
        }
    }

    @Test
    void cutsByTimeAreEditcaps() throws IOException {
        String from = "2026-11-22T11:33:00Z";
        String to = "2026-11-22T11:33:21.500Z";
        Path cut = convert("cut.pcap", "-A", from, "-B", to, WORKER.toString());
        Path expected = folder.resolve("editcap.pcap");
        Tshark.cut(WORKER, from, to, expected);

        assertThat(frames(cut)).isEqualTo(frames(expected)).isNotEmpty();
        assertThat(frames(convert("seconds.pcap", "-A", "1795347180", "-B", "1795347201.5", WORKER.toString())))
                .isEqualTo(frames(expected));
    }

    @Test
    void cutsByCountAndFilterAreTsharks() throws IOException {
        Path cut = convert("cut.pcapng", "-c", "1500", "-Y", "vxlan && tcp.flags.syn == 1", WORKER.toString());

        assertThat(frames(cut))
                .isEqualTo(frames(WORKER, "-c", "1500", "-Y", "vxlan && tcp.flags.syn == 1"))
                .isNotEmpty();
    }

    /** What tshark shows of the frames inside, which are the second of each kind in frames that hold two. */
    @Test
    void decapsulatedFramesAreThoseInside() throws IOException {
        String[] fields = {
            "-T",
            "fields",
            "-e",
            "frame.time_epoch",
            "-e",
            "eth.src",
            "-e",
            "eth.dst",
            "-e",
            "ip.src",
            "-e",
            "ip.dst",
            "-e",
            "ip.id",
            "-e",
            "ip.ttl",
            "-e",
            "ip.checksum",
            "-e",
            "tcp.seq_raw",
            "-e",
            "tcp.checksum",
            "-e",
            "tcp.payload",
            "-e",
            "icmp.seq",
            "-e",
            "arp.dst.proto_ipv4",
            "-E",
            "occurrence=l"
        };
        String[] outer = IntStream.range(0, fields.length + 2)
                .mapToObj(i -> i == 0 ? "-Y" : i == 1 ? "vxlan" : fields[i - 2])
                .toArray(String[]::new);
        Path inside = convert("inside.pcapng", "--decapsulate", WORKER.toString());

        assertThat(tshark(inside, fields)).isEqualTo(tshark(WORKER, outer)).isNotEmpty();
        assertThat(lengths(inside, ""))
                .isEqualTo(lengths(WORKER, "vxlan").stream()
                        .map(length -> length - 50)
                        .toList());
        for (String vni : List.of("4096", "4097")) {
            assertThat(tshark(inside, "-Y", "frame.interface_name == \"vni" + vni + "\""))
                    .hasSameSizeAs(tshark(WORKER, "-Y", "vxlan.vni == " + vni));
        }
        Path one = convert("one.pcap", "--decapsulate", "--vni", "4097", WORKER.toString());
        assertThat(tshark(one)).hasSameSizeAs(tshark(WORKER, "-Y", "vxlan.vni == 4097"));
    }

    private static List<Integer> lengths(Path capture, String filter) throws IOException {
        return tshark(capture, "-Y", filter, "-T", "fields", "-e", "frame.len").stream()
                .map(Integer::valueOf)
                .toList();
    }

    @Test
    void nanosecondsAreKept() throws IOException {
        Path seconds = folder.resolve("nanoseconds.pcap");
        ByteBuffer bytes = ByteBuffer.allocate(PCAP_HEADER + 16 + 14);
        bytes.putInt(0xa1b23c4d)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1);
        bytes.putInt(1).putInt(123_456_789).putInt(14).putInt(14);
        Files.write(seconds, bytes.array());

        assertThat(tshark(convert("kept.pcap", seconds.toString()), "-T", "fields", "-e", "frame.time_epoch"))
                .containsExactly("1.123456789");
        Path pcapng = convert("kept.pcapng", seconds.toString());
        assertThat(tshark(convert("back.pcap", pcapng.toString()), "-T", "fields", "-e", "frame.time_epoch"))
                .containsExactly("1.123456789");
        Invocation cut = invoke(folder.resolve("cut.pcap"), "-F", "pcap", seconds.toString());
        assertThat(cut.exit()).isZero();
        assertThat(cut.err()).contains("-F nsecpcap");
    }

    @Test
    void aFileIsNotWrittenOverItself() throws IOException {
        Path capture = folder.resolve("only.pcap");
        Files.copy(MANAGER, capture);

        Invocation answer = invoke(capture, capture.toString());

        assertThat(answer.exit()).isEqualTo(2);
        assertThat(capture).hasSameBinaryContentAs(MANAGER);
    }

    @Test
    void whatIsBeforeTheDamageIsWritten() throws IOException {
        Path damaged = folder.resolve("damaged.pcap");
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(MANAGER), 100_000));

        Invocation answer = invoke(folder.resolve("before.pcap"), damaged.toString());

        assertThat(answer.exit()).isEqualTo(14);
        byte[] before = withoutHeader(folder.resolve("before.pcap"));
        assertThat(before).isEqualTo(Arrays.copyOf(withoutHeader(damaged), before.length));
        assertThat(before.length).isBetween(98_000, 100_000);
    }

    @Test
    void whatCannotBeWrittenIsTold() {
        Invocation answer = invoke(folder.resolve("missing/out.pcap"), MANAGER.toString());

        assertThat(answer.exit()).isEqualTo(3);
        assertThat(answer.err()).contains("its folder does not exist").hasLineCount(1);
        assertThat(Invocation.of("convert", MANAGER.toString()).exit()).isEqualTo(2);
    }
}
