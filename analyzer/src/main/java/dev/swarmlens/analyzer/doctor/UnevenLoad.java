package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;

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

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (Report.Ingress service : examination.report().ingress()) {
            for (Report.Entry entry : service.entries()) {
                if (entry.fairness() != null && entry.backends().size() > 1) {
                    consider(examination, service, entry, findings);
                }
            }
        }
        return findings;
    }

    private void consider(
            Examination examination, Report.Ingress service, Report.Entry entry, List<Report.Finding> findings) {
        Double p = entry.fairness().chiSquareP();
        Report.RoundRobin turns = entry.roundRobin();
        boolean stable = turns != null && turns.changes().size() <= 1;
        if (p != null && p < NO_CHANCE && stable && turns.outOfOrder() > turns.inOrder()) {
            findings.add(unfair(examination, service, entry));
            return;
        }
        long connections =
                entry.backends().stream().mapToLong(Report.Backend::connections).sum();
        if (connections < MANY_CONNECTIONS) {
            return;
        }
        for (Report.Backend backend : entry.backends()) {
            long others = entry.backends().stream()
                    .filter(other -> !other.ip().equals(backend.ip()) && other.connections() > 0)
                    .mapToLong(other -> other.bytes() / other.connections())
                    .max()
                    .orElse(0);
            if (backend.connections() >= MANY_OF_ONE
                    && backend.unanswered() == 0
                    && others > 0
                    && backend.bytes() / backend.connections() >= TIMES_AS_MUCH * others) {
                findings.add(heavy(examination, service, entry, backend));
            }
        }
    }

    private static String name(Examination examination, Report.Ingress service, Report.Backend backend) {
        return examination.endpoint(service.vni() == null ? -1 : service.vni(), Address.of(backend.ip()));
    }

    private static String service(Report.Ingress service) {
        return service.service() == null ? "port " + service.publishedPorts() : service.service();
    }

    private Report.Finding unfair(Examination examination, Report.Ingress service, Report.Entry entry) {
        List<String> shares = entry.backends().stream()
                .map(backend -> name(examination, service, backend) + ": " + backend.connections())
                .toList();
        return Findings.begin(this, Severity.WARNING, Confidence.LIKELY)
                .about("service", service(service))
                .about("entry", entry.node() == null ? entry.address() : entry.node())
                .about("connections", String.join(", ", shares))
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

    private Report.Finding heavy(
            Examination examination, Report.Ingress service, Report.Entry entry, Report.Backend backend) {
        long bytes = entry.backends().stream().mapToLong(Report.Backend::bytes).sum();
        long connections =
                entry.backends().stream().mapToLong(Report.Backend::connections).sum();
        String replica = name(examination, service, backend);
        return Findings.begin(this, Severity.INFO, Confidence.LIKELY)
                .about("service", service(service))
                .about("entry", entry.node() == null ? entry.address() : entry.node())
                .about("replica", replica)
                .about("shareOfConnections", 100 * backend.connections() / connections + " %")
                .about("shareOfBytes", 100 * backend.bytes() / bytes + " %")
                .means("The replica " + replica + " of " + service(service) + " gets its fair share of connections ("
                        + 100 * backend.connections() / connections + " %), but " + 100 * backend.bytes() / bytes
                        + " % of the bytes. Turns are taken by connections, not by requests: connections that are kept alive"
                        + " pin their clients to one replica.")
                .fixedBy(
                        "Let clients or proxies close connections after some requests (keepalive_requests in nginx), or use"
                                + " endpoint mode dnsrr and balance in the proxy.")
                .wouldBeProvenBy("A capture on the replica's node that shows several requests a connection.")
                .end();
    }
}
