package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.summary.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one tunnel endpoint sent, held against what the other received. A packet is the same if all is the same that no hop
 * changes; TCP's data have arrived if each of their bytes has, once for each time it was sent, however network cards cut or
 * merged them.
 */
final class Matching {
    private static final int NONE = -1;
    /** Where no packet tells how the two clocks differ, they are taken to differ by less than this. */
    private static final long CLOCKS_AGREE = 1_000_000_000;
    /** A merged segment may have come this much sooner than the soonest that came alone. */
    private static final long SOONER = 100_000;

    private final Lane sent;
    private final Lane received;
    private final int level;
    /** Of each packet sent, the one received that is or begins with it. */
    private final int[] partner;

    private final boolean[] arrived;
    private final Map<Long, List<Integer>> receivedByBlock = new HashMap<>();
    /** Which packets received have told of which byte's arrival already. */
    private final Set<Long> told = new HashSet<>();

    private final long[] transits;
    private final List<Integer> lost = new ArrayList<>();
    private long compared;

    /**
     * Compares.
     *
     * @param spans when the receiver's capture ran
     */
    Matching(Lane sent, Lane received, List<Span> spans) {
        this.sent = sent;
        this.received = received;
        this.level = Math.max(sent.level(), received.level());
        this.partner = new int[sent.size()];
        this.arrived = new boolean[sent.size()];
        matchAlike();
        transits = transits();
        matchData();
        long soonest = transits.length == 0 ? -CLOCKS_AGREE : transits[0];
        long latest = transits.length == 0 ? CLOCKS_AGREE : transits[transits.length - 1];
        for (int row = 0; row < sent.size(); row++) {
            long time = sent.time(row);
            if (sent.isSampled(row, level)
                    && time != Long.MIN_VALUE
                    && spans.stream().anyMatch(span -> span.contains(time + soonest, time + latest))) {
                compared++;
                if (!arrived[row]) {
                    lost.add(row);
                }
            }
        }
    }

    /** Finds the packets that are alike at both ends, and the data that begin alike. */
    private void matchAlike() {
        Map<Long, Deque<Integer>> byIdentity = new HashMap<>();
        for (int row = 0; row < received.size(); row++) {
            byIdentity
                    .computeIfAbsent(received.identity(row), any -> new ArrayDeque<>())
                    .add(row);
        }
        for (int row = 0; row < sent.size(); row++) {
            Deque<Integer> alike = byIdentity.get(sent.identity(row));
            boolean found = sent.isSampled(row, level) && alike != null && !alike.isEmpty();
            partner[row] = found ? alike.remove() : NONE;
            arrived[row] = found;
            if (found) {
                told.add(byteOf(partner[row], sent.sequenceNumber(row)));
            }
        }
    }

    private static long byteOf(int receivedRow, int sequence) {
        return (long) receivedRow << Integer.SIZE | sequence & 0xffff_ffffL;
    }

    /** How long packets took by the two clocks, those that neither end saw merged; sorted. */
    private long[] transits() {
        long[] all = new long[partner.length];
        int count = 0;
        for (int row = 0; row < partner.length; row++) {
            if (partner[row] != NONE
                    && sent.tcpPayload(row) == received.tcpPayload(partner[row])
                    && sent.time(row) != Long.MIN_VALUE
                    && received.time(partner[row]) != Long.MIN_VALUE) {
                all[count++] = received.time(partner[row]) - sent.time(row);
            }
        }
        long[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private void matchData() {
        for (int row = 0; row < received.size(); row++) {
            if (received.tcpPayload(row) > 0) {
                int first = received.sequenceNumber(row);
                long block = received.block(row, first);
                long lastBlock = received.block(row, first + received.tcpPayload(row) - 1);
                receivedByBlock.computeIfAbsent(block, any -> new ArrayList<>()).add(row);
                if (lastBlock != block) {
                    receivedByBlock
                            .computeIfAbsent(lastBlock, any -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        // the latest first: of data sent twice and received once, it is the first that was lost
        for (int row = sent.size() - 1; row >= 0; row--) {
            if (sent.tcpPayload(row) > 0 && sent.isSampled(row, level)) {
                arrived[row] = haveAllArrived(row);
            }
        }
    }

    private boolean haveAllArrived(int row) {
        int sequence = sent.sequenceNumber(row);
        int left = sent.tcpPayload(row);
        int by = partner[row];
        while (left > 0) {
            int step;
            if (by == NONE && !sent.isSampled(row, sequence, level)) {
                step = Lane.nextBlock(sequence) - sequence;
            } else {
                by = by == NONE ? arrival(row, sequence) : by;
                if (by == NONE) {
                    return false;
                }
                told.add(byteOf(by, sequence));
                step = received.sequenceNumber(by) + received.tcpPayload(by) - sequence;
                by = NONE;
            }
            sequence += step;
            left -= step;
        }
        return true;
    }

    /** The latest packet received that holds a byte and has not told of it. */
    private int arrival(int row, int sequence) {
        List<Integer> candidates = receivedByBlock.getOrDefault(sent.block(row, sequence), List.of());
        for (int i = candidates.size() - 1; i >= 0; i--) {
            int candidate = candidates.get(i);
            int offset = sequence - received.sequenceNumber(candidate);
            if (offset >= 0
                    && offset < received.tcpPayload(candidate)
                    && !told.contains(byteOf(candidate, sequence))
                    && mayBe(row, candidate)) {
                return candidate;
            }
        }
        return NONE;
    }

    private boolean mayBe(int row, int candidate) {
        return transits.length == 0 || received.time(candidate) - sent.time(row) >= transits[0] - SOONER;
    }

    // ---- for readers

    /** Whether the two ends can be compared: not if both saw packets, and not one alike. */
    boolean isPossible() {
        for (boolean each : arrived) {
            if (each) {
                return true;
            }
        }
        return received.packets() == 0;
    }

    /** Of how many packets one was compared, more or less. */
    long oneIn() {
        return 1L << Math.min(level, Long.SIZE - 2);
    }

    /** How many packets were sent while the receiver was captured, of the sample. */
    long compared() {
        return compared;
    }

    /** Which of them, by their number in the sender's lane, have not arrived, or not whole. */
    List<Integer> lost() {
        return lost;
    }

    /** How many arrived after one that was sent later, RFC 4737. */
    long reordered() {
        int[] order = new int[received.size()];
        Arrays.fill(order, NONE);
        for (int row = 0; row < partner.length; row++) {
            if (partner[row] != NONE) {
                order[partner[row]] = row;
            }
        }
        long late = 0;
        int latest = NONE;
        for (int row : order) {
            if (row != NONE && row < latest) {
                late++;
            }
            latest = Math.max(latest, row);
        }
        return late;
    }

    /** How long packets took by the two clocks, in nanoseconds, sorted: the receiver's time less the sender's. */
    long[] transitNanos() {
        return transits;
    }
}
