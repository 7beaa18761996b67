package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A client's datagrams keep going to a replica that is gone, because the load balancer remembers where they went. */
final class StuckDatagrams implements Diagnosis {
    private static final int ENOUGH = 5;
    private static final long LONG_ENOUGH = 3_000_000_000L;

    /** A service's port at a replica. */
    private record Replica(int vni, Address ip, int port) {
        private static final Comparator<Replica> ORDER =
                Comparator.comparingInt(Replica::vni).thenComparing(Replica::ip).thenComparingInt(Replica::port);
    }

    @Override
    public String id() {
        return "SW-20";
    }

    @Override
    public String title() {
        return "UDP keeps going to a replica that does not answer";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Replica, List<Probe>> silent = new TreeMap<>(Replica.ORDER);
        for (Probe probe : examination.probes()) {
            boolean lasting = probe.copies().size() >= ENOUGH && probe.last() - probe.first() >= LONG_ENOUGH;
            if (probe.kind() == Probe.Kind.DATAGRAM && probe.isSilent() && lasting && othersAnswer(probe)) {
                silent.computeIfAbsent(new Replica(probe.vni(), probe.to(), probe.toPort()), any -> new ArrayList<>())
                        .add(probe);
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        silent.forEach((replica, probes) -> findings.add(finding(examination, replica, probes)));
        return findings;
    }

    /** Whether other replicas answer the same kind of datagrams, from the same load balancer: some protocols never do. */
    private static boolean othersAnswer(Probe probe) {
        Conversations rows = probe.vantage().seen().flows().conversations();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.vni(row) == probe.vni() && rows.protocol(row) == IpProtocol.UDP.code()) {
                for (int direction = 0; direction < 2; direction++) {
                    if (rows.port(row, 1 - direction) == probe.toPort()
                            && rows.address(row, direction).equals(probe.from())
                            && !rows.address(row, 1 - direction).equals(probe.to())
                            && rows.packets(row, direction) > 0
                            && rows.packets(row, 1 - direction) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private Report.Finding finding(Examination examination, Replica replica, List<Probe> probes) {
        examination.explain(probes);
        Address entry = probes.get(0).source();
        String name = examination.endpoint(replica.vni(), replica.ip());
        return Findings.begin(this, Severity.WARNING, Confidence.LIKELY)
                .about("replica", name)
                .about("network", examination.network(replica.vni()))
                .about("port", replica.port())
                .about("entry", examination.node(entry))
                .shownBy(examination.evidence(probes))
                .means("Datagrams to port " + replica.port() + " keep going from " + examination.node(entry) + " to "
                        + name
                        + ", which does not answer, while other replicas do. The load balancer remembers for 300 s after the"
                        + " last datagram where a client's port went, so a client that never pauses is stuck for good.")
                .fixedBy(
                        "Forget what is remembered, on " + examination.shortNode(entry) + ":",
                        Findings.type("nsenter --net=/run/docker/netns/ingress_sbox conntrack -D -p udp --dport "
                                + replica.port()),
                        "Or let the client use a new port now and then, or pause.")
                .wouldBeProvenBy("ipvsadm -lnc inside ingress_sbox of " + examination.shortNode(entry) + ".")
                .end();
    }
}
