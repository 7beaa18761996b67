package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.EspTunnels;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An overlay that shall be encrypted leaves a node in clear. */
final class Cleartext implements Diagnosis {
    /** Few packets in clear without one back may be the beginning of something. */
    private static final int ENOUGH = 3;

    /** Who sends to whom in which network. */
    private record Leak(int vni, Address source, Address destination) {
        private static final Comparator<Leak> ORDER =
                Comparator.comparingInt(Leak::vni).thenComparing(Leak::source).thenComparing(Leak::destination);
    }

    /** How much, and when. */
    private record Amount(long packets, long first, long last) {
        Amount max(Amount other) {
            return new Amount(
                    Math.max(packets, other.packets), Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    @Override
    public String id() {
        return "SW-14d";
    }

    @Override
    public String title() {
        return "An encrypted network's packets leave in clear";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Leak, Amount> declared = new TreeMap<>(Leak.ORDER);
        Map<Leak, Amount> suspected = new TreeMap<>(Leak.ORDER);
        for (Vantage vantage : examination.vantages()) {
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                Leak leak = new Leak(tunnels.vni(row), tunnels.source(row), tunnels.destination(row));
                long clear = tunnels.packets(row) - tunnels.encrypted(row);
                Amount amount = new Amount(clear, tunnels.first(row), tunnels.last(row));
                if (clear == 0) {
                    continue;
                }
                if (examination.isEncrypted(leak.vni())) {
                    declared.merge(leak, amount, Amount::max);
                } else if (isSuspect(examination, vantage, leak, amount)) {
                    suspected.merge(leak, amount, Amount::max);
                }
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        findings.addAll(findings(examination, declared, Confidence.PROVEN));
        findings.addAll(findings(examination, suspected, Confidence.LIKELY));
        return findings;
    }

    /** One finding for each node and network. */
    private List<Report.Finding> findings(Examination examination, Map<Leak, Amount> leaks, Confidence confidence) {
        Map<String, List<Leak>> byNode = new LinkedHashMap<>();
        leaks.keySet()
                .forEach(leak -> byNode.computeIfAbsent(leak.vni() + " " + leak.source(), any -> new ArrayList<>())
                        .add(leak));
        return byNode.values().stream()
                .map(ofNode -> finding(
                        examination,
                        ofNode,
                        ofNode.stream()
                                .mapToLong(leak -> leaks.get(leak).packets())
                                .sum(),
                        confidence))
                .toList();
    }

    /** Whether nobody says of a network that it is encrypted, but what is sent in clear is answered in ESP. */
    private static boolean isSuspect(Examination examination, Vantage vantage, Leak leak, Amount amount) {
        return examination.names().network(leak.vni()).isEmpty()
                && !examination.names().isIngress(leak.vni())
                && amount.packets() >= ENOUGH
                && packets(vantage, leak.vni(), leak.destination(), leak.source()) == 0
                && isAnsweredInEsp(vantage, leak, amount);
    }

    private static long packets(Vantage vantage, int vni, Address from, Address to) {
        long packets = 0;
        Tunnels tunnels = vantage.seen().tunnels();
        for (int row = 0; row < tunnels.size(); row++) {
            if (tunnels.vni(row) == vni
                    && tunnels.source(row).equals(from)
                    && tunnels.destination(row).equals(to)) {
                packets += tunnels.packets(row) - tunnels.encrypted(row);
            }
        }
        return packets;
    }

    private static boolean isAnsweredInEsp(Vantage vantage, Leak leak, Amount amount) {
        EspTunnels rows = vantage.seen().espTunnels();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.source(row).equals(leak.destination())
                    && rows.destination(row).equals(leak.source())
                    && rows.first(row) <= amount.last()
                    && rows.last(row) >= amount.first()) {
                return true;
            }
        }
        return false;
    }

    private Report.Finding finding(Examination examination, List<Leak> leaks, long packets, Confidence confidence) {
        Leak leak = leaks.get(0);
        List<Report.Evidence> evidence = new ArrayList<>();
        String node = examination.node(leak.source());
        String network = examination.network(leak.vni());
        for (Leak each : leaks) {
            examination.explain(probe -> probe.vni() == each.vni()
                    && (probe.source().equals(each.source())
                                    && probe.destination().equals(each.destination())
                            || probe.source().equals(each.destination())
                                    && probe.destination().equals(each.source())));
            examination
                    .closeUp()
                    .samples(new CloseUp.Sample.Clear(each.vni(), each.source(), each.destination()))
                    .forEach(packet -> evidence.add(
                            examination.evidence(packet, "VXLAN of " + network + " in clear, not in ESP")));
        }
        String to = String.join(
                ", ",
                leaks.stream().map(each -> examination.node(each.destination())).toList());
        return Findings.begin(this, Severity.ERROR, confidence)
                .about("node", node)
                .about("to", to)
                .about("network", network)
                .about("packets", packets)
                .shownBy(evidence)
                .means((confidence == Confidence.PROVEN
                                ? network + " is an encrypted network, but "
                                : "What comes back to it is encrypted, but ")
                        + node + " sends its packets to " + to
                        + " in clear: whoever is on the wire can read and forge them. The receiver's firewall drops"
                        + " clear packets of an encrypted network, so connections hang as well.")
                .fixedBy(
                        "On " + examination.shortNode(leak.source())
                                + ", see whether the rule that marks the network's packets, and"
                                + " the policy that encrypts them, are there:",
                        Findings.type(
                                "iptables -t mangle -S OUTPUT | grep 4789; nft list ruleset | grep -A9 encrypted-vnis"),
                        Findings.type("ip xfrm policy | grep -A3 " + leak.destination()),
                        "If one is missing, let the daemon write them anew:",
                        Findings.type("systemctl restart docker"))
                .wouldBeProvenBy(
                        "docker network inspect of the network, with --inventory: it says whether it is encrypted.")
                .end();
    }
}
