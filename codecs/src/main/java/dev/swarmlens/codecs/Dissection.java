package dev.swarmlens.codecs;

/**
 * Takes the bytes of one layer apart. Like {@link Protocol} it is a class since a call through an interface takes longer, and
 * there is one for each layer of each frame.
 */
public abstract class Dissection {
    /**
     * Finds the header that begins here, says where it lies, and lets the next protocol dissect what it encloses. This is
     * the hot path: it allocates nothing and throws nothing, whatever the bytes are.
     *
     * @param frame the array that holds the frame
     * @param start index of the header's first byte
     * @param end index after the last captured byte that the enclosing layer gives to this one
     * @param layers where the extent goes
     */
    public abstract void dissect(byte[] frame, int start, int end, Layers layers);
}
