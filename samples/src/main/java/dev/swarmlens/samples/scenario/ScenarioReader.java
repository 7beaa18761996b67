package dev.swarmlens.samples.scenario;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.samples.scenario.Scenario.ClientPlan;
import dev.swarmlens.samples.scenario.Scenario.FaultPlan;
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
import java.util.LinkedHashSet;
import java.util.List;
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

    private final String file;
    private final Keys keys;
    private final Cast cast = new Cast();

    private ScenarioReader(String file, Keys keys) {
        this.file = file;
        this.keys = keys;
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
        int mtu = keys.number("mtu", 1500, 576, 9216);
        int dataPathPort = keys.number("dataPathPort", Vxlan.PORT, 1024, 49_151);
        boolean gossip = keys.flag("gossip", true);
        boolean management = keys.flag("management", true);
        for (NodePlan node : keys.listOrCount("nodes", "name, address, mac, clock", 3, MAX_MANY, this::node)) {
            cast.nodes.put(node.name(), node);
        }
        if (cast.nodes.isEmpty()) {
            throw keys.wrong("nodes", "at least one node");
        }
        for (NetworkPlan network : keys.list("networks", "name, subnet, vni, encrypted", this::network)
                .orElse(List.of())) {
            cast.networks.put(network.name(), network);
        }
        for (ServicePlan service : keys.list(
                        "services", "name, replicas, nodes, networks, publish, endpoint", this::service)
                .orElseThrow(() -> keys.wrong("services", "a list, each of name, replicas, publish, …"))) {
            cast.services.put(service.name(), service);
            for (int slot = 1; slot <= service.replicas(); slot++) {
                cast.tasks.add(service.name() + "." + slot);
            }
        }
        for (ClientPlan client : keys.listOrCount("clients", "name, address, mac", 1, MAX_MANY, this::client)) {
            cast.clients.put(client.name(), client);
        }
        checkAddresses();
        List<TrafficPlan> traffic = new ArrayList<>();
        Optional<List<TrafficPlan>> planned =
                keys.list("traffic", "kind, from, to, port, via, connections, …", new TrafficReader(cast, mtu)::read);
        traffic.addAll(planned.isPresent() ? planned.get() : TrafficReader.byDefault(cast));
        List<FaultPlan> faults = keys.list("faults", "id, from, to, task, start, end, …", new FaultReader(cast)::read)
                .orElse(List.of());
        Set<String> points = new LinkedHashSet<>(List.of("docker_gwbridge", "ingress_sbox"));
        points.addAll(cast.tasks);
        List<String> capture = keys.references("capture", "a place to capture at", points, List.of());
        keys.end();
        return new Scenario(
                name,
                seed,
                start,
                mtu,
                dataPathPort,
                gossip,
                management,
                List.copyOf(cast.nodes.values()),
                List.copyOf(cast.networks.values()),
                List.copyOf(cast.services.values()),
                List.copyOf(cast.clients.values()),
                traffic,
                faults,
                capture);
    }

    private void checkAddresses() throws ScenarioException {
        Set<Ipv4Address> seen = new HashSet<>();
        for (NodePlan node : cast.nodes.values()) {
            if (!seen.add(node.address())) {
                throw keys.wrong(
                        "nodes", "an address of its own for each node and client, not two of " + node.address());
            }
        }
        for (ClientPlan client : cast.clients.values()) {
            if (!seen.add(client.address())) {
                throw keys.wrong(
                        "clients", "an address of its own for each node and client, not two of " + client.address());
            }
        }
    }

    private NodePlan node(Keys node, int index) throws ScenarioException {
        String name = unused(node, cast.nodes.keySet(), index == 0 ? "manager" : "worker" + index);
        Ipv4Address address = node.address("address").orElse(new Ipv4Address(FIRST_NODE + index));
        MacAddress mac = node.mac("mac").orElse(new MacAddress(NODE_MAC | address.bits() & LAST_BYTES));
        return register(cast.nodes, name, new NodePlan(name, address, mac, node.duration("clock", 0)));
    }

    private ClientPlan client(Keys client, int index) throws ScenarioException {
        String name = unused(client, cast.clients.keySet(), index == 0 ? "client" : "client" + (index + 1));
        Ipv4Address address = client.address("address").orElse(new Ipv4Address(FIRST_CLIENT + index));
        MacAddress mac = client.mac("mac").orElse(new MacAddress(CLIENT_MAC | address.bits() & LAST_BYTES));
        return register(cast.clients, name, new ClientPlan(name, address, mac));
    }

    private NetworkPlan network(Keys network, int index) throws ScenarioException {
        String name = unused(network, cast.networks.keySet(), null);
        Subnet subnet = network.subnet("subnet").orElseGet(() -> freeSubnet());
        for (NetworkPlan other : cast.networks.values()) {
            if (subnet.overlaps(other.subnet())) {
                throw network.wrong("subnet", "a subnet that does not overlap with that of " + other.name());
            }
        }
        if (subnet.overlaps(INGRESS_SUBNET) || name.equals(INGRESS)) {
            throw network.wrong("subnet", "a network other than ingress, which has " + INGRESS_SUBNET);
        }
        OptionalInt vni = network.number("vni", 1, 0xff_ffff);
        return register(cast.networks, name, new NetworkPlan(name, subnet, vni, network.flag("encrypted", false)));
    }

    private Subnet freeSubnet() {
        for (int bits = FIRST_USER_SUBNET; ; bits += INGRESS_SUBNET.size()) {
            Subnet candidate = new Subnet(new Ipv4Address(bits), INGRESS_SUBNET.prefix());
            if (cast.networks.values().stream()
                    .noneMatch(network -> network.subnet().overlaps(candidate))) {
                return candidate;
            }
        }
    }

    private ServicePlan service(Keys service, int index) throws ScenarioException {
        String name = unused(service, cast.services.keySet(), null);
        int replicas = service.number("replicas", 1, 1, MAX_MANY);
        List<String> on =
                service.references("nodes", "a node", cast.nodes.keySet(), new ArrayList<>(cast.nodes.keySet()));
        List<String> attached = service.references("networks", "a network", cast.networks.keySet(), List.of());
        List<PortPlan> ports = service.texts(
                "publish", "a port such as 80, 8000:80, 53:53/udp or '8080:80 host', each published once", this::port);
        Set<String> published = new HashSet<>();
        if (!ports.stream().allMatch(port -> published.add(port.published() + port.protocol()))) {
            throw service.wrong("publish", "each port once");
        }
        boolean dnsRoundRobin = service.choice("endpoint", new TreeMap<>(Map.of("vip", false, "dnsrr", true)))
                .orElse(false);
        if (dnsRoundRobin && ports.stream().anyMatch(port -> !port.host())) {
            throw service.wrong("publish", "only ports published on the host, because the endpoint is dnsrr");
        }
        if (ports.isEmpty() && attached.isEmpty()) {
            throw service.wrong("publish", "a port, or else a network that the service is attached to");
        }
        return register(cast.services, name, new ServicePlan(name, replicas, on, attached, ports, dnsRoundRobin));
    }

    private PortPlan port(String text) {
        Matcher matcher = PORT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int published = Integer.parseInt(matcher.group(1));
        int target = matcher.group(2) == null ? published : Integer.parseInt(matcher.group(2));
        boolean udp = "/udp".equals(matcher.group(3));
        boolean taken = cast.services.values().stream()
                .flatMap(service -> service.ports().stream())
                .anyMatch(port -> port.published() == published && port.udp() == udp);
        boolean valid = published > 0 && published <= MAX_PORT && target > 0 && target <= MAX_PORT && !taken;
        return valid ? new PortPlan(published, target, udp, matcher.group(4) != null) : null;
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
