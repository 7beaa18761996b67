package dev.swarmlens.analyzer.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A count that runs on the standard error while somebody looks at it: on a terminal. */
final class Progress implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Streams streams;
    private final boolean watched;
    private long shown = System.nanoTime();
    private boolean begun;

    Progress(Streams streams) {
        this.streams = streams;
        this.watched = isTerminal(2);
    }

    /** Whether a standard stream of this process is a terminal; where the system does not say, it is not. */
    static boolean isTerminal(int descriptor) {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return device.startsWith("/dev/pts") || device.toString().matches("/dev/(tty.*|console)");
        } catch (IOException unknown) {
            return false;
        }
    }

    void show(long packets) {
        long now = System.nanoTime();
        if (watched && now - shown >= PERIOD_NANOS) {
            shown = now;
            begun = true;
            streams.err().print("\r" + Streams.packets(packets));
            streams.err().flush();
        }
    }

    @Override
    public void close() {
        if (begun) {
            streams.err().println();
        }
    }
}
