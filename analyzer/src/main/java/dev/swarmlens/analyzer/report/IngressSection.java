package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Network;
import dev.swarmlens.analyzer.inventory.Service;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How connections were distributed: by service, by entry node, by backend; those through the routing mesh first, then
 * those to virtual addresses.
 */
final class IngressSection {

    /**
     * All ports of a service turn one wheel; without its name, each port stands for itself.
     *
     * @param vni the network whose virtual addresses were asked, or {@link Sighting#UNDERLAY} for the routing mesh
     */
    private record Group(int vni, String service, int protocol, int port) implements Comparable<Group> {
        private static final Comparator<Group> ORDER = Comparator.comparingInt(Group::vni)
                .thenComparing(Group::service, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Group::protocol)
                .thenComparing(Group::port);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    private static final Comparator<EntryNode.Joined> OLDEST_FIRST = Comparator.comparingLong(EntryNode.Joined::start)
            .thenComparing(connection -> connection.any().key().initiator())
            .thenComparing(connection -> connection.any().key().initiatorPort())
            .thenComparing(connection -> connection.any().key().responder())
            .thenComparing(connection -> connection.any().key().port())
            .thenComparing(connection -> connection.any().key().initialSequence());

    private record Task(int vni, Address address) {}

    private record Joint(int vni, Address entry, Leg.Connection connection) {}

    private final Names names;
    private final Legs legs;
    private final Map<Task, String> serviceOfTask = new HashMap<>();
    private final Map<Group, Map<Address, EntryNode>> groups = new TreeMap<>();
    private Integer meshVni;

    IngressSection(Names names, Aliases aliases, List<Vantage> vantages) {
        this.names = names;
        legs = new Legs(names, aliases, vantages);
        meshVni = names.inventory()
                .ingressNetwork()
                .filter(network -> !network.vnis().isEmpty())
                .map(network -> network.vnis().get(0))
                .orElse(null);
        learnServices();
        for (Leg leg : legs.overlay()) {
            if (leg.initiatorVtep() != null) {
                boolean mesh = names.isIngress(leg.key().vni());
                if (mesh && meshVni == null) {
                    meshVni = leg.key().vni();
                }
                entry(mesh ? published(leg) : balanced(leg, serviceOfTask(leg)), leg)
                        .addOverlay(leg);
            }
        }
        for (Leg leg : legs.clients()) {
            boolean mesh = leg.key().vni() == Sighting.UNDERLAY;
            entry(mesh ? published(leg) : balanced(leg, serviceOfVirtualIp(leg)), leg)
                    .addClient(leg);
        }
    }

    /** Learns whose tasks are that the inventory does not know, from those who asked for the service. */
    private void learnServices() {
        Map<Joint, String> asked = new HashMap<>();
        for (Leg leg : legs.clients()) {
            if (leg.key().vni() != Sighting.UNDERLAY && serviceOfVirtualIp(leg) != null) {
                asked.put(new Joint(leg.key().vni(), leg.entry(), leg.connection()), serviceOfVirtualIp(leg));
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        for (Leg leg : legs.overlay()) {
            String service = asked.get(new Joint(leg.key().vni(), leg.entry(), leg.connection()));
            if (service != null) {
                serviceOfTask.putIfAbsent(new Task(leg.key().vni(), leg.key().responder()), service);
            }
        }
    }

    private String serviceOfTask(Leg leg) {
        String service = serviceOfTask.computeIfAbsent(
                new Task(leg.key().vni(), leg.key().responder()),
                task -> names.endpoint(task.vni(), task.address())
                        .map(Endpoint::serviceName)
                        .orElse(""));
        return service.isEmpty() ? null : service;
    }

    private String serviceOfVirtualIp(Leg leg) {
        return names.network(leg.key().vni())
                .map(Network::id)
                .flatMap(id -> names.inventory()
                        .serviceByVirtualIp(id, leg.key().responder().toString()))
                .map(Service::name)
                .orElse(null);
    }

    private Group published(Leg leg) {
        int protocol = leg.key().protocol();
        int port = leg.key().port();
        String service = names.inventory()
                .serviceByPublishedPort(new IpProtocol(protocol).toString(), port)
                .map(Service::name)
                .orElse(null);
        return new Group(Sighting.UNDERLAY, service, protocol, service == null ? port : 0);
    }

    private static Group balanced(Leg leg, String service) {
        return new Group(
                leg.key().vni(),
                service,
                leg.key().protocol(),
                service == null ? leg.key().port() : 0);
    }

    private EntryNode entry(Group group, Leg leg) {
        boolean mesh = group.vni() == Sighting.UNDERLAY;
        return groups.computeIfAbsent(group, any -> new TreeMap<>())
                .computeIfAbsent(leg.entry(), address -> new EntryNode(names, legs, address, mesh));
    }

    /**
     * The section.
     *
     * @param limit how many connections of a service to tell
     */
    List<Report.Ingress> toReport(int limit) {
        List<Report.Ingress> services = new ArrayList<>();
        IpvsCounts counts = new IpvsCounts(names.inventory());
        groups.forEach((group, entries) -> services.add(toReport(group, entries, counts, limit)));
        return services;
    }

    private Report.Ingress toReport(Group group, Map<Address, EntryNode> entries, IpvsCounts counts, int limit) {
        boolean mesh = group.vni() == Sighting.UNDERLAY;
        Integer vni = mesh ? meshVni : Integer.valueOf(group.vni());
        String protocol = new IpProtocol(group.protocol()).toString();
        SortedSet<Integer> ports = new TreeSet<>();
        for (EntryNode entry : entries.values()) {
            entry.join();
            ports.addAll(entry.ports());
        }
        List<Report.Entry> told = new ArrayList<>();
        entries.forEach((address, entry) -> told.add(entry.toReport(
                mesh
                        ? counts.of(address.toString(), protocol, ports)
                        : names.network(vni)
                                .map(network -> counts.ofOverlay(address.toString(), network.id(), entry.tasks()))
                                .orElse(null))));
        List<String> notes = new ArrayList<>();
        String called = group.service() == null ? "the service" : group.service();
        int next = 0;
        for (EntryNode entry : entries.values()) {
            notes.addAll(entry.inStep(called, told.get(next++)));
        }
        List<EntryNode.Joined> connections = connections(entries.values());
        return new Report.Ingress(
                vni,
                vni == null ? null : names.networkName(vni),
                mesh,
                group.service(),
                protocol,
                List.copyOf(ports),
                told,
                notes,
                connections.size(),
                connections.stream()
                        .limit(limit)
                        .map(connection -> entries.get(connection.any().entry()).tell(connection))
                        .toList());
    }

    /** The connections through all entry nodes, oldest first. */
    private static List<EntryNode.Joined> connections(Collection<EntryNode> entries) {
        List<EntryNode.Joined> connections = new ArrayList<>();
        entries.forEach(entry -> entry.addTo(connections));
        connections.sort(OLDEST_FIRST);
        return connections;
    }
}
