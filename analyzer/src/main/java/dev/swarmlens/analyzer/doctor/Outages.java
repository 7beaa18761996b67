package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Times in which nothing that was sent from one node to another was answered. */
final class Outages {
    /** Probes, copies included, that had no answer. */
    static final int ENOUGH = 3;

    static final long LONG_ENOUGH = 3_000_000_000L;

    private Outages() {}

    /** From where to where nothing gets. */
    record Way(Address from, Address to) {
        static final Comparator<Way> ORDER = Comparator.comparing(Way::from).thenComparing(Way::to);

        Way reverse() {
            return new Way(to, from);
        }
    }

    /**
     * A time in which nothing that was sent one way was answered, as one vantage saw it.
     *
     * @param probes oldest first
     */
    record Outage(Vantage vantage, List<Probe> probes) {
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

    /** All of them, by the way on which nothing got through. */
    static Map<Way, List<Outage>> of(Examination examination) {
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
        return outages;
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
        for (Vantage vantage : examination.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            for (int row = 0; row < rows.size(); row++) {
                if (rows.vni(row) == vni && rows.first(row) <= outage.last() && rows.last(row) >= outage.first()) {
                    for (int direction = 0; direction < 2; direction++) {
                        if (asked.contains(rows.address(row, direction))
                                && (begins(rows, row, direction) || answersAnother(vantage, row, direction, way))) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private static boolean begins(Conversations rows, int row, int direction) {
        return rows.firstDirection(row) == direction
                && rows.packets(row, direction) > 0
                && rows.initiator(row) != 1 - direction;
    }

    /** Whether one side of a conversation answers somebody on another node. */
    private static boolean answersAnother(Vantage vantage, int row, int direction, Way way) {
        Conversations rows = vantage.seen().flows().conversations();
        int asking = rows.tunnel(row, 1 - direction);
        return rows.packets(row, direction) > 0
                && asking >= 0
                && !vantage.seen().tunnels().source(asking).equals(way.from());
    }

    /** Whether it is known that this way is closed, and not the way back. */
    static boolean isDirected(Examination examination, Way way, List<Outage> outages) {
        return outages.stream()
                .anyMatch(outage ->
                        outage.isDirected() || arrives(examination, way, outage) || isHeard(examination, way, outage));
    }

    /** Whether it was the receiver's own capture that saw what it did not answer. */
    static boolean arrives(Examination examination, Way way, Outage outage) {
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

    /** What became of what was sent: how many probes the other node's capture shows, and how many it does not. */
    record Fate(int arrived, int lost) {
        static Fate of(Examination examination, Way way, List<Outage> outages) {
            int arrived = 0;
            int lost = 0;
            for (Outage outage : outages) {
                if (!way.from().equals(examination.home(outage.vantage()))) {
                    continue;
                }
                for (Probe probe : outage.probes()) {
                    Vantage watching = examination.watching(way.to(), probe);
                    if (watching == null) {
                        continue;
                    }
                    if (examination.identities(watching).contains(probe.identity())) {
                        arrived++;
                    } else {
                        lost++;
                    }
                }
            }
            return new Fate(arrived, lost);
        }
    }
}
