package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
import dev.swarmlens.analyzer.summary.KeyedRows;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** The flows of the report: all are counted, the largest are told. */
final class FlowSection {
    private static final int BYTES = Flows.KEY;
    private static final Comparator<Report.Flow> LARGEST_FIRST =
            Comparator.comparingLong((Report.Flow flow) -> -flow.bytes()).thenComparing(FlowSection::order);

    private final List<Vantage> vantages;
    private final KeyedRows flows = new KeyedRows(Flows.KEY, Flows.KEY + 2);

    FlowSection(List<Vantage> vantages) {
        this.vantages = vantages;
        long[] key = new long[Flows.KEY];
        for (Vantage vantage : vantages) {
            Flows here = vantage.seen().flows();
            for (int flow = 0; flow < here.size(); flow++) {
                here.copyKey(flow, key);
                int row = flows.findOrAppend(key);
                flows.max(row, BYTES, bytes(here, flow, 0));
                flows.max(row, BYTES + 1, bytes(here, flow, 1));
            }
        }
    }

    private static long bytes(Flows flows, int flow, int direction) {
        long bytes = 0;
        Conversations conversations = flows.conversations();
        for (int row = flows.latest(flow); row != Conversations.NONE; row = conversations.previous(row)) {
            bytes += conversations.bytes(row, direction);
        }
        return bytes;
    }

    long total() {
        return flows.size();
    }

    /** The flows with the most bytes, largest first. */
    List<Report.Flow> largest(int limit) {
        Comparator<Integer> smallestFirst = Comparator.comparingLong(this::bytes);
        IntStream rows = IntStream.range(0, flows.size());
        if (limit < flows.size()) {
            PriorityQueue<Integer> top = new PriorityQueue<>(smallestFirst.thenComparing(this::compareKeys));
            for (int row = 0; row < flows.size(); row++) {
                top.add(row);
                if (top.size() > limit) {
                    top.poll();
                }
            }
            rows = top.stream().mapToInt(Integer::intValue);
        }
        return rows.mapToObj(this::flow).sorted(LARGEST_FIRST).toList();
    }

    private long bytes(int row) {
        return flows.get(row, BYTES) + flows.get(row, BYTES + 1);
    }

    /** Orders equal sizes by key, later keys first to go, so that which flows are told depends on nothing else. */
    private int compareKeys(int row, int other) {
        for (int column = 0; column < Flows.KEY; column++) {
            int order = Long.compare(flows.get(other, column), flows.get(row, column));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private Report.Flow flow(int row) {
        long[] key = new long[Flows.KEY];
        flows.copyKey(row, key);
        return new Talk(vantages, key).toReport();
    }

    /** The order of flows in JSON: by scope, protocol, and endpoints. */
    static String order(Report.Flow flow) {
        return String.format(
                "%08d %s %s %s",
                flow.vni() == null ? 0 : flow.vni() + 1, flow.protocol(), flow.initiator(), flow.responder());
    }
}
