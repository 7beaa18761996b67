package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The flows of the report: all are counted, the largest are told. */
final class FlowSection {
    /** The order of flows in JSON: by scope, protocol, and endpoints. */
    static final Comparator<Report.Flow> BY_KEY = Comparator.comparing(
                    Report.Flow::vni, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Report.Flow::protocol)
            .thenComparing(Report.Flow::initiator)
            .thenComparing(Report.Flow::responder);

    private static final Comparator<Report.Flow> LARGEST_FIRST =
            Comparator.comparingLong((Report.Flow flow) -> -flow.bytes()).thenComparing(BY_KEY);

    private final List<Vantage> vantages;
    private final long total;
    private final long[] key = new long[Flows.KEY];

    FlowSection(List<Vantage> vantages) {
        this.vantages = vantages;
        total = count();
    }

    /** A flow: where it is seen first, and the bytes of both directions, of each the most that a vantage saw. */
    private record Sized(Conversations conversations, int latest, long bytes) implements Comparable<Sized> {
        long[] key() {
            long[] key = new long[Flows.KEY];
            conversations.copyKey(latest, key);
            return key;
        }

        /** Orders equal sizes by key, later keys first to go, so that which flows are told depends on nothing else. */
        @Override
        public int compareTo(Sized other) {
            return bytes == other.bytes ? Arrays.compare(other.key(), key()) : Long.compare(bytes, other.bytes);
        }
    }

    private Conversations conversations(int vantage) {
        return vantages.get(vantage).seen().flows().conversations();
    }

    private long count() {
        long count = vantages.isEmpty() ? 0 : conversations(0).keys();
        for (int i = 1; i < vantages.size(); i++) {
            Conversations conversations = conversations(i);
            for (int row = 0; row < conversations.size(); row++) {
                if (isFirst(i, conversations, row)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** Whether a conversation is its flow's latest, and no vantage before has seen the flow. */
    private boolean isFirst(int vantage, Conversations conversations, int row) {
        boolean first = conversations.isLatest(row);
        for (int i = 0; first && i < vantage; i++) {
            first = find(i, conversations, row) == Conversations.NONE;
        }
        return first;
    }

    private int find(int vantage, Conversations conversations, int row) {
        conversations.copyKey(row, key);
        return conversations(vantage).find(key);
    }

    private long bytes(int vantage, Conversations conversations, int latest) {
        long forward = conversations.bytesUpTo(latest, 0);
        long reverse = conversations.bytesUpTo(latest, 1);
        for (int i = vantage + 1; i < vantages.size(); i++) {
            int again = find(i, conversations, latest);
            if (again != Conversations.NONE) {
                forward = Math.max(forward, conversations(i).bytesUpTo(again, 0));
                reverse = Math.max(reverse, conversations(i).bytesUpTo(again, 1));
            }
        }
        return forward + reverse;
    }

    long total() {
        return total;
    }

    /** The flows with the most bytes, largest first. */
    List<Report.Flow> largest(int limit) {
        PriorityQueue<Sized> top = new PriorityQueue<>();
        for (int i = 0; i < vantages.size(); i++) {
            Conversations conversations = conversations(i);
            for (int row = 0; row < conversations.size(); row++) {
                if (isFirst(i, conversations, row)) {
                    long bytes = bytes(i, conversations, row);
                    if (top.size() < limit || limit > 0 && bytes >= top.element().bytes) {
                        top.add(new Sized(conversations, row, bytes));
                    }
                    if (top.size() > limit) {
                        top.remove();
                    }
                }
            }
        }
        return top.stream()
                .map(sized -> new Talk(vantages, sized.key()).toReport())
                .sorted(LARGEST_FIRST)
                .toList();
    }
}
