package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one node sends to another in VXLAN does not get into the other's overlay, while the way back is open. */
final class OneWayBlock implements Diagnosis {
    /** Probes, copies included, that had no answer. */
    private static final int ENOUGH = 3;

    private static final long LONG_ENOUGH = 3_000_000_000L;
    private static final int GOSSIP_PORT = 7946;

    /** From where to where nothing gets. */
    private record Way(Address from, Address to) {
        private static final Comparator<Way> ORDER =
                Comparator.comparing(Way::from).thenComparing(Way::to);

        Way reverse() {
            return new Way(to, from);
        }
    }

    /**
     * A time in which nothing that was sent one way was answered, as one vantage saw it.
     *
     * @param probes oldest first
     */
    private record Outage(Vantage vantage, List<Probe> probes) {
        long first() {
            return probes.get(0).first();
        }

        long last() {
            return probes.stream().mapToLong(Probe::last).max().orElseThrow();
        }

        int frames() {
            return probes.stream().mapToInt(probe -> probe.copies().size()).sum();
        }

        boolean isLong() {
            return frames() >= ENOUGH && last() - first() >= LONG_ENOUGH;
        }

        /** Whether an answer was not taken though what it answers to had come: then it is this way, not the other. */
        boolean isDirected() {
            return probes.stream().anyMatch(probe -> probe.kind() == Probe.Kind.SYN_ACK);
        }
    }

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
        Map<Way, List<Outage>> outages = new TreeMap<>(Way.ORDER);
        for (Vantage vantage : examination.vantages()) {
            Map<Way, List<Probe>> ways = examination.probes().stream()
                    .filter(probe -> probe.vantage() == vantage && probe.kind() != Probe.Kind.DATAGRAM)
                    .collect(Collectors.groupingBy(
                            probe -> new Way(probe.source(), probe.destination()),
                            () -> new TreeMap<>(Way.ORDER),
                            Collectors.toList()));
            ways.forEach((way, probes) -> outages(vantage, probes).stream()
                    .filter(outage -> outage.isLong() && isOfTheWay(examination, way, outage))
                    .forEach(outage -> outages.computeIfAbsent(way, any -> new ArrayList<>())
                            .add(outage)));
        }
        List<Report.Finding> findings = new ArrayList<>();
        Set<Way> told = new LinkedHashSet<>();
        // where the direction is known, what has no answer the other way is explained
        outages.entrySet().stream()
                .sorted(Comparator.comparing(entry -> !isDirected(examination, entry.getKey(), entry.getValue())))
                .forEach(entry -> {
                    if (!told.contains(entry.getKey().reverse())
                            || isDirected(examination, entry.getKey(), entry.getValue())) {
                        told.add(entry.getKey());
                        findings.add(finding(examination, entry.getKey(), entry.getValue()));
                    }
                });
        return findings;
    }

    /** The longest times in which nothing was answered. */
    private static List<Outage> outages(Vantage vantage, List<Probe> probes) {
        List<Outage> outages = new ArrayList<>();
        List<Probe> run = new ArrayList<>();
        for (Probe probe : probes) {
            if (probe.isSilent()) {
                run.add(probe);
            } else if (!run.isEmpty()) {
                outages.add(new Outage(vantage, List.copyOf(run)));
                run.clear();
            }
        }
        if (!run.isEmpty()) {
            outages.add(new Outage(vantage, List.copyOf(run)));
        }
        return outages;
    }

    /** Whether it is the way that is to blame, not one container at its end that does not answer to anybody. */
    private static boolean isOfTheWay(Examination examination, Way way, Outage outage) {
        Set<Address> asked = new TreeSet<>();
        outage.probes().forEach(probe -> asked.add(probe.to()));
        return outage.isDirected() || asked.size() > 1 || isAlive(examination, way, outage, asked);
    }

    /** Whether who does not answer here answers to others, or speaks up, meanwhile. */
    private static boolean isAlive(Examination examination, Way way, Outage outage, Set<Address> asked) {
        int vni = outage.probes().get(0).vni();
        return examination.allProbes().stream()
                .filter(probe ->
                        probe.vni() == vni && probe.first() >= outage.first() && probe.first() <= outage.last())
                .anyMatch(probe -> asked.contains(probe.from()) && probe.kind() != Probe.Kind.SYN_ACK
                        || asked.contains(probe.to())
                                && probe.isAnswered()
                                && !probe.source().equals(way.from()));
    }

    /** Whether it is known that this way is closed, and not the way back. */
    private static boolean isDirected(Examination examination, Way way, List<Outage> outages) {
        return outages.stream()
                .anyMatch(outage ->
                        outage.isDirected() || arrives(examination, way, outage) || isHeard(examination, way, outage));
    }

    /** Whether it was the receiver's own capture that saw what it did not answer. */
    private static boolean arrives(Examination examination, Way way, Outage outage) {
        return way.to().equals(examination.home(outage.vantage()));
    }

    /** Whether the sender hears what the other node's containers ask meanwhile. */
    private static boolean isHeard(Examination examination, Way way, Outage outage) {
        return way.from().equals(examination.home(outage.vantage()))
                && examination.allProbes().stream()
                        .anyMatch(probe -> probe.vantage() == outage.vantage()
                                && way.to().equals(probe.source())
                                && way.from().equals(probe.destination())
                                && probe.first() >= outage.first()
                                && probe.first() <= outage.last());
    }

    /** Whether the two nodes' gossip went both ways, so that only VXLAN is concerned. */
    private static boolean gossips(Examination examination, Way way) {
        for (Vantage vantage : examination.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            for (int row = 0; row < rows.size(); row++) {
                if (rows.port(row, 0) == GOSSIP_PORT
                        && rows.port(row, 1) == GOSSIP_PORT
                        && rows.packets(row, 0) > 0
                        && rows.packets(row, 1) > 0
                        && (rows.address(row, 0).equals(way.from())
                                        && rows.address(row, 1).equals(way.to())
                                || rows.address(row, 0).equals(way.to())
                                        && rows.address(row, 1).equals(way.from()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What became of what was sent: how many probes the other node's capture shows, and how many it does not. */
    private record Fate(int arrived, int lost) {
        static Fate of(Examination examination, Way way, List<Outage> outages) {
            int arrived = 0;
            int lost = 0;
            for (Outage outage : outages) {
                if (!way.from().equals(examination.home(outage.vantage()))) {
                    continue;
                }
                Vantage watching = examination.watching(way.to(), outage.first(), outage.last());
                if (watching == null) {
                    continue;
                }
                Set<Probe.Identity> there = examination.identities(watching);
                for (Probe probe : outage.probes()) {
                    if (there.contains(probe.identity())) {
                        arrived++;
                    } else {
                        lost++;
                    }
                }
            }
            return new Fate(arrived, lost);
        }
    }

    private Report.Finding finding(Examination examination, Way way, List<Outage> outages) {
        long first = outages.stream().mapToLong(Outage::first).min().orElseThrow();
        long last = outages.stream().mapToLong(Outage::last).max().orElseThrow();
        examination.explain(probe -> probe.isSilent()
                && probe.last() >= first - LONG_ENOUGH
                && probe.first() <= last + LONG_ENOUGH
                && (way.equals(new Way(probe.source(), probe.destination()))
                        || way.reverse().equals(new Way(probe.source(), probe.destination()))));
        Fate fate = Fate.of(examination, way, outages);
        boolean directed = isDirected(examination, way, outages);
        Confidence confidence = fate.arrived() + fate.lost() >= ENOUGH
                ? Confidence.PROVEN
                : directed ? Confidence.LIKELY : Confidence.POSSIBLE;
        String from = examination.node(way.from());
        String to = examination.node(way.to());
        String receiver = examination.shortNode(way.to());
        boolean atReceiver =
                fate.arrived() > 0 || outages.stream().anyMatch(outage -> arrives(examination, way, outage));
        List<Probe> probes =
                outages.stream().flatMap(outage -> outage.probes().stream()).toList();
        return Findings.begin(this, Severity.ERROR, confidence)
                .about("from", from)
                .about("to", to)
                .about(
                        "unanswered",
                        outages.stream().mapToInt(Outage::frames).max().orElseThrow() + " packets")
                .about("lostOnTheWire", fate.arrived() + fate.lost() == 0 ? "not visible" : fate.lost())
                .about(
                        "arrivedAndIgnored",
                        fate.arrived() + fate.lost() == 0 && !atReceiver
                                ? "not visible"
                                : Math.max(
                                        fate.arrived(),
                                        outages.stream()
                                                .filter(outage -> arrives(examination, way, outage))
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
            text.append("What containers on ")
                    .append(from)
                    .append(" send to containers on ")
                    .append(to);
        } else {
            text.append("What containers on ")
                    .append(from)
                    .append(" ask containers on ")
                    .append(to);
        }
        text.append(directed ? " does not reach them, while the way back is open" : " is not answered");
        text.append(": requests in either direction hang, so a service with a replica there fails on every turn of that"
                + " replica.");
        if (fate.lost() > 0 && fate.arrived() > 0) {
            text.append(" At one time the packets arrived and were ignored, at another they were lost on the way.");
        } else if (fate.lost() > 0) {
            text.append(" The packets leave the one node and do not arrive at the other.");
        } else if (atReceiver) {
            text.append(" The packets do arrive at its network card, so it is the node itself that drops them.");
        }
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
