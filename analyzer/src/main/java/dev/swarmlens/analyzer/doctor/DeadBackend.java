package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A load balancer keeps sending connections to a replica that does not take them. */
final class DeadBackend implements Diagnosis {
    private static final int ENOUGH = 3;

    /** Where a service's connections are sent. */
    private record Backend(int vni, Address ip, int port) {
        private static final Comparator<Backend> ORDER =
                Comparator.comparingInt(Backend::vni).thenComparing(Backend::ip).thenComparingInt(Backend::port);
    }

    /** An address in a network. */
    private record Place(int vni, Address ip) {}

    @Override
    public String id() {
        return "SW-09";
    }

    @Override
    public String title() {
        return "The load balancer sends connections to a replica that does not take them";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Set<Place> balancers = new HashSet<>();
        examination.report().endpoints().stream()
                .filter(endpoint -> endpoint.kind() == Report.Kind.LOAD_BALANCER)
                .forEach(endpoint -> balancers.add(new Place(endpoint.vni(), Address.of(endpoint.ip()))));
        Map<Backend, List<Probe>> failed = new TreeMap<>(Backend.ORDER);
        Map<Backend, List<Probe>> taken = new HashMap<>();
        for (Probe probe : examination.probes()) {
            if (probe.kind() == Probe.Kind.SYN && balancers.contains(new Place(probe.vni(), probe.from()))) {
                Map<Backend, List<Probe>> where = probe.isAnswered() ? taken : failed;
                where.computeIfAbsent(new Backend(probe.vni(), probe.to(), probe.toPort()), any -> new ArrayList<>())
                        .add(probe);
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        failed.forEach((backend, probes) -> {
            List<Probe> lasting = lasting(probes, taken.getOrDefault(backend, List.of()));
            int frames =
                    lasting.stream().mapToInt(probe -> probe.copies().size()).sum();
            if (frames >= ENOUGH) {
                findings.add(finding(examination, backend, lasting));
            }
        });
        return findings;
    }

    /** Those that failed in a row: a replica that takes connections in between is alive. */
    private static List<Probe> lasting(List<Probe> failed, List<Probe> taken) {
        List<Probe> lasting = new ArrayList<>();
        List<Probe> run = new ArrayList<>();
        for (Probe probe : failed) {
            if (!run.isEmpty()) {
                long from = run.get(run.size() - 1).last();
                boolean between =
                        taken.stream().anyMatch(other -> other.first() > from && other.first() < probe.first());
                if (between) {
                    keepIfMany(run, lasting);
                    run.clear();
                }
            }
            run.add(probe);
        }
        keepIfMany(run, lasting);
        return lasting;
    }

    private static void keepIfMany(List<Probe> run, List<Probe> lasting) {
        if (run.stream().mapToInt(probe -> probe.copies().size()).sum() >= ENOUGH) {
            lasting.addAll(run);
        }
    }

    /** The connections that other replicas of the service took meanwhile. */
    private static long takenByOthers(Examination examination, Backend backend, List<Probe> failed) {
        long first = failed.stream().mapToLong(Probe::first).min().orElseThrow();
        long last = failed.stream().mapToLong(Probe::last).max().orElseThrow();
        long most = 0;
        for (Vantage vantage : examination.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            long here = 0;
            for (int row = 0; row < rows.size(); row++) {
                if (rows.vni(row) == backend.vni()
                        && rows.protocol(row) == IpProtocol.TCP.code()
                        && rows.isAnswered(row)
                        && rows.first(row) >= first
                        && rows.first(row) <= last) {
                    int responder = 1 - rows.initiator(row);
                    if (rows.port(row, responder) == backend.port()
                            && !rows.address(row, responder).equals(backend.ip())) {
                        here++;
                    }
                }
            }
            most = Math.max(most, here);
        }
        return most;
    }

    private Report.Finding finding(Examination examination, Backend backend, List<Probe> probes) {
        examination.explain(probes);
        Map<Address, Integer> entries = new LinkedHashMap<>();
        Map<Address, Set<Probe.Identity>> connections = new LinkedHashMap<>();
        probes.forEach(probe -> connections
                .computeIfAbsent(probe.source(), any -> new HashSet<>())
                .add(probe.identity()));
        connections.forEach((entry, identities) -> entries.put(entry, identities.size()));
        boolean refused = probes.stream().anyMatch(probe -> probe.outcome() == Probe.Outcome.REFUSED);
        boolean silent = probes.stream().anyMatch(Probe::isSilent);
        long others = takenByOthers(examination, backend, probes);
        boolean arrives = probes.stream().anyMatch(examination::atReceiver);
        Confidence confidence = refused || arrives && (others > 0 || entries.size() > 1)
                ? Confidence.PROVEN
                : arrives || others > 0 || entries.size() > 1 ? Confidence.LIKELY : Confidence.POSSIBLE;
        Address vtep = probes.get(0).destination();
        String service = service(examination, backend);
        String replica = examination.endpoint(backend.vni(), backend.ip());
        String what = refused && silent ? "ignores or refuses" : refused ? "refuses" : "does not answer";
        Set<String> nodes = new TreeSet<>();
        entries.keySet().forEach(entry -> nodes.add(examination.shortNode(entry)));
        int failures = entries.values().stream().mapToInt(Integer::intValue).sum();
        return Findings.begin(this, Severity.ERROR, confidence)
                .about("replica", replica)
                .about("node", examination.node(vtep))
                .about("network", examination.network(backend.vni()))
                .about("port", backend.port())
                .about("entries", String.join(", ", nodes))
                .about("failedConnections", failures)
                .shownBy(examination.evidence(probes))
                .means("The replica " + replica + (service == null ? "" : " of " + service) + " on "
                        + examination.node(vtep) + " " + what + " connections to port " + backend.port()
                        + ", but the load balancers of " + String.join(", ", nodes) + " keep sending it its turn: "
                        + failures + (failures == 1 ? " connection" : " connections") + " failed"
                        + (others > 0 ? ", while other replicas took " + others : "")
                        + ". Clients see it as every so many requests hanging or failing.")
                .fixedBy(
                        "On " + examination.shortNode(vtep) + ", see whether it listens:",
                        Findings.type("docker ps --filter name=" + (service == null ? "SERVICE" : service)
                                + "; docker exec CONTAINER netstat -ltn"),
                        "Replace it:",
                        Findings.type("docker service update --force " + (service == null ? "SERVICE" : service)),
                        "A HEALTHCHECK in its image takes such a replica out of turn by itself.")
                .wouldBeProvenBy(
                        arrives
                                ? "A capture on an entry node, which shows the other replicas answering."
                                : "A capture on " + examination.shortNode(vtep)
                                        + ": it shows whether the connections arrive there.")
                .end();
    }

    private static String service(Examination examination, Backend backend) {
        return examination.report().ingress().stream()
                .filter(service -> service.vni() != null && service.vni() == backend.vni())
                .filter(service -> service.entries().stream()
                        .flatMap(entry -> entry.backends().stream())
                        .anyMatch(known -> known.ip().equals(backend.ip().toString())))
                .map(Report.Ingress::service)
                .filter(name -> name != null)
                .findFirst()
                .orElse(null);
    }
}
