package dev.swarmlens.codecs;

/** Recognises a protocol by its content where no code is bound; it must be strict, and as cheap as the hot path. */
@FunctionalInterface
public interface Heuristic {
    /**
     * Looks at bytes that no protocol claims.
     *
     * @param frame the array that holds the frame
     * @param start index of the first byte
     * @param end index after the last captured byte
     * @return the protocol, or {@code null}
     */
    Protocol recognise(byte[] frame, int start, int end);
}
