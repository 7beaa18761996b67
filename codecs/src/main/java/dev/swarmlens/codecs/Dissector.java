package dev.swarmlens.codecs;

/**
 * The hot path: finds the layers of a frame, however deep, without allocating and without ever throwing. Stateless, so one
 * serves all threads; each thread has its own {@link Layers}.
 */
public final class Dissector {
    private final ProtocolRegistry registry;

    /**
     * Makes a dissector.
     *
     * @param registry which protocol follows which
     */
    public Dissector(ProtocolRegistry registry) {
        this.registry = registry;
    }

    /** Which protocol follows which. */
    public ProtocolRegistry registry() {
        return registry;
    }

    /**
     * Dissects one frame.
     *
     * @param frame the array that holds the frame
     * @param start index of its first byte
     * @param end index after its last captured byte
     * @param wireLength how long the frame was on the wire; more than {@code end − start} if the capture cut it
     * @param linkType the LINKTYPE_ value
     * @param layers receives the result; what it held before is forgotten
     */
    public void dissect(byte[] frame, int start, int end, int wireLength, int linkType, Layers layers) {
        // damaged captures claim any length, so the sum may not fit
        long wireEnd = (long) start + Math.max(wireLength, end - start);
        layers.begin(frame, start, end, (int) Math.min(wireEnd, Integer.MAX_VALUE), registry);
        layers.next(Binding.LINK_TYPE, linkType, start, end).dissect(frame, start, end, layers);
    }

    /** Dissects a whole array as one frame that the capture did not cut. */
    public void dissect(byte[] frame, LinkType linkType, Layers layers) {
        dissect(frame, 0, frame.length, frame.length, linkType.code(), layers);
    }

    /**
     * Goes on where a dissection ended, in what its innermost layer enclosed encrypted.
     *
     * @param clear holds a copy of the frame from its first byte on, in which that is in clear; kept until the next frame
     * @param start where in this copy the clear bytes begin
     * @param end where they end
     * @param layerEnd where the innermost layer ends, with what it adds behind the clear bytes and was encrypted, too
     * @param binding the kind of the code that says what comes next
     * @param code the code
     * @param layers the result of the dissection, which is continued
     */
    public void dissectClear(byte[] clear, int start, int end, int layerEnd, Binding binding, int code, Layers layers) {
        layers.goOnIn(clear, end, layerEnd);
        layers.next(binding, code, start, end).dissect(clear, start, end, layers);
    }
}
