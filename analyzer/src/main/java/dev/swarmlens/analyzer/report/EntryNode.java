package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.sighting.Address;
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
            .thenComparing(leg -> leg.key().initiatorPort())
            .thenComparing(leg -> leg.key().responder());

    /** A client's leg and the load balancer's; one of them may not be known. */
    record Joined(Leg client, Leg onward) {
        long start() {
            return (client == null ? onward : client).start();
        }

        Leg any() {
            return client == null ? onward : client;
        }
    }

    private final Names names;
    private final Legs legs;
    private final Address address;
    private final boolean mesh;
    private final List<Leg> overlay = new ArrayList<>();
    private final List<Leg> clients = new ArrayList<>();
    private final Map<Leg, Leg> overlayOfClient = new HashMap<>();

    /**
     * Makes an entry node that no connection came through yet.
     *
     * @param mesh whether connections came to a published port, and not to a virtual address
     */
    EntryNode(Names names, Legs legs, Address address, boolean mesh) {
        this.names = names;
        this.legs = legs;
        this.address = address;
        this.mesh = mesh;
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
        Map<Leg.Connection, List<Leg>> waiting = new HashMap<>();
        for (Leg leg : overlay) {
            waiting.computeIfAbsent(leg.connection(), any -> new ArrayList<>(1)).add(leg);
        }
        for (Leg client : clients) {
            List<Leg> candidates = waiting.getOrDefault(client.connection(), List.of());
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

    /** The tasks that were given connections. */
    Set<String> tasks() {
        Set<Address> tasks = new HashSet<>();
        overlay.forEach(leg -> tasks.add(leg.key().responder()));
        Set<String> texts = new HashSet<>();
        tasks.forEach(task -> texts.add(task.toString()));
        return texts;
    }

    /**
     * Whether captures show both what came in at this node and what went out. Who asks a published port comes by the
     * underlay, all of them; of who asks a virtual address only those are seen in whose container was captured.
     */
    private boolean seesBothSides() {
        if (clients.isEmpty()) {
            return false;
        }
        return mesh
                ? names.isCaptured(address)
                : names.seesTunnels(address, clients.get(0).key().vni()) && overlayOfClient.size() == overlay.size();
    }

    /** Connections that the node answered itself: no leg of them left it. */
    private long local() {
        long local = 0;
        for (Leg client : clients) {
            Leg onward = overlayOfClient.get(client);
            if (onward == null ? client.answered() : onward.isLocal()) {
                local++;
            }
        }
        return local;
    }

    private long refusedOrLost() {
        long lost = 0;
        for (Leg client : clients) {
            if (!client.answered()) {
                lost++;
            }
        }
        return lost;
    }

    private long overOverlay() {
        long over = 0;
        for (Leg leg : overlay) {
            if (!leg.isLocal()) {
                over++;
            }
        }
        return over;
    }

    /**
     * What is to be told of this node.
     *
     * @param ipvs what its own counters say, or {@code null}
     */
    Report.Entry toReport(Report.Ipvs ipvs) {
        boolean bothSides = seesBothSides();
        // a node that sends nothing on, or answers nothing, has no wheel to be seen
        Turning turning = bothSides && !overlay.isEmpty() ? Turning.of(clients, this::met) : null;
        List<Report.Backend> backends = backends(bothSides, turning);
        return new Report.Entry(
                names.node(address),
                address.toString(),
                loadBalancerIp(),
                names.isCaptured(address),
                new Report.Connections(
                        clients.isEmpty() ? null : (long) clients.size(),
                        overOverlay(),
                        bothSides ? local() : null,
                        clients.isEmpty() ? null : refusedOrLost()),
                backends,
                turning == null ? null : turning.toReport(),
                fairness(backends),
                ipvs);
    }

    /**
     * Says why a port or a client always met the same tasks, where one did.
     *
     * @param service what to call the service
     */
    List<String> inStep(String service, Report.Entry told) {
        Report.RoundRobin wheel = told.roundRobin();
        List<String> notes = new ArrayList<>();
        if (wheel == null || wheel.outOfOrder() > 0) {
            return notes;
        }
        List<String> met = new ArrayList<>(clients.size());
        List<String> ports = new ArrayList<>(clients.size());
        List<String> addresses = new ArrayList<>(clients.size());
        Map<Object, String> texts = new HashMap<>();
        for (Leg client : clients) {
            met.add(texts.computeIfAbsent(
                    met(client), task -> task == LOCAL ? "a task on the node itself" : task.toString()));
            ports.add(texts.computeIfAbsent(client.key().port(), port -> "port " + port));
            addresses.add(texts.computeIfAbsent(client.key().initiator(), Object::toString));
        }
        addNote(
                notes,
                InStep.longest(ports, met),
                "All ports of " + service + " turn one wheel, here of " + wheel.backends()
                        + " tasks, and were asked in step with it");
        addNote(
                notes,
                InStep.longest(addresses, met),
                "Round robin gives each new connection to the next of " + wheel.backends() + " tasks of " + service
                        + ", and the clients took turns in step with it");
        return notes;
    }

    private void addNote(List<String> notes, InStep row, String why) {
        if (row != null) {
            List<String> always = new ArrayList<>();
            row.met().forEach((asker, tasks) -> always.add(asker + " always met " + String.join(" or ", tasks)));
            String node = names.node(address);
            notes.add("At " + (node == null ? address : node) + ", in " + (row.to() - row.from())
                    + " connections in a row from "
                    + Times.seconds(clients.get(row.from()).start()) + " UTC on, " + String.join(", ", always) + ". "
                    + why + ": nothing is sticky, and no share is unfair.");
        }
    }

    private String loadBalancerIp() {
        return overlay.isEmpty() ? null : overlay.get(0).key().initiator().toString();
    }

    /** What a client's connection met: the task, or the node itself. */
    private Object met(Leg client) {
        Leg onward = overlayOfClient.get(client);
        return onward == null || onward.isLocal() && !seesLocalTasks()
                ? LOCAL
                : onward.key().responder();
    }

    /** Whether every connection is joined, those that stayed on the node too: what stays is only seen in its sandbox. */
    private boolean seesLocalTasks() {
        return overlayOfClient.size() == clients.size();
    }

    private List<Report.Backend> backends(boolean bothSides, Turning turning) {
        Map<Address, List<Leg>> byTask = new TreeMap<>();
        for (Leg leg : overlay) {
            byTask.computeIfAbsent(leg.key().responder(), any -> new ArrayList<>())
                    .add(leg);
        }
        long all = bothSides ? overOverlay() + local() : 0;
        List<Report.Backend> backends = new ArrayList<>();
        byTask.forEach((ip, of) -> backends.add(backend(ip, of, all, turning)));
        return backends;
    }

    private Report.Backend backend(Address ip, List<Leg> of, long all, Turning turning) {
        SortedSet<Integer> ports = new TreeSet<>();
        long unanswered = 0;
        long bytes = 0;
        for (Leg leg : of) {
            ports.add(leg.key().port());
            unanswered += leg.answered() ? 0 : 1;
            bytes += leg.bytes();
        }
        return new Report.Backend(
                ip.toString(),
                of.get(0).responderVtep() == null
                        ? null
                        : of.get(0).responderVtep().toString(),
                taskName(of.get(0)),
                List.copyOf(ports),
                of.size(),
                unanswered,
                bytes,
                all == 0 ? null : (double) of.size() / all,
                turning == null ? null : turning.expectedShare(ip));
    }

    private String taskName(Leg leg) {
        return names.endpoint(leg.key().vni(), leg.key().responder())
                .map(Endpoint::name)
                .orElse(null);
    }

    /** How evenly: against what each should have had, or if nobody knows that, against all having the same. */
    private static Report.Fairness fairness(List<Report.Backend> backends) {
        if (backends.size() < 2) {
            return null;
        }
        boolean known = backends.stream().allMatch(backend -> backend.expectedShare() != null);
        long[] counts = new long[backends.size()];
        double[] expected = new double[counts.length];
        double sum = 0;
        double squares = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = backends.get(i).connections();
            expected[i] = known ? backends.get(i).expectedShare() : 1;
            sum += counts[i] / expected[i];
            squares += counts[i] / expected[i] * (counts[i] / expected[i]);
            min = Math.min(min, counts[i]);
            max = Math.max(max, counts[i]);
        }
        double jain = Math.min(1, sum * sum / (counts.length * squares));
        return new Report.Fairness(
                jain,
                max - min,
                ChiSquareTest.withDefaults().test(expected, counts).getPValue());
    }

    /** All connections of this entry: joined, seen on one side only, or answered by the node itself. */
    void addTo(List<Joined> connections) {
        Set<Leg> joined = new HashSet<>(overlayOfClient.values());
        for (Leg client : clients) {
            connections.add(new Joined(client, overlayOfClient.get(client)));
        }
        for (Leg leg : overlay) {
            if (!joined.contains(leg)) {
                connections.add(new Joined(null, leg));
            }
        }
    }

    /** The story of one connection. */
    Report.Connection tell(Joined connection) {
        Leg client = connection.client();
        Leg onward = connection.onward();
        Leg gateway = mesh ? legs.gateway(address, connection.any().connection()) : null;
        String node = names.node(address);
        return new Report.Connection(
                client == null ? null : client.initiatorSocket(),
                client == null ? null : client.responderSocket(),
                node == null ? address.toString() : node,
                gateway == null ? null : gateway.responderSocket(),
                onward == null ? null : onward.initiatorSocket(),
                onward == null || onward.responderVtep() == null
                        ? null
                        : onward.responderVtep().toString(),
                onward == null ? null : onward.responderSocket(),
                client == null || onward == null ? null : correlatedBy(client, onward),
                Times.orNull(connection.start()));
    }

    private static String correlatedBy(Leg client, Leg onward) {
        if (!client.key().isTcp()) {
            return SAME_PORTS;
        }
        return client.timestampValue() >= 0 && client.timestampValue() == onward.timestampValue()
                ? SAME_TIMESTAMP
                : SAME_SEQUENCE_NUMBER;
    }
}
