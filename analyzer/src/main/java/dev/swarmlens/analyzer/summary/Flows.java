package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.tcp.Tcp;
import java.util.Arrays;

/**
 * Who talked to whom: a flow is a scope (the underlay or a VNI), two endpoints and a protocol; its conversations follow
 * each other in time.
 */
public final class Flows {
    /** The longs of a flow's key: the lower address, the higher address, scope and protocol, the ports. */
    public static final int KEY = 6;

    private static final int LOWER = 0;
    private static final int HIGHER = 2;
    private static final int SCOPE = 4;
    private static final int PORTS = 5;
    private static final int LATEST = 6;
    private static final int WIDTH = 7;

    private final KeyedRows flows = new KeyedRows(KEY, WIDTH);
    private final Conversations conversations = new Conversations();
    private final Echoes echoes = new Echoes();
    private final long[] key = new long[KEY];

    Flows() {}

    void see(Sighting sighting, int tunnel) {
        int direction = fillKey(sighting);
        int known = flows.size();
        int flow = flows.findOrAppend(key);
        int conversation;
        if (flow == known) {
            conversation = conversations.begin(flow, Conversations.NONE, direction);
            flows.set(flow, LATEST, conversation);
        } else {
            conversation = flows.getInt(flow, LATEST);
            if (begins(conversation, direction, sighting)) {
                conversation = conversations.begin(flow, conversation, direction);
                flows.set(flow, LATEST, conversation);
            }
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

    private int fillKey(Sighting sighting) {
        int order = Address.compare(
                sighting.sourceHigh, sighting.sourceLow, sighting.destinationHigh, sighting.destinationLow);
        boolean forward = order < 0 || order == 0 && sighting.sourcePort <= sighting.destinationPort;
        int lower = forward ? LOWER : HIGHER;
        int higher = forward ? HIGHER : LOWER;
        key[lower] = sighting.sourceHigh;
        key[lower + 1] = sighting.sourceLow;
        key[higher] = sighting.destinationHigh;
        key[higher + 1] = sighting.destinationLow;
        key[SCOPE] = (long) sighting.vni << Byte.SIZE | sighting.protocol;
        key[PORTS] = forward
                ? (long) sighting.sourcePort << Short.SIZE | sighting.destinationPort
                : (long) sighting.destinationPort << Short.SIZE | sighting.sourcePort;
        return forward ? 0 : 1;
    }

    void absorb(Flows later, int[] tunnelMap) {
        for (int laterFlow = 0; laterFlow < later.flows.size(); laterFlow++) {
            later.flows.copyKey(laterFlow, key);
            int known = flows.size();
            int flow = flows.findOrAppend(key);
            int latest = flow == known ? Conversations.NONE : flows.getInt(flow, LATEST);
            for (int laterRow : later.conversationsOf(laterFlow)) {
                if (latest == Conversations.NONE || begins(latest, later.conversations, laterRow)) {
                    latest = conversations.begin(flow, latest, later.conversations.firstDirection(laterRow));
                }
                conversations.absorb(latest, later.conversations, laterRow, tunnelMap);
                echoes.absorb(latest, later.echoes, laterRow);
            }
            flows.set(flow, LATEST, latest);
        }
    }

    private boolean begins(int latest, Conversations later, int laterRow) {
        return later.hasSyn(laterRow)
                && !conversations.isBegunBy(latest, later.initiator(laterRow), later.initialSequence(laterRow));
    }

    // ---- for readers

    /** How many flows there are. */
    public int size() {
        return flows.size();
    }

    /** All conversations of all flows. */
    public Conversations conversations() {
        return conversations;
    }

    /** The latest conversation of a flow. */
    public int latest(int flow) {
        return flows.getInt(flow, LATEST);
    }

    /** The conversations of a flow, oldest first. */
    public int[] conversationsOf(int flow) {
        int[] rows = new int[4];
        int count = 0;
        for (int row = latest(flow); row != Conversations.NONE; row = conversations.previous(row)) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
            }
            rows[count++] = row;
        }
        int[] oldestFirst = new int[count];
        for (int i = 0; i < count; i++) {
            oldestFirst[i] = rows[count - 1 - i];
        }
        return oldestFirst;
    }

    /** The echoes of a conversation, or {@code null} if it has none. */
    public EchoTimes echoes(int conversation) {
        return echoes.of(conversation);
    }

    /** Finds the flow with a key, or returns −1. */
    public int find(long[] flowKey) {
        return flows.find(flowKey);
    }

    /** Copies a flow's key of {@link #KEY} longs. */
    public void copyKey(int flow, long[] target) {
        flows.copyKey(flow, target);
    }

    /** The VNI of a flow, or {@link Sighting#UNDERLAY}. */
    public int vni(int flow) {
        return (int) (flows.get(flow, SCOPE) >> Byte.SIZE);
    }

    /** The IP protocol number of a flow. */
    public int protocol(int flow) {
        return (int) flows.get(flow, SCOPE) & 0xff;
    }

    /** The address that sends in a direction. */
    public Address address(int flow, int direction) {
        int column = direction == 0 ? LOWER : HIGHER;
        return new Address(flows.get(flow, column), flows.get(flow, column + 1));
    }

    /** The port that sends in a direction. */
    public int port(int flow, int direction) {
        return (int) (flows.get(flow, PORTS) >>> (direction == 0 ? Short.SIZE : 0)) & 0xffff;
    }
}
