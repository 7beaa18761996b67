package dev.swarmlens.analyzer.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.swarmlens.analyzer.engine.Engine;
import dev.swarmlens.analyzer.engine.EngineException;
import dev.swarmlens.analyzer.engine.Missing;
import dev.swarmlens.analyzer.kernel.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One collecting of what a node can tell. */
public final class Snapshot {
    /** Where Docker keeps the network namespaces of its sandboxes. */
    public static final String NAMESPACES = "/var/run/docker/netns";

    private static final int SCHEMA_VERSION = 1;

    /** Containers and services have their passwords there, and nothing in it tells of the network. */
    private static final String ENVIRONMENT = "Env";

    private static final String KEYS = "xfrm-state.txt";

    private static final JsonFactory JSON = new JsonFactory();

    private static final List<Table> OF_NODE = List.of(
            new Table("addr.json", "ip", "-j", "addr"),
            new Table("link.json", "ip", "-j", "-d", "link"),
            new Table("neigh.json", "ip", "-j", "neigh"),
            new Table("route.json", "ip", "-j", "route"),
            new Table("fdb.json", "bridge", "-j", "fdb"));

    private static final List<Table> OF_SANDBOX = List.of(
            new Table("ipvsadm-stats-exact.txt", "ipvsadm", "-Ln", "--stats", "--exact"),
            new Table("ipvsadm-ln.txt", "ipvsadm", "-Ln"),
            // without -t, which could make the kernel load a table that is not there
            new Table("iptables-save.txt", "iptables-save", "-c"));

    private record Table(String file, List<String> command) {
        Table(String file, String... command) {
            this(file, List.of(command));
        }
    }

    private final Path folder;
    private final List<String> files = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();

    private Snapshot(Path folder) {
        this.folder = folder;
    }

    /**
     * Collects.
     *
     * @param folder where to; it must be there, and empty
     * @param node what the node is called
     * @param engine its Docker daemon
     * @param namespaces the folder of its sandboxes' network namespaces
     * @param withKeys whether to collect the keys of encrypted networks, too
     * @return what was collected
     * @throws IOException if the folder cannot be written
     */
    public static Snapshot take(Path folder, String node, Engine engine, Path namespaces, boolean withKeys)
            throws IOException {
        Snapshot snapshot = new Snapshot(folder);
        Instant taken = Instant.now();
        snapshot.tables("host-", OF_NODE, Optional.empty());
        for (Path namespace : snapshot.namespaces(namespaces)) {
            String prefix = "ns-" + namespace.getFileName() + ".";
            snapshot.tables(prefix, OF_NODE, Optional.of(namespace));
            snapshot.tables(prefix, OF_SANDBOX, Optional.of(namespace));
        }
        snapshot.table("xfrm-policy.txt", List.of("ip", "xfrm", "policy"), Optional.empty());
        if (withKeys) {
            snapshot.keys();
        }
        snapshot.docker(engine);
        snapshot.writeManifest(node, taken);
        return snapshot;
    }

    /** The files that were written, but for the manifest. */
    public List<String> files() {
        return List.copyOf(files);
    }

    /** What could not be had. */
    public List<Missing> missing() {
        return List.copyOf(missing);
    }

    private void tables(String prefix, List<Table> tables, Optional<Path> namespace) throws IOException {
        for (Table table : tables) {
            table(prefix + table.file, table.command, namespace);
        }
    }

    private void table(String file, List<String> command, Optional<Path> namespace) throws IOException {
        try {
            Program.run(command, namespace, folder.resolve(file));
            files.add(file);
        } catch (Program.Failure failed) {
            missing.add(new Missing(file, String.join(" ", command), failed.getMessage()));
        }
    }

    /** Nobody but the owner reads the keys. */
    private void keys() throws IOException {
        FileAttribute<?> ownersOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path locked = Files.createTempDirectory(
                folder, "keys", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Program.run(List.of("ip", "xfrm", "state"), Optional.empty(), locked.resolve(KEYS));
            byte[] keys = Files.readAllBytes(locked.resolve(KEYS));
            Files.createFile(folder.resolve(KEYS), ownersOnly);
            Files.write(folder.resolve(KEYS), keys);
            files.add(KEYS);
        } catch (Program.Failure failed) {
            missing.add(new Missing(KEYS, "ip xfrm state", failed.getMessage()));
        } finally {
            Files.deleteIfExists(locked.resolve(KEYS));
            Files.delete(locked);
        }
    }

    private List<Path> namespaces(Path where) {
        TreeMap<String, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(where)) {
            all.forEach(each -> found.put(each.getFileName().toString(), each.toAbsolutePath()));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            missing.add(new Missing("ns-*", "list " + where, "there is no such folder"));
        } catch (AccessDeniedException denied) {
            missing.add(new Missing("ns-*", "list " + where, "permission denied; run as root"));
        } catch (IOException | DirectoryIteratorException failed) {
            missing.add(new Missing("ns-*", "list " + where, failed.getMessage()));
        }
        return List.copyOf(found.values());
    }

    private void docker(Engine engine) throws IOException {
        try {
            missing.addAll(engine.ask((file, json) -> {
                Path target = folder.resolve(file);
                try {
                    copy(json, target);
                    files.add(file);
                } catch (IOException failed) {
                    Files.deleteIfExists(target);
                    throw failed;
                }
            }));
        } catch (EngineException failed) {
            missing.add(new Missing("*.json", "the Docker daemon", failed.getMessage()));
        }
    }

    /** Copies JSON, and leaves out every environment. */
    static void copy(InputStream json, Path target) throws IOException {
        try (JsonParser parser = JSON.createParser(json);
                OutputStream out = Files.newOutputStream(target);
                JsonGenerator generator = JSON.createGenerator(out)) {
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals(ENVIRONMENT)) {
                    parser.nextToken();
                    parser.skipChildren();
                } else {
                    generator.copyCurrentEventExact(parser);
                }
            }
            generator.writeRaw('\n');
        }
    }

    private void writeManifest(String node, Instant taken) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(TableFiles.MANIFEST));
                JsonGenerator json = JSON.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("node", node);
            json.writeStringField("taken", taken.toString());
            json.writeStringField("finished", Instant.now().toString());
            json.writeArrayFieldStart("files");
            for (String file : files.stream().sorted().toList()) {
                json.writeString(file);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("missing");
            for (Missing each : missing) {
                json.writeStartObject();
                json.writeStringField("file", each.file());
                json.writeStringField("command", each.command());
                json.writeStringField("reason", each.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
