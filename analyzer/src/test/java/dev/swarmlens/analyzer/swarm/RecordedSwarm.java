package dev.swarmlens.analyzer.swarm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One recorded swarm: its captures, and what its own kernel and Docker say they must show.
 *
 * <p>The tables are taken from the files that are of the end of the scenario itself: {@code bridge fdb} and {@code ipvsadm}.
 * What {@code docker inspect} prints was in some folders taken minutes before or after, see the README of each.
 */
final class RecordedSwarm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NODE_ROW = Pattern.compile("\\| (swarm-\\S+) \\| ([0-9.]+) \\|.*");
    private static final Pattern CONTAINER_ROW =
            Pattern.compile("\\S+ \\S+ ([0-9a-f]{12})[0-9a-f]* .*\\bingress=([0-9.]+),.*");

    /** Where a folder has no tables of its own, they are those of the folder recorded minutes before. */
    private static final Map<String, String> TABLES_ELSEWHERE = Map.of("06b-fault-mtu-blackhole", "06-fault-mtu");

    private final Path folder;
    private final Path tables;
    private final Map<String, String> addressByNode;

    private RecordedSwarm(Path folder) {
        this.folder = folder;
        this.tables = folder.resolveSibling(TABLES_ELSEWHERE.getOrDefault(name(), name()));
        this.addressByNode = readNodes();
    }

    /** Skips the test that asks, with a message, where there are no recorded swarms. */
    static void assumePresent() {
        assumeTrue(
                Files.isDirectory(root()),
                () -> "no recorded swarms at " + root() + ": set the system property swarmlens.captures");
    }

    static List<RecordedSwarm> all() {
        try (Stream<Path> folders = Files.list(root())) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(RecordedSwarm::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RecordedSwarm named(String name) {
        return new RecordedSwarm(root().resolve(name));
    }

    private static Path root() {
        return Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "swarm");
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** Where the JSON of this swarm is. */
    Path inventory() {
        return tables;
    }

    /** The underlay capture of each node, by the node's name. */
    Map<String, Path> underlayCaptures() {
        Map<String, Path> captures = new TreeMap<>();
        for (String node : addressByNode.keySet()) {
            for (Path capture : files(folder.resolve(node), "underlay*.pcap*")) {
                captures.put(node, capture);
            }
        }
        return captures;
    }

    /** The underlay address of each node, by its name: the table in README.md. */
    Map<String, String> addressByNode() {
        return addressByNode;
    }

    /** Where each address on each overlay is, by the forwarding tables of all nodes together. */
    Map<OverlayAddress, Location> locations() {
        Map<OverlayAddress, Location> locations = new HashMap<>(KnownDeviations.livedOnlyMeanwhile(name()));
        for (Path node : nodeFolders()) {
            locations.putAll(ForwardingTables.read(ground(node)));
        }
        return locations;
    }

    /** The ground truth of the end, in a node's folder. */
    static Path ground(Path node) {
        Path after = node.resolve("gt-after");
        return Files.isDirectory(after) ? after : node.resolve("gt-end");
    }

    List<Path> nodeFolders() {
        return addressByNode.keySet().stream().map(tables::resolve).toList();
    }

    /**
     * Connections that each node's routing mesh opened to each backend on another node, by IPVS' own counters, all
     * services together; zeros included.
     */
    Map<Leg, Long> connectionsToRemoteBackends() {
        Map<OverlayAddress, Location> locations = locations();
        int ingress = ingressVni();
        Map<Leg, Long> remote = new TreeMap<>();
        addressByNode.forEach((node, address) -> {
            Path of = folder.resolve(node);
            IpvsCounters.difference(of.resolve("gt-before"), of.resolve("gt-after"))
                    .forEach((backend, connections) -> {
                        String vtep = locations
                                .get(new OverlayAddress(ingress, backend))
                                .vtep();
                        if (!vtep.equals(address)) {
                            remote.put(new Leg(address, backend), connections);
                        }
                    });
        });
        return remote;
    }

    /** What the client outside of the swarm asked through the routing mesh, in order; empty if there was none. */
    List<ClientRequest> requests() {
        Path log = folder.resolve("client-log.jsonl");
        return Files.exists(log) ? values(log).stream().map(ClientRequest::read).toList() : List.of();
    }

    /** The requests that a replica on another node than the one asked has answered. */
    List<ClientRequest.Answered> answeredFromAfar() {
        Map<String, String> replicas = ingressAddressByReplica();
        Map<OverlayAddress, Location> locations = locations();
        int ingress = ingressVni();
        List<ClientRequest.Answered> answered = new ArrayList<>();
        for (ClientRequest request : requests()) {
            String task = request.taskAddress(replicas);
            Location location = locations.get(new OverlayAddress(ingress, task));
            // Who has no ingress address has answered on a port of its node, or not at all.
            if (location != null && !location.vtep().equals(request.entry())) {
                answered.add(new ClientRequest.Answered(request, task));
            }
        }
        return answered;
    }

    /** The networks as {@code docker network inspect} prints them, by VNI. */
    Map<Integer, JsonNode> networksByVni() {
        Map<Integer, JsonNode> networks = new TreeMap<>();
        for (Path node : nodeFolders()) {
            for (Path file : files(ground(node), "network-inspect-*.json")) {
                for (JsonNode network : values(file)) {
                    String vni = network.at("/Options/com.docker.network.driver.overlay.vxlanid_list")
                            .asText();
                    if (!vni.isEmpty()) {
                        networks.put(Integer.valueOf(vni), network);
                    }
                }
            }
        }
        return networks;
    }

    int ingressVni() {
        return networksByVni().entrySet().stream()
                .filter(network -> network.getValue().path("Ingress").asBoolean())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** By the first twelve digits of the container's identifier, as replicas report themselves. */
    private Map<String, String> ingressAddressByReplica() {
        Map<String, String> addresses = new HashMap<>();
        for (Path node : nodeFolders()) {
            for (Path file : files(ground(node), "containers.json")) {
                for (JsonNode container : values(file)) {
                    addresses.put(
                            container.path("Id").asText().substring(0, ClientRequest.REPLICA_DIGITS),
                            container
                                    .at("/NetworkSettings/Networks/ingress/IPAddress")
                                    .asText());
                }
            }
        }
        // Taken at the start of the scenario itself, so this outranks the JSON.
        Path containers = folder.resolve("containers.txt");
        if (Files.exists(containers)) {
            lines(containers)
                    .map(CONTAINER_ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> addresses.put(row.group(1), row.group(2)));
        }
        return addresses;
    }

    private Map<String, String> readNodes() {
        Map<String, String> nodes = new TreeMap<>();
        lines(folder.resolve("README.md"))
                .map(NODE_ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> nodes.put(row.group(1), row.group(2)));
        return nodes;
    }

    /** The lines of a file, which are few. */
    static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON values one after the other; those of an array one by one. */
    static List<JsonNode> values(Path file) {
        List<JsonNode> values = new ArrayList<>();
        try (var all = JSON.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            while (all.hasNextValue()) {
                JsonNode value = all.nextValue();
                if (value.isArray()) {
                    value.forEach(values::add);
                } else {
                    values.add(value);
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path folder, String pattern) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    @Override
    public String toString() {
        return name();
    }
}
