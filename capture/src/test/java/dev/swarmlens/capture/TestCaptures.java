package dev.swarmlens.capture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

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
}
