package dev.swarmlens.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command as a process of its own: once as a class, and once by its launcher, installed, where it has been built. */
class ProcessTest {

    private static final int PACKETS_BEFORE_THE_CUT = 100;
    private static final int PATIENCE_SECONDS = 30;
    /** Long enough, usually, to print the rest and wait for more; the test holds if it is not. */
    private static final int SETTLED_MILLIS = 500;

    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    private static Path folder;

    private static BadCaptures captures;

    @BeforeAll
    static void makeCaptures() throws IOException {
        captures = BadCaptures.in(folder, PACKETS_BEFORE_THE_CUT);
    }

    static Stream<Named<List<String>>> starters() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> main = List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        Path launcher = installed();
        return Stream.of(
                Named.of("class", main),
                Named.of("launcher", launcher == null ? List.of() : List.of(launcher.toString())));
    }

    /** Installs the launcher beside the jar as its comments say, so that it starts what was built and builds nothing. */
    private static Path installed() throws IOException {
        Path root = Path.of(System.getProperty("swarmlens.root", ".."));
        Path target = root.resolve("analyzer").resolve("target");
        Path jar = target.resolve("swarmlens-analyzer.jar");
        if (!Files.exists(jar) || isOlderThanSources(jar, root)) {
            return null;
        }
        Path home = folder.resolve("an installation");
        Path launcher = home.resolve("swarmlens");
        if (!Files.exists(home)) {
            Files.createDirectory(home);
            Files.copy(root.resolve("swarmlens"), launcher);
            assertThat(launcher.toFile().setExecutable(true)).isTrue();
            Files.createSymbolicLink(home.resolve("swarmlens-analyzer.jar"), jar.toAbsolutePath());
            Files.createSymbolicLink(home.resolve("lib"), target.resolve("lib").toAbsolutePath());
        }
        return launcher;
    }

    private static boolean isOlderThanSources(Path jar, Path root) throws IOException {
        FileTime built = Files.getLastModifiedTime(jar);
        for (String module : List.of("codecs", "capture", "samples", "analyzer")) {
            Path sources = root.resolve(module).resolve("src").resolve("main");
            if (Files.isDirectory(sources) && newest(sources).compareTo(built) > 0) {
                return true;
            }
        }
        return false;
    }

    private static FileTime newest(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(ProcessTest::modified)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(List<String> starter, String... arguments) throws IOException {
        return builder(starter, arguments).start();
    }

    private static ProcessBuilder builder(List<String> starter, String... arguments) {
        assumeTrue(!starter.isEmpty(), "the jar is absent or older than its sources: ./swarmlens --help builds it");
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    }

    private static String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    private static String out(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("starters")
    void theExitCodeReachesTheShell(List<String> starter) throws Exception {
        Process help = start(starter, "--help");
        assertThat(out(help)).startsWith("swarmlens");
        assertThat(exit(help)).isZero();
        assertThat(err()).isEmpty();

        Process wrong = start(starter, "analyze", "--bogus");
        assertThat(out(wrong)).isEmpty();
        assertThat(exit(wrong)).isEqualTo(2);
        assertThat(err().lines()).containsExactly("swarmlens: unknown option --bogus; try swarmlens analyze --help");

        Process missing = start(starter, "packets", captures.file("missing.pcap"));
        assertThat(out(missing)).isEmpty();
        assertThat(exit(missing)).isEqualTo(3);
        assertThat(err().lines()).hasSize(1);

        Process cut = start(starter, "packets", captures.file("cut.pcap"));
        assertThat(out(cut).lines()).hasSize(PACKETS_BEFORE_THE_CUT);
        assertThat(exit(cut)).isEqualTo(14);
        assertThat(err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("starters")
    void itReadsThePipeAndPrintsUtf8(List<String> starter) throws Exception {
        Process process = start(starter, "packets", "-c", "2", "-");
        process.getOutputStream().write(captures.cutBeforeThePacket());
        process.getOutputStream().close();

        assertThat(out(process).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("→"));
        assertThat(exit(process)).isZero();
        assertThat(err()).isEmpty();
    }

    /** As {@code tcpdump -U -w - | swarmlens packets -} does: a packet is printed before the next one has come. */
    @ParameterizedTest
    @MethodSource("starters")
    void packetsArePrintedWhileMoreArrive(List<String> starter) throws Exception {
        Process process = start(starter, "packets", "-");
        try (OutputStream pipe = process.getOutputStream();
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            feed(pipe, lines);
        }
        assertThat(exit(process)).isZero();
    }

    @ParameterizedTest
    @MethodSource("starters")
    void packetsOfANamedPipeToo(List<String> starter) throws Exception {
        Path fifo = folder.resolve("fifo-" + starter.size());
        assumeTrue(isDone(new ProcessBuilder("mkfifo", fifo.toString())), "mkfifo does not work here");
        Process process = start(starter, "packets", fifo.toString());
        try (OutputStream pipe = Files.newOutputStream(fifo);
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            feed(pipe, lines);
        }
        assertThat(exit(process)).isZero();
    }

    private static boolean isDone(ProcessBuilder builder) throws InterruptedException {
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Writes packets one after the other, each in two parts, and reads each one's line before the next. */
    private static void feed(OutputStream pipe, BufferedReader lines) throws IOException {
        byte[] sound = captures.sound();
        int offset = 0;
        for (int packet = 0; packet < 5; packet++) {
            int end = BadCaptures.offsetOf(sound, packet + 1);
            pipe.write(sound, offset, end - 3 - offset);
            pipe.flush();
            pipe.write(sound, end - 3, 3);
            pipe.flush();
            assertThat(lines.readLine()).contains("→");
            offset = end;
        }
    }

    /** Ctrl-C ends an analysis of what still arrives, with the report on what has come. */
    @ParameterizedTest
    @MethodSource("starters")
    void anInterruptedAnalysisIsReported(List<String> starter) throws Exception {
        Process process = start(starter, "analyze", "-T", "json", "-");
        // more than the pipe holds, so that it is reading when this returns
        process.getOutputStream().write(captures.sound());
        process.getOutputStream().flush();
        Thread.sleep(SETTLED_MILLIS);

        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();

        assertThat(exit(kill)).isZero();
        assertThat(out(process))
                .startsWith("{")
                .endsWith("}\n")
                .containsPattern("\"captures\" : \\[\\s+\\{[^}]*\"packets\" : [1-9]");
        assertThat(exit(process)).isEqualTo(130);
        assertThat(err()).isEmpty();
    }

    /** Ctrl-C while nothing comes through the pipe: what has come is printed, to the end of a packet. */
    @ParameterizedTest
    @MethodSource("starters")
    void anInterruptionPrintsWhatHasCome(List<String> starter) throws Exception {
        Process process = start(starter, "packets", "-V", "-x", "-");
        process.getOutputStream().write(captures.cutBeforeThePacket());
        process.getOutputStream().flush();
        // more than its buffer holds, so the first of it comes as soon as it has begun to read
        String begin = new String(process.getInputStream().readNBytes(1), StandardCharsets.UTF_8);
        Thread.sleep(SETTLED_MILLIS);

        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();

        assertThat(exit(kill)).isZero();
        assertThat(begin + out(process)).startsWith("Frame 1:").endsWith("\n\n");
        assertThat(exit(process)).isEqualTo(130);
        assertThat(err()).isEmpty();
    }

    /** Output that is lost is told, as long as somebody wanted it. */
    @ParameterizedTest
    @MethodSource("starters")
    void aFullDiskIsAnError(List<String> starter) throws Exception {
        assumeTrue(Files.exists(FULL_DISK), "no " + FULL_DISK + " here");
        Process process = builder(starter, "analyze", captures.file("sound.pcap"))
                .redirectOutput(FULL_DISK.toFile())
                .start();

        assertThat(exit(process)).isEqualTo(3);
        assertThat(err().lines()).singleElement().asString().startsWith("swarmlens: cannot write the output: ");
    }

    /** As {@code swarmlens packets FILE | head -1} does; the output is many times what a pipe holds. */
    @ParameterizedTest
    @MethodSource("starters")
    void aClosedPipeEndsItQuicklyAndSilently(List<String> starter) throws Exception {
        Process process = start(starter, "packets", "-V", captures.file("sound.pcap"));
        try (BufferedReader head =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(head.readLine()).startsWith("Frame 1:");
        }

        long closed = System.nanoTime();
        assertThat(exit(process)).isZero();
        assertThat(System.nanoTime() - closed).isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("starters")
    void strangeFileNamesArrive(List<String> starter) throws Exception {
        Path strange = folder.resolve("a capture of $HOME; 'it' & \"that\"*.pcap");
        Files.write(strange, captures.cutBeforeThePacket());

        Process process = start(starter, "inspect", "my node=" + strange);

        assertThat(out(process)).contains(strange.toString());
        assertThat(exit(process)).isZero();
    }

    /** In a container, for example, where nobody has set a locale. */
    @ParameterizedTest
    @MethodSource("starters")
    void aLocaleWithoutTheNamesLettersIsNoCrash(List<String> starter) throws Exception {
        for (String[] arguments : new String[][] {
            {"analyze", "größe.pcap"}, {"analyze", "--inventory", "größe", captures.file("cut.pcap")}
        }) {
            ProcessBuilder builder = builder(starter, arguments);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();

            assertThat(out(process)).isEmpty();
            assertThat(exit(process)).isBetween(2, 3);
            assertThat(err().lines())
                    .hasSize(1)
                    .allSatisfy(line -> assertThat(line).startsWith("swarmlens: "));
        }
    }
}
