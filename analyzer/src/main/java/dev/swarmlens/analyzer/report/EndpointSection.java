package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Claims;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.KeyedRows;
import dev.swarmlens.codecs.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The overlay addresses of the report, each with all that claimed it. */
final class EndpointSection {
    /** A packet that a node's sandbox has forwarded has lost one or two of the 64 hops that Linux gives. */
    private static final int FORWARDED_TWICE = 62;

    private static final int FORWARDED_ONCE = 63;
    private static final int ORIGINAL_TTL = 64;

    private static final int ROLES = 3;
    private static final long ORIGINATOR = 1;
    private static final long FORWARDER = 2;

    private record Key(int vni, Address ip) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byVni = Integer.compare(vni, other.vni);
            return byVni != 0 ? byVni : ip.compareTo(other.ip);
        }
    }

    record Claimant(Address vtep, long mac) {}

    private record Count(long packets, long first, long last) {
        /** The same packets may have been seen at several vantages, so the most that one saw is counted. */
        Count max(Count other) {
            return new Count(
                    Math.max(packets, other.packets), Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    private final Names names;
    private final KernelFacts facts;
    private final Optional<GossipFacts> gossip;
    /** VNI and address, and what its packets' times to live say of it. */
    private final KeyedRows roles = new KeyedRows(ROLES, ROLES + 1);

    private final long[] key = new long[ROLES];

    EndpointSection(Names names, List<Vantage> vantages, Optional<GossipFacts> gossip) {
        this.names = names;
        this.facts = new KernelFacts(names.inventory());
        this.gossip = gossip;
        gossip.ifPresent(facts::add);
        for (Vantage vantage : vantages) {
            lookAtTimesToLive(vantage.seen().flows().conversations());
        }
    }

    private void lookAtTimesToLive(Conversations conversations) {
        for (int row = 0; row < conversations.size(); row++) {
            if (conversations.vni(row) != Sighting.UNDERLAY) {
                for (int direction = 0; direction < 2; direction++) {
                    int timeToLive = conversations.timeToLive(row, direction);
                    if (timeToLive == ORIGINAL_TTL) {
                        mark(conversations, row, direction, ORIGINATOR);
                    } else if (timeToLive == FORWARDED_ONCE || timeToLive == FORWARDED_TWICE) {
                        mark(conversations, row, direction, FORWARDER);
                    }
                }
            }
        }
    }

    private void mark(Conversations conversations, int row, int direction, long role) {
        key[0] = conversations.vni(row);
        key[1] = conversations.addressHigh(row, direction);
        key[2] = conversations.addressLow(row, direction);
        roles.or(roles.findOrAppend(key), ROLES, role);
    }

    private boolean has(Key endpoint, long role) {
        int row = roles.find(
                new long[] {endpoint.vni(), endpoint.ip().high(), endpoint.ip().low()});
        return row >= 0 && (roles.get(row, ROLES) & role) != 0;
    }

    List<Report.Endpoint> endpoints(List<Vantage> vantages) {
        Map<Key, Map<Claimant, Count>> claims = new TreeMap<>();
        Map<Key, Tenure> tenures = new HashMap<>();
        for (Vantage vantage : vantages) {
            Claims rows = vantage.seen().claims();
            for (int row = 0; row < rows.size(); row++) {
                Key key = new Key(rows.vni(row), rows.ip(row));
                claims.computeIfAbsent(key, any -> new HashMap<>())
                        .merge(
                                claimant(rows, row),
                                new Count(rows.packets(row), rows.first(row), rows.last(row)),
                                Count::max);
                tenures.computeIfAbsent(key, any -> new Tenure()).add(vantage, row);
            }
        }
        List<Report.Endpoint> endpoints = new ArrayList<>();
        claims.forEach((key, byClaimant) -> endpoints.add(endpoint(key, byClaimant, tenures.get(key))));
        return endpoints;
    }

    static Claimant claimant(Claims rows, int row) {
        return new Claimant(rows.vtep(row), rows.mac(row));
    }

    private Report.Endpoint endpoint(Key key, Map<Claimant, Count> byClaimant, Tenure tenure) {
        Comparator<Map.Entry<Claimant, Count>> mostPackets =
                Comparator.comparingLong(entry -> -entry.getValue().packets());
        List<Map.Entry<Claimant, Count>> sorted = byClaimant.entrySet().stream()
                .sorted(mostPackets
                        .thenComparing(entry -> entry.getKey().vtep())
                        .thenComparing(entry -> entry.getKey().mac()))
                .toList();
        Map.Entry<Claimant, Count> owner = sorted.stream()
                .filter(claim -> claim.getKey().equals(tenure.latest()))
                .findFirst()
                .orElse(sorted.get(0));
        long packets =
                sorted.stream().mapToLong(entry -> entry.getValue().packets()).sum();
        long first = sorted.stream()
                .mapToLong(entry -> entry.getValue().first())
                .min()
                .orElseThrow();
        long last = sorted.stream()
                .mapToLong(entry -> entry.getValue().last())
                .max()
                .orElseThrow();
        Endpoint known = names.endpoint(key.vni(), key.ip()).orElse(null);
        Optional<String> gossiped =
                gossip.flatMap(told -> told.name(key.vni(), key.ip().toString()));
        return new Report.Endpoint(
                key.vni(),
                key.ip().toString(),
                mac(owner.getKey()),
                owner.getKey().vtep().toString(),
                known != null ? kind(known) : gossiped.isPresent() ? Report.Kind.CONTAINER : assumedKind(key),
                known != null
                        ? Report.Source.INVENTORY
                        : gossiped.isPresent() ? Report.Source.GOSSIP : assumedKindSource(key),
                known != null ? known.name() : gossiped.orElse(null),
                packets,
                Times.orNull(first),
                Times.orNull(last),
                facts.mark(
                        key.vni(),
                        key.ip().toString(),
                        Stream.concat(Stream.of(owner), sorted.stream().filter(claim -> claim != owner))
                                .map(entry -> claim(entry, tenure))
                                .toList()),
                tenure.isContested(),
                tenure.turns(),
                tenure.moves());
    }

    private static Report.Claim claim(Map.Entry<Claimant, Count> entry, Tenure tenure) {
        Count count = entry.getValue();
        return new Report.Claim(
                entry.getKey().vtep().toString(),
                mac(entry.getKey()),
                count.packets(),
                Times.orNull(count.first()),
                Times.orNull(count.last()),
                tenure.intervals(entry.getKey()),
                null,
                null);
    }

    static String mac(Claimant claimant) {
        return claimant.mac() == 0 ? null : new MacAddress(claimant.mac()).toString();
    }

    private static Report.Kind kind(Endpoint known) {
        return known.kind() == Endpoint.Kind.LOAD_BALANCER ? Report.Kind.LOAD_BALANCER : Report.Kind.CONTAINER;
    }

    private Report.Kind assumedKind(Key key) {
        if (has(key, FORWARDER)) {
            return Report.Kind.LOAD_BALANCER;
        }
        return has(key, ORIGINATOR) ? Report.Kind.CONTAINER : Report.Kind.UNKNOWN;
    }

    private Report.Source assumedKindSource(Key key) {
        return assumedKind(key) == Report.Kind.UNKNOWN ? Report.Source.UNKNOWN : Report.Source.ASSUMED;
    }
}
