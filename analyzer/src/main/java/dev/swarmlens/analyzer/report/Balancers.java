package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.inventory.Service;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The addresses between which connections are balanced: each node's load balancer on each network, the virtual addresses
 * of services, and each node's way into its routing mesh on docker_gwbridge. By the inventory, and as the packets tell.
 */
final class Balancers {

    /** A load balancer's network and node; the node is {@code null} if it is not known. */
    record LoadBalancer(int vni, Address node) {}

    private final Names names;
    private final Map<Address, LoadBalancer> loadBalancers = new HashMap<>();
    private final Map<Address, Integer> virtualIps = new HashMap<>();
    private final Set<Address> gateways = new HashSet<>();
    /** The low halves of all these addresses, sorted: a look that costs nothing, before an address is made. */
    private long[] known = {};

    Balancers(Names names) {
        this.names = names;
        Inventory inventory = names.inventory();
        for (Endpoint endpoint : inventory.endpoints()) {
            if (endpoint.kind() == Endpoint.Kind.LOAD_BALANCER) {
                inventory
                        .networkById(endpoint.networkId())
                        .ifPresent(network -> vni(network, endpoint.ip())
                                .ifPresent(vni -> Names.parse(endpoint.ip())
                                        .ifPresent(ip -> loadBalancers.put(
                                                ip,
                                                new LoadBalancer(
                                                        vni,
                                                        Names.parse(endpoint.nodeAddress())
                                                                .orElse(null))))));
            }
        }
        for (Service service : inventory.services()) {
            service.virtualIps()
                    .forEach((networkId, ip) -> inventory
                            .networkById(networkId)
                            .filter(network -> !network.ingress())
                            .ifPresent(network -> vni(network, ip)
                                    .ifPresent(vni ->
                                            Names.parse(ip).ifPresent(address -> virtualIps.put(address, vni)))));
        }
    }

    /** The VNI of the subnet of a network in which an address lies. */
    private static Optional<Integer> vni(Network network, String ip) {
        if (network.vnis().size() == 1) {
            return Optional.of(network.vnis().get(0));
        }
        Address address = Names.parse(ip).orElse(null);
        for (int i = 0;
                address != null && address.isIpv4() && i < network.vnis().size();
                i++) {
            String subnet = i < network.subnets().size() ? network.subnets().get(i) : "/0";
            int length = Integer.parseInt(subnet.substring(subnet.indexOf('/') + 1));
            if (length <= Integer.SIZE && address.ipv4Network(length).equals(subnet)) {
                return Optional.of(network.vnis().get(i));
            }
        }
        return Optional.empty();
    }

    void learnLoadBalancer(Address address, int vni, Address node) {
        if (node != null) {
            loadBalancers.put(address, new LoadBalancer(vni, node));
        }
    }

    void learnVirtualIp(Address address, int vni) {
        virtualIps.putIfAbsent(address, vni);
    }

    void learnGateway(Address address) {
        gateways.add(address);
    }

    /** To be called when all that is to be learned has been. */
    void ready() {
        known = LongStream.concat(
                        LongStream.concat(
                                loadBalancers.keySet().stream().mapToLong(Address::low),
                                virtualIps.keySet().stream().mapToLong(Address::low)),
                        gateways.stream().mapToLong(Address::low))
                .sorted()
                .toArray();
    }

    /** Whether an address with this low half may be one of them. */
    boolean mayKnow(long low) {
        return Arrays.binarySearch(known, low) >= 0;
    }

    LoadBalancer loadBalancer(Address address) {
        return loadBalancers.get(address);
    }

    /** Whether one that the inventory does not contradict. */
    boolean mayBalance(int vni, Address address) {
        return names.endpoint(vni, address)
                .map(endpoint -> endpoint.kind() == Endpoint.Kind.LOAD_BALANCER)
                .orElse(true);
    }

    /** The network in which an address is a service's virtual one, or {@link Sighting#UNDERLAY}. */
    int virtualIpNetwork(Address address) {
        return virtualIps.getOrDefault(address, Sighting.UNDERLAY);
    }

    boolean isGateway(Address address) {
        return gateways.contains(address);
    }

    /** The underlay address of the node on which a task lives, by the inventory; or {@code null}. */
    Address nodeOf(int vni, Address task) {
        return names.endpoint(vni, task)
                .map(Endpoint::nodeAddress)
                .flatMap(Names::parse)
                .orElse(null);
    }

    /** The underlay addresses of all nodes, by the inventory. */
    Set<Address> nodes() {
        Set<Address> nodes = new HashSet<>();
        for (Node node : names.inventory().nodes()) {
            Names.parse(node.address()).ifPresent(nodes::add);
        }
        return nodes;
    }
}
