package dev.swarmlens.analyzer.inventory;

import dev.swarmlens.analyzer.kernel.NodeTables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What Docker knows about a swarm, as look-ups from what packets show to names.
 *
 * <p>Immutable. All lists are sorted, so that the same files give the same inventory in whatever order they are read.
 * Where the files contradict each other, the look-ups that return one answer prefer what runs, then what is newer.
 */
public final class Inventory {

    private static final Comparator<Network> NEWEST_NETWORK =
            Comparator.comparing(Network::created, EndpointMerger.UNKNOWN_FIRST).reversed();

    /** Knows nothing. */
    public static final Inventory EMPTY = new Inventory(new DockerObjects(), List.of(), Sources.NONE);

    private final List<Network> networks;
    private final List<Node> nodes;
    private final List<Service> services;
    private final List<Task> tasks;
    private final List<Endpoint> endpoints;
    private final List<NodeTables> tables;
    private final Sources sources;

    private final Map<String, Network> networkById;
    private final Map<Integer, Network> networkByVni = new HashMap<>();
    private final Map<String, Node> nodeById;
    private final Map<String, String> nodeIdByAddress;
    private final Map<String, Service> serviceById;
    private final Map<Address, List<Endpoint>> endpointsByAddress = new HashMap<>();
    private final Map<Port, Service> serviceByPort = new HashMap<>();
    private final Map<Address, Service> serviceByVirtualIp = new HashMap<>();

    private record Address(String networkId, String ip) {}

    private record Port(String protocol, int number) {}

    Inventory(DockerObjects objects, List<NodeTables> tables, Sources sources) {
        this.tables = List.copyOf(tables);
        this.sources = sources;
        networks =
                sorted(objects.networks(), Comparator.comparing(Network::name).thenComparing(Network::id));
        nodes = sorted(objects.nodes(), Comparator.comparing(Node::hostname).thenComparing(Node::id));
        List<Service> newestFirst = objects.services();
        services = sorted(newestFirst, Comparator.comparing(Service::name).thenComparing(Service::id));
        tasks = sorted(objects.tasks(), Comparator.comparing(Task::name).thenComparing(Task::id));
        EndpointMerger merger = new EndpointMerger(nodes);
        endpoints = merger.merge(objects.claims());

        networkById = index(networks, Network::id);
        nodeById = index(nodes, Node::id);
        nodeIdByAddress = merger.nodesByAddress();
        serviceById = index(services, Service::id);
        for (Network network : sorted(networks, NEWEST_NETWORK)) {
            network.vnis().forEach(vni -> networkByVni.putIfAbsent(vni, network));
        }
        for (Service service : newestFirst) {
            service.virtualIps().forEach((id, ip) -> serviceByVirtualIp.putIfAbsent(new Address(id, ip), service));
        }
        // The routing mesh answers on every node, so it has the first claim to a port number.
        for (PublishedPort.Mode mode : PublishedPort.Mode.values()) {
            for (Service service : newestFirst) {
                service.ports().stream()
                        .filter(port -> port.mode() == mode)
                        .forEach(port ->
                                serviceByPort.putIfAbsent(new Port(port.protocol(), port.published()), service));
            }
        }
        for (Endpoint endpoint : endpoints) {
            endpointsByAddress.merge(
                    new Address(endpoint.networkId(), endpoint.ip()), List.of(endpoint), Inventory::concatenate);
        }
    }

    /**
     * Reads files and, recursively, folders. What is not Docker's JSON is passed over, and {@link #sources} counts it;
     * no content makes this fail.
     *
     * @throws IOException if one of {@code paths} itself cannot be opened; what lies inside folders cannot make it fail
     */
    public static Inventory read(List<Path> paths) throws IOException {
        Builder builder = builder();
        for (Path path : paths) {
            builder.read(path);
        }
        return builder.build();
    }

    /** Reads JSON texts; counts them as files. */
    public static Inventory parse(String... texts) {
        Builder builder = builder();
        for (String text : texts) {
            builder.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }
        return builder.build();
    }

    /** Begins an inventory of several sources. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads, in whatever order, what becomes one inventory. */
    public static final class Builder {
        private final InventoryFiles files = new InventoryFiles();

        private Builder() {}

        /**
         * Reads a file or, recursively, a folder.
         *
         * @throws IOException if it cannot be opened; what lies inside a folder cannot make this fail
         */
        public void read(Path path) throws IOException {
            files.read(path);
        }

        /** Reads JSON, such as an answer of the Engine API; counts it as a file, whatever it holds. */
        public void read(InputStream json) {
            files.read(json);
        }

        /** Returns the inventory of all that was read. */
        public Inventory build() {
            return files.toInventory();
        }
    }

    /** Returns whether nothing was read that tells anything. */
    public boolean isEmpty() {
        return sources.used() == 0 && tables.isEmpty();
    }

    /** Returns the networks, by name. */
    public List<Network> networks() {
        return networks;
    }

    /** Returns the members of the swarm, by host name. */
    public List<Node> nodes() {
        return nodes;
    }

    /** Returns the services, by name. */
    public List<Service> services() {
        return services;
    }

    /** Returns the tasks, by name. */
    public List<Task> tasks() {
        return tasks;
    }

    /** Returns the endpoints, by network and address; of several owners of one address the preferred one first. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Returns what the nodes' kernels had in their tables, by folder. */
    public List<NodeTables> tables() {
        return tables;
    }

    /** Returns what this was read from; files of tables are not among them. */
    public Sources sources() {
        return sources;
    }

    /** Returns the network whose packets carry this VNI: the newest one, should the files know several. */
    public Optional<Network> networkByVni(int vni) {
        return Optional.ofNullable(networkByVni.get(vni));
    }

    /** Returns the network with this whole identifier. */
    public Optional<Network> networkById(String id) {
        return Optional.ofNullable(networkById.get(id));
    }

    /** Returns the network of the routing mesh: the newest one, should the files know several. */
    public Optional<Network> ingressNetwork() {
        return networks.stream().filter(Network::ingress).min(NEWEST_NETWORK);
    }

    /** Returns the node with this underlay address, be it the one known to the swarm or the one VXLAN comes from. */
    public Optional<Node> nodeByAddress(String address) {
        return Optional.ofNullable(nodeIdByAddress.get(address)).flatMap(this::nodeById);
    }

    /** Returns the node with this host name, whatever its case. */
    public Optional<Node> nodeByName(String hostname) {
        return nodes.stream()
                .filter(node -> node.hostname().equalsIgnoreCase(hostname))
                .findFirst();
    }

    /** Returns the node with this identifier. */
    public Optional<Node> nodeById(String id) {
        return Optional.ofNullable(nodeById.get(id));
    }

    /** Returns the service with this identifier. */
    public Optional<Service> serviceById(String id) {
        return Optional.ofNullable(serviceById.get(id));
    }

    /** Returns the service with this name. */
    public Optional<Service> serviceByName(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /**
     * Returns the service that publishes this port, by the routing mesh rather than on its own nodes.
     *
     * @param protocol {@code tcp}, {@code udp} or {@code sctp}
     * @param port the published port, not the target port
     */
    public Optional<Service> serviceByPublishedPort(String protocol, int port) {
        return Optional.ofNullable(serviceByPort.get(new Port(protocol, port)));
    }

    /** Returns the service that has this virtual address on this network. */
    public Optional<Service> serviceByVirtualIp(String networkId, String ip) {
        return Optional.ofNullable(serviceByVirtualIp.get(new Address(networkId, ip)));
    }

    /** Returns the tasks of a service, by name. */
    public List<Task> tasksOfService(String serviceId) {
        return tasks.stream().filter(task -> task.serviceId().equals(serviceId)).toList();
    }

    /** Returns who has this address on this network: the owner that runs, or ran last. */
    public Optional<Endpoint> endpoint(String networkId, String ip) {
        return endpoints(networkId, ip).stream().findFirst();
    }

    /** Returns who has this address inside this VNI: the owner that runs, or ran last. */
    public Optional<Endpoint> endpoint(int vni, String ip) {
        return networkByVni(vni).flatMap(network -> endpoint(network.id(), ip));
    }

    /** Returns all that have or had this address on this network, the preferred one first. */
    public List<Endpoint> endpoints(String networkId, String ip) {
        return endpointsByAddress.getOrDefault(new Address(networkId, ip), List.of());
    }

    private static <T> List<T> sorted(Collection<T> values, Comparator<? super T> order) {
        return values.stream().sorted(order).toList();
    }

    private static <T> Map<String, T> index(List<T> values, Function<T, String> key) {
        Map<String, T> index = new HashMap<>();
        values.forEach(value -> index.putIfAbsent(key.apply(value), value));
        return index;
    }

    private static List<Endpoint> concatenate(List<Endpoint> one, List<Endpoint> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
