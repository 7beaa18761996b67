package dev.swarmlens.codecs;

/** What is known of a checksum; the codes are Wireshark's. */
public enum ChecksumStatus {
    /** It does not fit what it covers. */
    BAD(0),
    /**
     * It is the folded sum of the pseudo-header alone: on a host that leaves checksums to its network card, frames look so until
     * the card has them. Wireshark counts it as bad.
     */
    PARTIAL(0),
    /** It fits what it covers. */
    GOOD(1),
    /** Not all that it covers is there: the capture or a fragment ended before. */
    UNVERIFIED(2),
    /** The sender made none. */
    NOT_PRESENT(3),
    /** It has a value that the protocol forbids. */
    ILLEGAL(4);

    private final int code;

    ChecksumStatus(int code) {
        this.code = code;
    }

    /** Wireshark's code, 0 to 4. */
    public int code() {
        return code;
    }
}
