package dev.swarmlens.samples.traffic;

/** Keeps what truly happened. */
public interface Ledger {
    /**
     * A conversation has ended.
     *
     * @param talk who with whom
     * @param startNanos when its first packet was sent, since 1970
     * @param endNanos when its last packet arrived
     * @param requests how many were answered
     * @param bytesForward what the one who began sent, without headers
     * @param bytesBackward what was answered, without headers
     * @param captured whether any capture shows anything of it
     */
    void ended(
            Talk talk,
            Talk.Outcome outcome,
            long startNanos,
            long endNanos,
            int requests,
            long bytesForward,
            long bytesBackward,
            boolean captured);
}
