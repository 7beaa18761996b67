package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.filter.FilterException;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** One of the things that {@code swarmlens} does. */
interface Command {
    /** The word that selects it. */
    String name();

    /** What it does, in one line. */
    String summary();

    /** Commands as a user would type them, each with a comment. */
    List<String> examples();

    /** What is named after its options, as {@code --help} says it; empty if nothing is. */
    default String operands() {
        return "[NODE=]FILE...";
    }

    /** What it understands. */
    Options options();

    /**
     * Does it.
     *
     * @throws UsageException if the arguments make no sense
     * @throws FilterException if the filter makes no sense
     * @throws IOException if the output cannot be written
     */
    ExitCode run(Arguments arguments, Streams streams) throws UsageException, FilterException, IOException;
}
