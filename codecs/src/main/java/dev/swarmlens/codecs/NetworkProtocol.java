package dev.swarmlens.codecs;

/** A network-layer protocol, whose addresses the checksums of enclosed protocols cover. */
public interface NetworkProtocol extends Protocol {

    /**
     * The sum of the pseudo-header, RFC 9293 section 3.1, RFC 8200 section 8.1.
     *
     * @param frame the array that holds the frame
     * @param start index of this protocol's header, which has been dissected
     * @param protocol the enclosed protocol's number
     * @param length its length in bytes, header included
     * @return the sum, not folded
     */
    long pseudoHeaderSum(byte[] frame, int start, int protocol, int length);

    /** Whether UDP must have a checksum over this protocol, as over IPv6, RFC 8200 section 8.1. */
    boolean demandsUdpChecksum();

    /**
     * Whether a header's length field is 0, which stands for a length that the field cannot say.
     *
     * @param frame the array that holds the frame
     * @param start index of this protocol's header, which has been dissected
     */
    boolean leavesLengthOpen(byte[] frame, int start);
}
