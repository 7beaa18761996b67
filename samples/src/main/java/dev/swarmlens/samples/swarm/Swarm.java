package dev.swarmlens.samples.swarm;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.samples.scenario.Scenario;
import dev.swarmlens.samples.scenario.Scenario.NetworkPlan;
import dev.swarmlens.samples.scenario.Scenario.NodePlan;
import dev.swarmlens.samples.scenario.Scenario.PortPlan;
import dev.swarmlens.samples.scenario.Scenario.ServicePlan;
import dev.swarmlens.samples.scenario.ScenarioReader;
import dev.swarmlens.samples.scenario.Subnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A swarm with all its addresses, allocated in Docker's order: on {@code ingress} first one for each node's load balancer, then
 * for each service its virtual address and its tasks'; in a user overlay for each service its virtual address, its tasks', and
 * then a load balancer's for each node that had none there before.
 *
 * @param nodes the manager first
 * @param networks {@code ingress} first
 */
public record Swarm(
        List<Node> nodes,
        List<Network> networks,
        List<Service> services,
        List<Client> clients,
        Map<String, Map<String, Endpoint>> loadBalancers,
        int mtu,
        int dataPathPort) {
    /** What VXLAN over IPv4 takes away from the underlay's MTU. */
    public static final int VXLAN_OVERHEAD = 50;

    /** What Docker subtracts besides for ESP, before it rounds down to words. */
    private static final int ESP_OVERHEAD = 26;

    private static final int WORD = 4;
    private static final int FIRST_VNI = 4096;
    private static final int FIRST_CONTAINER = 3;

    /** As docker_gwbridge has them: {@code 02:42} and something random. */
    private static final long BRIDGE_MAC = 0x0242L << 32;

    /**
     * Lays out a scenario.
     *
     * @throws IllegalArgumentException if a subnet has too few addresses
     */
    public static Swarm of(Scenario scenario) {
        return new Layout(scenario).swarm();
    }

    /** The network of the routing mesh. */
    public Network ingress() {
        return networks.get(0);
    }

    /** A network by its name. */
    public Network network(String name) {
        return find(
                networks.stream().filter(network -> network.name().equals(name)).toList());
    }

    /** A node by its name. */
    public Node node(String name) {
        return find(nodes.stream().filter(node -> node.name().equals(name)).toList());
    }

    /** A service by its name, or by that of one of its tasks. */
    public Service service(String name) {
        String plain = name.replaceFirst("\\.\\d+$", "");
        return find(services.stream()
                .filter(service -> service.name().equals(plain))
                .toList());
    }

    /** A task by its name in scenarios, such as {@code web.2}. */
    public Task task(String name) {
        return find(service(name).tasks().stream()
                .filter(task -> task.shortName().equals(name))
                .toList());
    }

    /** A node's load balancer in a network. */
    public Endpoint loadBalancer(Network network, Node node) {
        return loadBalancers.get(network.name()).get(node.name());
    }

    /** All endpoints of a network, in the order of their addresses. */
    public List<Endpoint> endpoints(Network network) {
        List<Endpoint> endpoints =
                new ArrayList<>(loadBalancers.get(network.name()).values());
        for (Service service : services) {
            for (Task task : service.tasks()) {
                if (task.in(network) != null) {
                    endpoints.add(task.in(network));
                }
            }
        }
        endpoints.sort((one, other) -> one.ip().compareTo(other.ip()));
        return endpoints;
    }

    private static <T> T find(List<T> matches) {
        if (matches.isEmpty()) {
            throw new IllegalArgumentException("no such thing in this swarm");
        }
        return matches.get(0);
    }

    /** Allocates. */
    private static final class Layout {
        private final Scenario scenario;
        private final SplittableRandom random;
        private final Ids ids;
        private final List<Node> nodes = new ArrayList<>();
        private final Map<String, Network> networks = new LinkedHashMap<>();
        private final Map<String, AddressPool> pools = new LinkedHashMap<>();
        private final Map<String, Map<String, Endpoint>> loadBalancers = new LinkedHashMap<>();
        private final Map<String, Integer> containers = new LinkedHashMap<>();

        Layout(Scenario scenario) {
            this.scenario = scenario;
            this.random = new SplittableRandom(scenario.seed());
            this.ids = new Ids(random.split());
        }

        Swarm swarm() {
            for (NodePlan plan : scenario.nodes()) {
                MacAddress bridge = new MacAddress(BRIDGE_MAC | random.nextInt() & 0xffff_ffffL);
                nodes.add(new Node(
                        nodes.size(),
                        plan.name(),
                        ids.object(),
                        plan.address(),
                        plan.mac(),
                        bridge,
                        plan.clockNanos()));
            }
            addNetwork(ScenarioReader.INGRESS, ScenarioReader.INGRESS_SUBNET, FIRST_VNI, false);
            addNetworks();
            nodes.forEach(node -> addLoadBalancer(networks.get(ScenarioReader.INGRESS), node));
            List<Service> services =
                    scenario.services().stream().map(this::service).toList();
            return new Swarm(
                    List.copyOf(nodes),
                    List.copyOf(networks.values()),
                    services,
                    scenario.clients().stream()
                            .map(plan -> new Client(plan.name(), plan.address(), plan.mac()))
                            .toList(),
                    loadBalancers,
                    scenario.mtu(),
                    scenario.dataPathPort());
        }

        private void addNetworks() {
            Set<Integer> taken = new HashSet<>(Set.of(FIRST_VNI));
            scenario.networks().forEach(plan -> plan.vni().ifPresent(taken::add));
            int next = FIRST_VNI;
            for (NetworkPlan plan : scenario.networks()) {
                int vni = plan.vni().orElse(0);
                while (vni == 0) {
                    next++;
                    vni = taken.contains(next) ? 0 : next;
                }
                addNetwork(plan.name(), plan.subnet(), vni, plan.encrypted());
            }
        }

        private void addNetwork(String name, Subnet subnet, int vni, boolean encrypted) {
            int plain = scenario.mtu() - VXLAN_OVERHEAD;
            int mtu = encrypted ? (plain - ESP_OVERHEAD) / WORD * WORD : plain;
            networks.put(name, new Network(name, ids.object(), vni, subnet, encrypted, mtu));
            pools.put(name, new AddressPool(subnet));
            loadBalancers.put(name, new LinkedHashMap<>());
        }

        private void addLoadBalancer(Network network, Node node) {
            Map<String, Endpoint> those = loadBalancers.get(network.name());
            if (!those.containsKey(node.name())) {
                Ipv4Address ip = pools.get(network.name()).next();
                those.put(
                        node.name(),
                        new Endpoint(ids.container(), network.name() + "-endpoint", true, network, ip, node));
            }
        }

        private Service service(ServicePlan plan) {
            List<Network> attached = new ArrayList<>();
            if (plan.ports().stream().anyMatch(port -> !port.host())) {
                attached.add(networks.get(ScenarioReader.INGRESS));
            }
            plan.networks().forEach(name -> attached.add(networks.get(name)));
            Map<String, Ipv4Address> virtual = new LinkedHashMap<>();
            List<Map<String, Endpoint>> endpoints = new ArrayList<>();
            List<String> taskIds = new ArrayList<>();
            for (int i = 0; i < plan.replicas(); i++) {
                endpoints.add(new LinkedHashMap<>());
                taskIds.add(ids.object());
            }
            for (Network network : attached) {
                if (!plan.dnsRoundRobin()) {
                    virtual.put(network.name(), pools.get(network.name()).next());
                }
                for (int i = 0; i < plan.replicas(); i++) {
                    String name = plan.name() + "." + (i + 1) + "." + taskIds.get(i);
                    Ipv4Address ip = pools.get(network.name()).next();
                    endpoints
                            .get(i)
                            .put(
                                    network.name(),
                                    new Endpoint(ids.container(), name, false, network, ip, nodeOf(plan, i)));
                }
                for (int i = 0; i < plan.replicas(); i++) {
                    addLoadBalancer(network, nodeOf(plan, i));
                }
            }
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < plan.replicas(); i++) {
                Node node = nodeOf(plan, i);
                int host = containers.merge(node.name(), 1, Integer::sum) - 1 + FIRST_CONTAINER;
                tasks.add(new Task(
                        plan.name(),
                        i + 1,
                        taskIds.get(i),
                        ids.container(),
                        node,
                        new Ipv4Address(Node.GATEWAY.bits() - 1 + host),
                        endpoints.get(i)));
            }
            List<PortPlan> ports = plan.ports();
            return new Service(plan.name(), ids.object(), ports, plan.dnsRoundRobin(), virtual, List.copyOf(tasks));
        }

        private Node nodeOf(ServicePlan plan, int replica) {
            String name = plan.on().get(replica % plan.on().size());
            return nodes.stream()
                    .filter(node -> node.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
