package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;

/**
 * Who asked for which IPv4 address by ARP outside of the overlays' tunnels, and whether there was an answer. Of so many that only a
 * scan asks for them, the first are kept.
 */
public final class ArpRequests {
    private static final int MAX = 1 << 16;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    private static final int TARGET = 0;
    private static final int ASKER = 1;
    private static final int KEY = 2;
    private static final int REQUESTS = 2;
    private static final int REPLIES = 3;
    private static final int FIRST = 4;
    private static final int LAST = 5;
    private static final int WIDTH = 6;

    private final KeyedRows rows = new KeyedRows(KEY, WIDTH);
    private final long[] key = new long[KEY];

    ArpRequests() {}

    void see(Sighting sighting) {
        // who asks for itself announces itself, RFC 5227 section 2.3
        if (sighting.arpOperation == REQUEST && sighting.arpSender != sighting.arpTarget) {
            count(sighting.arpTarget, sighting.arpSender, 1, 0, sighting.earliest(), sighting.time);
        } else if (sighting.arpOperation == REPLY) {
            count(sighting.arpSender, sighting.arpTarget, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE);
        }
    }

    private void count(long target, long asker, long requests, long replies, long first, long last) {
        key[TARGET] = target;
        key[ASKER] = asker;
        int row = rows.size() < MAX ? rows.size() : rows.find(key);
        if (row < 0) {
            return;
        }
        int known = rows.size();
        row = rows.findOrAppend(key);
        if (row == known) {
            rows.set(row, FIRST, Long.MAX_VALUE);
            rows.set(row, LAST, Long.MIN_VALUE);
        }
        rows.plus(row, REQUESTS, requests);
        rows.plus(row, REPLIES, replies);
        rows.min(row, FIRST, first);
        rows.max(row, LAST, last);
    }

    void absorb(ArpRequests later) {
        for (int row = 0; row < later.size(); row++) {
            count(
                    later.rows.get(row, TARGET),
                    later.rows.get(row, ASKER),
                    later.requests(row),
                    later.replies(row),
                    later.first(row),
                    later.last(row));
        }
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /** Who asked, or was answered. */
    public Address asker(int row) {
        return new Address(0, Address.mapped((int) rows.get(row, ASKER)));
    }

    /** Which address was asked for, or answered. */
    public Address target(int row) {
        return new Address(0, Address.mapped((int) rows.get(row, TARGET)));
    }

    /** How often it was asked for. */
    public long requests(int row) {
        return rows.get(row, REQUESTS);
    }

    /** How often it answered, or somebody for it. */
    public long replies(int row) {
        return rows.get(row, REPLIES);
    }

    /** When it was first asked for; {@link Long#MAX_VALUE} if never. */
    public long first(int row) {
        return rows.get(row, FIRST);
    }

    /** When it was last asked for; {@link Long#MIN_VALUE} if never. */
    public long last(int row) {
        return rows.get(row, LAST);
    }
}
