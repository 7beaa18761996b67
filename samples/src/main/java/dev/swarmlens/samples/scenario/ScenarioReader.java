package dev.swarmlens.samples.scenario;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.samples.scenario.Scenario.ClientPlan;
import dev.swarmlens.samples.scenario.Scenario.FaultPlan;
import dev.swarmlens.samples.scenario.Scenario.Kind;
import dev.swarmlens.samples.scenario.Scenario.NetworkPlan;
import dev.swarmlens.samples.scenario.Scenario.NodePlan;
import dev.swarmlens.samples.scenario.Scenario.PortPlan;
import dev.swarmlens.samples.scenario.Scenario.ServicePlan;
import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a scenario, fills in what it leaves out, and says what is wrong with it: line, key, what was expected. */
public final class ScenarioReader {
    /** The network of the routing mesh. */
    public static final String INGRESS = "ingress";

    /** The subnet of the routing mesh. */
    public static final Subnet INGRESS_SUBNET = Subnet.of("10.0.0.0/24");

    private static final Instant START = Instant.parse("2026-11-22T11:30:00Z");
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?::(\\d{1,5}))?(/tcp|/udp)?( host)?");
    private static final int MAX_PORT = 65_535;
    private static final int FIRST_NODE = Ipv4Address.of("192.168.56.101").bits();
    private static final int FIRST_CLIENT = Ipv4Address.of("192.168.56.1").bits();
    /** As the machines of the recorded swarm have them; behind it the last three bytes of the address. */
    private static final long NODE_MAC = 0x5254_00L << 24;

    private static final long CLIENT_MAC = 0x0e38_57L << 24;
    private static final long LAST_BYTES = 0xff_ffff;
    private static final int FIRST_USER_SUBNET = Ipv4Address.of("10.0.1.0").bits();
    private static final int MAX_MANY = 200;
    private static final long MILLISECOND = 1_000_000L;
    private static final long MINUTE = 60_000 * MILLISECOND;
    private static final int MAX_SIZE = 1 << 30;
    /** What headers, tunnel and encryption take of the underlay's MTU at most, so that no datagram has to be cut. */
    private static final int MAX_HEADERS = 128;

    /** Every fault that can be ordered. */
    private static final Map<String, String> FAULTS = faults();

    private final String file;
    private final Keys keys;
    private final Map<String, NodePlan> nodes = new LinkedHashMap<>();
    private final Map<String, NetworkPlan> networks = new LinkedHashMap<>();
    private final Map<String, ServicePlan> services = new LinkedHashMap<>();
    private final Map<String, ClientPlan> clients = new LinkedHashMap<>();
    private final Set<String> tasks = new LinkedHashSet<>();
    private int mtu;

    private ScenarioReader(String file, Keys keys) {
        this.file = file;
        this.keys = keys;
    }

    private static Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        for (String id : List.of(
                "SW-01",
                "SW-03",
                "SW-04",
                "SW-05",
                "SW-06",
                "SW-07",
                "SW-08",
                "SW-09",
                "SW-10",
                "SW-14c",
                "SW-14d",
                "migration",
                "node-failure",
                "impairment")) {
            faults.put(id, id);
        }
        return faults;
    }

    /**
     * Reads a file.
     *
     * @throws ScenarioException if it makes no sense
     * @throws IOException if it cannot be read
     */
    public static Scenario read(Path path) throws ScenarioException, IOException {
        return read(path.toString(), Files.readString(path));
    }

    /**
     * Reads a text.
     *
     * @param file what messages call it
     * @throws ScenarioException if it makes no sense
     */
    public static Scenario read(String file, String yaml) throws ScenarioException {
        Keys keys = Keys.of(file, "", Yaml.read(file, yaml), "a mapping with services, traffic, …");
        return new ScenarioReader(file, keys).scenario();
    }

    private Scenario scenario() throws ScenarioException {
        String plain = Optional.ofNullable(Path.of(file).getFileName())
                .map(Path::toString)
                .orElse(file);
        String name = keys.text("name").orElse(plain.replaceFirst("\\.ya?ml$", ""));
        long seed = keys.number("seed", 1L, 0, Long.MAX_VALUE);
        Instant start = keys.time("start", START);
        mtu = keys.number("mtu", 1500, 576, 9216);
        int dataPathPort = keys.number("dataPathPort", Vxlan.PORT, 1024, 49_151);
        boolean gossip = keys.flag("gossip", true);
        for (NodePlan node : keys.listOrCount("nodes", "name, address, mac, clock", 3, MAX_MANY, this::node)) {
            nodes.put(node.name(), node);
        }
        if (nodes.isEmpty()) {
            throw keys.wrong("nodes", "at least one node");
        }
        for (NetworkPlan network : keys.list("networks", "name, subnet, vni, encrypted", this::network)
                .orElse(List.of())) {
            networks.put(network.name(), network);
        }
        for (ServicePlan service : keys.list(
                        "services", "name, replicas, nodes, networks, publish, endpoint", this::service)
                .orElseThrow(() -> keys.wrong("services", "a list, each of name, replicas, publish, …"))) {
            services.put(service.name(), service);
            for (int slot = 1; slot <= service.replicas(); slot++) {
                tasks.add(service.name() + "." + slot);
            }
        }
        for (ClientPlan client : keys.listOrCount("clients", "name, address, mac", 1, MAX_MANY, this::client)) {
            clients.put(client.name(), client);
        }
        checkAddresses();
        List<TrafficPlan> traffic = new ArrayList<>();
        Optional<List<TrafficPlan>> planned =
                keys.list("traffic", "kind, from, to, port, via, connections, …", this::traffic);
        traffic.addAll(planned.isPresent() ? planned.get() : defaultTraffic());
        List<FaultPlan> faults = keys.list("faults", "id, from, to, task, start, end, …", this::fault)
                .orElse(List.of());
        Set<String> points = new LinkedHashSet<>(List.of("docker_gwbridge", "ingress_sbox"));
        points.addAll(tasks);
        List<String> capture = keys.references("capture", "a place to capture at", points, List.of());
        keys.end();
        return new Scenario(
                name,
                seed,
                start,
                mtu,
                dataPathPort,
                gossip,
                List.copyOf(nodes.values()),
                List.copyOf(networks.values()),
                List.copyOf(services.values()),
                List.copyOf(clients.values()),
                traffic,
                faults,
                capture);
    }

    private void checkAddresses() throws ScenarioException {
        Set<Ipv4Address> seen = new HashSet<>();
        for (NodePlan node : nodes.values()) {
            if (!seen.add(node.address())) {
                throw keys.wrong(
                        "nodes", "an address of its own for each node and client, not two of " + node.address());
            }
        }
        for (ClientPlan client : clients.values()) {
            if (!seen.add(client.address())) {
                throw keys.wrong(
                        "clients", "an address of its own for each node and client, not two of " + client.address());
            }
        }
    }

    private NodePlan node(Keys node, int index) throws ScenarioException {
        String name = unused(node, nodes.keySet(), index == 0 ? "manager" : "worker" + index);
        Ipv4Address address = node.address("address").orElse(new Ipv4Address(FIRST_NODE + index));
        MacAddress mac = node.mac("mac").orElse(new MacAddress(NODE_MAC | address.bits() & LAST_BYTES));
        return register(nodes, name, new NodePlan(name, address, mac, node.duration("clock", 0)));
    }

    private ClientPlan client(Keys client, int index) throws ScenarioException {
        String name = unused(client, clients.keySet(), index == 0 ? "client" : "client" + (index + 1));
        Ipv4Address address = client.address("address").orElse(new Ipv4Address(FIRST_CLIENT + index));
        MacAddress mac = client.mac("mac").orElse(new MacAddress(CLIENT_MAC | address.bits() & LAST_BYTES));
        return register(clients, name, new ClientPlan(name, address, mac));
    }

    private NetworkPlan network(Keys network, int index) throws ScenarioException {
        String name = unused(network, networks.keySet(), null);
        Subnet subnet = network.subnet("subnet").orElseGet(() -> freeSubnet());
        for (NetworkPlan other : networks.values()) {
            if (subnet.overlaps(other.subnet())) {
                throw network.wrong("subnet", "a subnet that does not overlap with that of " + other.name());
            }
        }
        if (subnet.overlaps(INGRESS_SUBNET) || name.equals(INGRESS)) {
            throw network.wrong("subnet", "a network other than ingress, which has " + INGRESS_SUBNET);
        }
        OptionalInt vni = network.number("vni", 1, 0xff_ffff);
        return register(networks, name, new NetworkPlan(name, subnet, vni, network.flag("encrypted", false)));
    }

    private Subnet freeSubnet() {
        for (int bits = FIRST_USER_SUBNET; ; bits += INGRESS_SUBNET.size()) {
            Subnet candidate = new Subnet(new Ipv4Address(bits), INGRESS_SUBNET.prefix());
            if (networks.values().stream().noneMatch(network -> network.subnet().overlaps(candidate))) {
                return candidate;
            }
        }
    }

    private ServicePlan service(Keys service, int index) throws ScenarioException {
        String name = unused(service, services.keySet(), null);
        int replicas = service.number("replicas", 1, 1, MAX_MANY);
        List<String> on = service.references("nodes", "a node", nodes.keySet(), new ArrayList<>(nodes.keySet()));
        List<String> attached = service.references("networks", "a network", networks.keySet(), List.of());
        List<PortPlan> ports = service.texts(
                "publish", "a port such as 80, 8000:80, 53:53/udp or '8080:80 host', each published once", this::port);
        boolean dnsRoundRobin = service.choice("endpoint", new TreeMap<>(Map.of("vip", false, "dnsrr", true)))
                .orElse(false);
        if (dnsRoundRobin && ports.stream().anyMatch(port -> !port.host())) {
            throw service.wrong("publish", "only ports published on the host, because the endpoint is dnsrr");
        }
        if (ports.isEmpty() && attached.isEmpty()) {
            throw service.wrong("publish", "a port, or else a network that the service is attached to");
        }
        return register(services, name, new ServicePlan(name, replicas, on, attached, ports, dnsRoundRobin));
    }

    private PortPlan port(String text) {
        Matcher matcher = PORT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int published = Integer.parseInt(matcher.group(1));
        int target = matcher.group(2) == null ? published : Integer.parseInt(matcher.group(2));
        boolean udp = "/udp".equals(matcher.group(3));
        boolean taken = services.values().stream()
                .flatMap(service -> service.ports().stream())
                .anyMatch(port -> port.published() == published && port.udp() == udp);
        boolean valid = published > 0 && published <= MAX_PORT && target > 0 && target <= MAX_PORT && !taken;
        return valid ? new PortPlan(published, target, udp, matcher.group(4) != null) : null;
    }

    private List<TrafficPlan> defaultTraffic() {
        List<TrafficPlan> traffic = new ArrayList<>();
        for (ServicePlan service : services.values()) {
            service.ports().stream()
                    .filter(port -> !port.udp())
                    .findFirst()
                    .ifPresent(port -> traffic.add(new TrafficPlan(
                            Kind.HTTP,
                            new ArrayList<>(clients.keySet()),
                            service.name(),
                            Optional.empty(),
                            OptionalInt.of(port.published()),
                            new ArrayList<>(nodes.keySet()),
                            10 * nodes.size(),
                            1,
                            0,
                            0,
                            0,
                            100 * MILLISECOND,
                            0)));
        }
        return traffic;
    }

    private TrafficPlan traffic(Keys traffic, int index) throws ScenarioException {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            kinds.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
        Kind kind = traffic.choice("kind", kinds).orElseThrow(() -> traffic.wrong("kind", "one of " + kinds.keySet()));
        Set<String> targets = new LinkedHashSet<>(services.keySet());
        targets.addAll(tasks);
        String to = traffic.reference("to", "a service or a task", targets)
                .orElseThrow(() -> traffic.wrong("to", "a service or a task"));
        ServicePlan service = services.get(to.replaceFirst("\\.\\d+$", ""));
        Set<String> sources = new LinkedHashSet<>(clients.keySet());
        sources.addAll(targets);
        List<String> from =
                traffic.references("from", "a client, a service or a task", sources, new ArrayList<>(clients.keySet()));
        if (from.isEmpty()) {
            throw traffic.wrong("from", "a client, a service or a task");
        }
        boolean inside = from.stream().noneMatch(clients::containsKey);
        if (!inside && !from.stream().allMatch(clients::containsKey)) {
            throw traffic.wrong("from", "either clients, or services and tasks");
        }
        Optional<String> network = traffic.reference("network", "a network", shared(service, from));
        OptionalInt port = traffic.number("port", 1, MAX_PORT);
        boolean udp = kind == Kind.UDP || kind == Kind.DNS;
        if (inside) {
            network = network.or(() -> shared(service, from).stream().findFirst());
            if (network.isEmpty()) {
                throw traffic.wrong("from", "services that share a network with " + service.name());
            }
            if (network.get().equals(INGRESS) && !to.contains(".")) {
                throw traffic.wrong("to", "a task: over ingress only a ping of a task can begin");
            }
            if (network.get().equals(INGRESS) && kind != Kind.PING) {
                throw traffic.wrong("kind", "ping: Docker drops TCP and UDP from an ingress address");
            }
        } else if (kind == Kind.PING) {
            throw traffic.wrong("from", "services or tasks, because a client cannot ping a task");
        }
        Optional<PortPlan> published = service.ports().stream()
                .filter(each -> each.udp() == udp
                        && (port.isEmpty() || port.getAsInt() == (inside ? each.target() : each.published())))
                .findFirst();
        if (!inside && published.isEmpty()) {
            throw traffic.wrong("port", "a " + (udp ? "UDP" : "TCP") + " port that " + service.name() + " publishes");
        }
        if (!inside && to.contains(".")) {
            throw traffic.wrong("to", "a service: the routing mesh chooses the task");
        }
        OptionalInt wanted = published
                .map(each -> OptionalInt.of(inside ? each.target() : each.published()))
                .orElse(port.isPresent() ? port : OptionalInt.of(kind == Kind.DNS ? 53 : udp ? 9000 : 80));
        List<String> via = traffic.references("via", "a node", nodes.keySet(), new ArrayList<>(nodes.keySet()));
        boolean datagrams = udp || kind == Kind.PING;
        int connections = traffic.number("connections", 10, 1, 100_000_000);
        int requests = traffic.number("requests", kind == Kind.PING ? 4 : 1, 1, 1_000_000);
        int request = traffic.size(
                "request",
                switch (kind) {
                    case HTTP, DNS -> 0;
                    case TCP -> 1 << 20;
                    case UDP -> 64;
                    case PING -> 56;
                },
                0,
                datagrams ? mtu - MAX_HEADERS : MAX_SIZE);
        int response = traffic.size("response", kind == Kind.UDP ? 64 : 0, 0, datagrams ? mtu - MAX_HEADERS : MAX_SIZE);
        return new TrafficPlan(
                kind,
                from,
                to,
                inside ? network : Optional.empty(),
                wanted,
                via,
                connections,
                requests,
                request,
                response,
                traffic.duration("start", 0),
                traffic.duration("every", 100 * MILLISECOND),
                traffic.duration("think", kind == Kind.PING ? 1000 * MILLISECOND : 20 * MILLISECOND));
    }

    /** The networks in which both the target and all who ask are. */
    private Set<String> shared(ServicePlan to, List<String> from) {
        Set<String> shared = attached(to);
        for (String name : from) {
            ServicePlan service = services.get(name.replaceFirst("\\.\\d+$", ""));
            if (service != null) {
                shared.retainAll(attached(service));
            }
        }
        return shared;
    }

    private static Set<String> attached(ServicePlan service) {
        Set<String> attached = new LinkedHashSet<>(service.networks());
        if (service.ports().stream().anyMatch(port -> !port.host())) {
            attached.add(INGRESS);
        }
        return attached;
    }

    private FaultPlan fault(Keys fault, int index) throws ScenarioException {
        String id = fault.choice("id", FAULTS).orElseThrow(() -> fault.wrong("id", "one of " + FAULTS.keySet()));
        Optional<String> from = fault.reference("from", "a node", nodes.keySet());
        Optional<String> to = fault.reference("to", "a node", nodes.keySet());
        Optional<String> task = fault.reference("task", "a task", tasks);
        boolean aboutTask =
                Set.of("SW-06", "SW-08", "SW-09", "SW-10", "migration").contains(id);
        if (aboutTask && task.isEmpty()) {
            throw fault.wrong("task", "the task that it is about");
        }
        if (!Set.of("SW-05", "SW-09", "SW-10", "migration").contains(id) && from.isEmpty()) {
            throw fault.wrong("from", "the node where it happens");
        }
        if (Set.of("SW-01", "SW-04", "SW-06", "SW-07", "migration", "impairment")
                        .contains(id)
                && to.isEmpty()) {
            throw fault.wrong("to", "the other node");
        }
        return new FaultPlan(
                id,
                from,
                to,
                task,
                fault.duration("start", 0),
                fault.duration("end", Long.MAX_VALUE),
                fault.size("size", 1300, 100, 9216),
                fault.share("loss", id.equals("impairment") ? 0.02 : 0),
                fault.duration(
                        "delay", id.equals("SW-05") ? 15 * MINUTE : id.equals("impairment") ? 20 * MILLISECOND : 0),
                fault.address("address"));
    }

    private static String unused(Keys keys, Set<String> taken, String otherwise) throws ScenarioException {
        Optional<String> given = keys.newName("name");
        String name = given.isPresent() ? given.get() : otherwise;
        if (name == null || taken.contains(name)) {
            throw keys.wrong("name", "a name that no other one has");
        }
        return name;
    }

    /** Lets those that follow know of it. */
    private static <T> T register(Map<String, T> all, String name, T plan) {
        all.put(name, plan);
        return plan;
    }
}
