package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.report.Report.CaptureKind;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Claims;
import dev.swarmlens.analyzer.summary.Conversations;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * On which interface captures were taken, as their packets tell: who talks to whom there, and with whose MAC addresses.
 * What other captures tell, of who lives on which node, is held against it.
 */
final class CaptureKinds {
    /** Docker's name server, on the loopback interface of each container. */
    private static final Address DOCKER_DNS = Address.of("127.0.0.11");

    private static final int ORIGINAL_TTL = 64;
    private static final int FORWARDED_TTL = 62;

    private final Names names;
    private final GatewayBridges bridges;
    private final Set<Address> nodes = new HashSet<>();
    /** Where each overlay address sent from. */
    private final Map<Address, Set<Address>> vteps = new HashMap<>();

    private final Map<Vantage, CaptureKind> kinds = new HashMap<>();

    CaptureKinds(Names names, Collection<Vantage> vantages, Collection<Tunnel> tunnels) {
        this.names = names;
        this.bridges = new GatewayBridges(names.inventory());
        names.inventory().nodes().forEach(node -> Names.parse(node.address()).ifPresent(nodes::add));
        tunnels.forEach(tunnel -> nodes.addAll(List.of(tunnel.source(), tunnel.destination())));
        for (Vantage vantage : vantages) {
            if (names.home(vantage) != null) {
                nodes.add(names.home(vantage));
            }
            Claims claims = vantage.seen().claims();
            for (int row = 0; row < claims.size(); row++) {
                vteps.computeIfAbsent(claims.ip(row), any -> new HashSet<>()).add(claims.vtep(row));
            }
        }
        vantages.forEach(vantage -> kinds.put(vantage, find(vantage)));
    }

    /** Two that talked to each other. */
    private record Pair(Address one, Address other) {
        boolean has(Address address) {
            return one.equals(address) || other.equals(address);
        }

        boolean hasAny(Set<Address> addresses) {
            return addresses.contains(one) || addresses.contains(other);
        }
    }

    /** What a capture shows of packets outside of tunnels. */
    private static final class Scene {
        private final List<Pair> pairs;
        /** Who sent from the MAC address that Docker makes of its own. */
        private final Set<Address> interfaces = new HashSet<>();
        /** Who sent from another's: behind a router, or a service's virtual address. */
        private final Set<Address> others = new HashSet<>();
        /** Who forwards what others have sent. */
        private final Set<Address> forwarders = new HashSet<>();

        private boolean hasDockerDns;

        Scene(Conversations conversations) {
            Set<Pair> answered = new LinkedHashSet<>();
            Set<Pair> silent = new LinkedHashSet<>();
            for (int row = 0; row < conversations.size(); row++) {
                if (conversations.vni(row) == Sighting.UNDERLAY) {
                    boolean both = conversations.packets(row, 0) > 0 && conversations.packets(row, 1) > 0;
                    add(conversations, row, both ? answered : silent);
                }
            }
            others.removeAll(interfaces);
            // a bridge that has forgotten an address sends a packet to all: to those, too, whom it does not concern
            pairs = List.copyOf(answered.isEmpty() ? silent : answered);
        }

        private void add(Conversations conversations, int row, Set<Pair> to) {
            Address one = conversations.address(row, 0);
            Address other = conversations.address(row, 1);
            hasDockerDns |= one.equals(DOCKER_DNS) || other.equals(DOCKER_DNS);
            if (isUnicast(one) && isUnicast(other) && !one.equals(other)) {
                to.add(new Pair(one, other));
                for (int direction = 0; direction < 2; direction++) {
                    if (conversations.packets(row, direction) > 0) {
                        Address sender = direction == 0 ? one : other;
                        (conversations.hasDockerMac(row, direction) ? interfaces : others).add(sender);
                        int ttl = conversations.timeToLive(row, direction);
                        if (ttl >= FORWARDED_TTL && ttl < ORIGINAL_TTL) {
                            forwarders.add(sender);
                        }
                    }
                }
            }
        }

        /** Of IPv4, and neither the loopback's nor a group's. */
        private static boolean isUnicast(Address address) {
            int first = (int) (address.low() >>> 24) & 0xff;
            return address.isIpv4() && first > 0 && first < 224 && first != 127;
        }

        boolean eachHas(Address address) {
            return pairs.stream().allMatch(pair -> pair.has(address));
        }
    }

    CaptureKind of(Vantage vantage) {
        return kinds.get(vantage);
    }

    private CaptureKind find(Vantage vantage) {
        if (Vantage.seesNodes(vantage.seen()) || vantage.seen().passages().size() > 0) {
            return vantage.isCooked() ? CaptureKind.ANY : CaptureKind.UNDERLAY;
        }
        Scene scene = new Scene(vantage.seen().flows().conversations());
        if (scene.hasDockerDns) {
            return CaptureKind.CONTAINER;
        }
        if (scene.pairs.isEmpty()) {
            return CaptureKind.UNKNOWN;
        }
        if (scene.pairs.stream().allMatch(pair -> isBridged(pair) && !isOverlay(pair, scene))) {
            return CaptureKind.DOCKER_GWBRIDGE;
        }
        if (vantage.isCooked()) {
            // nothing of a node's own, so these are the interfaces of one that lives on it
            boolean contained = scene.pairs.stream().anyMatch(pair -> isOverlay(pair, scene));
            return contained ? CaptureKind.CONTAINER : CaptureKind.UNKNOWN;
        }
        if (scene.pairs.stream().allMatch(pair -> isOverlay(pair, scene))) {
            return inOverlay(scene, names.home(vantage));
        }
        Set<Address> asked = new HashSet<>();
        scene.pairs.forEach(
                pair -> Stream.of(pair.one, pair.other).filter(nodes::contains).forEach(asked::add));
        boolean outside = asked.size() > 1 && scene.pairs.stream().allMatch(pair -> pair.hasAny(nodes));
        return outside ? CaptureKind.OUTSIDE : CaptureKind.UNKNOWN;
    }

    private boolean isBridged(Pair pair) {
        return bridges.contains(pair.one) || bridges.contains(pair.other);
    }

    private boolean isOverlay(Pair pair, Scene scene) {
        return isOverlay(pair.one, scene) || isOverlay(pair.other, scene);
    }

    private boolean isOverlay(Address address, Scene scene) {
        return !bridges.contains(address) && (scene.interfaces.contains(address) || vteps.containsKey(address));
    }

    /** Which of an overlay's interfaces on a node this is. */
    private CaptureKind inOverlay(Scene scene, Address home) {
        for (Address forwarder : scene.forwarders) {
            Set<Address> balancing = new HashSet<>(scene.others);
            balancing.add(forwarder);
            if (scene.interfaces.contains(forwarder) && scene.pairs.stream().allMatch(pair -> pair.hasAny(balancing))) {
                return CaptureKind.LOAD_BALANCER;
            }
        }
        // a virtual address is answered on the node itself, so it is on no wire
        boolean local = !scene.others.isEmpty()
                || scene.pairs.stream().anyMatch(pair -> isAt(pair.one, home) && isAt(pair.other, home));
        Pair first = scene.pairs.get(0);
        if (scene.eachHas(first.one) || scene.eachHas(first.other)) {
            return local ? CaptureKind.CONTAINER : CaptureKind.OVERLAY;
        }
        if (local) {
            return CaptureKind.OVERLAY_BRIDGE;
        }
        boolean crossing = scene.pairs.stream()
                .allMatch(pair -> isAt(pair.one, home)
                        ? isAway(pair.other, home)
                        : isAt(pair.other, home) && isAway(pair.one, home));
        return crossing ? CaptureKind.VXLAN : CaptureKind.OVERLAY;
    }

    private boolean isAt(Address address, Address home) {
        Set<Address> from = vteps.get(address);
        return home != null && from != null && from.size() == 1 && from.contains(home);
    }

    private boolean isAway(Address address, Address home) {
        Set<Address> from = vteps.get(address);
        return home != null && from != null && !from.contains(home);
    }

    /** The kinds of a file's interfaces, each once. */
    List<CaptureKind> of(List<Vantage> vantages, int order) {
        return vantages.stream()
                .filter(vantage -> vantage.isOf(order))
                .map(this::of)
                .distinct()
                .sorted()
                .toList();
    }
}
