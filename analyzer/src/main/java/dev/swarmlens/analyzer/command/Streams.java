package dev.swarmlens.analyzer.command;

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
}
