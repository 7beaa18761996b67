package dev.swarmlens.codecs;

/**
 * One fault of a frame with its numbers.
 *
 * @param fault what is wrong
 * @param protocol the protocol in whose header it was found
 * @param offset where that header begins, in bytes from the beginning of the frame
 * @param required how many bytes were needed from there; of a wrong version, the right one
 * @param available how many there were; of a wrong version, the one found
 * @param limit which length said so, for example {@code frame} or {@code ipv4.total_length}
 */
public record Problem(Fault fault, String protocol, int offset, int required, int available, String limit) {
    @Override
    public String toString() {
        String numbers = switch (fault) {
            case BAD_VERSION -> "needs version " + required + ", says " + available;
            case TOO_DEEP -> available + " layers are followed";
            default -> "needs " + required + " bytes, " + available + " are there (by " + limit + ")";
        };
        return protocol + " at offset " + offset + " " + fault.words() + ": " + numbers;
    }
}
