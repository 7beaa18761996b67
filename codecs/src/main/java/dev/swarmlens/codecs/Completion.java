package dev.swarmlens.codecs;

import java.util.List;

/** What a header needs to know of the rest of the packet in order to fill in its lengths, codes and checksums. */
public final class Completion {
    private final byte[] frame;
    private final ProtocolRegistry registry;
    private final List<Header> headers;
    private int index;
    private int offset;
    private int end;

    Completion(byte[] frame, ProtocolRegistry registry, List<Header> headers) {
        this.frame = frame;
        this.registry = registry;
        this.headers = headers;
    }

    void moveTo(int newIndex, int newOffset, int newEnd) {
        index = newIndex;
        offset = newOffset;
        end = newEnd;
    }

    /** The array that holds the packet, with everything inside this header complete. */
    public byte[] frame() {
        return frame;
    }

    /** Where this header begins. */
    public int offset() {
        return offset;
    }

    /** Where what this header encloses ends. */
    public int end() {
        return end;
    }

    /** The length in bytes of this header and all that it encloses. */
    public int length() {
        return end - offset;
    }

    /**
     * The code for the next header.
     *
     * @param binding the kind of the code
     * @param otherwise what to return if there is no next header or no code is bound to its protocol
     */
    public int nextCode(Binding binding, int otherwise) {
        if (index + 1 >= headers.size()) {
            return otherwise;
        }
        Protocol next = headers.get(index + 1).protocol();
        if (registry.find(binding, otherwise) == next) {
            return otherwise;
        }
        int code = registry.codeOf(binding, next);
        return code < 0 ? otherwise : code;
    }

    /**
     * The pseudo-header's sum from the nearest enclosing network-layer header.
     *
     * @param protocol this header's protocol number
     * @return the sum, not folded; 0 if there is no network-layer header around
     */
    public long pseudoHeaderSum(int protocol) {
        for (int i = index - 1; i >= 0; i--) {
            long sum = headers.get(i).pseudoHeaderSum(protocol, length());
            if (sum >= 0) {
                return sum;
            }
        }
        return 0;
    }
}
