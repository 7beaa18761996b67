package dev.swarmlens.capture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the captures that are too many or too large for the repository. */
final class TestCaptures {
    private TestCaptures() {}

    /** A folder of them; skips the test, with a message, where it is absent. */
    static Path folder(String name) {
        String root = System.getProperty("swarmlens.captures");
        assumeTrue(root != null, "system property swarmlens.captures is not set");
        Path folder = Path.of(root, name);
        assumeTrue(Files.isDirectory(folder), folder + " is absent");
        return folder;
    }

    /** All of them, the public ones whatever their names; skips the test, with a message, where they are absent. */
    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(files(folder("public"), name -> !name.endsWith(".tsv")));
        files.addAll(files(folder("swarm"), name -> name.endsWith(".pcap") || name.endsWith(".pcapng")));
        return files;
    }

    private static List<Path> files(Path folder, Predicate<String> isCapture) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> isCapture.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /** Whether a file in such a folder is a capture, and not what stands beside one. */
    static boolean isCapture(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.matches(".*\\.(tsv|md|json|txt|log|sh|yml|yaml|csv)");
    }
}
