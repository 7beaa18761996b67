package dev.swarmlens.codecs;

/**
 * A protocol whose header can say who sends a packet or who shall receive it in the end, as checksums of enclosed protocols
 * cover it: a network layer, or an extension header that puts other addresses in the place of the network layer's.
 */
public abstract class AddressingProtocol extends Protocol {
    /** Says that a header does not name an address. */
    public static final int NOT_NAMED = -1;

    /**
     * Where the sender's address lies.
     *
     * @param frame the array that holds the frame
     * @param start index of this protocol's header
     * @param end index after the header
     * @return an index into the array, or {@link #NOT_NAMED}
     */
    public abstract int senderAt(byte[] frame, int start, int end);

    /**
     * Where the address of the last receiver lies, behind all stops of a source route.
     *
     * @param frame the array that holds the frame
     * @param start index of this protocol's header
     * @param end index after the header
     * @return an index into the array, or {@link #NOT_NAMED}
     */
    public abstract int receiverAt(byte[] frame, int start, int end);
}
