package dev.swarmlens.analyzer.report;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.codecs.IpProtocol;

/**
 * One leg of a balanced connection: the client's to what it asked (an entry node, or the virtual address of a service), or
 * the load balancer's to the task.
 *
 * @param key what makes it this leg and no other
 * @param initiatorVtep the tunnel endpoint before the initiator; {@code null} on the underlay
 * @param responderVtep the tunnel endpoint before the responder; {@code null} on the underlay, or if not known
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
     * @param vni the network, or {@link Sighting#UNDERLAY}
     * @param protocol the IP protocol number
     * @param initiator the address that began it
     * @param initiatorPort its port
     * @param responder the address that it was begun with
     * @param port the port that was asked, which no leg changes
     * @param initialSequence TCP's initial sequence number, which address translation does not touch; 0 for UDP
     */
    record Key(
            int vni,
            int protocol,
            Address initiator,
            int initiatorPort,
            Address responder,
            int port,
            int initialSequence) {

        boolean isTcp() {
            return protocol == IpProtocol.TCP.code();
        }
    }

    /** What the legs of a connection have in common, through every translation of addresses. */
    record Connection(int protocol, int port, int initialSequence, int initiatorPort) {}

    /** What all legs of this leg's connection have; of unlike connections only rarely two have the same. */
    Connection connection() {
        return new Connection(key.protocol, key.port, key.initialSequence, key.isTcp() ? 0 : key.initiatorPort);
    }

    /** The node that distributed the connection, by its underlay address. */
    Address entry() {
        return initiatorVtep == null ? key.responder : initiatorVtep;
    }

    /** Whether the node answered for itself: no tunnel between the load balancer and the task. */
    boolean isLocal() {
        return initiatorVtep != null && initiatorVtep.equals(responderVtep);
    }

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

    /** The same leg, now that it is known between which tunnel endpoints it lies. */
    Leg between(Address initiatorNode, Address responderNode) {
        return new Leg(key, initiatorNode, responderNode, timestampValue, start, bytes, answered);
    }

    /** The leg before this one, which asked a node. */
    Leg asking(Address node) {
        Key before =
                new Key(key.vni, key.protocol, key.initiator, key.initiatorPort, node, key.port, key.initialSequence);
        return new Leg(before, null, null, timestampValue, start, bytes, answered);
    }

    /** Whether this and another leg are of one connection, once they have {@link #connection} in common. */
    boolean agreesWith(Leg other) {
        boolean sameTimestamp = timestampValue >= 0 && timestampValue == other.timestampValue;
        return sameTimestamp || key.initiatorPort == other.key.initiatorPort;
    }

    Report.Socket initiatorSocket() {
        return new Report.Socket(key.initiator.toString(), key.initiatorPort);
    }

    Report.Socket responderSocket() {
        return new Report.Socket(key.responder.toString(), key.port);
    }
}
