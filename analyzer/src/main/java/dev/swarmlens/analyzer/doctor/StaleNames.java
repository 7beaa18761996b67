package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.gossip.MemberEvent;
import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.inventory.Service;
import dev.swarmlens.analyzer.report.Names;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Docker's DNS goes on saying that there is no such name although the service's tasks are alive: their node was taken for dead, came
 * back, and its names did not come back with it.
 */
final class StaleNames implements Diagnosis {
    private static final int ENOUGH = 3;
    private static final long SECOND = 1_000_000_000L;
    private static final long LONG_ENOUGH = 5 * SECOND;
    /** A service that is removed loses its name at once, and its containers may take so long to end: docker stop's patience. */
    private static final long GRACE = 10 * SECOND;
    /** Before a service's name, it asks for the addresses of its tasks. */
    private static final String TASKS = "tasks.";

    @Override
    public String id() {
        return "SW-25";
    }

    @Override
    public String title() {
        return "A service's name stays unknown after its node came back";
    }

    private record Refusal(Packet packet, String name) {}

    /** What was asked for at one place about one service: its name, and that of its tasks. */
    private static final class Asked {
        private final Vantage vantage;
        private final String service;
        private Packet good;
        private final Set<Address> answered = new LinkedHashSet<>();
        private final List<Refusal> refusals = new ArrayList<>();

        Asked(Vantage vantage, String service) {
            this.vantage = vantage;
            this.service = service;
        }

        void add(DnsAnswers.History history) {
            answered.addAll(history.addresses());
            history.refusals().forEach(refusal -> refusals.add(new Refusal(refusal, history.name())));
            if (history.good() != null && (good == null || history.good().time() > good.time())) {
                good = history.good();
            }
        }

        /** The refusals after which nothing was well, and from a moment on, oldest first. */
        List<Refusal> refusalsSince(long moment) {
            return refusals.stream()
                    .filter(refusal -> refusal.packet().time() >= moment
                            && (good == null || refusal.packet().time() > good.time()))
                    .sorted(Comparator.comparingLong(refusal -> refusal.packet().time()))
                    .toList();
        }
    }

    /**
     * That a name is refused though a task of the service lives.
     *
     * @param node where it runs; {@code null} if that is not known
     * @param absence when that node was away; {@code null} if it was not seen to be
     */
    private record Stale(Asked asked, List<Refusal> refusals, Address task, Address node, CloseUp.Silence absence) {
        Confidence confidence() {
            return absence == null ? Confidence.POSSIBLE : Confidence.LIKELY;
        }
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<List<Object>, Asked> all = new LinkedHashMap<>();
        for (DnsAnswers.History history : examination.closeUp().dnsAnswers().histories()) {
            Packet any = history.good() != null ? history.good() : first(history.refusals());
            if (any != null) {
                Vantage vantage = examination.vantageOf(any);
                String service =
                        history.name().startsWith(TASKS) ? history.name().substring(TASKS.length()) : history.name();
                all.computeIfAbsent(List.of(vantage, service), key -> new Asked(vantage, service))
                        .add(history);
            }
        }
        Map<List<String>, Stale> stale = new LinkedHashMap<>();
        for (Asked asked : all.values()) {
            if (isLasting(asked.refusalsSince(Long.MIN_VALUE)) && isService(examination, asked)) {
                addresses(examination, asked)
                        .map(task -> stale(examination, asked, task))
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(Stale::confidence))
                        .ifPresent(found -> stale.merge(
                                List.of(asked.vantage.node(), asked.service),
                                found,
                                (one, other) -> other.confidence().compareTo(one.confidence()) > 0 ? other : one));
            }
        }
        return stale.values().stream().map(found -> finding(examination, found)).toList();
    }

    private static Packet first(List<Packet> packets) {
        return packets.isEmpty() ? null : packets.get(0);
    }

    private static boolean isLasting(List<Refusal> refusals) {
        return refusals.size() >= ENOUGH
                && refusals.get(refusals.size() - 1).packet().time()
                                - refusals.get(0).packet().time()
                        >= LONG_ENOUGH;
    }

    /** Whether a name is a service's that can be known there: it had been, or Docker says so. */
    private static boolean isService(Examination examination, Asked asked) {
        return asked.answered.stream().anyMatch(address -> isInOverlay(examination, address))
                || hasPart(asked.vantage, subnets(examination.names().inventory(), asked.service));
    }

    private static boolean isInOverlay(Examination examination, Address address) {
        return examination.report().networks().stream()
                .flatMap(network -> Stream.concat(network.subnets().stream(), network.assumedSubnets().stream()))
                .anyMatch(subnet -> OverlappingSubnets.contains(subnet, address));
    }

    /** The subnets of the networks in which a service has its name: all but the routing mesh's. */
    private static List<String> subnets(Inventory inventory, String service) {
        Set<String> networks = new HashSet<>();
        inventory.services().stream()
                .filter(known -> known.name().equalsIgnoreCase(service))
                .map(Service::virtualIps)
                .forEach(addresses -> networks.addAll(addresses.keySet()));
        endpoints(inventory, service).forEach(endpoint -> networks.add(endpoint.networkId()));
        return inventory.networks().stream()
                .filter(network -> networks.contains(network.id()) && !network.ingress())
                .flatMap(network -> network.subnets().stream())
                .toList();
    }

    private static Stream<Endpoint> endpoints(Inventory inventory, String service) {
        return inventory.endpoints().stream()
                .filter(endpoint -> endpoint.serviceName().equalsIgnoreCase(service));
    }

    /** Whether somebody with an address in one of the subnets was seen somewhere. */
    private static boolean hasPart(Vantage vantage, List<String> subnets) {
        Conversations rows = vantage.seen().flows().conversations();
        for (int row = 0; row < rows.size() && !subnets.isEmpty(); row++) {
            for (int direction = 0; direction < 2; direction++) {
                Address address = rows.address(row, direction);
                if (rows.vni(row) == Sighting.UNDERLAY
                        && subnets.stream().anyMatch(subnet -> OverlappingSubnets.contains(subnet, address))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The addresses that a service has or had, of its tasks or of its own. */
    private static Stream<Address> addresses(Examination examination, Asked asked) {
        Inventory inventory = examination.names().inventory();
        Stream<String> known = endpoints(inventory, asked.service).map(Endpoint::ip);
        Report.Gossip gossip = examination.report().gossip();
        Stream<String> gossiped = gossip == null
                ? Stream.empty()
                : gossip.entries().stream()
                        .filter(entry -> asked.service.equalsIgnoreCase(entry.service()))
                        .map(Report.GossipEntry::ip);
        return Stream.concat(
                        asked.answered.stream(), Stream.concat(known, gossiped).flatMap(ip -> Names.parse(ip).stream()))
                .distinct()
                .filter(address -> !isOfAnother(inventory, address, asked.service));
    }

    /** Whether an address is known to be another service's by now. A stack's services have their short names as well. */
    private static boolean isOfAnother(Inventory inventory, Address address, String service) {
        List<String> owners = inventory.endpoints().stream()
                .filter(endpoint -> endpoint.ip().equals(address.toString()))
                .map(Endpoint::serviceName)
                .filter(owner -> !owner.isEmpty())
                .toList();
        return !owners.isEmpty()
                && owners.stream().noneMatch(owner -> owner.equalsIgnoreCase(service) || owner.endsWith("_" + service));
    }

    /** Whether a name is refused for long although a task of its service lives, and its node is there again; else {@code null}. */
    private static Stale stale(Examination examination, Asked asked, Address task) {
        List<Refusal> all = asked.refusalsSince(Long.MIN_VALUE);
        long begin = all.get(0).packet().time();
        Address node = node(examination, task);
        CloseUp.Silence absence = node == null
                ? null
                : absence(
                        examination,
                        node,
                        begin,
                        all.get(all.size() - 1).packet().time());
        List<Refusal> refusals = absence == null ? all : asked.refusalsSince(absence.to());
        return isLasting(refusals)
                        && isAlive(examination, task, refusals.get(0).packet().time() + GRACE)
                ? new Stale(asked, refusals, task, node, absence)
                : null;
    }

    /** The node on which an address is. */
    private static Address node(Examination examination, Address task) {
        String ip = task.toString();
        return examination.report().endpoints().stream()
                .filter(endpoint -> endpoint.ip().equals(ip))
                .map(Report.Endpoint::vtep)
                .findFirst()
                .or(() -> examination.names().inventory().endpoints().stream()
                        .filter(endpoint -> endpoint.ip().equals(ip)
                                && !endpoint.nodeAddress().isEmpty())
                        .map(Endpoint::nodeAddress)
                        .findFirst())
                .flatMap(Names::parse)
                .orElse(null);
    }

    /** When a node was away, or was taken for dead, so that names may have been lost by it; {@code null} if it was not. */
    private static CloseUp.Silence absence(Examination examination, Address node, long first, long last) {
        CloseUp.Silence seen = examination.closeUp().lastSilence(node, Examination.AWAY_SECONDS, last);
        CloseUp.Silence told = toldAbsence(examination, node, last);
        CloseUp.Silence later = seen == null || told != null && told.to() > seen.to() ? told : seen;
        return later != null && later.from() <= first ? later : null;
    }

    /** When a node was last taken for dead and then found to live, by what was gossiped before a moment. */
    private static CloseUp.Silence toldAbsence(Examination examination, Address node, long before) {
        Report.Gossip gossip = examination.report().gossip();
        CloseUp.Silence absence = null;
        Long gone = null;
        for (Report.GossipEvent event : gossip == null ? List.<Report.GossipEvent>of() : gossip.events()) {
            if (event.time() != null
                    && event.time() <= before
                    && node.toString().equals(event.address())) {
                if (event.event() == MemberEvent.Kind.SUSPECTED || event.event() == MemberEvent.Kind.DEAD) {
                    gone = gone == null ? event.time() : gone;
                } else if (gone != null
                        && (event.event() == MemberEvent.Kind.ALIVE || event.event() == MemberEvent.Kind.JOINED)) {
                    absence = new CloseUp.Silence(gone, event.time());
                    gone = null;
                }
            }
        }
        return absence;
    }

    /** Whether an address sent anything at a moment or later. */
    private static boolean isAlive(Examination examination, Address address, long moment) {
        String ip = address.toString();
        return examination.closeUp().lastSpoken(address) >= moment
                || examination.report().endpoints().stream()
                        .anyMatch(endpoint ->
                                endpoint.ip().equals(ip) && endpoint.last() != null && endpoint.last() >= moment);
    }

    private Report.Finding finding(Examination examination, Stale stale) {
        Asked asked = stale.asked();
        List<Refusal> refusals = stale.refusals();
        Address home = examination.home(asked.vantage);
        String here = home == null ? "the node of " + asked.vantage.node() : examination.node(home);
        String shortHere = home == null ? "the node of " + asked.vantage.node() : examination.shortNode(home);
        String there = stale.node() == null ? null : examination.node(stale.node());
        long first = refusals.get(0).packet().time();
        long seconds = (refusals.get(refusals.size() - 1).packet().time() - first) / SECOND;
        List<Report.Evidence> evidence = new ArrayList<>();
        if (asked.good != null) {
            evidence.add(examination.evidence(asked.good, "the last good answer for " + asked.service));
        }
        refusals.stream()
                .limit(Findings.MOST_EVIDENCE - evidence.size())
                .forEach(refusal -> evidence.add(examination.evidence(
                        refusal.packet(), "127.0.0.11 says that there is no " + refusal.name() + " (NXDOMAIN)")));
        Findings finding = Findings.begin(this, Severity.ERROR, stale.confidence())
                .about("service", asked.service)
                .about("askedOn", here)
                .about("task", stale.task())
                .about("answers", refusals.size());
        if (there != null) {
            finding.about("node", there);
        }
        return finding.shownBy(evidence)
                .means("For " + seconds + " s and more, Docker's DNS on " + here + " has said that there is no "
                        + asked.service + " while " + stale.task() + ", where it runs"
                        + (there == null ? "" : " on " + there)
                        + ", was alive"
                        + (stale.absence() == null ? "" : ", after that node had been away and had come back")
                        + ". The daemon on " + shortHere
                        + " dropped the names of a node that seemed dead, and does not take them again until they are"
                        + " announced anew: addresses work, names do not.")
                .fixedBy(
                        "On a manager, start the service's tasks anew, which announces their names:",
                        Findings.type("docker service update --force " + asked.service),
                        "Or let the daemon with the stale names, that of " + shortHere
                                + ", begin again, if many names are concerned:",
                        Findings.type("systemctl restart docker    # on " + shortHere),
                        "Engines from 29.0 on lose names so; newer ones are mended (moby issue 53141, mended in July 2026 by"
                                + " pull request 53142):",
                        Findings.type("docker version --format '{{.Server.Version}}'"))
                .wouldBeProvenBy(
                        stale.absence() == null
                                ? "A capture of the underlay on " + shortHere
                                        + " that began before the node failed: it falls silent, and is heard again."
                                : "docker network inspect -v of the network, on " + shortHere
                                        + " and on another node: here the service is missing, there it is not.")
                .end();
    }
}
