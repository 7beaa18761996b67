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
public final class RecordedSwarm {

    /** The swarm in the repository, which is there wherever the sources are. */
    private static final String SAMPLE = "seed";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NODE_ROW = Pattern.compile("\\| (?:`\\S+` \\| )?(swarm-\\S+) \\| ([0-9.]+) \\|.*");
    private static final Pattern CONTAINER_ROW =
            Pattern.compile("\\S+ \\S+ ([0-9a-f]{12})[0-9a-f]* .*\\bingress=([0-9.]+),.*");

    /** Where a folder has no tables of its own, they are those of the folder recorded minutes before. */
    private static final Map<String, String> TABLES_ELSEWHERE = Map.of("06b-fault-mtu-blackhole", "06-fault-mtu");

    /**
     * Where the files of one node are.
     *
     * @param captures what was captured on the underlay
     * @param counters the folder that holds {@code gt-before} and {@code gt-after}, with the counters of IPVS
     * @param tables the folder that holds the kernel's tables at the end
     * @param inspected the folder that holds what Docker printed
     */
    private record NodeFiles(List<Path> captures, Path counters, Path tables, Path inspected) {}

    private final String name;
    private final Path inventory;
    private final Path log;
    private final Map<String, String> addressByNode;
    private final Map<String, NodeFiles> filesByNode = new TreeMap<>();

    private RecordedSwarm(String name, Path readme, Path inventory, Path log) {
        this.name = name;
        this.inventory = inventory;
        this.log = log;
        this.addressByNode = readNodes(readme);
    }

    private static RecordedSwarm recorded(Path folder) {
        String name = folder.getFileName().toString();
        Path tables = folder.resolveSibling(TABLES_ELSEWHERE.getOrDefault(name, name));
        RecordedSwarm swarm = new RecordedSwarm(name, folder.resolve("README.md"), tables, folder);
        for (String node : swarm.addressByNode.keySet()) {
            Path after = tables.resolve(node).resolve("gt-after");
            Path ground = Files.isDirectory(after) ? after : after.resolveSibling("gt-end");
            List<Path> captures = files(folder.resolve(node), "underlay*.pcap*");
            swarm.filesByNode.put(node, new NodeFiles(captures, folder.resolve(node), ground, ground));
        }
        return swarm;
    }

    /** The small swarm in the repository itself. */
    public static RecordedSwarm sample() {
        Path folder = Path.of(System.getProperty("swarmlens.root", ".."), "samples", "captures", SAMPLE);
        Path inventory = folder.resolve("inventory");
        Path tables = folder.resolve("tables");
        RecordedSwarm swarm = new RecordedSwarm(SAMPLE, folder.resolve("README.md"), inventory, tables);
        for (String node : swarm.addressByNode.keySet()) {
            Path counters = tables.resolve(node);
            List<Path> captures = files(folder, node + ".pcap");
            swarm.filesByNode.put(
                    node, new NodeFiles(captures, counters, counters.resolve("gt-after"), inventory.resolve(node)));
        }
        return swarm;
    }

    /** Those in the folder of captures, none where that is absent; and always the sample. */
    public static List<RecordedSwarm> all() {
        List<RecordedSwarm> swarms = new ArrayList<>(List.of(sample()));
        if (Files.isDirectory(root())) {
            try (Stream<Path> folders = Files.list(root())) {
                folders.filter(Files::isDirectory)
                        .sorted()
                        .map(RecordedSwarm::recorded)
                        .forEach(swarms::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return swarms;
    }

    /** One of them; skips the test that asks, with a message, where it is absent. */
    static RecordedSwarm named(String name) {
        if (name.equals(SAMPLE)) {
            return sample();
        }
        Path folder = root().resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no recorded swarm at " + folder + ": set the system property swarmlens.captures");
        return recorded(folder);
    }

    /** The folder of recorded swarms, which need not be there. */
    public static Path root() {
        return Path.of(System.getProperty("swarmlens.captures", "../../shared/captures"), "swarm");
    }

    /** What this swarm is called. */
    public String name() {
        return name;
    }

    /** Where the JSON of this swarm is. */
    public Path inventory() {
        return inventory;
    }

    /** The underlay capture of each node, by the node's name. */
    public Map<String, Path> underlayCaptures() {
        Map<String, Path> captures = new TreeMap<>();
        filesByNode.forEach((node, files) -> files.captures().forEach(capture -> captures.put(node, capture)));
        return captures;
    }

    /** The underlay captures as arguments of the command. */
    public List<String> captureArguments() {
        return underlayCaptures().entrySet().stream()
                .map(capture -> capture.getKey() + '=' + capture.getValue())
                .toList();
    }

    /** The underlay address of each node, by its name: the table in README.md. */
    Map<String, String> addressByNode() {
        return addressByNode;
    }

    /** Where each address on each overlay is, by the forwarding tables of all nodes together. */
    Map<OverlayAddress, Location> locations() {
        Map<OverlayAddress, Location> locations = new HashMap<>(KnownDeviations.livedOnlyMeanwhile(name));
        tables().forEach(tables -> locations.putAll(ForwardingTables.read(tables)));
        return locations;
    }

    /** The folder of each node that holds its kernel's tables of the end. */
    List<Path> tables() {
        return filesByNode.values().stream().map(NodeFiles::tables).toList();
    }

    /**
     * Connections that each node's routing mesh opened to each backend on another node, by IPVS' own counters, all
     * services together; zeros included.
     */
    Map<Leg, Long> connectionsToRemoteBackends() {
        return connectionsToBackends(false);
    }

    /** Connections that each node's routing mesh opened to backends on the node itself, by the node's address. */
    Map<String, Long> connectionsToLocalBackends() {
        Map<String, Long> local = new TreeMap<>();
        connectionsToBackends(true).forEach((leg, connections) -> local.merge(leg.entry(), connections, Long::sum));
        return local;
    }

    private Map<Leg, Long> connectionsToBackends(boolean onTheNodeItself) {
        Map<OverlayAddress, Location> locations = locations();
        int ingress = ingressVni();
        Map<Leg, Long> counted = new TreeMap<>();
        addressByNode.forEach((node, address) -> {
            Path of = filesByNode.get(node).counters();
            IpvsCounters.difference(of.resolve("gt-before"), of.resolve("gt-after"), IpvsCounters.INGRESS)
                    .forEach((backend, connections) -> {
                        String vtep = locations
                                .get(new OverlayAddress(ingress, backend))
                                .vtep();
                        if (vtep.equals(address) == onTheNodeItself) {
                            counted.put(new Leg(address, backend), connections);
                        }
                    });
        });
        return counted;
    }

    /**
     * Connections that each node's load balancers gave to backends of virtual addresses on other nodes, by IPVS' own
     * counters, in overlays that are not encrypted; zeros included.
     */
    Map<Leg, Long> connectionsFromVirtualAddresses() {
        Map<String, Location> locations = locationsInClearOverlays();
        Map<Leg, Long> counted = new TreeMap<>();
        addressByNode.forEach((node, address) -> {
            Path of = filesByNode.get(node).counters();
            IpvsCounters.difference(of.resolve("gt-before"), of.resolve("gt-after"), IpvsCounters.OVERLAYS)
                    .forEach((backend, connections) -> {
                        Location location = locations.get(backend);
                        if (location != null && !location.vtep().equals(address)) {
                            counted.put(new Leg(address, backend), connections);
                        }
                    });
        });
        return counted;
    }

    private Map<String, Location> locationsInClearOverlays() {
        Map<Integer, JsonNode> networks = networksByVni();
        Map<String, Location> locations = new HashMap<>();
        this.locations().forEach((address, location) -> {
            JsonNode network = networks.get(address.vni());
            if (network != null
                    && !network.path("Ingress").asBoolean()
                    && !network.path("Options").has("encrypted")) {
                locations.put(address.ip(), location);
            }
        });
        return locations;
    }

    /** What containers asked virtual addresses of services and were answered. */
    List<VirtualAddressRequest> virtualAddressRequests() {
        return VirtualAddressRequest.read(log.resolve("events.log"));
    }

    /** Those of them that a replica on another node has answered, over a network that is not encrypted. */
    List<VirtualAddressRequest> requestsFromAfar() {
        Map<String, Location> clear = locationsInClearOverlays();
        return virtualAddressRequests().stream()
                .filter(request -> clear.containsKey(request.task()) && !isLocal(request))
                .toList();
    }

    /** Whether the replica that answered lives on the node whose load balancer it saw. */
    boolean isLocal(VirtualAddressRequest request) {
        String loadBalancer = request.seenAs().substring(0, request.seenAs().indexOf(':'));
        Map<String, String> vteps = new HashMap<>();
        locations().forEach((address, location) -> vteps.put(address.ip(), location.vtep()));
        return vteps.get(loadBalancer).equals(vteps.get(request.task()));
    }

    /** What the client outside of the swarm asked through the routing mesh, in order; empty if there was none. */
    List<ClientRequest> requests() {
        Path requests = log.resolve("client-log.jsonl");
        return Files.exists(requests)
                ? values(requests).stream().map(ClientRequest::read).toList()
                : List.of();
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
        for (NodeFiles node : filesByNode.values()) {
            for (Path file : files(node.inspected(), "network-inspect-*.json")) {
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
        for (NodeFiles node : filesByNode.values()) {
            for (Path file : files(node.inspected(), "containers.json")) {
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
        Path containers = log.resolve("containers.txt");
        if (Files.exists(containers)) {
            lines(containers)
                    .map(CONTAINER_ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> addresses.put(row.group(1), row.group(2)));
        }
        return addresses;
    }

    private static Map<String, String> readNodes(Path readme) {
        Map<String, String> nodes = new TreeMap<>();
        lines(readme)
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
        return name;
    }
}
