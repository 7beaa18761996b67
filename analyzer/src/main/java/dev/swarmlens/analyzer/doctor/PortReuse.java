package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A client uses its port again so soon that the load balancer drops the first SYN: the connection begins a second late. */
final class PortReuse implements Diagnosis {
    /** The client sends the SYN again after a second. */
    private static final long FROM = 900_000_000L;

    private static final long TO = 1_500_000_000L;
    /** So long the load balancer remembers a closed connection. */
    private static final long REMEMBERED = 120_000_000_000L;

    private static final int ENOUGH = 3;

    @Override
    public String id() {
        return "SW-19";
    }

    @Override
    public String title() {
        return "Connections from a port used before begin a second late";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Address, Integer> late = new TreeMap<>();
        for (Vantage vantage : examination.vantages()) {
            Map<Integer, Integer> again = new HashMap<>();
            Conversations rows = vantage.seen().flows().conversations();
            for (int row = 0; row < rows.size(); row++) {
                if (rows.vni(row) == Sighting.UNDERLAY && isAgain(rows, row)) {
                    again.put(rows.initialSequence(row), row);
                }
            }
            for (int row = 0; row < rows.size() && !again.isEmpty(); row++) {
                Integer client = rows.vni(row) != Sighting.UNDERLAY && rows.hasSyn(row)
                        ? again.get(rows.initialSequence(row))
                        : null;
                if (client != null) {
                    long delay = rows.synTime(row) - rows.synTime(client);
                    if (delay >= FROM && delay <= TO) {
                        late.merge(rows.address(client, 1 - rows.initiator(client)), 1, Integer::sum);
                    }
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        late.forEach((node, connections) -> {
            if (connections >= ENOUGH) {
                findings.add(finding(examination, node, connections));
            }
        });
        return findings;
    }

    /** Whether a connection begins from a port from which another one had been shortly before. */
    private static boolean isAgain(Conversations rows, int row) {
        int previous = rows.previous(row);
        return rows.protocol(row) == IpProtocol.TCP.code()
                && rows.hasSyn(row)
                && previous != Conversations.NONE
                && rows.synTime(row) - rows.last(previous) < REMEMBERED;
    }

    private Report.Finding finding(Examination examination, Address node, int connections) {
        return Findings.begin(this, Severity.WARNING, Confidence.LIKELY)
                .about("node", examination.node(node))
                .about("connections", connections)
                .means(connections + " connections through " + examination.node(node)
                        + " came from a client's port that had been"
                        + " used less than two minutes before: the load balancer (IPVS) dropped their first SYN, and took the"
                        + " copy a second later. Clients see it as requests that take a second longer.")
                .fixedBy(
                        "Let the clients keep connections alive, or use more ports or addresses; or on "
                                + examination.shortNode(node) + ", if its kernel is 5.9 or newer:",
                        Findings.type(
                                "nsenter --net=/run/docker/netns/ingress_sbox sysctl -w net.ipv4.vs.conn_reuse_mode=1"))
                .wouldBeProvenBy("A capture inside ingress_sbox of " + examination.shortNode(node) + ".")
                .end();
    }
}
