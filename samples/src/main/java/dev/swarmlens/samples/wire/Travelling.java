package dev.swarmlens.samples.wire;

import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.Optional;

/**
 * A frame on its way, not yet encoded: what counts packets, such as the IP identification, counts in the order in which they are
 * captured.
 */
final class Travelling {
    private static final int INSIDE = Udp.LENGTH + Vxlan.LENGTH + Ethernet.LENGTH;

    private final Datagram datagram;
    private final Leg leg;
    private final Optional<Crossing> crossing;
    /** How many captures still want it. */
    private int expected;

    private byte[] bytes;

    Travelling(Datagram datagram, Leg leg, Optional<Crossing> crossing) {
        this.datagram = datagram;
        this.leg = leg;
        this.crossing = crossing;
    }

    Datagram datagram() {
        return datagram;
    }

    Leg leg() {
        return leg;
    }

    Optional<Crossing> crossing() {
        return crossing;
    }

    /** One capture more wants it. */
    void expect() {
        expected++;
    }

    /** One capture has had it; returns whether that was the last. */
    boolean release() {
        expected--;
        return expected == 0;
    }

    /** How long it is, encoded. */
    int length() {
        int plain = Ethernet.LENGTH + datagram.length() + leg.longerBy();
        if (crossing.isEmpty()) {
            return plain;
        }
        int inside = INSIDE + datagram.length();
        int outside = Ethernet.LENGTH + Ipv4.MIN_LENGTH;
        return outside + (crossing.get().isEncrypted() ? Ipsec.length(inside) : inside);
    }

    /** The encoded frame, null as long as it is none. */
    byte[] bytes() {
        return bytes;
    }

    void setBytes(byte[] newBytes) {
        bytes = newBytes;
    }
}
