package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.engine.EngineException;
import dev.swarmlens.capture.live.LiveException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes.
 *
 * @param in the standard input
 * @param out for data
 * @param err for talk
 */
record Streams(InputStream in, PrintStream out, PrintStream err) {
    void say(String message) {
        err.println("swarmlens: " + message);
    }

    /** So many packets, in words. */
    static String packets(long count) {
        return count + (count == 1 ? " packet" : " packets");
    }

    /** Says why an interface is of no use; returns what to tell the shell. */
    ExitCode fail(LiveException failed) {
        say(failed.getMessage());
        return switch (failed.reason()) {
            case NO_LIBRARY, NO_PERMISSION -> ExitCode.UNAVAILABLE;
            case BAD_FILTER -> ExitCode.BAD_FILTER;
            case NO_SUCH_INTERFACE, FAILED -> ExitCode.NOT_A_CAPTURE;
        };
    }

    /** Says why a Docker daemon is of no use; returns what to tell the shell. */
    ExitCode fail(EngineException failed) {
        say(failed.getMessage());
        return switch (failed.reason()) {
            case UNREACHABLE -> ExitCode.UNAVAILABLE;
            case BAD_ANSWER -> ExitCode.NOT_A_CAPTURE;
        };
    }
}
