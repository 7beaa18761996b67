package dev.swarmlens.analyzer.swarm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ipvsadm -ln --stats --exact} counted in a node's sandboxes. */
final class IpvsCounters {

    /** The routing mesh. */
    static final String INGRESS = "ns-ingress_sbox.ipvsadm-stats-exact.txt";
    /** The load balancers of the user's overlays. */
    static final String OVERLAYS = "ns-lb_*.ipvsadm-stats-exact.txt";

    private static final Pattern BACKEND = Pattern.compile("\\s+-> ([0-9.]+):0\\s+([0-9]+)\\s.*");

    private IpvsCounters() {}

    /** Connections to each backend between two takings, all services together; empty if there were no takings. */
    static Map<String, Long> difference(Path before, Path after, String files) {
        Map<String, Long> connections = read(after, files);
        read(before, files).forEach((backend, count) -> connections.merge(backend, -count, Long::sum));
        return connections;
    }

    private static Map<String, Long> read(Path ground, String files) {
        Map<String, Long> connections = new HashMap<>();
        if (Files.isDirectory(ground)) {
            for (Path file : RecordedSwarm.files(ground, files)) {
                RecordedSwarm.lines(file)
                        .map(BACKEND::matcher)
                        .filter(Matcher::matches)
                        .forEach(row -> connections.merge(row.group(1), Long.valueOf(row.group(2)), Long::sum));
            }
        }
        return connections;
    }
}
