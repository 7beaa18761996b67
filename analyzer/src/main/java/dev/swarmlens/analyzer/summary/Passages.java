package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which packets passed from one tunnel endpoint to another, so that what one end sent can be held against what the other
 * received: a {@link Lane} for each ordered pair of endpoints, and one more for what went through it in ESP.
 */
public final class Passages {
    private static final int SOURCE = 0;
    private static final int DESTINATION = 2;
    private static final int ESP = 4;
    private static final int KEY = 5;

    private final KeyedRows lanes = new KeyedRows(KEY, KEY);
    private final List<Lane> byRow = new ArrayList<>();
    private final long[] key = new long[KEY];
    /** The lane of each of the summary's tunnels, which needs no search then. */
    private Lane[] byTunnel = new Lane[16];

    Passages() {}

    /**
     * Counts a packet.
     *
     * @param sighting one with a tunnel or with ESP
     * @param tunnel its tunnel's number, or −1
     */
    void see(Sighting sighting, int tunnel) {
        lane(sighting, tunnel).see(sighting);
    }

    private Lane lane(Sighting sighting, int tunnel) {
        if (sighting.hasEsp || tunnel < 0) {
            return find(sighting, tunnel);
        }
        if (tunnel >= byTunnel.length) {
            byTunnel = Arrays.copyOf(byTunnel, Math.max(tunnel + 1, 2 * byTunnel.length));
        }
        if (byTunnel[tunnel] == null) {
            byTunnel[tunnel] = find(sighting, tunnel);
        }
        return byTunnel[tunnel];
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
            byRow.add(new Lane());
        }
        return byRow.get(row);
    }

    /** Adds what a later part of the capture saw. */
    void absorb(Passages later) {
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
        return byRow.get(row);
    }
}
