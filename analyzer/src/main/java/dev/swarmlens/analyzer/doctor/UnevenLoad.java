package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connections go round, but the work does not: a few that are kept alive carry most of it. Or they do not even go round. */
final class UnevenLoad implements Diagnosis {
    private static final int MANY_CONNECTIONS = 20;
    private static final int MANY_OF_ONE = 5;
    private static final int TIMES_AS_MUCH = 4;
    private static final double NO_CHANCE = 1e-4;

    @Override
    public String id() {
        return "SW-10";
    }

    @Override
    public String title() {
        return "Replicas do not get the same load";
    }

    /** What a replica got through all entry nodes. */
    private record Load(String ip, long connections, long unanswered, long bytes) {
        Load plus(Report.Backend backend) {
            return new Load(
                    ip,
                    connections + backend.connections(),
                    unanswered + backend.unanswered(),
                    bytes + backend.bytes());
        }

        double bytesEach() {
            return (double) bytes / Math.max(1, connections);
        }
    }

    /**
     * What a replica got.
     *
     * @param entry the load balancer it came through; {@code null} for all
     */
    record Share(int vni, Address replica, Address entry) {
        /** Whether a conversation is part of it. */
        boolean has(Conversations rows, int row) {
            return rows.vni(row) == vni
                    && (isBetween(rows.address(row, 0), rows.address(row, 1))
                            || isBetween(rows.address(row, 1), rows.address(row, 0)));
        }

        private boolean isBetween(Address from, Address to) {
            return to.equals(replica) && (entry == null || from.equals(entry));
        }
    }

    /** Shares that are not as they should be. */
    static List<Share> shares(Report report) {
        List<Share> shares = new ArrayList<>();
        for (Report.Ingress service : report.ingress()) {
            if (service.vni() != null) {
                service.entries().stream()
                        .filter(UnevenLoad::isUnfair)
                        .forEach(entry -> shares.addAll(shares(service, entry)));
                heavy(service).ifPresent(most -> shares.add(new Share(service.vni(), Address.of(most.ip()), null)));
            }
        }
        return shares;
    }

    private static List<Share> shares(Report.Ingress service, Report.Entry entry) {
        return entry.backends().stream()
                .map(backend -> new Share(
                        service.vni(),
                        Address.of(backend.ip()),
                        entry.loadBalancerIp() == null ? null : Address.of(entry.loadBalancerIp())))
                .toList();
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (Report.Ingress service : examination.report().ingress()) {
            service.entries().stream()
                    .filter(UnevenLoad::isUnfair)
                    .forEach(entry -> findings.add(unfair(examination, service, entry)));
            heavy(service).ifPresent(most -> findings.add(heavy(examination, service, most)));
        }
        return findings;
    }

    /** Connections of a share, as evidence: those that carried most. */
    private static List<Report.Evidence> evidence(Examination examination, Share share, int limit) {
        return examination.exchanges().stream()
                .filter(exchange -> !exchange.packets().isEmpty() && exchange.isOf(share))
                .sorted(Comparator.comparingLong(exchange -> -exchange.bytes()))
                .limit(limit)
                .map(exchange -> examination.evidence(
                        exchange.packets().get(0),
                        "a connection of " + exchange.bytes() + " bytes to "
                                + examination.endpoint(share.vni(), share.replica()) + " begins"))
                .toList();
    }

    /** Whether connections did not go round though the replicas stayed the same. */
    private static boolean isUnfair(Report.Entry entry) {
        Report.RoundRobin turns = entry.roundRobin();
        return entry.fairness() != null
                && entry.fairness().chiSquareP() != null
                && entry.fairness().chiSquareP() < NO_CHANCE
                && turns != null
                && turns.changes().size() <= 1
                && turns.outOfOrder() > turns.inOrder();
    }

    private static Map<String, Load> loads(Report.Ingress service) {
        Map<String, Load> loads = new TreeMap<>();
        service.entries().stream()
                .flatMap(entry -> entry.backends().stream())
                .forEach(backend -> loads.put(
                        backend.ip(),
                        loads.getOrDefault(backend.ip(), new Load(backend.ip(), 0, 0, 0))
                                .plus(backend)));
        return loads;
    }

    /** The replica whose connections carry far more than those of each other one, if there is one. */
    private static Optional<Load> heavy(Report.Ingress service) {
        Map<String, Load> loads = loads(service);
        long connections = loads.values().stream().mapToLong(Load::connections).sum();
        return loads.values().stream()
                .max(Comparator.comparingDouble(Load::bytesEach))
                .filter(most -> connections >= MANY_CONNECTIONS
                        && most.connections() >= MANY_OF_ONE
                        && most.unanswered() == 0
                        && most.bytesEach() >= TIMES_AS_MUCH * bytesEachOfOthers(loads.values(), most));
    }

    private static double bytesEachOfOthers(Collection<Load> loads, Load most) {
        return loads.stream()
                .filter(load -> !load.ip().equals(most.ip()))
                .mapToDouble(Load::bytesEach)
                .max()
                .orElse(Double.MAX_VALUE);
    }

    private static String name(Examination examination, Report.Ingress service, String ip) {
        return examination.endpoint(service.vni() == null ? -1 : service.vni(), Address.of(ip));
    }

    private static String service(Report.Ingress service) {
        return service.service() == null ? "port " + service.publishedPorts() : service.service();
    }

    private Report.Finding unfair(Examination examination, Report.Ingress service, Report.Entry entry) {
        List<String> shares = entry.backends().stream()
                .map(backend -> name(examination, service, backend.ip()) + ": " + backend.connections())
                .toList();
        return Findings.begin(this, Severity.WARNING, Confidence.LIKELY)
                .about("service", service(service))
                .about("entry", entry.node() == null ? entry.address() : entry.node())
                .about("connections", String.join(", ", shares))
                .shownBy((service.vni() == null ? List.<Share>of() : shares(service, entry))
                        .stream()
                                .flatMap(share -> evidence(examination, share, 2).stream())
                                .toList())
                .means("The connections to " + service(service) + " through "
                        + (entry.node() == null ? entry.address() : entry.node())
                        + " do not go round: " + String.join(", ", shares)
                        + ". Docker's load balancer takes turns, so something else chose, or its table is wrong.")
                .fixedBy(
                        "On that node, see the table; every replica must be there once, with weight 1:",
                        Findings.type("nsenter --net=/run/docker/netns/ingress_sbox ipvsadm -Ln"))
                .wouldBeProvenBy("The same on that node, with --inventory.")
                .end();
    }

    private Report.Finding heavy(Examination examination, Report.Ingress service, Load most) {
        Collection<Load> loads = loads(service).values();
        long bytes = loads.stream().mapToLong(Load::bytes).sum();
        long connections = loads.stream().mapToLong(Load::connections).sum();
        String replica = name(examination, service, most.ip());
        return Findings.begin(this, Severity.INFO, Confidence.LIKELY)
                .about("service", service(service))
                .about("replica", replica)
                .about("shareOfConnections", 100 * most.connections() / connections + " %")
                .about("shareOfBytes", 100 * most.bytes() / bytes + " %")
                .shownBy(
                        service.vni() == null
                                ? List.of()
                                : evidence(
                                        examination,
                                        new Share(service.vni(), Address.of(most.ip()), null),
                                        Findings.MOST_EVIDENCE))
                .means("The replica " + replica + " of " + service(service) + " gets its fair share of connections ("
                        + 100 * most.connections() / connections + " %), but " + 100 * most.bytes() / bytes
                        + " % of the bytes. Turns are taken by connections, not by requests: connections that are kept alive"
                        + " pin their clients to one replica.")
                .fixedBy(
                        "Let clients or proxies close connections after some requests (keepalive_requests in nginx), or use"
                                + " endpoint mode dnsrr and balance in the proxy.")
                .wouldBeProvenBy("A capture on the replica's node that shows several requests a connection.")
                .end();
    }
}
