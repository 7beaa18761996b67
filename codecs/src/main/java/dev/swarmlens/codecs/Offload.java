package dev.swarmlens.codecs;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a network card's work leaves in a capture that was taken on the sending or the receiving host: the capture sees frames
 * before the card has finished them, or after it has merged them. None of it is an error.
 */
public enum Offload {
    /** The stored checksum is only the folded sum of the pseudo-header: the card adds the rest. */
    PARTIAL_CHECKSUM("checksum left to the network card"),
    /** A length field is 0 though something follows: the datagram is larger than the field can say, and the card cuts it. */
    UNSTATED_LENGTH("length left to the network card"),
    /** The datagram is larger than the link takes: the card cuts it (GSO), or has merged it of several (GRO). */
    OVERSIZED("larger than the MTU: segments not yet cut, or merged on arrival");

    /** The MTU of Ethernet without jumbo frames, in bytes. */
    public static final int ETHERNET_MTU = 1500;

    private final String words;

    Offload(String words) {
        this.words = words;
    }

    /** The trace in words. */
    public String words() {
        return words;
    }

    /**
     * The traces in one layer of a dissected frame.
     *
     * @param index the layer's index, outermost 0
     * @param mtu the largest datagram that the link takes, in bytes, for example {@link #ETHERNET_MTU}
     */
    public static Set<Offload> of(Layers layers, int index, int mtu) {
        Set<Offload> traces = EnumSet.noneOf(Offload.class);
        int start = layers.start(index);
        if (layers.protocol(index) instanceof NetworkProtocol network) {
            if (network.leavesLengthOpen(layers.frame(), start) && layers.payload(index) < layers.end(index)) {
                traces.add(UNSTATED_LENGTH);
            }
            if (layers.wireEnd(index) - start > mtu) {
                traces.add(OVERSIZED);
            }
        }
        View view = layers.protocol(index).newView();
        view.wrap(layers, index);
        if (view.checksumStatus() == ChecksumStatus.PARTIAL) {
            traces.add(PARTIAL_CHECKSUM);
        }
        return traces;
    }
}
