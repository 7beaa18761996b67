package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Who talked to whom: a flow is a scope (the underlay or a VNI), two endpoints and a protocol; its conversations follow
 * each other in time.
 */
public final class Flows {
    /** How many longs a flow's key has. */
    public static final int KEY = Conversations.KEY;

    /** How many packets are counted at once. */
    static final int BATCH = KeyedRows.Batch.LENGTH;

    private final Conversations conversations = new Conversations();
    private final Echoes echoes = new Echoes(conversations);
    private final KeyedRows.Batch batch = conversations.new Batch();
    private final int[] directions = new int[KeyedRows.Batch.LENGTH];

    private final ForgottenFlows forgotten = new ForgottenFlows();

    Flows() {}

    /** Counts packets, at most {@link #BATCH}, each with the tunnel in which it went. */
    void see(Sighting[] sightings, int[] tunnels, int count) {
        for (int i = 0; i < count; i++) {
            directions[i] = fill(batch.key(i), sightings[i]);
        }
        batch.reach(count);
        for (int i = 0; i < count; i++) {
            see(sightings[i], i, tunnels[i]);
        }
    }

    private void see(Sighting sighting, int index, int tunnel) {
        int direction = directions[index];
        int known = conversations.size();
        int conversation = batch.findOrAppend(index);
        if (conversation == known) {
            conversations.begin(conversation, direction);
        } else if (begins(conversation, direction, sighting)) {
            conversation = conversations.follow(conversation, direction);
        }
        conversations.see(conversation, direction, sighting, tunnel);
        if (sighting.hasEcho) {
            echoes.see(conversation, sighting);
        }
    }

    /** A SYN begins a new conversation, unless it began the present one and is only sent again. */
    private boolean begins(int latest, int direction, Sighting sighting) {
        return sighting.hasTcp
                && (sighting.tcpFlags & (Tcp.FLAG_SYN | Tcp.FLAG_ACK | Tcp.FLAG_RST)) == Tcp.FLAG_SYN
                && !conversations.isBegunBy(latest, direction, sighting.sequenceNumber);
    }

    /**
     * Fills in the key of a packet's flow.
     *
     * @param key receives {@link #KEY} longs
     * @return the packet's direction: 0 if the flow's lower endpoint sent it, 1 if the higher one did
     */
    public static int fill(long[] key, Sighting sighting) {
        int order = Address.compare(
                sighting.sourceHigh, sighting.sourceLow, sighting.destinationHigh, sighting.destinationLow);
        boolean forward = order < 0 || order == 0 && sighting.sourcePort <= sighting.destinationPort;
        int lower = forward ? Conversations.LOWER : Conversations.HIGHER;
        int higher = forward ? Conversations.HIGHER : Conversations.LOWER;
        key[lower] = sighting.sourceHigh;
        key[lower + 1] = sighting.sourceLow;
        key[higher] = sighting.destinationHigh;
        key[higher + 1] = sighting.destinationLow;
        key[Conversations.SCOPE] = (long) sighting.vni << Byte.SIZE | sighting.protocol;
        key[Conversations.PORTS] = forward
                ? (long) sighting.sourcePort << Short.SIZE | sighting.destinationPort
                : (long) sighting.destinationPort << Short.SIZE | sighting.sourcePort;
        return forward ? 0 : 1;
    }

    void absorb(Flows later, IntUnaryOperator tunnelMap) {
        forgotten.absorb(later.forgotten);
        int rows = later.conversations.size();
        for (int from = 0; from < rows; from += BATCH) {
            int count = Math.min(BATCH, rows - from);
            for (int i = 0; i < count; i++) {
                later.conversations.copyKey(from + i, batch.key(i));
            }
            batch.reach(count);
            for (int i = 0; i < count; i++) {
                absorb(i, later, from + i, tunnelMap);
            }
        }
    }

    private void absorb(int index, Flows later, int laterRow, IntUnaryOperator tunnelMap) {
        int known = conversations.size();
        int row = batch.findOrAppend(index);
        if (row == known) {
            conversations.copy(row, later.conversations, laterRow, tunnelMap);
        } else {
            if (begins(row, later.conversations, laterRow)) {
                row = conversations.follow(row, later.conversations.firstDirection(laterRow));
            }
            conversations.absorb(row, later.conversations, laterRow, tunnelMap);
        }
        echoes.absorb(row, later.echoes, laterRow);
    }

    /** These flows without the least recent; so many are left, and the others only in sums. */
    Flows mostRecent(int count) {
        long[] times = latest().mapToLong(conversations::last).sorted().toArray();
        long oldest = times[times.length - count];
        // of those that are as old, so many stay
        long ties = count
                - Arrays.stream(times, times.length - count, times.length)
                        .filter(time -> time > oldest)
                        .count();
        Flows recent = new Flows();
        recent.forgotten.absorb(forgotten);
        for (int latest : latest().toArray()) {
            long time = conversations.last(latest);
            if (time > oldest || time == oldest && ties-- > 0) {
                recent.take(this, latest);
            } else {
                recent.forget(this, latest);
            }
        }
        return recent;
    }

    private void take(Flows flows, int latest) {
        for (int row : flows.upTo(latest)) {
            flows.conversations.copyKey(row, batch.key(0));
            batch.reach(1);
            absorb(0, flows, row, IntUnaryOperator.identity());
        }
    }

    private void forget(Flows flows, int latest) {
        long packets = 0;
        long bytes = 0;
        for (int row : flows.upTo(latest)) {
            packets += flows.conversations.packets(row, 0) + flows.conversations.packets(row, 1);
            bytes += flows.conversations.bytes(row, 0) + flows.conversations.bytes(row, 1);
        }
        forgotten.add(flows.conversations.get(latest, Conversations.SCOPE), 1, packets, bytes);
    }

    private boolean begins(int latest, Conversations later, int laterRow) {
        return later.hasSyn(laterRow)
                && !conversations.isBegunBy(latest, later.initiator(laterRow), later.initialSequence(laterRow));
    }

    // ---- for readers

    /** How many flows there are. */
    public int size() {
        return conversations.keys();
    }

    /** What is left of flows that were forgotten. */
    public ForgottenFlows forgotten() {
        return forgotten;
    }

    /** All conversations of all flows. */
    public Conversations conversations() {
        return conversations;
    }

    /** The flows' latest conversations. */
    public IntStream latest() {
        return IntStream.range(0, conversations.size()).filter(conversations::isLatest);
    }

    /** The latest conversation of the flow with a key, or −1. */
    public int find(long[] flowKey) {
        return conversations.find(flowKey);
    }

    /** The conversations of a flow, oldest first, given its latest. */
    public int[] upTo(int latest) {
        int count = 0;
        for (int row = latest; row != Conversations.NONE; row = conversations.previous(row)) {
            count++;
        }
        int[] rows = new int[count];
        for (int row = latest; row != Conversations.NONE; row = conversations.previous(row)) {
            rows[--count] = row;
        }
        return rows;
    }

    /** The echoes of a conversation, or {@code null} if it has none. */
    public EchoTimes echoes(int conversation) {
        return echoes.of(conversation);
    }
}
