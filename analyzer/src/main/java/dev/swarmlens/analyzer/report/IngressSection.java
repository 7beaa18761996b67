package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Service;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the routing mesh distributed connections: by service, by entry node, by backend. */
final class IngressSection {

    /** All published ports of a service turn one wheel; without its name, each port stands for itself. */
    private record Group(String service, int protocol, int port) implements Comparable<Group> {
        private static final Comparator<Group> ORDER = Comparator.comparing(
                        Group::service, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Group::protocol)
                .thenComparing(Group::port);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    private final Names names;
    private final Map<Group, Map<Address, EntryNode>> groups = new TreeMap<>();

    IngressSection(Names names, List<Vantage> vantages) {
        this.names = names;
        Legs legs = new Legs(names, vantages);
        for (Leg leg : legs.overlay()) {
            if (leg.initiatorVtep() != null) {
                entry(leg.key(), leg.initiatorVtep()).addOverlay(leg);
            }
        }
        for (Leg leg : legs.clients()) {
            entry(leg.key(), leg.key().responder()).addClient(leg);
        }
    }

    private EntryNode entry(Leg.Key key, Address address) {
        String protocol = new IpProtocol(key.protocol()).toString();
        String service = names.inventory()
                .serviceByPublishedPort(protocol, key.port())
                .map(Service::name)
                .orElse(null);
        Group group = new Group(service, key.protocol(), service == null ? key.port() : 0);
        return groups.computeIfAbsent(group, any -> new TreeMap<>())
                .computeIfAbsent(address, any -> new EntryNode(names, address));
    }

    /**
     * The section.
     *
     * @param limit how many connections of a service to tell
     */
    List<Report.Ingress> toReport(int limit) {
        List<Report.Ingress> services = new ArrayList<>();
        IpvsCounts counts = new IpvsCounts(names.inventory());
        groups.forEach((group, entries) -> {
            entries.values().forEach(EntryNode::join);
            SortedSet<Integer> ports = new TreeSet<>();
            entries.values().forEach(entry -> ports.addAll(entry.ports()));
            List<Report.Connection> connections = entries.values().stream()
                    .flatMap(EntryNode::connections)
                    .sorted(Comparator.comparing(
                                    Report.Connection::start, Comparator.nullsLast(Comparator.naturalOrder()))
                            .thenComparing(Report.Connection::toString))
                    .toList();
            String protocol = new IpProtocol(group.protocol()).toString();
            services.add(new Report.Ingress(
                    group.service(),
                    protocol,
                    List.copyOf(ports),
                    entries.entrySet().stream()
                            .map(entry -> entry.getValue()
                                    .toReport(counts.of(entry.getKey().toString(), protocol, ports)))
                            .toList(),
                    connections.size(),
                    limit < connections.size() ? List.copyOf(connections.subList(0, limit)) : connections));
        });
        return services;
    }
}
