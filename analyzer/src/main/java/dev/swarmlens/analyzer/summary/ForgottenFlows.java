package dev.swarmlens.analyzer.summary;

/** What is left of flows that were forgotten to bound the memory: sums by scope and protocol. */
public final class ForgottenFlows {
    private static final int SCOPE = 0;
    private static final int FLOWS = 1;
    private static final int PACKETS = 2;
    private static final int BYTES = 3;
    private static final int WIDTH = 4;

    private final KeyedRows rows = new KeyedRows(FLOWS, WIDTH);
    private final long[] key = new long[FLOWS];

    ForgottenFlows() {}

    void add(long scope, long flows, long packets, long bytes) {
        key[SCOPE] = scope;
        int row = rows.findOrAppend(key);
        rows.plus(row, FLOWS, flows);
        rows.plus(row, PACKETS, packets);
        rows.plus(row, BYTES, bytes);
    }

    void absorb(ForgottenFlows later) {
        for (int row = 0; row < later.size(); row++) {
            add(later.rows.get(row, SCOPE), later.flows(row), later.packets(row), later.bytes(row));
        }
    }

    /** How many sums there are. */
    public int size() {
        return rows.size();
    }

    /** The VNI, or {@link dev.swarmlens.analyzer.sighting.Sighting#UNDERLAY}. */
    public int vni(int row) {
        return Conversations.vniOf(rows.get(row, SCOPE));
    }

    /** The IP protocol number. */
    public int protocol(int row) {
        return Conversations.protocolOf(rows.get(row, SCOPE));
    }

    /** How many flows were forgotten; one that came back and was forgotten again counts again. */
    public long flows(int row) {
        return rows.get(row, FLOWS);
    }

    /** Their packets of both directions. */
    public long packets(int row) {
        return rows.get(row, PACKETS);
    }

    /** Their bytes of both directions: whole frames as on the wire. */
    public long bytes(int row) {
        return rows.get(row, BYTES);
    }
}
