package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Packet;
import java.util.List;

/**
 * A valid Ethernet frame that carries another one through VXLAN, perhaps through several tunnels.
 *
 * @param packet the whole frame, equal to what its bytes parse into
 * @param vnis the network identifiers of its tunnels, outermost first
 * @param inner the innermost Ethernet frame alone
 */
public record VxlanFrame(Packet packet, List<Integer> vnis, Packet inner) {
    /** Keeps a copy of the list. */
    public VxlanFrame {
        vnis = List.copyOf(vnis);
    }
}
