package org.example.overlaycounter;

import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.vxlan.Vxlan;
import java.util.Map;
import java.util.TreeMap;

/** Somebody's service: counts the frames of each overlay. */
class OverlayCounter {
    private final Map<Integer, Integer> frames = new TreeMap<>();

    void accept(byte[] frame) {
        for (Header header : Packet.parse(frame).packet().layers()) {
            if (header instanceof Vxlan vxlan) {
                frames.merge(vxlan.vni(), 1, Integer::sum);
            }
        }
    }

    /** How many frames were seen of an overlay. */
    int framesOf(int vni) {
        return frames.getOrDefault(vni, 0);
    }
}
