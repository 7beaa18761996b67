package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which packets passed from one tunnel endpoint to another, so that what one end sent can be held against what the other
 * received: a {@link Lane} for each ordered pair of endpoints, and one more for what went through it in ESP. The more lanes
 * there are, the smaller their samples, which depend on nothing else.
 */
public final class Passages {
    private static final int SOURCE = 0;
    private static final int DESTINATION = 2;
    private static final int ESP = 4;
    private static final int KEY = 5;

    /** How many packets all lanes hold together, more or less. */
    private static final int CAPACITY = 1 << 15;

    private static final int MIN_LANE = 16;

    private final KeyedRows lanes = new KeyedRows(KEY, KEY);
    private final List<Lane> byRow = new ArrayList<>();
    private final long[] key = new long[KEY];
    /** Of each of the summary's tunnels the lane, which needs no search then. */
    private Lane[] byTunnel = new Lane[16];
    /** How small the lane's sample was when it was last looked at: most packets need no look at the lane. */
    private byte[] levels = new byte[16];

    private long[] passedOver = new long[16];

    Passages() {}

    /**
     * Counts a packet.
     *
     * @param sighting one with a tunnel or with ESP
     * @param tunnel its tunnel's number, or −1
     */
    void see(Sighting sighting, int tunnel) {
        if (sighting.hasEsp || tunnel < 0) {
            find(sighting, tunnel).see(sighting);
            return;
        }
        if (tunnel >= byTunnel.length) {
            int length = Math.max(tunnel + 1, 2 * byTunnel.length);
            byTunnel = Arrays.copyOf(byTunnel, length);
            levels = Arrays.copyOf(levels, length);
            passedOver = Arrays.copyOf(passedOver, length);
        }
        int level = levels[tunnel];
        if (level > 0 && !Lane.passes(Lane.rank(sighting), level)) {
            passedOver[tunnel]++;
            return;
        }
        if (byTunnel[tunnel] == null) {
            byTunnel[tunnel] = find(sighting, tunnel);
        }
        byTunnel[tunnel].see(sighting);
        levels[tunnel] = (byte) byTunnel[tunnel].level();
    }

    private void settle() {
        for (int tunnel = 0; tunnel < byTunnel.length; tunnel++) {
            if (passedOver[tunnel] > 0) {
                byTunnel[tunnel].passOver(passedOver[tunnel]);
                passedOver[tunnel] = 0;
            }
        }
    }

    private Lane find(Sighting sighting, int tunnel) {
        boolean inside = tunnel >= 0;
        key[SOURCE] = inside ? sighting.vtepSourceHigh : sighting.sourceHigh;
        key[SOURCE + 1] = inside ? sighting.vtepSourceLow : sighting.sourceLow;
        key[DESTINATION] = inside ? sighting.vtepDestinationHigh : sighting.destinationHigh;
        key[DESTINATION + 1] = inside ? sighting.vtepDestinationLow : sighting.destinationLow;
        key[ESP] = sighting.hasEsp ? 1 : 0;
        return lane();
    }

    private Lane lane() {
        int row = lanes.findOrAppend(key);
        if (row == byRow.size()) {
            int before = laneCapacity();
            byRow.add(new Lane());
            if (laneCapacity() < before) {
                byRow.forEach(lane -> lane.bound(laneCapacity()));
            } else {
                byRow.get(row).bound(before);
            }
        }
        return byRow.get(row);
    }

    /** A power of two, so that it changes seldom. */
    private int laneCapacity() {
        int share = Integer.highestOneBit(CAPACITY / Math.max(1, byRow.size()));
        return Math.max(MIN_LANE, Math.min(Lane.MAX_CAPACITY, share));
    }

    /** Adds what a later part of the capture saw. */
    void absorb(Passages later) {
        for (int row = 0; row < later.size(); row++) {
            later.lanes.copyKey(row, key);
            lane();
        }
        for (int row = 0; row < later.size(); row++) {
            later.lanes.copyKey(row, key);
            lane().absorb(later.lane(row));
        }
    }

    /** How many lanes there are. */
    public int size() {
        return byRow.size();
    }

    /** The tunnel endpoint that sent. */
    public Address source(int row) {
        return new Address(lanes.get(row, SOURCE), lanes.get(row, SOURCE + 1));
    }

    /** The tunnel endpoint that shall receive. */
    public Address destination(int row) {
        return new Address(lanes.get(row, DESTINATION), lanes.get(row, DESTINATION + 1));
    }

    /** Whether it is ESP that passed here. */
    public boolean isEsp(int row) {
        return lanes.get(row, ESP) != 0;
    }

    /** What passed. */
    public Lane lane(int row) {
        settle();
        return byRow.get(row);
    }
}
