package dev.swarmlens.samples.wire;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;

/** A datagram about to go through a tunnel, and what a fault makes of it. */
public final class Crossing {
    /** No fault shows. */
    public static final int HEALTHY = -1;

    private final long nanos;
    private final Tunnel tunnel;
    private final Leg leg;
    private final Datagram datagram;

    private Ipv4Address outerSource;
    private Node receiver;
    private Ipv4Address outerDestination;
    private MacAddress nextHop;
    private int vni;
    private int reserved;
    private boolean clear;
    private boolean checksumLeft;
    private boolean lost;
    private boolean refused;
    private long delayNanos;
    private int keyAge;
    private int fault = HEALTHY;

    Crossing(long nanos, Tunnel tunnel, Leg leg, Datagram datagram) {
        this.nanos = nanos;
        this.tunnel = tunnel;
        this.leg = leg;
        this.datagram = datagram;
        this.outerSource = tunnel.from().address();
        this.receiver = tunnel.to();
        this.outerDestination = receiver.address();
        this.nextHop = receiver.mac();
        this.vni = tunnel.network().vni();
    }

    /** When it reaches the tunnel. */
    public long nanos() {
        return nanos;
    }

    /** Who sends it into the tunnel. */
    public Node from() {
        return tunnel.from();
    }

    /** Where it is to come out. */
    public Node to() {
        return tunnel.to();
    }

    /** Whose tunnel it is. */
    public Network network() {
        return tunnel.network();
    }

    /** The inner frame's destination. */
    public MacAddress destination() {
        return leg.destination();
    }

    /** What is inside. */
    public Datagram datagram() {
        return datagram;
    }

    /** It leaves with another source address. */
    public void leaveFrom(Ipv4Address address) {
        outerSource = address;
    }

    /** It goes to another node. */
    public void goTo(Node node) {
        receiver = node;
        outerDestination = node.address();
        nextHop = node.mac();
    }

    /** It goes to an address where nobody is. */
    public void goAstray(Ipv4Address address, MacAddress router) {
        outerDestination = address;
        nextHop = router;
        lost = true;
    }

    /** It has another network's identifier. */
    public void useVni(int newVni) {
        vni = newVni;
    }

    /** The last byte of its VXLAN header, which is reserved, is not 0. */
    public void setReserved(int newReserved) {
        reserved = newReserved;
    }

    /** It is not encrypted. */
    public void stayClear() {
        clear = true;
    }

    /** The network card does not finish the inner checksum, and the receiver drops it. */
    public void leaveChecksum() {
        checksumLeft = true;
        refused = true;
    }

    /** It is lost on the wire: the sender's capture has it, the receiver's does not. */
    public void lose() {
        lost = true;
    }

    /** The receiver's capture has it, but nobody there takes it. */
    public void refuse() {
        refused = true;
    }

    /** It takes longer. */
    public void delay(long nanosMore) {
        delayNanos += nanosMore;
    }

    /** It is encrypted with a key that is so many rotations old. */
    public void useKeyOfAge(int rotations) {
        keyAge = rotations;
    }

    /** It shows a fault. */
    public void shows(int faultIndex) {
        fault = faultIndex;
    }

    Ipv4Address outerSource() {
        return outerSource;
    }

    Node receiver() {
        return receiver;
    }

    Ipv4Address outerDestination() {
        return outerDestination;
    }

    MacAddress nextHop() {
        return nextHop;
    }

    int vni() {
        return vni;
    }

    int reserved() {
        return reserved;
    }

    boolean isEncrypted() {
        return tunnel.network().encrypted() && !clear;
    }

    boolean isChecksumLeft() {
        return checksumLeft;
    }

    boolean isLost() {
        return lost;
    }

    boolean isRefused() {
        return refused;
    }

    long delayNanos() {
        return delayNanos;
    }

    int keyAge() {
        return keyAge;
    }

    int fault() {
        return fault;
    }
}
