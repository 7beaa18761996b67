package dev.swarmlens.codecs;

import java.util.Arrays;
import java.util.List;

/**
 * Any bytes, taken for a frame as a capture holds it: one byte that chooses the link type, four that claim the length on the
 * wire, and the frame.
 */
final class FuzzedFrame {
    private static final List<LinkType> LINK_TYPES = List.of(
            LinkType.ETHERNET,
            LinkType.LINUX_SLL,
            LinkType.LINUX_SLL2,
            LinkType.RAW,
            LinkType.IPV4,
            LinkType.IPV6,
            LinkType.NULL,
            LinkType.LOOP);

    private static final int WIRE_LENGTH = 1;
    private static final int FRAME = WIRE_LENGTH + 4;

    private final byte[] input;

    /** Fills up what is too short to hold a frame, if an empty one. */
    FuzzedFrame(byte[] input) {
        this.input = input.length < FRAME ? Arrays.copyOf(input, FRAME) : input;
    }

    /** The input that is taken for a given frame. */
    static FuzzedFrame of(LinkType linkType, Bytes frame) {
        byte[] input = new byte[FRAME + frame.length()];
        input[0] = (byte) LINK_TYPES.indexOf(linkType);
        BigEndian.put32(input, WIRE_LENGTH, frame.length());
        frame.copyTo(input, FRAME);
        return new FuzzedFrame(input);
    }

    /** All of the bytes, of which the frame is the end. */
    byte[] input() {
        return input;
    }

    LinkType linkType() {
        return LINK_TYPES.get((input[0] & 0xff) % LINK_TYPES.size());
    }

    /** What the capture claims, which may be anything. */
    int wireLength() {
        return BigEndian.i32(input, WIRE_LENGTH);
    }

    /** Where in the input the frame begins. */
    int start() {
        return FRAME;
    }

    /** How many bytes were captured. */
    int length() {
        return input.length - FRAME;
    }

    /** The captured bytes. */
    byte[] toArray() {
        return Arrays.copyOfRange(input, FRAME, input.length);
    }
}
