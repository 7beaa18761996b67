package dev.swarmlens.samples.scenario;

import dev.swarmlens.samples.scenario.Scenario.Kind;
import dev.swarmlens.samples.scenario.Scenario.PortPlan;
import dev.swarmlens.samples.scenario.Scenario.ServicePlan;
import dev.swarmlens.samples.scenario.Scenario.TrafficPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads who talks to whom, and says what a swarm would not let through. */
final class TrafficReader {
    private static final int MAX_PORT = 65_535;
    private static final long MILLISECOND = 1_000_000L;
    private static final int MAX_SIZE = 1 << 30;
    /** What headers, tunnel and encryption take of the underlay's MTU at most, so that no datagram has to be cut. */
    private static final int MAX_HEADERS = 128;

    private final Cast cast;
    private final int mtu;

    TrafficReader(Cast cast, int mtu) {
        this.cast = cast;
        this.mtu = mtu;
    }

    /** Ten requests a node for each service that publishes a TCP port. */
    static List<TrafficPlan> byDefault(Cast cast) {
        List<TrafficPlan> traffic = new ArrayList<>();
        for (ServicePlan service : cast.services.values()) {
            service.ports().stream()
                    .filter(port -> !port.udp())
                    .findFirst()
                    .ifPresent(port -> traffic.add(new TrafficPlan(
                            Kind.HTTP,
                            new ArrayList<>(cast.clients.keySet()),
                            service.name(),
                            Optional.empty(),
                            OptionalInt.of(port.published()),
                            new ArrayList<>(cast.nodes.keySet()),
                            10 * cast.nodes.size(),
                            1,
                            0,
                            0,
                            0,
                            100 * MILLISECOND,
                            0)));
        }
        return traffic;
    }

    /** Reads one part. */
    TrafficPlan read(Keys traffic, int index) throws ScenarioException {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            kinds.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
        Kind kind = traffic.choice("kind", kinds).orElseThrow(() -> traffic.wrong("kind", "one of " + kinds.keySet()));
        Set<String> targets = new LinkedHashSet<>(cast.services.keySet());
        targets.addAll(cast.tasks);
        String to = traffic.reference("to", "a service or a task", targets)
                .orElseThrow(() -> traffic.wrong("to", "a service or a task"));
        ServicePlan service = cast.service(to);
        Set<String> sources = new LinkedHashSet<>(cast.clients.keySet());
        sources.addAll(targets);
        List<String> from = traffic.references(
                "from", "a client, a service or a task", sources, new ArrayList<>(cast.clients.keySet()));
        if (from.isEmpty()) {
            throw traffic.wrong("from", "a client, a service or a task");
        }
        boolean inside = from.stream().noneMatch(cast.clients::containsKey);
        if (!inside && !from.stream().allMatch(cast.clients::containsKey)) {
            throw traffic.wrong("from", "either clients, or services and tasks");
        }
        Optional<String> network = traffic.reference("network", "a network", shared(service, from));
        OptionalInt port = traffic.number("port", 1, MAX_PORT);
        boolean udp = kind == Kind.UDP || kind == Kind.DNS;
        if (inside) {
            network = network.or(() -> shared(service, from).stream().findFirst());
            if (network.isEmpty()) {
                throw traffic.wrong("from", "services that share a network with " + service.name());
            }
            if (network.get().equals(ScenarioReader.INGRESS) && !cast.isTask(to)) {
                throw traffic.wrong("to", "a task: over ingress only a ping of a task can begin");
            }
            if (network.get().equals(ScenarioReader.INGRESS) && kind != Kind.PING) {
                throw traffic.wrong("kind", "ping: Docker drops TCP and UDP from an ingress address");
            }
        } else if (kind == Kind.PING) {
            throw traffic.wrong("from", "services or tasks, because a client cannot ping a task");
        }
        Optional<PortPlan> published = service.ports().stream()
                .filter(each -> each.udp() == udp
                        && (port.isEmpty() || port.getAsInt() == (inside ? each.target() : each.published())))
                .findFirst();
        if (!inside && published.isEmpty()) {
            throw traffic.wrong("port", "a " + (udp ? "UDP" : "TCP") + " port that " + service.name() + " publishes");
        }
        if (!inside && cast.isTask(to)) {
            throw traffic.wrong("to", "a service: the routing mesh chooses the task");
        }
        OptionalInt wanted = published
                .map(each -> OptionalInt.of(inside ? each.target() : each.published()))
                .orElse(port.isPresent() ? port : OptionalInt.of(kind == Kind.DNS ? 53 : udp ? 9000 : 80));
        List<String> via =
                traffic.references("via", "a node", cast.nodes.keySet(), new ArrayList<>(cast.nodes.keySet()));
        boolean datagrams = udp || kind == Kind.PING;
        int connections = traffic.number("connections", 10, 1, 100_000_000);
        int requests = traffic.number("requests", kind == Kind.PING ? 4 : 1, 1, 1_000_000);
        int request = traffic.size(
                "request",
                switch (kind) {
                    case HTTP, DNS -> 0;
                    case TCP -> 1 << 20;
                    case UDP -> 64;
                    case PING -> 56;
                },
                0,
                datagrams ? mtu - MAX_HEADERS : MAX_SIZE);
        int response = traffic.size("response", kind == Kind.UDP ? 64 : 0, 0, datagrams ? mtu - MAX_HEADERS : MAX_SIZE);
        return new TrafficPlan(
                kind,
                from,
                to,
                inside ? network : Optional.empty(),
                wanted,
                via,
                connections,
                requests,
                request,
                response,
                traffic.duration("start", 0),
                traffic.duration("every", 100 * MILLISECOND),
                traffic.duration("think", kind == Kind.PING ? 1000 * MILLISECOND : 20 * MILLISECOND));
    }

    /** The networks in which both the target and all who ask are. */
    private Set<String> shared(ServicePlan to, List<String> from) {
        Set<String> shared = attached(to);
        for (String name : from) {
            ServicePlan service = cast.service(name);
            if (service != null) {
                shared.retainAll(attached(service));
            }
        }
        return shared;
    }

    private static Set<String> attached(ServicePlan service) {
        Set<String> attached = new LinkedHashSet<>(service.networks());
        if (service.ports().stream().anyMatch(port -> !port.host())) {
            attached.add(ScenarioReader.INGRESS);
        }
        return attached;
    }
}
