package dev.swarmlens.codecs.kernel;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network namespace of Linux, network_namespaces(7). It has no name and belongs to a thread: with the thread and what was
 * opened in it the namespace goes, and all its devices, however the test ends.
 */
final class Namespace implements AutoCloseable {
    private final ExecutorService inside = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "network namespace");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Makes a namespace.
     *
     * @throws LastErrorException if the kernel refuses: this needs root
     * @throws LinkageError if this is not Linux
     */
    static Namespace create() throws Exception {
        Namespace namespace = new Namespace();
        try {
            namespace.call(() -> CLibrary.load().unshare(CLibrary.CLONE_NEWNET));
            return namespace;
        } catch (Exception | LinkageError e) {
            namespace.close();
            throw e;
        }
    }

    /** Does something in the namespace: what it opens there stays there, whoever uses it afterwards. */
    <T> T call(Callable<T> task) throws Exception {
        try {
            return inside.submit(task).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    /**
     * Runs ip(8) in the namespace.
     *
     * @param arguments separated by blanks
     * @throws IOException if there is no such program, or it fails; the message is its own
     */
    void ip(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Process process =
                call(() -> new ProcessBuilder(command).redirectErrorStream(true).start());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }

    /** Sets a kernel parameter of the namespace, sysctl(8), by its path below {@code /proc/sys/net}. */
    void set(String parameter, int value) throws Exception {
        call(() -> Files.writeString(Path.of("/proc/sys/net", parameter), Integer.toString(value)));
    }

    /** Lines of a file below {@code /proc/net}, as the namespace sees them; none if the kernel has no such file. */
    List<String> procNet(String name) throws Exception {
        Path file = Path.of("/proc/thread-self/net", name);
        return call(() -> Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    /** What ip(8) takes for the namespace's name: the number of its thread. */
    String id() throws Exception {
        return call(() -> Files.readSymbolicLink(Path.of("/proc/thread-self")))
                .getFileName()
                .toString();
    }

    @Override
    public void close() {
        inside.shutdown();
    }
}
