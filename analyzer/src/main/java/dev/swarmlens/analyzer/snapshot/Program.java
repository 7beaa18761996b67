package dev.swarmlens.analyzer.snapshot;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the system that prints what it knows. */
final class Program {
    private static final long PATIENCE_SECONDS = 20;
    /** Where the programs are that a user's path may not name. */
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private Program() {}

    /** Why a program did not print. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    /**
     * Runs a program.
     *
     * @param command its name and arguments
     * @param namespace the network namespace to run it in; its own if empty
     * @param output receives what it prints; the file is there only if it succeeds
     * @throws Failure if it does not succeed; the message is its own, in one line
     * @throws IOException if the output cannot be written
     */
    static void run(List<String> command, Optional<Path> namespace, Path output) throws Failure, IOException {
        List<String> whole = new ArrayList<>();
        if (namespace.isPresent()) {
            whole.addAll(List.of(find("nsenter"), "--net=" + namespace.get(), "--"));
        }
        whole.add(find(command.get(0)));
        whole.addAll(command.subList(1, command.size()));
        Path errors = output.resolveSibling(output.getFileName() + ".errors");
        Files.deleteIfExists(output);
        boolean done = false;
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Failure("is not done after " + PATIENCE_SECONDS + " seconds");
            }
            if (process.exitValue() != 0) {
                String words = oneLine(Files.readAllBytes(errors));
                throw new Failure(words.isEmpty() ? "failed with exit code " + process.exitValue() : words);
            }
            done = true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("was interrupted");
        } finally {
            Files.deleteIfExists(errors);
            if (!done) {
                Files.deleteIfExists(output);
            }
        }
    }

    private static String find(String name) throws Failure {
        String path = System.getenv("PATH");
        return Stream.concat(
                        Stream.of((path == null ? "" : path).split(File.pathSeparator, -1)), SYSTEM_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new Failure(name + " is not installed"));
    }

    private static String oneLine(byte[] words) {
        return new String(words, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
    }
}
