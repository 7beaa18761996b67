package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.esp.Spi;
import dev.swarmlens.analyzer.inventory.Node;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.EspTunnels;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ESP tunnels of the report. Those of a swarm are told by their SPIs: a hash of both nodes' advertised addresses and of the tag
 * of the key. Where the addresses on the wire do not give the SPI, others that are known may: then the packets were rewritten
 * on their way, or left from an address that is not the advertised one.
 */
final class EspSection {
    /** Among so many addresses, of so many tunnels, the advertised ones are looked for. */
    private static final int MAX_SEARCH = 64;

    private final Names names;
    private final Map<Key, Totals> byKey = new TreeMap<>(
            Comparator.comparing(Key::from).thenComparing(Key::to).thenComparing(Key::spi, Integer::compareUnsigned));
    private final TreeSet<Address> nodes = new TreeSet<>();

    private record Key(Address from, Address to, int spi) {}

    /** Numbers in a row; the end is not one of them. */
    private record Interval(long low, long high) {}

    /** A key's tag, and between which addresses it gives the SPI. */
    private record Match(int tag, Address from, Address to) {}

    private static final class Totals {
        long packets;
        long bytes;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long opened;
        long refused;
        long cut;
        final List<Interval> intervals = new ArrayList<>();
        final List<Report.EspPoint> points = new ArrayList<>();
        Match match;
    }

    EspSection(Names names, List<Vantage> vantages) {
        this.names = names;
        names.inventory().nodes().stream()
                .map(Node::address)
                .flatMap(address -> Names.parse(address).stream())
                .forEach(nodes::add);
        vantages.forEach(this::add);
        byKey.forEach((key, totals) ->
                Spi.tag(key.from, key.spi, key.to).ifPresent(tag -> totals.match = new Match(tag, key.from, key.to)));
        findAdvertised();
    }

    private void add(Vantage vantage) {
        EspTunnels rows = vantage.seen().espTunnels();
        for (int row = 0; row < rows.size(); row++) {
            Totals totals = byKey.computeIfAbsent(
                    new Key(rows.source(row), rows.destination(row), rows.spi(row)), any -> new Totals());
            totals.packets = Math.max(totals.packets, rows.packets(row));
            totals.bytes = Math.max(totals.bytes, rows.bytes(row));
            totals.first = Math.min(totals.first, rows.first(row));
            totals.last = Math.max(totals.last, rows.last(row));
            totals.opened = Math.max(totals.opened, rows.opened(row));
            totals.refused = Math.max(totals.refused, rows.refused(row));
            totals.cut = Math.max(totals.cut, rows.cut(row));
            List<Interval> here = intervals(rows, row);
            totals.intervals.addAll(here);
            totals.points.add(new Report.EspPoint(
                    vantage.point().toString(), rows.packets(row), missing(here), rows.packets(row) - covered(here)));
        }
        if (rows.size() > 0) {
            addNodes(vantage);
        }
    }

    /** The addresses that nodes are known to have, by this vantage. */
    private void addNodes(Vantage vantage) {
        EspTunnels rows = vantage.seen().espTunnels();
        for (int row = 0; row < rows.size() && nodes.size() < MAX_SEARCH; row++) {
            nodes.add(rows.source(row));
            nodes.add(rows.destination(row));
        }
        Tunnels tunnels = vantage.seen().tunnels();
        for (int row = 0; row < tunnels.size(); row++) {
            nodes.add(tunnels.source(row));
            nodes.add(tunnels.destination(row));
        }
        Conversations conversations = vantage.seen().flows().conversations();
        for (int row = 0; row < conversations.size(); row++) {
            if (Vantage.isAmongNodes(conversations, row)) {
                nodes.add(conversations.address(row, 0));
                nodes.add(conversations.address(row, 1));
            }
        }
    }

    private static List<Interval> intervals(EspTunnels rows, int row) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < rows.intervals(row); i++) {
            intervals.add(new Interval(rows.low(row, i), rows.high(row, i)));
        }
        return intervals;
    }

    private static long lowest(List<Interval> intervals) {
        return intervals.stream().mapToLong(Interval::low).min().orElseThrow();
    }

    private static long highest(List<Interval> intervals) {
        return intervals.stream().mapToLong(Interval::high).max().orElseThrow() - 1;
    }

    private static long missing(List<Interval> intervals) {
        return highest(intervals) + 1 - lowest(intervals) - covered(intervals);
    }

    /** How many numbers lie in intervals, which may overlap. */
    private static long covered(List<Interval> intervals) {
        long covered = 0;
        long end = Long.MIN_VALUE;
        for (Interval interval : intervals.stream()
                .sorted(Comparator.comparingLong(Interval::low))
                .toList()) {
            covered += Math.max(0, interval.high - Math.max(interval.low, end));
            end = Math.max(end, interval.high);
        }
        return covered;
    }

    /**
     * Looks for the advertised addresses of tunnels whose visible ones do not give the SPI. With many addresses some pair gives any
     * SPI by chance; so only tags are believed that another tunnel has, too, or one a rotation or two from it.
     */
    private void findAdvertised() {
        List<Totals> unknown = new ArrayList<>();
        List<List<Match>> candidates = new ArrayList<>();
        List<Integer> tags = new ArrayList<>();
        byKey.forEach((key, totals) -> {
            if (totals.match != null) {
                tags.add(totals.match.tag);
            } else if (unknown.size() < MAX_SEARCH) {
                unknown.add(totals);
                candidates.add(matches(key.spi));
            }
        });
        for (int i = 0; i < unknown.size(); i++) {
            List<Integer> others = new ArrayList<>(tags);
            for (int j = 0; j < candidates.size(); j++) {
                if (i != j) {
                    candidates.get(j).forEach(match -> others.add(match.tag));
                }
            }
            List<Match> believed = candidates.get(i).stream()
                    .filter(match -> others.stream().anyMatch(tag -> isNear(tag, match.tag)))
                    .toList();
            if (believed.size() == 1) {
                unknown.get(i).match = believed.get(0);
            }
        }
    }

    private List<Match> matches(int spi) {
        List<Match> matches = new ArrayList<>();
        List<Address> searched = nodes.stream().limit(MAX_SEARCH).toList();
        for (Address from : searched) {
            for (Address to : searched) {
                OptionalInt tag = from.equals(to) ? OptionalInt.empty() : Spi.tag(from, spi, to);
                tag.ifPresent(found -> matches.add(new Match(found, from, to)));
            }
        }
        return matches;
    }

    private static boolean isNear(int tag, int other) {
        return Math.abs(tag - other) <= 2 * Spi.ROTATION && tag % Spi.ROTATION == other % Spi.ROTATION;
    }

    /** By sender, receiver and SPI. */
    List<Report.EspTunnel> tunnels() {
        List<Report.EspTunnel> tunnels = new ArrayList<>();
        byKey.forEach((key, totals) -> {
            Match match = totals.match;
            boolean advertised = match != null && match.from.equals(key.from) && match.to.equals(key.to);
            tunnels.add(new Report.EspTunnel(
                    key.from.toString(),
                    names.node(key.from),
                    key.to.toString(),
                    names.node(key.to),
                    Spi.text(key.spi),
                    match == null ? null : match.tag,
                    match == null || advertised
                            ? null
                            : new Report.EspAddresses(match.from.toString(), match.to.toString()),
                    totals.packets,
                    totals.bytes,
                    Times.orNull(totals.first),
                    Times.orNull(totals.last),
                    lowest(totals.intervals),
                    highest(totals.intervals),
                    missing(totals.intervals),
                    totals.opened,
                    totals.refused,
                    totals.cut,
                    totals.points));
        });
        return tunnels;
    }
}
