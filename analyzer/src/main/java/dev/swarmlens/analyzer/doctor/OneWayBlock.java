package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.doctor.Outages.Fate;
import dev.swarmlens.analyzer.doctor.Outages.Outage;
import dev.swarmlens.analyzer.doctor.Outages.Way;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What one node sends to another in VXLAN does not get into the other's overlay, while the way back is open. */
final class OneWayBlock implements Diagnosis {
    @Override
    public String id() {
        return "SW-01";
    }

    @Override
    public String title() {
        return "VXLAN does not get through in one direction";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Way, List<Outage>> outages = Outages.of(examination);
        List<Report.Finding> findings = new ArrayList<>();
        Set<Way> told = new LinkedHashSet<>();
        // where the direction is known, what has no answer the other way is explained
        outages.entrySet().stream()
                .sorted(Comparator.comparing(
                        entry -> !Outages.isDirected(examination, entry.getKey(), entry.getValue())))
                .forEach(entry -> {
                    if (!told.contains(entry.getKey().reverse())
                            || Outages.isDirected(examination, entry.getKey(), entry.getValue())) {
                        told.add(entry.getKey());
                        findings.add(finding(examination, entry.getKey(), entry.getValue()));
                    }
                });
        return findings;
    }

    /** The most that one vantage saw unanswered. */
    private static int unanswered(List<Outage> outages) {
        return outages.stream()
                .collect(Collectors.groupingBy(Outage::vantage, Collectors.summingInt(Outage::frames)))
                .values()
                .stream()
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Whether the two nodes' gossip went both ways, so that only VXLAN is concerned. */
    private static boolean gossips(Examination examination, Way way) {
        return examination.report().nodes().stream()
                .filter(node -> node.address().equals(way.from().toString()))
                .flatMap(node -> node.peers().stream())
                .anyMatch(peer -> peer.address().equals(way.to().toString())
                        && peer.gossip().sent() > 0
                        && peer.gossip().received() > 0);
    }

    private Report.Finding finding(Examination examination, Way way, List<Outage> outages) {
        long first = outages.stream().mapToLong(Outage::first).min().orElseThrow();
        long last = outages.stream().mapToLong(Outage::last).max().orElseThrow();
        examination.explain(probe -> probe.isSilent()
                && probe.last() >= first - Outages.LONG_ENOUGH
                && probe.first() <= last + Outages.LONG_ENOUGH
                && (way.equals(new Way(probe.source(), probe.destination()))
                        || way.reverse().equals(new Way(probe.source(), probe.destination()))));
        Fate fate = Fate.of(examination, way, outages);
        boolean directed = Outages.isDirected(examination, way, outages);
        Confidence confidence = fate.arrived() + fate.lost() >= Outages.ENOUGH
                ? Confidence.PROVEN
                : directed ? Confidence.LIKELY : Confidence.POSSIBLE;
        String from = examination.node(way.from());
        String to = examination.node(way.to());
        String receiver = examination.shortNode(way.to());
        boolean atReceiver =
                fate.arrived() > 0 || outages.stream().anyMatch(outage -> Outages.arrives(examination, way, outage));
        List<Probe> probes =
                outages.stream().flatMap(outage -> outage.probes().stream()).toList();
        return Findings.begin(this, Severity.ERROR, confidence)
                .about("from", from)
                .about("to", to)
                .about("unanswered", unanswered(outages) + " packets")
                .about("lostOnTheWire", fate.arrived() + fate.lost() == 0 ? "not visible" : fate.lost())
                .about(
                        "arrivedAndIgnored",
                        fate.arrived() + fate.lost() == 0 && !atReceiver
                                ? "not visible"
                                : Math.max(
                                        fate.arrived(),
                                        outages.stream()
                                                .filter(outage -> Outages.arrives(examination, way, outage))
                                                .mapToInt(outage ->
                                                        outage.probes().size())
                                                .max()
                                                .orElse(0)))
                .shownBy(examination.evidence(probes))
                .means(meaning(examination, way, directed, fate, atReceiver))
                .fixedBy(fix(examination, way, fate, atReceiver))
                .wouldBeProvenBy(
                        atReceiver
                                ? "A capture on " + examination.shortNode(way.from()) + " at the same time."
                                : "A capture on " + receiver
                                        + " at the same time: if it shows these packets, a firewall on " + receiver
                                        + " drops them; if not, they are lost on the way.")
                .end();
    }

    private static String meaning(Examination examination, Way way, boolean directed, Fate fate, boolean atReceiver) {
        String from = examination.node(way.from());
        String to = examination.node(way.to());
        StringBuilder text = new StringBuilder();
        if (directed) {
            text.append("Overlay packets from " + from + " do not get into " + to
                    + ", while the way back is open. Connections between the two hang, whoever begins them");
        } else {
            text.append("What containers on " + from + " ask containers on " + to
                    + " is never answered, so packets are lost one way or the other");
        }
        text.append("; a service with a replica there fails each time it is that replica's turn.");
        if (fate.lost() > 0 && fate.arrived() > 0) {
            text.append(" At one time the packets arrived and were ignored, at another they were lost on the way.");
        } else if (fate.lost() > 0) {
            text.append(" The packets leave the one node and do not arrive at the other.");
        } else if (atReceiver) {
            text.append(" The packets do arrive at its network card, so it is the node itself that drops them.");
        }
        examination.report().tunnels().stream()
                .filter(tunnel -> tunnel.encapsulation() == Report.Encapsulation.VXLAN
                        && tunnel.from().equals(way.from().toString())
                        && tunnel.to().equals(way.to().toString())
                        && tunnel.lost() != null
                        && tunnel.lost() > 0)
                .findFirst()
                .ifPresent(tunnel -> text.append(" Of " + tunnel.compared() + " packets that left, " + tunnel.lost()
                        + " were lost on the way."));
        if (gossips(examination, way)) {
            text.append(" The nodes' gossip on port 7946 passes, so docker node ls shows nothing of it.");
        }
        return text.toString();
    }

    private static String[] fix(Examination examination, Way way, Fate fate, boolean atReceiver) {
        String receiver = examination.shortNode(way.to());
        List<String> onReceiver = List.of(
                "On " + receiver + ", see what drops it, and let it in:",
                Findings.type(
                        "iptables -L INPUT -v -n | grep -E 'DROP|REJECT|policy'; nft list ruleset | grep -n drop"),
                Findings.type("iptables -I INPUT -s " + way.from() + " -p udp --dport 4789 -j ACCEPT"),
                Findings.type(
                        "firewall-cmd --permanent --add-port=4789/udp && firewall-cmd --reload    # with firewalld"));
        List<String> onTheWay = List.of(
                "Allow UDP port 4789 from " + way.from() + " to " + way.to()
                        + " in what lies between: security group, switch, hypervisor. On " + receiver
                        + ", see it arrive:",
                Findings.type("tcpdump -ni any udp port 4789 and src host " + way.from()),
                "VMware's NSX takes port 4789 for itself; a new swarm may use another:",
                Findings.type("docker swarm init --data-path-port 7789"));
        List<String> lines = new ArrayList<>();
        if (fate.lost() > 0 || !atReceiver) {
            lines.addAll(onTheWay);
        }
        if (fate.arrived() > 0 || atReceiver || fate.lost() == 0) {
            lines.addAll(onReceiver);
        }
        return lines.toArray(String[]::new);
    }
}
