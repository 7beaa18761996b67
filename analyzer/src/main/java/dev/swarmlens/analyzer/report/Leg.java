package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;

/**
 * One leg of a connection through the routing mesh: the client's to the entry node, or the entry node's to the task.
 *
 * @param key what makes it this leg and no other
 * @param initiatorVtep the tunnel endpoint before the initiator; {@code null} on the underlay
 * @param responderVtep the tunnel endpoint before the responder; {@code null} on the underlay
 * @param timestampValue the SYN's timestamp value, or −1
 * @param start when it was first seen, nanoseconds since 1970
 * @param bytes of both directions, the most that one vantage saw
 * @param answered whether the responder agreed to it
 */
record Leg(
        Key key,
        Address initiatorVtep,
        Address responderVtep,
        long timestampValue,
        long start,
        long bytes,
        boolean answered) {

    /**
     * What makes a leg itself, wherever it is seen.
     *
     * @param protocol the IP protocol number
     * @param initiator the address that began it
     * @param initiatorPort its port
     * @param responder the address that it was begun with
     * @param port the published port
     * @param initialSequence TCP's initial sequence number, which address translation does not touch; 0 for UDP
     */
    record Key(int protocol, Address initiator, int initiatorPort, Address responder, int port, int initialSequence) {}

    /** The same leg seen at two vantages. */
    Leg max(Leg other) {
        return new Leg(
                key,
                initiatorVtep == null ? other.initiatorVtep : initiatorVtep,
                responderVtep == null ? other.responderVtep : responderVtep,
                Math.max(timestampValue, other.timestampValue),
                Math.min(start, other.start),
                Math.max(bytes, other.bytes),
                answered || other.answered);
    }

    /** Whether this, a client's leg, and an overlay leg are the same connection, once their sequence numbers agree. */
    boolean agreesWith(Leg overlay) {
        boolean sameTimestamp = timestampValue >= 0 && timestampValue == overlay.timestampValue;
        return sameTimestamp || key.initiatorPort == overlay.key.initiatorPort;
    }

    Report.Socket initiatorSocket() {
        return new Report.Socket(key.initiator.toString(), key.initiatorPort);
    }

    Report.Socket responderSocket() {
        return new Report.Socket(key.responder.toString(), key.port);
    }
}
