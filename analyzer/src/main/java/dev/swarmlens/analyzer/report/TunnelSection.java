package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Lane;
import dev.swarmlens.analyzer.summary.Passages;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What passed between nodes: what one sent held against what the other received, where both were captured. */
final class TunnelSection {
    private static final int MAX_LOST_TOLD = 50;
    private static final long NANOS_PER_MICRO = 1000;

    /** From one node to another, in VXLAN or in ESP. */
    private record Key(Address from, Address to, boolean esp) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::from).thenComparing(Key::to).thenComparing(Key::esp);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** One direction, whatever it is wrapped in. */
    private record Direction(Address from, Address to) {}

    /** A lane, and the vantage that saw it. */
    private record Seen(Vantage vantage, Lane lane) {
        static final Comparator<Seen> BEST = Comparator.comparing((Seen seen) -> !seen.vantage.isCooked())
                .thenComparingLong(seen -> seen.lane == null ? 0 : seen.lane.packets());
    }

    private final Names names;
    private final List<Vantage> vantages;
    private final SortedMap<Key, Matching> matchings = new TreeMap<>();
    private final SortedMap<Key, Report.Tunnel> tunnels = new TreeMap<>();

    TunnelSection(Names names, List<Vantage> vantages) {
        this.names = names;
        this.vantages = vantages;
        SortedMap<Key, Map<Vantage, Lane>> lanes = new TreeMap<>();
        for (Vantage vantage : vantages) {
            Passages passages = vantage.seen().passages();
            for (int row = 0; row < passages.size(); row++) {
                Key key = new Key(passages.source(row), passages.destination(row), passages.isEsp(row));
                lanes.computeIfAbsent(key, any -> new HashMap<>()).put(vantage, passages.lane(row));
            }
        }
        Map<Key, Seen> senders = new HashMap<>();
        Map<Key, Seen> receivers = new HashMap<>();
        lanes.forEach((key, seen) -> {
            Seen sender = at(key.from(), key.esp(), seen);
            Seen receiver = at(key.to(), key.esp(), seen);
            senders.put(key, sender);
            receivers.put(key, receiver);
            if (sender != null && sender.lane != null && receiver != null) {
                Lane received = receiver.lane == null ? Lane.EMPTY : receiver.lane;
                Matching matching = new Matching(sender.lane, received, receiver.vantage.spans());
                if (matching.isPossible()) {
                    matchings.put(key, matching);
                }
            }
        });
        Map<Direction, Long> soonest = soonest();
        for (Key key : lanes.keySet()) {
            Long there = soonest.get(new Direction(key.from(), key.to()));
            Long back = soonest.get(new Direction(key.to(), key.from()));
            Long offset = there == null || back == null ? null : (there - back) / 2;
            tunnels.put(key, toReport(key, senders.get(key), receivers.get(key), offset));
        }
    }

    /** The vantage at a node that sees such packets, and what it saw of these; {@code null} if there is none. */
    private Seen at(Address node, boolean esp, Map<Vantage, Lane> lanes) {
        return vantages.stream()
                .filter(vantage -> node.equals(names.home(vantage)) && sees(vantage, esp))
                .map(vantage -> new Seen(vantage, lanes.get(vantage)))
                .max(Seen.BEST)
                .orElse(null);
    }

    private static boolean sees(Vantage vantage, boolean esp) {
        Passages passages = vantage.seen().passages();
        for (int row = 0; row < passages.size(); row++) {
            if (passages.isEsp(row) == esp) {
                return true;
            }
        }
        return false;
    }

    private Map<Direction, Long> soonest() {
        Map<Direction, Long> soonest = new HashMap<>();
        matchings.forEach((key, matching) -> {
            if (matching.transitNanos().length > 0) {
                soonest.merge(new Direction(key.from(), key.to()), matching.transitNanos()[0], Math::min);
            }
        });
        return soonest;
    }

    private Report.Tunnel toReport(Key key, Seen sender, Seen receiver, Long offset) {
        Matching matching = matchings.get(key);
        boolean compared = matching != null && matching.compared() > 0;
        List<Report.LostPacket> lost = new ArrayList<>();
        Long firstLost = null;
        Long lastLost = null;
        if (compared) {
            for (int row : matching.lost()) {
                long time = sender.lane.time(row);
                firstLost = firstLost == null ? time : Math.min(firstLost, time);
                lastLost = lastLost == null ? time : Math.max(lastLost, time);
                if (lost.size() < MAX_LOST_TOLD) {
                    lost.add(lostPacket(sender.lane, row));
                }
            }
        }
        return new Report.Tunnel(
                key.from().toString(),
                key.to().toString(),
                key.esp() ? Report.Encapsulation.ESP : Report.Encapsulation.VXLAN,
                packets(sender),
                packets(receiver),
                compared ? matching.compared() : null,
                compared ? matching.oneIn() : null,
                compared ? (long) matching.lost().size() : null,
                firstLost,
                lastLost,
                compared ? matching.reordered() : null,
                compared ? micros(matching.transitNanos(), 0) : null,
                offset == null ? null : micros(offset),
                compared && offset != null ? micros(matching.transitNanos(), offset) : null,
                lost);
    }

    private static Long packets(Seen seen) {
        return seen == null ? null : seen.lane == null ? 0 : seen.lane.packets();
    }

    private static Report.Delay micros(long[] sorted, long less) {
        return sorted.length == 0
                ? null
                : new Report.Delay(
                        micros(sorted[0] - less),
                        micros(sorted[(sorted.length - 1) / 2] - less),
                        micros(sorted[sorted.length - 1] - less));
    }

    /** The nearest number of microseconds; of two as near, the one farther from zero, so that both directions agree. */
    private static long micros(long nanos) {
        return (Math.abs(nanos) + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO * Long.signum(nanos);
    }

    private static Report.LostPacket lostPacket(Lane lane, int row) {
        long time = lane.time(row);
        if (lane.isEsp(row)) {
            return new Report.LostPacket(
                    time, null, null, null, null, null, null, lane.espSequence(row), lane.securityAssociation(row));
        }
        int protocol = lane.protocol(row);
        boolean tcp = protocol == IpProtocol.TCP.code();
        boolean hasPorts = tcp || protocol == IpProtocol.UDP.code();
        boolean known = lane.hasAddresses(row);
        return new Report.LostPacket(
                time,
                lane.vni(row),
                known ? new IpProtocol(protocol).toString() : null,
                known ? new Report.Socket(lane.source(row).toString(), hasPorts ? lane.sourcePort(row) : null) : null,
                known
                        ? new Report.Socket(
                                lane.destination(row).toString(), hasPorts ? lane.destinationPort(row) : null)
                        : null,
                lane.outerIdentification(row),
                lane.identification(row),
                tcp
                        ? (Long) (lane.sequenceNumber(row) & 0xffff_ffffL)
                        : lane.isEcho(row) ? (Long) (long) lane.echoSequence(row) : null,
                null);
    }

    /** All, by who sent and who received. */
    List<Report.Tunnel> tunnels() {
        return List.copyOf(tunnels.values());
    }
}
