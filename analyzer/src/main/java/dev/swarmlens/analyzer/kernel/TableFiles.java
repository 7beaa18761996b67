package dev.swarmlens.analyzer.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Collects files of tables and reads them: those of one folder are of one node and, but for what {@code inventory-time.txt}
 * says, of one moment.
 */
public final class TableFiles {
    /** What describes a snapshot as a whole. */
    public static final String MANIFEST = "snapshot.json";

    /** When the tables were read, in seconds since 1970. */
    private static final String TIME = "time.txt";
    /** When the tables in JSON were, if not with the others. */
    private static final String JSON_TIME = "inventory-time.txt";

    private static final String HOST_ADDRESSES = "host-addr.json";

    private static final Pattern OF_NAMESPACE = Pattern.compile(
            "ns-(.+)\\.(fdb\\.json|fdb\\.txt|neigh\\.json|link\\.json|link\\.txt|ipvsadm-stats-exact\\.txt|iptables-save\\.txt)");
    private static final List<String> OF_NODE = List.of(MANIFEST, TIME, JSON_TIME, HOST_ADDRESSES);

    /** A table of a thousand containers has 200 kB. */
    private static final long LARGEST_FILE = 64L << 20;
    /** How far above its files a folder may be that is called after its node. */
    private static final int FOLDERS_ABOVE = 3;

    private final Map<Path, Set<Path>> byFolder = new TreeMap<>();

    /** Takes a file in if it is named after a table, and tells whether it is; nothing is read yet. */
    public boolean take(Path file) {
        Path name = file.getFileName();
        boolean table = name != null
                && (OF_NODE.contains(name.toString())
                        || OF_NAMESPACE.matcher(name.toString()).matches());
        if (table) {
            // a file that is named twice is one file
            Path whole = file.toAbsolutePath().normalize();
            byFolder.computeIfAbsent(whole.getParent(), any -> new TreeSet<>()).add(whole);
        }
        return table;
    }

    /** Reads what was taken; a file that cannot be read is as one that is not there. */
    public List<NodeTables> read() {
        List<NodeTables> all = new ArrayList<>();
        byFolder.forEach((folder, files) -> {
            Map<String, List<Path>> byNamespace = new TreeMap<>();
            for (Path file : files) {
                Matcher name = OF_NAMESPACE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    byNamespace
                            .computeIfAbsent(name.group(1), any -> new ArrayList<>())
                            .add(file);
                }
            }
            if (!byNamespace.isEmpty()) {
                all.add(tables(folder, files, byNamespace));
            }
        });
        return all;
    }

    private static NodeTables tables(Path folder, Set<Path> files, Map<String, List<Path>> byNamespace) {
        List<String> names = new ArrayList<>();
        Map<String, String> manifest = files.stream()
                .filter(file -> file.endsWith(MANIFEST))
                .flatMap(file -> TableText.objects(text(file)).stream())
                .findFirst()
                .orElse(Map.of());
        if (manifest.containsKey("node")) {
            names.add(manifest.get("node"));
        }
        Stream.iterate(folder, above -> above != null && above.getFileName() != null, Path::getParent)
                .limit(FOLDERS_ABOVE)
                .forEach(above -> names.add(above.getFileName().toString()));
        Optional<Instant> at = time(files, TIME).or(() -> instant(manifest.get("taken")));
        Optional<Instant> jsonAt = time(files, JSON_TIME).or(() -> at);
        List<String> addresses = files.stream()
                .filter(file -> file.endsWith(HOST_ADDRESSES))
                .flatMap(file -> TableText.addresses(text(file)).stream())
                .toList();
        List<Sandbox> sandboxes = new ArrayList<>();
        byNamespace.forEach((name, ofNamespace) -> sandboxes.add(sandbox(name, ofNamespace, at, jsonAt)));
        return new NodeTables(names, addresses, at, sandboxes);
    }

    private static Sandbox sandbox(String name, List<Path> files, Optional<Instant> at, Optional<Instant> jsonAt) {
        Map<String, Integer> vnis = new HashMap<>();
        List<Forwarding> forwarding = new ArrayList<>();
        List<Neighbour> neighbours = new ArrayList<>();
        List<BackendCounter> counters = new ArrayList<>();
        List<PortMark> marks = new ArrayList<>();
        for (Path file : files) {
            Matcher what = OF_NAMESPACE.matcher(file.getFileName().toString());
            if (!what.matches()) {
                continue;
            }
            String text = text(file);
            switch (what.group(2)) {
                case "fdb.json" -> forwarding.addAll(TableText.forwardingJson(text, jsonAt));
                case "fdb.txt" -> forwarding.addAll(TableText.forwardingLines(text, at));
                case "neigh.json" -> neighbours.addAll(TableText.neighbours(text, jsonAt));
                case "link.json" -> vnis.putAll(TableText.vnisOfJson(text));
                case "link.txt" -> vnis.putAll(TableText.vnisOfLines(text));
                case "ipvsadm-stats-exact.txt" -> counters.addAll(TableText.counters(text));
                default -> marks.addAll(TableText.marks(text));
            }
        }
        return new Sandbox(name, vnis, forwarding, neighbours, counters, marks);
    }

    private static Optional<Instant> time(Set<Path> files, String name) {
        return files.stream()
                .filter(file -> file.endsWith(name))
                .findFirst()
                .flatMap(file -> TableText.seconds(text(file)));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException odd) {
            return Optional.empty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.size(file) > LARGEST_FILE ? "" : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
