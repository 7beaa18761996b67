package dev.swarmlens.analyzer.convert;

import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.vxlan.VxlanView;
import dev.swarmlens.codecs.vxlangpe.VxlanGpe;
import dev.swarmlens.codecs.vxlangpe.VxlanGpeView;

/** Takes frames out of the outermost VXLAN tunnel that they went through. Reused from packet to packet. */
public final class Decapsulation {
    private final Frame inner = new Frame();
    private int vni;

    /** A decapsulation. */
    public Decapsulation() {}

    /**
     * Looks at a packet.
     *
     * @return whether it went through a tunnel; quotes of such packets in ICMP errors did not
     */
    public boolean look(PacketView packet) {
        Layers layers = packet.layers();
        for (int i = 0; i < layers.sentCount(); i++) {
            LinkType linkType = enter(packet.view(i));
            if (linkType != null) {
                Frame outer = packet.frame();
                int start = layers.payload(i);
                inner.set(layers.frame(), start, layers.end(i), layers.wireEnd(i) - start, linkType);
                inner.setTime(outer.timeNanos());
                inner.setInterface(outer.interfaceId(), outer.interfaceIndex());
                inner.setPlace(outer.number(), outer.offset());
                return true;
            }
        }
        return false;
    }

    /** What the tunnel's header says is inside, or {@code null} if it is no such header. */
    private LinkType enter(View view) {
        if (view instanceof VxlanView vxlan) {
            vni = vxlan.vni();
            return LinkType.ETHERNET;
        }
        if (view instanceof VxlanGpeView vxlan) {
            vni = vxlan.vni();
            return switch (vxlan.nextProtocol()) {
                case VxlanGpe.NEXT_IPV4 -> LinkType.IPV4;
                case VxlanGpe.NEXT_IPV6 -> LinkType.IPV6;
                case VxlanGpe.NEXT_ETHERNET -> LinkType.ETHERNET;
                default -> null;
            };
        }
        return null;
    }

    /** The VXLAN network identifier of the tunnel, 0 to 2^24 − 1. */
    public int vni() {
        return vni;
    }

    /** The frame inside, with the time of the one outside; good until the next call of {@link #look}. */
    public Frame inner() {
        return inner;
    }
}
