package dev.swarmlens.codecs;

/**
 * One protocol header as an immutable value: exactly what is, or shall be, on the wire, wrong checksums and reserved bits
 * included.
 */
public interface Header {
    /** The protocol that this is a header of. */
    Protocol protocol();

    /** Bytes on the wire, options included. */
    int length();

    /**
     * Writes the header as it is.
     *
     * @param frame the array to write into
     * @param offset where the header begins; {@link #length} bytes follow
     */
    void write(byte[] frame, int offset);

    /**
     * Corrects, in a header already written, what follows from the rest of the packet: lengths, next-protocol codes,
     * checksums. Called from the innermost header outwards, so that everything inside is complete. A header with no such
     * fields does nothing.
     */
    default void complete(Completion completion) {}

    /** How many bytes this header and all that it encloses may have, by its length field; no limit where it has none. */
    default int maxLength() {
        return Integer.MAX_VALUE;
    }

    /** Whether bytes that no length counts, such as Ethernet's padding, may follow what this header encloses. */
    default boolean takesTrailer() {
        return false;
    }
}
