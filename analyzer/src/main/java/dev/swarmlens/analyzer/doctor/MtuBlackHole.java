package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The way between two nodes takes only shorter packets than the overlay sends: longer ones vanish, or leave in fragments.
 */
final class MtuBlackHole implements Diagnosis {
    /** What VXLAN adds to an inner IP packet: inner Ethernet, VXLAN, UDP and IPv4. */
    private static final int OVERHEAD = 50;
    /** The headers of IPv4 and ICMP. */
    private static final int ECHO_HEADERS = 28;
    /** Every host takes datagrams of this length, RFC 1122 section 3.3.2: no path is narrower. */
    private static final int SMALLEST = 576;
    /** Frames of too great a length that vanished. */
    private static final int ENOUGH = 3;

    /** Two tunnel endpoints, the sender first. */
    private record Path(Address source, Address destination) {
        private static final Comparator<Path> ORDER =
                Comparator.comparing(Path::source).thenComparing(Path::destination);

        Path reverse() {
            return new Path(destination, source);
        }
    }

    /**
     * What one vantage saw of a way.
     *
     * @param vanished what was too long, oldest first
     * @param passes the greatest length that passed meanwhile
     */
    private record Limit(List<Probe> vanished, int passes) {
        int tooLong() {
            return vanished.stream().mapToInt(Probe::length).min().orElseThrow();
        }

        /** Data tells the direction in which it vanished; an echo may have vanished on either way. */
        boolean isDirected() {
            return vanished.stream().anyMatch(probe -> probe.kind() == Probe.Kind.DATA);
        }
    }

    @Override
    public String id() {
        return "SW-04";
    }

    @Override
    public String title() {
        return "The underlay's MTU is too small for VXLAN";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Path, List<Limit>> limits = new TreeMap<>(Path.ORDER);
        for (Vantage vantage : examination.vantages()) {
            Map<Path, List<Probe>> ways = examination.probes().stream()
                    .filter(probe -> probe.vantage() == vantage && probe.kind() != Probe.Kind.DATAGRAM)
                    .collect(Collectors.groupingBy(
                            probe -> new Path(probe.source(), probe.destination()),
                            () -> new TreeMap<>(Path.ORDER),
                            Collectors.toList()));
            ways.forEach((path, probes) -> {
                Limit limit = limit(probes);
                if (limit != null) {
                    limits.computeIfAbsent(path, any -> new ArrayList<>()).add(limit);
                }
            });
        }
        Map<Path, Long> fragments = fragments(examination);
        Set<Path> told = new HashSet<>();
        List<Report.Finding> findings = new ArrayList<>();
        // where data vanished, the direction is known, and the echoes of the other one are explained
        limits.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().stream().noneMatch(Limit::isDirected)))
                .forEach(entry -> {
                    if (told.add(entry.getKey())
                            && !told.contains(entry.getKey().reverse())) {
                        findings.add(blackHole(examination, entry.getKey(), entry.getValue()));
                    }
                });
        fragments.forEach((path, count) -> {
            if (told.add(path) && !told.contains(path.reverse())) {
                findings.add(fragmented(examination, path, count));
            }
        });
        return findings;
    }

    /** Finds a length from which on everything vanished for a while, while shorter packets passed. */
    private static Limit limit(List<Probe> probes) {
        List<Probe> silent = probes.stream()
                .filter(probe -> probe.isSilent() && probe.length() > SMALLEST)
                .toList();
        int passes = 0;
        int tooLong = silent.stream().mapToInt(Probe::length).min().orElse(0);
        long from = silent.stream().mapToLong(Probe::first).min().orElse(0);
        long to = silent.stream().mapToLong(Probe::last).max().orElse(0);
        for (Probe probe : probes) {
            boolean meanwhile = probe.first() >= from && probe.first() <= to;
            if (probe.isSilent() && meanwhile && probe.length() <= SMALLEST && probe.kind() != Probe.Kind.SYN_ACK) {
                // short ones vanish, too: the length is not the reason
                return null;
            }
            if (probe.isAnswered()) {
                if (meanwhile && probe.length() >= tooLong) {
                    return null;
                }
                if (probe.length() < tooLong) {
                    passes = Math.max(passes, probe.length());
                }
            }
        }
        int frames = silent.stream().mapToInt(probe -> probe.copies().size()).sum();
        return frames >= ENOUGH && passes > 0 ? new Limit(silent, passes) : null;
    }

    private static Map<Path, Long> fragments(Examination examination) {
        Map<Path, Long> fragments = new TreeMap<>(Path.ORDER);
        for (Vantage vantage : examination.vantages()) {
            Map<Path, Long> here = new TreeMap<>(Path.ORDER);
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                if (tunnels.fragments(row) > 0) {
                    here.merge(
                            new Path(tunnels.source(row), tunnels.destination(row)), tunnels.fragments(row), Long::sum);
                }
            }
            here.forEach((path, count) -> fragments.merge(path, count, Math::max));
        }
        return fragments;
    }

    private Report.Finding blackHole(Examination examination, Path path, List<Limit> limits) {
        List<Probe> vanished =
                limits.stream().flatMap(limit -> limit.vanished().stream()).toList();
        int passes = limits.stream().mapToInt(Limit::passes).max().orElseThrow();
        int tooLong = limits.stream().mapToInt(Limit::tooLong).min().orElseThrow();
        examination.explain(probe -> probe.isSilent() && probe.length() > passes && isOn(probe, path));
        boolean directed = limits.stream().anyMatch(Limit::isDirected);
        boolean proven = directed && isLostBetween(examination, path, vanished);
        Findings finding = Findings.begin(
                        this,
                        Severity.ERROR,
                        proven ? Confidence.PROVEN : directed ? Confidence.LIKELY : Confidence.POSSIBLE)
                .about("from", examination.node(path.source()))
                .about("to", examination.node(path.destination()))
                .about("longestThatPasses", passes)
                .about("shortestThatVanishes", tooLong);
        return finding.shownBy(examination.evidence(vanished))
                .means((directed ? "From " : "Between ") + examination.node(path.source())
                        + (directed ? " to " : " and ")
                        + examination.node(path.destination()) + ", packets of the overlay with up to " + passes
                        + " bytes pass and those with " + tooLong
                        + " or more vanish, and nobody tells the sender. On the"
                        + " underlay " + OVERHEAD + " bytes are added, so the way takes less than "
                        + (tooLong + OVERHEAD)
                        + " bytes: small answers work, large ones hang.")
                .fixedBy(
                        "Find the narrow link, from " + examination.shortNode(path.source()) + ":",
                        Findings.type("ping -M do -s " + (tooLong + OVERHEAD - ECHO_HEADERS) + " " + path.destination()
                                + "; tracepath -n " + path.destination()),
                        "Raise its MTU to 1500 or more; or make the overlays' smaller:",
                        Findings.type("docker network create -d overlay --opt com.docker.network.driver.mtu="
                                + (passes + OVERHEAD) + " ..."),
                        "The ingress network likewise, after docker network rm ingress, with --ingress.")
                .wouldBeProvenBy(
                        directed
                                ? "A capture on " + examination.shortNode(path.destination())
                                        + " at the same time: the long packets are not in it."
                                : "A capture on " + examination.shortNode(path.destination())
                                        + " at the same time: it shows whether the requests vanish or the replies.")
                .end();
    }

    private static boolean isOn(Probe probe, Path path) {
        Path its = new Path(probe.source(), probe.destination());
        return its.equals(path) || its.equals(path.reverse());
    }

    /** Whether what vanished was seen leaving, and not arriving. */
    private static boolean isLostBetween(Examination examination, Path path, List<Probe> vanished) {
        return vanished.stream().filter(examination::atSender).anyMatch(probe -> {
            Vantage watching = examination.watching(path.destination(), probe);
            return watching != null && !examination.identities(watching).contains(probe.identity());
        });
    }

    private Report.Finding fragmented(Examination examination, Path path, long count) {
        List<Report.Evidence> evidence =
                examination.closeUp().samples(new CloseUp.Sample.Fragment(path.source(), path.destination())).stream()
                        .map(packet -> examination.evidence(
                                packet,
                                "first fragment of a VXLAN datagram with an inner packet of " + packet.length()
                                        + " bytes"))
                        .toList();
        return Findings.begin(this, Severity.WARNING, Confidence.PROVEN)
                .about("from", examination.node(path.source()))
                .about("to", examination.node(path.destination()))
                .about("fragmentedDatagrams", count)
                .shownBy(evidence)
                .means(examination.node(path.source()) + " sends VXLAN to " + examination.node(path.destination())
                        + " in fragments: its own MTU, or one that it has learned, is smaller than the overlay needs. Packets"
                        + " that may not be fragmented are dropped on the node instead, and firewalls that look at UDP ports"
                        + " drop all fragments but the first.")
                .fixedBy(
                        "On " + examination.shortNode(path.source()) + ", see the MTU of the way:",
                        Findings.type("ip route get " + path.destination() + "; ip link show"),
                        "Set it to 1500, with the underlay interface for eth0, and forget what was learned:",
                        Findings.type("ip link set eth0 mtu 1500; ip route flush cache"),
                        "Or make the overlays' smaller:",
                        Findings.type("docker network create -d overlay --opt com.docker.network.driver.mtu=MTU ..."))
                .end();
    }
}
