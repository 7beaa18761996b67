package dev.swarmlens.analyzer.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one node's kernel had in its tables at one moment: the files of one folder.
 *
 * @param names what the node may be called: its own word for itself, if it is there, and then the folders that the files lie
 *     in, the innermost first
 * @param addresses addresses of the node's own interfaces
 * @param at when the counters were read, if known
 * @param sandboxes its network namespaces, by name
 */
public record NodeTables(List<String> names, List<String> addresses, Optional<Instant> at, List<Sandbox> sandboxes) {

    /** Copies the lists. */
    public NodeTables {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
        sandboxes = List.copyOf(sandboxes);
    }
}
