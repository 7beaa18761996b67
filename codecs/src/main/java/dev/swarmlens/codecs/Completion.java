package dev.swarmlens.codecs;

import java.util.List;

/** What a header needs to know of the rest of the packet in order to fill in its lengths, codes and checksums. */
public final class Completion {
    private final byte[] frame;
    private final ProtocolRegistry registry;
    private final List<Header> headers;
    private final int[] starts;
    private int index;
    private int offset;
    private int end;
    private int payloadEnd;

    /**
     * Made for one packet.
     *
     * @param starts where the headers begin
     */
    Completion(byte[] frame, ProtocolRegistry registry, List<Header> headers, int[] starts) {
        this.frame = frame;
        this.registry = registry;
        this.headers = headers;
        this.starts = starts;
    }

    void moveTo(int newIndex, int newEnd, int newPayloadEnd) {
        index = newIndex;
        offset = starts[newIndex];
        end = newEnd;
        payloadEnd = newPayloadEnd;
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

    /** The length in bytes of this header and all that it encloses but a trailer. */
    public int payloadLength() {
        return payloadEnd - offset;
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
     * The value of a field that holds the next header's EtherType, or the length of what follows if that is IEEE 802.2.
     *
     * @param headerLength this header's length in bytes
     * @param otherwise what to return if there is no next header or no EtherType is bound to its protocol
     * @throws IllegalArgumentException if what follows is IEEE 802.2 and too long for a length
     */
    public int nextTypeOrLength(int headerLength, int otherwise) {
        if (nextCode(Binding.IEEE_802_2, -1) < 0) {
            return nextCode(Binding.ETHER_TYPE, otherwise);
        }
        int length = payloadLength() - headerLength;
        if (length > EtherType.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "IEEE 802.2 frame length " + length + " is outside 0.." + EtherType.MAX_LENGTH);
        }
        return length;
    }

    /**
     * The pseudo-header's sum, from the nearest enclosing network-layer header and what extensions of it say of the addresses.
     *
     * @param protocol this header's protocol number
     * @return the sum, not folded; 0 if there is no network-layer header around
     */
    public long pseudoHeaderSum(int protocol) {
        int sender = AddressingProtocol.NOT_NAMED;
        int receiver = AddressingProtocol.NOT_NAMED;
        for (int i = index - 1; i >= 0; i--) {
            if (headers.get(i).protocol() instanceof AddressingProtocol addressing) {
                int start = starts[i];
                int end = starts[i + 1];
                sender = sender == AddressingProtocol.NOT_NAMED ? addressing.senderAt(frame, start, end) : sender;
                receiver =
                        receiver == AddressingProtocol.NOT_NAMED ? addressing.receiverAt(frame, start, end) : receiver;
                if (addressing instanceof NetworkProtocol network) {
                    return network.pseudoHeaderSum(frame, sender, receiver, protocol, length());
                }
            }
        }
        return 0;
    }
}
