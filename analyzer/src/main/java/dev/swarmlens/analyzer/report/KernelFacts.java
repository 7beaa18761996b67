package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.kernel.Forwarding;
import dev.swarmlens.analyzer.kernel.Neighbour;
import dev.swarmlens.analyzer.kernel.NodeTables;
import dev.swarmlens.analyzer.kernel.Sandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What kernels' tables, and those that nodes gossip, say about who sends from where, held against what packets show. A table is of
 * a moment, and packets decide: it confirms a claim or contradicts it, and changes nothing.
 */
final class KernelFacts {
    private static final String FORWARDING = "fdb";
    private static final String NEIGHBOURS = "neigh";
    private static final String GOSSIPED = "overlay_peer_table";
    private static final String OVERLAY_SANDBOX = "1-";

    /** Something that a node's table said; the key is what is looked up in the table, the value what it gives. */
    private record Fact(String node, String table, String device, String key, String value)
            implements Comparable<Fact> {
        private static final Comparator<Fact> ORDER = Comparator.comparing(Fact::node)
                .thenComparing(Fact::table)
                .thenComparing(Fact::device)
                .thenComparing(Fact::key)
                .thenComparing(Fact::value);

        @Override
        public int compareTo(Fact other) {
            return ORDER.compare(this, other);
        }
    }

    private record Subject(int vni, String key) {}

    /** The moments at which it said so, as far as they are known. */
    private final Map<Subject, SortedMap<Fact, NavigableSet<Long>>> facts = new HashMap<>();

    private final Inventory inventory;
    private boolean none;

    KernelFacts(Inventory inventory) {
        this.inventory = inventory;
        this.none = inventory.tables().isEmpty();
        for (NodeTables tables : inventory.tables()) {
            Optional<Node> node = node(inventory, tables);
            String name = node.map(Node::hostname).orElse(tables.names().get(0));
            String address = node.map(Node::address).orElse("");
            for (Sandbox sandbox : tables.sandboxes()) {
                add(name, address, sandbox);
            }
        }
    }

    /** The node whose tables these are: the swarm's, of a name or of an address that is theirs. */
    static Optional<Node> node(Inventory inventory, NodeTables tables) {
        return tables.names().stream()
                .flatMap(name -> inventory.nodeByName(name).stream())
                .findFirst()
                .or(() -> tables.addresses().stream()
                        .flatMap(address -> inventory.nodeByAddress(address).stream())
                        .findFirst());
    }

    private void add(String node, String nodeAddress, Sandbox sandbox) {
        Map<String, Integer> vniOfBridge = new HashMap<>();
        for (Forwarding entry : sandbox.forwarding()) {
            OptionalInt vni = vni(sandbox, entry.device());
            if (vni.isPresent() && !entry.bridge().isEmpty()) {
                vniOfBridge.put(entry.bridge(), vni.getAsInt());
            }
        }
        for (Forwarding entry : sandbox.forwarding()) {
            OptionalInt vni = vni(sandbox, entry.device());
            if (!entry.vtep().isEmpty()) {
                vni.ifPresent(number -> add(number, node, FORWARDING, entry, canonical(entry.vtep())));
            } else if (vni.isEmpty() && entry.isLearned() && !nodeAddress.isEmpty()) {
                // by a port to a container, so the MAC is on this node
                Integer number = vniOfBridge.get(entry.bridge());
                if (number != null) {
                    add(number, node, FORWARDING, entry, nodeAddress);
                }
            }
        }
        for (Neighbour entry : sandbox.neighbours()) {
            vni(sandbox, entry.device())
                    .ifPresent(number -> add(
                            number,
                            new Fact(node, NEIGHBOURS, entry.device(), canonical(entry.ip()), entry.mac()),
                            entry.at()));
        }
    }

    private void add(int vni, String node, String table, Forwarding entry, String vtep) {
        add(vni, new Fact(node, table, entry.device(), entry.mac(), vtep), entry.at());
    }

    private void add(int vni, Fact fact, Optional<Instant> at) {
        NavigableSet<Long> moments = facts.computeIfAbsent(new Subject(vni, fact.key()), any -> new TreeMap<>())
                .computeIfAbsent(fact, any -> new TreeSet<>());
        at.map(Times::nanos).ifPresent(moments::add);
    }

    /** Adds what nodes gossip. */
    void add(GossipFacts gossip) {
        none = false;
        gossip.peers().forEach(told -> {
            Fact fact = new Fact(
                    gossip.nodeOf(told.entry().owner()),
                    GOSSIPED,
                    told.entry().network(),
                    canonical(told.entry().value().ip()),
                    canonical(told.entry().value().vtep()));
            NavigableSet<Long> moments = facts.computeIfAbsent(
                            new Subject(told.vni(), fact.key()), any -> new TreeMap<>())
                    .computeIfAbsent(fact, any -> new TreeSet<>());
            for (long moment : new long[] {told.entry().first(), told.entry().last()}) {
                if (Times.orNull(moment) != null) {
                    moments.add(moment);
                }
            }
        });
    }

    private static String canonical(String address) {
        return Names.parse(address).map(Object::toString).orElse(address);
    }

    /** The VNI of a vxlan device: as its node says, else the only one of the network that the namespace is named after. */
    private OptionalInt vni(Sandbox sandbox, String device) {
        Integer told = sandbox.vnis().get(device);
        if (told != null) {
            return OptionalInt.of(told);
        }
        if (!sandbox.vnis().isEmpty() || !device.startsWith("vxlan")) {
            return OptionalInt.empty();
        }
        return inventory.networks().stream()
                .filter(network -> network.vnis().size() == 1 && isOf(sandbox.name(), network))
                .mapToInt(network -> network.vnis().get(0))
                .findFirst();
    }

    private static boolean isOf(String sandbox, Network network) {
        boolean byIdentifier = sandbox.startsWith(OVERLAY_SANDBOX)
                && sandbox.length() > OVERLAY_SANDBOX.length()
                && network.id().startsWith(sandbox.substring(OVERLAY_SANDBOX.length()));
        return byIdentifier || sandbox.equals(network.name());
    }

    /** Says of each claim of an address what confirms it and what contradicts it. */
    List<Report.Claim> mark(int vni, String ip, List<Report.Claim> claims) {
        return none
                ? claims
                : claims.stream().map(claim -> mark(vni, ip, claim, claims)).toList();
    }

    private Report.Claim mark(int vni, String ip, Report.Claim claim, List<Report.Claim> claims) {
        List<Report.KernelMark> confirming = new ArrayList<>();
        List<Report.KernelMark> contradicting = new ArrayList<>();
        SortedMap<Fact, NavigableSet<Long>> about = new TreeMap<>();
        // tables are about MACs, so of packets without one they say nothing
        if (claim.mac() != null) {
            about.putAll(facts.getOrDefault(new Subject(vni, ip), new TreeMap<>()));
            about.putAll(facts.getOrDefault(new Subject(vni, claim.mac()), new TreeMap<>()));
        }
        about.forEach((fact, moments) -> {
            if (agree(fact, claim)) {
                confirming.add(mark(fact, moments));
                return;
            }
            List<Long> ofThisClaim = moments.stream()
                    .filter(moment -> !isOfAnotherPlace(fact, moment, claim, claims))
                    .toList();
            if (moments.isEmpty() || !ofThisClaim.isEmpty()) {
                contradicting.add(mark(fact, ofThisClaim));
            }
        });
        return new Report.Claim(
                claim.vtep(),
                claim.mac(),
                claim.packets(),
                claim.first(),
                claim.last(),
                claim.intervals(),
                confirming,
                contradicting);
    }

    private boolean agree(Fact fact, Report.Claim claim) {
        if (fact.table().equals(NEIGHBOURS)) {
            return fact.value().equals(claim.mac());
        }
        // a node may send its VXLAN from another address than the swarm knows it by
        return fact.value().equals(claim.vtep())
                || inventory
                        .nodeByAddress(fact.value())
                        .filter(node -> inventory.nodeByAddress(claim.vtep()).equals(Optional.of(node)))
                        .isPresent();
    }

    /** An address that has moved was elsewhere before or after: then a table of that moment says nothing against this claim. */
    private boolean isOfAnotherPlace(Fact fact, long moment, Report.Claim claim, List<Report.Claim> claims) {
        return !contains(claim, moment)
                && claims.stream().anyMatch(other -> agree(fact, other) && !overlap(claim, other));
    }

    private static boolean contains(Report.Claim claim, long moment) {
        return claim.first() != null && claim.first() <= moment && moment <= claim.last();
    }

    private static boolean overlap(Report.Claim one, Report.Claim other) {
        return one.first() == null
                || other.first() == null
                || one.first() <= other.last() && other.first() <= one.last();
    }

    private static Report.KernelMark mark(Fact fact, Iterable<Long> moments) {
        List<Long> at = new ArrayList<>();
        moments.forEach(at::add);
        return new Report.KernelMark(fact.node(), fact.table(), fact.device(), fact.key(), fact.value(), at);
    }
}
