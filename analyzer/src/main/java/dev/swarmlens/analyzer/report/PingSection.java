package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.inventory.Endpoint;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.analyzer.summary.KeyedRows;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The pings of the report: echo requests of one identifier from one address to another, and what became of them. One that
 * captures saw inside VXLAN and others beside it, at a container's own interface, is one ping.
 */
final class PingSection {
    /** The order of pings in JSON: by network, addresses and identifier. */
    static final Comparator<Report.Ping> BY_KEY = Comparator.comparing(
                    Report.Ping::vni, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Report.Ping::from)
            .thenComparing(Report.Ping::to)
            .thenComparing(Report.Ping::identifier);

    private static final Comparator<Report.Ping> WORST_FIRST = Comparator.comparingLong(
                    (Report.Ping ping) -> -ping.lost())
            .thenComparing(Comparator.comparingLong((Report.Ping ping) -> -ping.requests()))
            .thenComparing(BY_KEY);

    /** The longs of a flow's key that hold its ends: all but the scope. */
    private static final int ENDS = Flows.KEY - 1;

    private static final int VNI = ENDS;
    private static final int NETWORKS = ENDS + 1;

    private final Names names;
    private final List<Vantage> vantages;
    private final KeyedRows pings = new KeyedRows(Flows.KEY, Flows.KEY);
    /** The two ends of a ping, in how many overlays they occur, and the last of these. */
    private final KeyedRows ends = new KeyedRows(ENDS, ENDS + 2);

    private final long[] key = new long[Flows.KEY];
    private final long[] endsKey = new long[ENDS];

    PingSection(Names names, List<Vantage> vantages) {
        this.names = names;
        this.vantages = vantages;
        for (Vantage vantage : vantages) {
            Flows flows = vantage.seen().flows();
            Conversations conversations = flows.conversations();
            for (int row = 0; row < conversations.size(); row++) {
                if (conversations.isLatest(row) && flows.echoes(row) != null) {
                    conversations.copyKey(row, key);
                    add(conversations.vni(row));
                }
            }
        }
    }

    private void add(int vni) {
        int known = pings.size();
        if (pings.findOrAppend(key) == known && vni != Sighting.UNDERLAY) {
            int row = ends.findOrAppend(ends());
            ends.set(row, VNI, vni);
            ends.plus(row, NETWORKS, 1);
        }
    }

    private long[] ends() {
        System.arraycopy(key, 0, endsKey, 0, Conversations.SCOPE_OF_KEY);
        System.arraycopy(
                key,
                Conversations.SCOPE_OF_KEY + 1,
                endsKey,
                Conversations.SCOPE_OF_KEY,
                ENDS - Conversations.SCOPE_OF_KEY);
        return endsKey;
    }

    /** In how many overlays the ends of the ping at hand occur. */
    private long networks() {
        int row = ends.find(ends());
        return row < 0 ? 0 : ends.get(row, NETWORKS);
    }

    private static boolean isOverlay(long[] key) {
        return Conversations.vniOf(key) != Sighting.UNDERLAY;
    }

    /** How many pings there are. */
    long total() {
        long total = 0;
        for (int row = 0; row < pings.size(); row++) {
            pings.copyKey(row, key);
            if (isOverlay(key) || networks() != 1) {
                total++;
            }
        }
        return total;
    }

    /** The pings with the most losses, then those with the most requests. */
    List<Report.Ping> worst(int limit) {
        PriorityQueue<Report.Ping> worst = new PriorityQueue<>(WORST_FIRST.reversed());
        for (int row = 0; row < pings.size(); row++) {
            pings.copyKey(row, key);
            long networks = networks();
            if (isOverlay(key) || networks != 1) {
                worst.add(ping(isOverlay(key) && networks == 1));
                if (worst.size() > limit) {
                    worst.remove();
                }
            }
        }
        return worst.stream().sorted(WORST_FIRST).toList();
    }

    /** The ping at hand. */
    private Report.Ping ping(boolean isAlsoSeenOutside) {
        Report.Flow flow = isAlsoSeenOutside
                ? new Talk(vantages, key, Conversations.onUnderlay(key)).toReport()
                : new Talk(vantages, key).toReport();
        Report.Icmp icmp = flow.icmp();
        return new Report.Ping(
                flow.vni(),
                flow.initiator().ip(),
                name(flow.vni(), flow.initiator().ip()),
                flow.initiatorVtep(),
                flow.responder().ip(),
                name(flow.vni(), flow.responder().ip()),
                flow.responderVtep(),
                Conversations.identifierOf(key),
                flow.points(),
                flow.first(),
                flow.last(),
                icmp.requests(),
                icmp.replies(),
                Math.max(0, icmp.requests() - icmp.replies()),
                icmp.rttMicros());
    }

    private String name(Integer vni, String ip) {
        Address address = Address.of(ip);
        return vni == null
                ? names.node(address)
                : names.endpoint(vni, address).map(Endpoint::name).orElse(null);
    }
}
