package dev.swarmlens.codecs;

/** A network-layer protocol, whose addresses the checksums of enclosed protocols cover; its headers always name both. */
public abstract class NetworkProtocol extends AddressingProtocol {

    /** Bytes of an address. */
    public abstract int addressLength();

    /** Whether UDP must have a checksum over this protocol, as over IPv6, RFC 8200 section 8.1. */
    public abstract boolean demandsUdpChecksum();

    /** Whether its packets may be longer than 16 bits can say, as IPv6's, RFC 2675. */
    public boolean allowsJumbograms() {
        return false;
    }

    /**
     * The sum of the pseudo-header, RFC 9293 section 3.1, RFC 8200 section 8.1.
     *
     * @param frame the array that holds the frame
     * @param sender index of the sender's address
     * @param receiver index of the last receiver's address
     * @param protocol the enclosed protocol's number
     * @param length its length in bytes, header included
     * @return the sum, not folded
     */
    public long pseudoHeaderSum(byte[] frame, int sender, int receiver, int protocol, int length) {
        long addresses = InternetChecksum.sum(frame, sender, sender + addressLength(), 0);
        return InternetChecksum.sum(frame, receiver, receiver + addressLength(), addresses) + protocol + length;
    }

    /**
     * Whether a header's length field is 0, which stands for a length that the field cannot say.
     *
     * @param frame the array that holds the frame
     * @param start index of this protocol's header, which has been dissected
     */
    public abstract boolean leavesLengthOpen(byte[] frame, int start);
}
