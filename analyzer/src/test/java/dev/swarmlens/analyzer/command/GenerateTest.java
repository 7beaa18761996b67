package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user types it. */
class GenerateTest {
    private static final String SCENARIO = Path.of(System.getProperty("swarmlens.root"))
            .resolve("samples/scenarios/five-lines.yaml")
            .toString();
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    private Path generate(String name, String... options) {
        Path target = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("generate", SCENARIO, "-w", target.toString()));
        arguments.addAll(List.of(options));
        Invocation run = Invocation.of(arguments);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        return target;
    }

    @Test
    void theSameScenarioGivesTheSameBytes() throws IOException {
        Path one = generate("one");
        Path other = generate("other");
        Path seeded = generate("seeded", "--seed", "2");
        for (String file : List.of("manager.pcap", "worker1.pcap", "worker2.pcap", "truth.json")) {
            assertThat(one.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
            assertThat(Files.mismatch(one.resolve(file), seeded.resolve(file))).isNotEqualTo(-1);
        }
    }

    @Test
    void oneCaptureOfAllPointsMayBeCompressed() throws IOException {
        Path capture =
                generate("all.pcapng.zst", "--truth", folder.resolve("truth").toString());
        JsonNode report =
                Invocation.of("analyze", "-T", "json", capture.toString()).json();
        assertThat(report.at("/ingress/0/connectionsTotal").asInt()).isEqualTo(30);
        assertThat(folder.resolve("truth/truth.json")).exists();
        assertThat(folder.resolve("truth/inventory/manager/containers.json")).exists();
    }

    @Test
    void theStandardOutputIsACapture() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream talk = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int exit =
                Swarmlens.run(List.of("generate", SCENARIO, "-w", "-"), InputStream.nullInputStream(), printer, talk);
        assertThat(exit).isZero();
        Invocation analysis =
                Invocation.of(new ByteArrayInputStream(out.toByteArray()), List.of("analyze", "-T", "json", "-"));
        assertThat(analysis.json().at("/ingress/0/connectionsTotal").asInt()).isEqualTo(30);
    }

    @Test
    void itGoesOnUntilThereIsEnough() throws IOException {
        Path target = generate("sized", "--size", "1MiB");
        JsonNode truth =
                new ObjectMapper().readTree(target.resolve("truth.json").toFile());
        long frames = 0;
        for (JsonNode capture : truth.path("captures")) {
            frames += capture.path("frames").asLong();
        }
        long bytes = 0;
        for (String node : List.of("manager", "worker1", "worker2")) {
            bytes += Files.size(target.resolve(node + ".pcap"));
        }
        // each has 16 bytes more in the file, and each file 24
        bytes -= 16 * frames + 3 * 24;
        assertThat(bytes).isBetween((long) MEBIBYTE, (long) MEBIBYTE + MEBIBYTE / 10);
        Path counted = generate("counted", "--packets", "5000", "-F", "pcapng.gz");
        assertThat(counted.resolve("manager.pcapng.gz")).exists();
        Path timed = generate("timed", "--duration", "10");
        JsonNode last = new ObjectMapper()
                .readTree(timed.resolve("truth.json").toFile())
                .path("connections");
        assertThat(last.get(last.size() - 1).path("start").asText()).startsWith("2026-11-22T11:30:09");
    }

    /** Six hundred thousand packets, of which none may be kept. */
    @Test
    void muchNeedsNoMoreMemoryThanLittle() throws Exception {
        Path target = folder.resolve("much");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "generate",
                        SCENARIO,
                        "-w",
                        target.toString(),
                        "--size",
                        "64MiB")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("talk").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("talk")))
                .isZero();
        assertThat(Files.size(target.resolve("manager.pcap"))).isGreaterThan(20 * MEBIBYTE);
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"), "services:\n  - {name: web, publish: 80, replicas: 0}\n");
        Invocation refused = Invocation.of(
                "generate", wrong.toString(), "-w", folder.resolve("x").toString());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("swarmlens: " + wrong
                        + ":2: services[0].replicas: expected a number from 1 to 200, found '0'\n");
        assertThat(Invocation.of("generate", "/no/such.yaml", "-w", "x").err())
                .isEqualTo("swarmlens: /no/such.yaml does not exist\n");
        assertThat(Invocation.of("generate", "/no/such.yaml", "-w", "x").exit()).isEqualTo(3);
        assertThat(Invocation.of("generate", SCENARIO).exit()).isEqualTo(2);
        assertThat(Invocation.of("generate").exit()).isEqualTo(2);
        assertThat(Invocation.of("generate", SCENARIO, "-w", "x", "--size", "big")
                        .exit())
                .isEqualTo(2);
        assertThat(Invocation.of("generate", SCENARIO, "-w", "x", "--rate", "5").exit())
                .isEqualTo(2);
        assertThat(Invocation.of("generate", SCENARIO, "-w", "x", "-F", "doc").exit())
                .isEqualTo(2);
        assertThat(Invocation.of("generate", SCENARIO, "-w", "/no/such/all.pcap")
                        .exit())
                .isEqualTo(3);
    }

    /** Frames put on one end of a cable come out of the kernel's own VXLAN device at the other. */
    @Test
    void theKernelTakesThemOutOfTheTunnel() throws Exception {
        TwoHosts hosts = TwoHosts.start();
        try {
            String scenario = """
                    nodes:
                      - {name: a, address: %s, mac: "%s"}
                      - {name: b, address: %s, mac: "%s"}
                    networks:
                      - {name: shared, vni: %d}
                    services:
                      - {name: left, nodes: a, networks: shared}
                      - {name: right, nodes: b, networks: shared}
                    gossip: false
                    management: false
                    traffic:
                      - {kind: http, from: left, to: right, connections: 20, response: 3000, every: 5ms}
                      - {kind: udp, from: left.1, to: right.1, connections: 5, every: 5ms}
                      - {kind: ping, from: left.1, to: right.1, connections: 2, think: 5ms}
                    """.formatted(
                            TwoHosts.ADDRESS_A,
                            mac(hosts.onA("cat", "/sys/class/net/eth0/address")),
                            TwoHosts.ADDRESS_B,
                            mac(hosts.onB("cat", "/sys/class/net/eth0/address")),
                            TwoHosts.VNI);
            Path file = Files.writeString(folder.resolve("kernel.yaml"), scenario);
            long before = received(hosts);
            Process process = new ProcessBuilder(hosts.onA(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "generate",
                            file.toString(),
                            "-i",
                            TwoHosts.DEVICE,
                            "--rate",
                            "2000",
                            "--truth",
                            folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("talk").toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("talk")))
                    .isZero();
            long sent = 0;
            for (JsonNode claim : new ObjectMapper()
                    .readTree(folder.resolve("truth.json").toFile())
                    .path("claims")) {
                sent += claim.path("vtep").asText().equals(TwoHosts.ADDRESS_A)
                        ? claim.path("packets").asLong()
                        : 0;
            }
            assertThat(sent).isPositive();
            assertThat(received(hosts) - before).isEqualTo(sent);
        } finally {
            hosts.stop();
        }
    }

    private static String mac(List<String> command) throws Exception {
        return TwoHosts.run(command).strip();
    }

    private static long received(TwoHosts hosts) throws Exception {
        return Long.parseLong(TwoHosts.run(hosts.onB("cat", "/sys/class/net/vxlan0/statistics/rx_packets"))
                .strip());
    }
}
