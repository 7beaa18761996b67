package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.ChiSquareTest;

/** One service at one entry node: the legs that came in, the legs that went out, and which are one connection. */
final class EntryNode {
    private static final String SAME_SEQUENCE_NUMBER = "initial sequence number";
    private static final String SAME_TIMESTAMP = "initial sequence number, timestamp";
    private static final String SAME_PORTS = "ports";
    /** Stands in the wheel for tasks on the entry node itself, whose connections are not on the wire. */
    private static final Object LOCAL = "local";

    private static final Comparator<Leg> BY_START = Comparator.comparingLong(Leg::start)
            .thenComparing(leg -> leg.key().initiator())
            .thenComparing(leg -> leg.key().initiatorPort());

    private record JoinKey(int port, int initialSequence, int initiatorPort) {
        static JoinKey of(Leg.Key key) {
            boolean tcp = key.protocol() == IpProtocol.TCP.code();
            return new JoinKey(key.port(), key.initialSequence(), tcp ? 0 : key.initiatorPort());
        }
    }

    private final Names names;
    private final Address address;
    private final List<Leg> overlay = new ArrayList<>();
    private final List<Leg> clients = new ArrayList<>();
    private final Map<Leg, Leg> overlayOfClient = new HashMap<>();

    EntryNode(Names names, Address address) {
        this.names = names;
        this.address = address;
    }

    void addOverlay(Leg leg) {
        overlay.add(leg);
    }

    void addClient(Leg leg) {
        clients.add(leg);
    }

    /** Finds which client's leg goes on as which overlay leg. */
    void join() {
        overlay.sort(BY_START);
        clients.sort(BY_START);
        Map<JoinKey, List<Leg>> waiting = new HashMap<>();
        for (Leg leg : overlay) {
            waiting.computeIfAbsent(JoinKey.of(leg.key()), any -> new ArrayList<>())
                    .add(leg);
        }
        for (Leg client : clients) {
            List<Leg> candidates = waiting.getOrDefault(JoinKey.of(client.key()), List.of());
            for (Leg candidate : candidates) {
                if (client.agreesWith(candidate)) {
                    overlayOfClient.put(client, candidate);
                    candidates.remove(candidate);
                    break;
                }
            }
        }
    }

    SortedSet<Integer> ports() {
        SortedSet<Integer> ports = new TreeSet<>();
        overlay.forEach(leg -> ports.add(leg.key().port()));
        clients.forEach(leg -> ports.add(leg.key().port()));
        return ports;
    }

    /** Whether a capture shows both what came in at this node and what went out. */
    private boolean seesBothSides() {
        return names.isCaptured(address) && !clients.isEmpty();
    }

    private long inferredLocal() {
        return clients.stream()
                .filter(leg -> leg.answered() && !overlayOfClient.containsKey(leg))
                .count();
    }

    /**
     * What is to be told of this node.
     *
     * @param ipvs what its own counters say, or {@code null}
     */
    Report.Entry toReport(Report.Ipvs ipvs) {
        boolean bothSides = seesBothSides();
        // a node that sends nothing on, or answers nothing, has no wheel to be seen
        Wheel wheel = bothSides && !overlay.isEmpty() ? Wheel.of(sequence()) : null;
        List<Report.Backend> backends = backends(wheel);
        return new Report.Entry(
                names.node(address),
                address.toString(),
                loadBalancerIp(),
                names.isCaptured(address),
                new Report.Connections(
                        clients.isEmpty() ? null : (long) clients.size(),
                        overlay.size(),
                        bothSides ? inferredLocal() : null,
                        clients.isEmpty()
                                ? null
                                : clients.stream()
                                        .filter(leg -> !leg.answered())
                                        .count()),
                backends,
                wheel == null ? null : new Report.RoundRobin(wheel.backends(), wheel.inOrder(), wheel.outOfOrder()),
                fairness(backends),
                ipvs);
    }

    private String loadBalancerIp() {
        return overlay.isEmpty() ? null : overlay.get(0).key().initiator().toString();
    }

    private List<Object> sequence() {
        List<Object> sequence = new ArrayList<>();
        for (Leg client : clients) {
            Leg onward = overlayOfClient.get(client);
            sequence.add(onward == null ? LOCAL : onward.key().responder());
        }
        return sequence;
    }

    private List<Report.Backend> backends(Wheel wheel) {
        Map<Address, List<Leg>> byTask = new TreeMap<>();
        for (Leg leg : overlay) {
            byTask.computeIfAbsent(leg.key().responder(), any -> new ArrayList<>())
                    .add(leg);
        }
        List<Report.Backend> backends = new ArrayList<>();
        byTask.forEach((ip, legs) -> backends.add(backend(ip, legs, wheel)));
        return backends;
    }

    private Report.Backend backend(Address ip, List<Leg> legs, Wheel wheel) {
        SortedSet<Integer> ports = new TreeSet<>();
        legs.forEach(leg -> ports.add(leg.key().port()));
        Double share = seesBothSides() ? (double) legs.size() / (overlay.size() + inferredLocal()) : null;
        // only a wheel that turns evenly tells how many backends there are, those on the entry node included
        Double expectedShare = wheel != null && wheel.outOfOrder() == 0 ? 1.0 / wheel.backends() : null;
        return new Report.Backend(
                ip.toString(),
                legs.get(0).responderVtep().toString(),
                taskName(ip),
                List.copyOf(ports),
                legs.size(),
                legs.stream().filter(leg -> !leg.answered()).count(),
                legs.stream().mapToLong(Leg::bytes).sum(),
                share,
                expectedShare);
    }

    private String taskName(Address ip) {
        return names.inventory()
                .ingressNetwork()
                .flatMap(network -> names.inventory().endpoint(network.id(), ip.toString()))
                .map(Endpoint::name)
                .orElse(null);
    }

    private static Report.Fairness fairness(List<Report.Backend> backends) {
        if (backends.size() < 2) {
            return null;
        }
        long[] counts = backends.stream().mapToLong(Report.Backend::connections).toArray();
        double sum = 0;
        double squares = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        for (long count : counts) {
            sum += count;
            squares += (double) count * count;
            min = Math.min(min, count);
            max = Math.max(max, count);
        }
        double jain = sum * sum / (counts.length * squares);
        return new Report.Fairness(
                jain, max - min, ChiSquareTest.withDefaults().test(counts).getPValue());
    }

    /** All connections of this entry: joined, seen on one side only, or answered by the node itself. */
    Stream<Report.Connection> connections() {
        Set<Leg> joined = new HashSet<>(overlayOfClient.values());
        Stream<Report.Connection> fromClients =
                clients.stream().map(client -> connection(client, overlayOfClient.get(client)));
        Stream<Report.Connection> fromNowhere =
                overlay.stream().filter(leg -> !joined.contains(leg)).map(leg -> connection(null, leg));
        return Stream.concat(fromClients, fromNowhere);
    }

    private Report.Connection connection(Leg client, Leg onward) {
        String node = names.node(address);
        return new Report.Connection(
                client == null ? null : client.initiatorSocket(),
                node == null ? address.toString() : node,
                onward == null ? null : onward.initiatorSocket(),
                onward == null ? null : onward.responderSocket(),
                client == null || onward == null ? null : correlatedBy(client, onward),
                Times.orNull((client == null ? onward : client).start()));
    }

    private static String correlatedBy(Leg client, Leg onward) {
        if (client.key().protocol() != IpProtocol.TCP.code()) {
            return SAME_PORTS;
        }
        return client.timestampValue() >= 0 && client.timestampValue() == onward.timestampValue()
                ? SAME_TIMESTAMP
                : SAME_SEQUENCE_NUMBER;
    }
}
