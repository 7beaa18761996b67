package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.CaptureWriter;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.LinkType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces, as a user meets them: processes of their own, on hosts whose kernels speak VXLAN with each other. */
class LiveTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final int RATE = 2000;
    private static final Pattern COUNTS = Pattern.compile(
            "swarmlens: eth0: (\\d+) packets captured, (\\d+) received, (\\d+) dropped by the kernel, 0 dropped by the interface");
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static TwoHosts hosts;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startHosts() throws Exception {
        hosts = TwoHosts.start();
    }

    @AfterAll
    static void stopHosts() throws Exception {
        if (hosts != null) {
            hosts.stop();
        }
    }

    /** The command, running. */
    private final class Running {
        private final Process process;
        private final Path out = folder.resolve("out");
        private final List<String> talk = new ArrayList<>();
        private final BufferedReader err;

        Running(List<String> command) throws IOException {
            process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();
            err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        }

        /** Waits until it says so. */
        Running await(String beginning) throws IOException {
            String line = "";
            while (line != null && !line.startsWith(beginning)) {
                line = err.readLine();
                talk.add(line);
            }
            assertThat(line).as("%s", talk).isNotNull();
            return this;
        }

        void signal(String name) throws Exception {
            TwoHosts.run(List.of("kill", "-" + name, Long.toString(process.pid())));
        }

        /** Waits until it ends, and fails unless it ends so. */
        Running end(int exit) throws Exception {
            err.lines().forEach(talk::add);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("%s", talk).isEqualTo(exit);
            return this;
        }

        String out() throws IOException {
            return Files.readString(out);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Running start(String... arguments) throws IOException {
        return new Running(command(arguments));
    }

    /** Begins to capture on the second host, and goes on when it has begun. */
    private Running capture(String... arguments) throws IOException {
        List<String> command =
                command("capture", "--netns", hosts.namespaceOfB().toString());
        command.addAll(List.of(arguments));
        return new Running(command).await("swarmlens: capturing from ");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** What capinfos says of a file in one column; skips the test where there is no capinfos. */
    private static String capinfos(String option, String file) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder("capinfos", "-TrM", option, file)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, "capinfos cannot be run: " + absent.getMessage());
            throw absent;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        // one line: a warning would be another
        assertThat(output.strip().lines()).as(output).hasSize(1);
        return output.substring(output.indexOf('\t') + 1).strip();
    }

    private static List<String> tshark(String file, String... fields) throws Exception {
        assumeTrue(Tshark.installed(), "tshark is not installed");
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file, "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }

    @Test
    void interfacesAreThoseThatIpLists() throws Exception {
        JsonNode listed = new ObjectMapper()
                .readTree(start(
                                "interfaces",
                                "-T",
                                "json",
                                "--netns",
                                hosts.namespaceOfB().toString())
                        .end(0)
                        .out());
        JsonNode known = new ObjectMapper().readTree(TwoHosts.run(hosts.onB("ip", "-j", "address")));

        for (JsonNode device : known) {
            JsonNode found = Stream.iterate(0, i -> i < listed.size(), i -> i + 1)
                    .map(listed::get)
                    .filter(each -> each.get("name").equals(device.get("ifname")))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.get("up").asBoolean())
                    .isEqualTo(device.get("flags").toString().contains("\"UP\""));
            assertThat(found.get("macs").get(0)).isEqualTo(device.get("address"));
            assertThat(new TreeSet<>(texts(found.get("addresses"))))
                    .isEqualTo(new TreeSet<>(device.get("addr_info").findValuesAsText("local")));
        }
        assertThat(start("interfaces", "--netns", hosts.namespaceOfB().toString())
                        .end(0)
                        .out())
                .contains(TwoHosts.DEVICE, TwoHosts.ADDRESS_B);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    @Test
    void whatTheKernelSendsThroughTheTunnelIsRecorded() throws Exception {
        long before = hosts.sentThroughTunnel();
        Running capture = capture("-i", TwoHosts.DEVICE, "-f", "udp port 4789", "-w", file("live.pcapng"));
        hosts.sendThroughTunnel(1000, RATE);
        capture.signal("INT");
        capture.end(130);

        assertThat(hosts.sentThroughTunnel() - before).isEqualTo(1000);
        assertThat(capinfos("-c", file("live.pcapng"))).isEqualTo("1000");
        assertThat(capture.talk.get(capture.talk.size() - 1))
                .isEqualTo("swarmlens: eth0: 1000 packets captured, 1000 received,"
                        + " 0 dropped by the kernel, 0 dropped by the interface");
        assertThat(tshark(file("live.pcapng"), "vxlan.vni", "ip.src", "ip.dst", "frame.interface_name"))
                .containsOnly("4097\t192.0.2.1,10.0.9.1\t192.0.2.2,10.0.9.3\teth0");
        assertThat(Invocation.of("inspect", file("live.pcapng")).out())
                .contains("filter udp port 4789", "1000 received, 0 dropped, 0 dropped by the system");
    }

    @Test
    void severalInterfacesHaveTheirOwnFiltersAndSnapLengths() throws Exception {
        Running capture = capture(
                "-s",
                "60",
                "-i",
                TwoHosts.DEVICE,
                "-f",
                "udp port 4789",
                "-i",
                "vxlan0",
                "-s",
                "40",
                "-f",
                "udp port 9",
                "-w",
                file("two.pcapng"));
        hosts.sendThroughTunnel(100, RATE);
        capture.signal("TERM");
        capture.end(130);

        assertThat(tshark(file("two.pcapng"), "frame.interface_name", "frame.cap_len", "frame.len").stream()
                        .collect(Collectors.groupingBy(line -> line, Collectors.counting())))
                // 64 of payload; UDP, IP and Ethernet before it; and once more, with VXLAN
                .containsOnly(java.util.Map.entry("eth0\t60\t156", 100L), java.util.Map.entry("vxlan0\t40\t106", 100L));
        assertThat(capinfos("-c", file("two.pcapng"))).isEqualTo("200");
    }

    @Test
    void aCountEndsItExactly() throws Exception {
        Running capture = capture("-i", TwoHosts.DEVICE, "-c", "10", "-w", file("ten.pcap"));
        hosts.sendThroughTunnel(100, RATE);
        capture.end(0);

        assertThat(capinfos("-c", file("ten.pcap"))).isEqualTo("10");
    }

    /** The same traffic, in files of 100 packets of which the last three are kept, named as dumpcap names them. */
    @Test
    void aRingKeepsTheLastFiles() throws Exception {
        Running capture = capture(
                "-i",
                TwoHosts.DEVICE,
                "-b",
                "packets:100",
                "-b",
                "files:3",
                "-w",
                file("ring.pcapng.gz"),
                "-a",
                "packets:450");
        hosts.sendThroughTunnel(500, RATE);
        capture.end(0);

        List<String> files = files("ring");
        assertThat(files).hasSize(3);
        for (int i = 0; i < files.size(); i++) {
            assertThat(files.get(i)).matches("ring_0000" + (3 + i) + "_20\\d{12}\\.pcapng\\.gz");
            assertThat(capinfos("-c", file(files.get(i)))).isEqualTo(i == 2 ? "50" : "100");
            assertThat(Invocation.of("inspect", file(files.get(i))).out())
                    .contains("gzip", "0 dropped, 0 dropped by the system");
        }
        assertThat(capture.talk.get(capture.talk.size() - 1)).startsWith("swarmlens: eth0: 450 packets captured, ");
    }

    @Test
    void aRingTurnsBySizeAndEndsAfterSomeFiles() throws Exception {
        Running capture = capture("-i", TwoHosts.DEVICE, "-b", "filesize:10", "-a", "files:2", "-w", file("size"));
        hosts.sendThroughTunnel(500, RATE);
        capture.end(0);

        List<String> files = files("size");
        assertThat(files).hasSize(2);
        for (String each : files) {
            // a packet and the statistics more
            assertThat(Files.size(folder.resolve(each))).isBetween(10_000L, 10_400L);
            capinfos("-c", file(each));
        }
    }

    @Test
    void aRingTurnsByTimeAlsoWhileNothingComes() throws Exception {
        Running capture =
                capture("-i", TwoHosts.DEVICE, "-b", "duration:1", "-a", "duration:3", "-w", file("time.pcap"));
        capture.end(0);

        assertThat(files("time")).hasSizeBetween(3, 4);
        for (String each : files("time")) {
            assertThat(capinfos("-c", file(each))).isEqualTo("0");
        }
    }

    private List<String> files(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(name -> name.startsWith(beginning))
                    .sorted()
                    .toList();
        }
    }

    /** As {@code swarmlens capture -w - | swarmlens packets -} does, while packets still arrive. */
    @Test
    void whoReadsThePipeSeesPacketsAtOnce() throws Exception {
        List<String> command =
                command("capture", "--netns", hosts.namespaceOfB().toString());
        command.addAll(List.of("-i", TwoHosts.DEVICE, "-w", "-"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (CaptureReader reader = CaptureReader.open(process.getInputStream(), "-")) {
            // the file's header came, so the interface is open
            hosts.sendThroughTunnel(1, RATE);
            assertThat(reader.next(new Frame())).isTrue();
        }
        hosts.sendThroughTunnel(10, RATE);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends when nobody reads any more")
                .isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void withoutAFileItPrintsWhatPasses() throws Exception {
        Running capture = capture("-i", TwoHosts.DEVICE, "-c", "3");
        hosts.sendThroughTunnel(100, RATE);

        assertThat(capture.end(0).out().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("10.0.9.1", "10.0.9.3", "4097"));
    }

    @Test
    void anInterfaceThatGoesAwayLeavesACompleteFile() throws Exception {
        String namespace = hosts.namespaceOfB().toString();
        for (List<String> arguments :
                List.of(List.of("capture", "-w", file("gone.pcapng")), List.of("analyze"), List.of("capture"))) {
            TwoHosts.run(hosts.onB("ip", "link", "add", "fleeting", "type", "veth"));
            TwoHosts.run(hosts.onB("ip", "link", "set", "fleeting", "up"));
            List<String> command = command(arguments.toArray(String[]::new));
            command.addAll(List.of("--netns", namespace, "-i", "fleeting"));
            Running running = new Running(command).await("swarmlens: capturing from fleeting");
            TwoHosts.run(hosts.onB("ip", "link", "delete", "fleeting"));

            assertThat(running.end(14).talk)
                    .anySatisfy(line -> assertThat(line)
                            .contains("fleeting cannot be captured from any more: The interface disappeared"))
                    .last()
                    .asString()
                    .startsWith("swarmlens: fleeting: ");
        }
        capinfos("-c", file("gone.pcapng"));
    }

    /** The program sleeps until the kernel has no room left. */
    @Test
    void whatTheKernelHadNoRoomForIsCounted() throws Exception {
        Running capture = capture("-B", "1", "-i", TwoHosts.DEVICE, "-f", "udp port 4789", "-w", file("drops.pcapng"));
        capture.signal("STOP");
        hosts.sendThroughTunnel(20_000, 10 * RATE);
        capture.signal("CONT");
        capture.signal("INT");
        String told = capture.end(130).talk.get(capture.talk.size() - 1);

        Matcher counts = COUNTS.matcher(told);
        assertThat(counts.matches()).as(told).isTrue();
        int captured = Integer.parseInt(counts.group(1));
        int dropped = Integer.parseInt(counts.group(3));
        assertThat(counts.group(2)).isEqualTo("20000");
        assertThat(dropped).isPositive();
        assertThat(captured + dropped).isEqualTo(20_000);
        assertThat(capinfos("-c", file("drops.pcapng"))).isEqualTo(counts.group(1));
        assertThat(Invocation.of("inspect", file("drops.pcapng")).out())
                .contains("20000 received, 0 dropped, " + dropped + " dropped by the system");
    }

    // ---- speed

    /** Measures, if a rate is given: {@code -Dswarmlens.rate=50000}; for 20 seconds, or {@code -Dswarmlens.seconds}. */
    @Test
    void aBusyTunnelIsRecordedWhole() throws Exception {
        int rate = Integer.getInteger("swarmlens.rate", 0);
        assumeTrue(rate > 0, "measures only with -Dswarmlens.rate=PACKETS_A_SECOND");
        int count = rate * Integer.getInteger("swarmlens.seconds", 20);
        long before = hosts.sentThroughTunnel();
        Process tcpdump = new ProcessBuilder(hosts.onB(
                        "tcpdump", "-i", TwoHosts.DEVICE, "-B", "65536", "-w", file("tcpdump.pcap"), "udp port 4789"))
                .redirectError(folder.resolve("tcpdump.err").toFile())
                .start();
        Running capture = capture("-i", TwoHosts.DEVICE, "-f", "udp port 4789", "-w", file("busy.pcapng"));

        String sender = hosts.sendThroughTunnel(count, rate);

        Duration ours = capture.process.info().totalCpuDuration().orElseThrow();
        Duration theirs = tcpdump.info().totalCpuDuration().orElseThrow();
        tcpdump.destroy();
        assertThat(tcpdump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        capture.signal("INT");
        String told = capture.end(130).talk.get(capture.talk.size() - 1);
        System.out.printf(
                "%s; the kernel put %d into the tunnel%n%s (%d ms of processor)%ntcpdump: %s (%d ms of processor)%n",
                sender.strip(),
                hosts.sentThroughTunnel() - before,
                told,
                ours.toMillis(),
                String.join(", ", Files.readAllLines(folder.resolve("tcpdump.err"))),
                theirs.toMillis());
        Matcher counts = COUNTS.matcher(told);
        assertThat(counts.matches()).as(told).isTrue();
        assertThat(hosts.sentThroughTunnel() - before).isEqualTo(count);
        assertThat(counts.group(2)).isEqualTo(Integer.toString(count));
        assertThat(Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(3)))
                .isEqualTo(count);
        assertThat(capinfos("-c", file("busy.pcapng"))).isEqualTo(counts.group(1));
    }

    // ---- analyze

    /** What is analyzed at once is what is analyzed of a file of the same traffic. */
    @Test
    void anInterfaceIsAnalyzedLikeAFile() throws Exception {
        Process tcpdump = tcpdump(100, "udp port 4789");
        List<String> command =
                command("analyze", "-T", "json", "--netns", hosts.namespaceOfB().toString());
        command.addAll(List.of("-i", TwoHosts.DEVICE, "-f", "udp port 4789"));
        Running analyze = new Running(command).await("swarmlens: capturing from eth0");
        hosts.sendThroughTunnel(100, RATE);
        analyze.signal("INT");
        JsonNode live = new ObjectMapper().readTree(analyze.end(130).out());
        assertThat(tcpdump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        JsonNode later =
                Invocation.of("analyze", "-T", "json", file("seen.pcap")).json();

        assertThat(live.at("/captures/0/packets").asInt()).isEqualTo(100);
        for (String section : List.of("networks", "vteps", "ingress")) {
            assertThat(live.get(section)).isEqualTo(later.get(section));
        }
        assertThat(live.at("/networks/0/vni").asInt()).isEqualTo(TwoHosts.VNI);
        assertThat(live.at("/endpoints").findValuesAsText("ip")).contains(TwoHosts.INNER_A);
        assertThat(live.at("/flows/0/packets")).isEqualTo(later.at("/flows/0/packets"));
        assertThat(analyze.talk.get(analyze.talk.size() - 1)).startsWith("swarmlens: eth0: 100 packets captured, ");
    }

    /** On a terminal, which script(1) makes, the picture is drawn again and again. */
    @Test
    void thePictureRunsOnATerminal() throws Exception {
        List<String> command =
                command("analyze", "--netns", hosts.namespaceOfB().toString());
        command.addAll(List.of("-i", TwoHosts.DEVICE, "-a", "duration:8"));
        String line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process process;
        try {
            process = new ProcessBuilder("script", "-qefc", line, "/dev/null")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, "script cannot be run: " + absent.getMessage());
            throw absent;
        }
        process.getOutputStream().close();
        BufferedReader terminal =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(terminal.readLine()).startsWith("swarmlens: capturing from eth0");
        hosts.sendThroughTunnel(100, RATE);
        List<String> pictures =
                List.of(terminal.lines().collect(Collectors.joining("\n")).split("\033\\[H\033\\[2J", -1));

        assertThat(process.waitFor()).isZero();
        assertThat(pictures).hasSizeBetween(3, 4);
        assertThat(pictures.subList(1, pictures.size()))
                .allSatisfy(picture -> assertThat(picture).contains("NETWORKS", "4097"));
    }

    // ---- send

    /** Frames of Ethernet with gaps of 5, 10, 15 … ms, that nobody on the cable answers. */
    private Path frames(int count) throws IOException {
        Path file = folder.resolve("frames.pcapng");
        try (CaptureWriter writer = CaptureOutput.to(file).open()) {
            int ethernet = writer.add(
                    CaptureInterface.of(LinkType.ETHERNET).name("here").build());
            Frame frame = new Frame();
            long time = 1_700_000_000_000_000_000L;
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[60 + i];
                bytes[0] = 2;
                bytes[12] = (byte) 0x88;
                bytes[13] = (byte) 0xb5;
                bytes[14] = (byte) i;
                frame.set(bytes, 0, bytes.length, bytes.length, LinkType.ETHERNET);
                time += GAP_NANOS * (1 + i % 4);
                frame.setTime(time);
                writer.write(ethernet, frame);
            }
        }
        return file;
    }

    /** Sends on the first host, while tcpdump listens on the second. */
    private List<String> tcpdumpOf(int packets, String... arguments) throws Exception {
        Process tcpdump = tcpdump(packets, "ether proto 0x88b5");
        List<String> send = command("send", "--netns", hosts.namespaceOfA().toString(), "-i", TwoHosts.DEVICE);
        send.addAll(List.of(arguments));
        Running running = new Running(send).end(0);
        assertThat(running.out()).startsWith(packets + " packets, ").contains(" 0 failed");
        assertThat(tcpdump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return tshark(file("seen.pcap"), "frame.time_relative", "frame.len", "data.data", "eth.dst");
    }

    /** Has tcpdump write so many packets to {@code seen.pcap}, and goes on when it listens. */
    private Process tcpdump(int packets, String filter) throws Exception {
        Path seen = folder.resolve("seen.pcap");
        Process tcpdump = new ProcessBuilder(hosts.onB(
                        "tcpdump",
                        "-U",
                        "-i",
                        TwoHosts.DEVICE,
                        "-c",
                        Integer.toString(packets),
                        "-w",
                        seen.toString(),
                        filter))
                .redirectErrorStream(true)
                .start();
        BufferedReader talk =
                new BufferedReader(new InputStreamReader(tcpdump.getInputStream(), StandardCharsets.UTF_8));
        String line = "";
        while (!line.contains("listening on")) {
            line = talk.readLine();
            assumeTrue(line != null, "tcpdump does not run");
        }
        return tcpdump;
    }

    private static double[] gaps(List<String> lines) {
        double[] times = lines.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf('\t'))))
                .toArray();
        double[] gaps = new double[times.length - 1];
        Arrays.setAll(gaps, i -> times[i + 1] - times[i]);
        return gaps;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Test
    void framesAreSentAsTheyAreWithTheirTiming() throws Exception {
        Path file = frames(100);
        List<String> before = tshark(file.toString(), "frame.time_relative", "frame.len", "data.data", "eth.dst");

        List<String> after = tcpdumpOf(100, file.toString());

        assertThat(after.stream().map(line -> line.substring(line.indexOf('\t'))))
                .isEqualTo(before.stream()
                        .map(line -> line.substring(line.indexOf('\t')))
                        .toList());
        double[] expected = gaps(before);
        double[] errors = gaps(after);
        Arrays.setAll(errors, i -> Math.abs(errors[i] - expected[i]));
        assertThat(median(errors)).isLessThan(0.001);
        // late frames do not make the later ones late
        assertThat(Arrays.stream(gaps(after)).sum())
                .isCloseTo(Arrays.stream(expected).sum(), offset(0.02));
    }

    @Test
    void aSpeedIsAFactorOfTheTiming() throws Exception {
        Path file = frames(100);
        double whole = Arrays.stream(gaps(tshark(file.toString(), "frame.time_relative", "frame.len")))
                .sum();

        assertThat(Arrays.stream(gaps(tcpdumpOf(100, "--speed", "4", file.toString())))
                        .sum())
                .isCloseTo(whole / 4, offset(0.1));
    }

    @Test
    void aRateIsKept() throws Exception {
        assertThat(median(gaps(tcpdumpOf(
                        200, "--rate", "200", "--loop", "2", frames(100).toString()))))
                .isCloseTo(0.005, offset(0.001));
    }

    @Test
    void framesThatTheInterfaceRefusesAreCounted() throws Exception {
        Path file = frames(1);
        try (CaptureWriter writer = CaptureOutput.to(file).open()) {
            int ethernet = writer.add(CaptureInterface.of(LinkType.ETHERNET).build());
            Frame frame = new Frame();
            frame.set(new byte[9000], 0, 9000, 9000, LinkType.ETHERNET);
            writer.write(ethernet, frame);
            frame.set(new byte[60], 0, 60, 60, LinkType.ETHERNET);
            writer.write(ethernet, frame);
        }
        List<String> send =
                command("send", "--as-fast", "--netns", hosts.namespaceOfA().toString());
        send.addAll(List.of("-i", TwoHosts.DEVICE, file.toString()));

        Running running = new Running(send).end(3);

        assertThat(running.out())
                .startsWith("1 packet, 60 bytes sent to eth0 in ")
                .contains(" 1 failed");
        assertThat(running.talk).singleElement().asString().contains("1 packet not sent: ", "too long");
    }

    // ---- what may be wrong

    @Test
    void aFilterThatIsWrongIsExplainedByLibpcap() throws Exception {
        Running capture = start("capture", "-i", "lo", "-f", "udp prot 4789", "-w", file("wrong.pcapng"))
                .end(4);

        assertThat(capture.talk).singleElement().asString().contains("'udp prot 4789'", "syntax error");
        assertThat(folder.resolve("wrong.pcapng")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        assertThat(start("capture", "-i", "eth77", "-w", file("none.pcapng")).end(3).talk)
                .containsExactly("swarmlens: eth77 cannot be captured from: there is no such interface;"
                        + " 'swarmlens interfaces' lists them");
        assertThat(start("capture", "-i", "lo", "--netns", file("none")).end(3).talk)
                .containsExactly("swarmlens: the network namespace " + file("none") + " does not exist");
        assertThat(start("capture", "-i", "lo", "--netns", "/proc/version").end(3).talk)
                .containsExactly("swarmlens: /proc/version is no network namespace");
        assertThat(start("capture", "-i", "lo", "-w", file("none/x.pcapng")).end(3).talk)
                .containsExactly(
                        "swarmlens: " + file("none/x.pcapng") + " cannot be written: its folder does not exist");
    }

    /** Libpcap is hidden in a mount namespace of the process's own: really absent. */
    @Test
    void withoutLibpcapFilesAreReadAndInterfacesNeedIt() throws Exception {
        String hide = "for file in $(ldconfig -p | sed -n 's/.*libpcap.* => //p' | xargs -r readlink -f);"
                + " do mount --bind /dev/null \"$file\"; done; exec \"$@\"";
        List<String> hidden = new ArrayList<>(List.of("unshare", "--mount", "sh", "-e", "-c", hide, "sh"));
        hidden.addAll(command());
        String sound = BadCaptures.in(folder, 1).file("sound.pcap");

        for (List<String> arguments :
                List.of(List.of("interfaces"), List.of("capture", "-i", "lo", "-w", file("absent.pcapng")))) {
            assertThat(new Running(join(hidden, arguments)).end(5).talk)
                    .containsExactly("swarmlens: libpcap is not installed; install it, for example with:"
                            + " apt-get install libpcap0.8");
        }
        assertThat(folder.resolve("absent.pcapng")).doesNotExist();
        for (String fileCommand : List.of("packets", "inspect", "analyze")) {
            assertThat(new Running(join(hidden, List.of(fileCommand, sound)))
                            .end(0)
                            .out())
                    .isNotEmpty();
        }
    }

    private static List<String> join(List<String> begin, List<String> end) {
        List<String> all = new ArrayList<>(begin);
        all.addAll(end);
        return all;
    }

    @Test
    void withoutPermissionItSaysWhatToDo() throws Exception {
        List<String> nobody = List.of("setpriv", "--bounding-set=-net_raw,-net_admin,-sys_admin", "--");

        assertThat(new Running(join(nobody, command("capture", "-i", "lo"))).end(5).talk)
                .containsExactly("swarmlens: lo cannot be captured from: permission denied; run it as root, or with the"
                        + " capability CAP_NET_RAW");
        assertThat(new Running(join(
                                nobody,
                                command(
                                        "interfaces",
                                        "--netns",
                                        hosts.namespaceOfB().toString())))
                        .end(5)
                        .talk)
                .containsExactly("swarmlens: the network namespace " + hosts.namespaceOfB()
                        + " cannot be entered: permission denied; run it as root");
    }
}
