package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.analyzer.summary.Flows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

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
    private long total;

    FlowSection(List<Vantage> vantages) {
        this.vantages = vantages;
        forEach(flow -> total++);
    }

    /** A flow, where it is seen first. */
    private record Seen(int vantage, Conversations conversations, int latest) {
        long[] key() {
            long[] key = new long[Flows.KEY];
            conversations.copyKey(latest, key);
            return key;
        }

        /** The bytes of one direction. */
        long bytes(int direction) {
            long bytes = 0;
            for (int row = latest; row != Conversations.NONE; row = conversations.previous(row)) {
                bytes += conversations.bytes(row, direction);
            }
            return bytes;
        }
    }

    private record Sized(Seen flow, long bytes) implements Comparable<Sized> {
        /** Orders equal sizes by key, later keys first to go, so that which flows are told depends on nothing else. */
        @Override
        public int compareTo(Sized other) {
            return bytes == other.bytes
                    ? Arrays.compare(other.flow.key(), flow.key())
                    : Long.compare(bytes, other.bytes);
        }
    }

    /** Goes through all flows, each once, however many vantages have seen it. */
    private void forEach(Consumer<Seen> action) {
        for (int i = 0; i < vantages.size(); i++) {
            Conversations conversations = vantages.get(i).seen().flows().conversations();
            for (int row = 0; row < conversations.size(); row++) {
                Seen flow = new Seen(i, conversations, row);
                if (conversations.isLatest(row) && !isSeenBefore(flow)) {
                    action.accept(flow);
                }
            }
        }
    }

    private boolean isSeenBefore(Seen flow) {
        for (int i = 0; i < flow.vantage; i++) {
            if (find(i, flow) != Conversations.NONE) {
                return true;
            }
        }
        return false;
    }

    private int find(int vantage, Seen flow) {
        return vantages.get(vantage).seen().flows().find(flow.key());
    }

    /** The bytes of both directions: of each the most that a vantage saw. */
    private long bytes(Seen flow) {
        long forward = flow.bytes(0);
        long reverse = flow.bytes(1);
        for (int i = flow.vantage + 1; i < vantages.size(); i++) {
            int latest = find(i, flow);
            if (latest != Conversations.NONE) {
                Seen again = new Seen(i, vantages.get(i).seen().flows().conversations(), latest);
                forward = Math.max(forward, again.bytes(0));
                reverse = Math.max(reverse, again.bytes(1));
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
        forEach(flow -> {
            Sized sized = new Sized(flow, bytes(flow));
            if (top.size() < limit) {
                top.add(sized);
            } else if (limit > 0 && sized.compareTo(top.element()) > 0) {
                top.remove();
                top.add(sized);
            }
        });
        return top.stream()
                .map(sized -> new Talk(vantages, sized.flow.key()).toReport())
                .sorted(LARGEST_FIRST)
                .toList();
    }
}
