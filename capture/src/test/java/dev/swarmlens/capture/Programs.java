package dev.swarmlens.capture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Other people's programs, as a second opinion where they are installed. */
final class Programs {
    private Programs() {}

    /**
     * What a program printed and how it ended.
     *
     * @param complaints what it wrote to its standard error, but for Wireshark's talk about root
     */
    record Outcome(int exit, List<String> lines, List<String> complaints) {}

    /** Runs a program; skips the test, with a message, where it is not installed. */
    static Outcome run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("swarmlens", ".out");
        Path err = Files.createTempFile("swarmlens", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            int exit = process.waitFor();
            return new Outcome(exit, lines(out), complaints(err));
        } catch (IOException absent) {
            assumeTrue(false, command[0] + " cannot be run: " + absent.getMessage());
            throw absent;
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }

    private static List<String> complaints(Path file) throws IOException {
        return lines(file).stream()
                .filter(line -> !line.startsWith("Running as user \"root\""))
                .toList();
    }
}
