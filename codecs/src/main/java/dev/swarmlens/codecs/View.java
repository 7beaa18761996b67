package dev.swarmlens.codecs;

import java.util.Arrays;
import java.util.Objects;

/**
 * A reusable cursor over one header in a frame: named accessors instead of offsets, no copies, no allocation.
 *
 * <p>A view is put on a layer that a dissection has accepted; after that no accessor throws. On any other bytes an accessor
 * may throw {@link IndexOutOfBoundsException}, and nothing worse.
 */
public abstract class View {
    private byte[] frame = new byte[0];
    private int start;
    private int end;
    private Layers layers;
    private int index;

    /** For views of protocols. */
    protected View() {}

    /**
     * Puts the view on a header.
     *
     * @param frame the array that holds the frame
     * @param start index of the header's first byte
     * @param end index after the last byte of what this header encloses
     */
    public final void wrap(byte[] frame, int start, int end) {
        this.frame = frame;
        this.start = start;
        this.end = end;
        this.layers = null;
    }

    /**
     * Puts the view on a layer of a dissected frame.
     *
     * @param index the layer's index, outermost 0
     */
    public final void wrap(Layers layers, int index) {
        this.frame = layers.frame();
        this.start = layers.start(index);
        this.end = layers.end(index);
        this.layers = layers;
        this.index = index;
    }

    /**
     * Puts the view on the header of which a dissection found only the beginning. What is read beyond it throws
     * {@link IndexOutOfBoundsException}.
     *
     * @see Layers#incomplete
     */
    public final void wrapIncomplete(Layers layers) {
        this.frame = Arrays.copyOf(layers.frame(), layers.incompleteEnd());
        this.start = layers.incompleteStart();
        this.end = layers.incompleteEnd();
        this.layers = layers;
        this.index = layers.count();
    }

    /** The array that holds the frame. */
    public final byte[] frame() {
        return frame;
    }

    /** Index of the header's first byte in the frame. */
    public final int start() {
        return start;
    }

    /** Index after the last byte of what this header encloses. */
    public final int end() {
        return end;
    }

    /** The header's length in bytes, options included. */
    public abstract int headerLength();

    /** The header as a value: exactly what is on the wire. */
    public abstract Header toHeader();

    /** Whether the header's checksum fits; {@link ChecksumStatus#NOT_PRESENT} where the protocol has none. */
    public ChecksumStatus checksumStatus() {
        return ChecksumStatus.NOT_PRESENT;
    }

    /**
     * The length on the wire of the header and all that it encloses, in bytes; more than what was captured if the capture cut
     * the frame.
     */
    public final int wireLength() {
        return wireEnd() - start;
    }

    /**
     * Checks that the first bytes of the header are there; they always are unless the view is on an incomplete header.
     *
     * @throws IndexOutOfBoundsException if they are not
     */
    protected final void demand(int length) {
        Objects.checkFromIndexSize(start, length, frame.length);
    }

    private int wireEnd() {
        if (layers == null) {
            return end;
        }
        return index < layers.count() ? layers.wireEnd(index) : layers.wireEnd();
    }

    /**
     * Whether the checksum of a message fits it.
     *
     * @return {@link ChecksumStatus#UNVERIFIED} if not all of the message is there
     */
    protected final ChecksumStatus messageChecksum() {
        return isWhole() ? verified(0) : ChecksumStatus.UNVERIFIED;
    }

    /** Whether the header is only quoted, as in ICMP errors, and may have been changed on its way before. */
    public final boolean isQuoted() {
        return layers != null && index >= layers.sentCount();
    }

    /**
     * Whether a checksum that covers a pseudo-header, too, fits.
     *
     * @param protocol this protocol's number
     * @param stored the checksum in the header
     * @return {@link ChecksumStatus#UNVERIFIED} if not all that it covers is there, or no network layer is known
     */
    protected final ChecksumStatus transportChecksum(int protocol, int stored) {
        int around = networkLayer();
        if (!isWhole() || around < 0) {
            return ChecksumStatus.UNVERIFIED;
        }
        NetworkProtocol network = (NetworkProtocol) layers.protocol(around);
        long pseudoHeader = network.pseudoHeaderSum(frame, layers.start(around), protocol, end - start);
        ChecksumStatus status = verified(pseudoHeader);
        return status == ChecksumStatus.BAD && stored == InternetChecksum.fold(pseudoHeader)
                ? ChecksumStatus.PARTIAL
                : status;
    }

    /** Whether the header is that of a fragmented datagram's beginning, so that its data goes on elsewhere. */
    public final boolean isFragment() {
        return layers != null && layers.isFragment(index);
    }

    /** Whether the network layer around demands a checksum of UDP. */
    protected final boolean isChecksumMandatory() {
        int around = networkLayer();
        return around >= 0 && ((NetworkProtocol) layers.protocol(around)).demandsUdpChecksum();
    }

    /** The index of the nearest network layer around, or −1. */
    private int networkLayer() {
        int around = layers == null ? -1 : index - 1;
        while (around >= 0 && !(layers.protocol(around) instanceof NetworkProtocol)) {
            around--;
        }
        return around;
    }

    private boolean isWhole() {
        return layers != null && index < layers.count() && wireEnd() == end && !layers.isFragment(index);
    }

    private ChecksumStatus verified(long pseudoHeaderSum) {
        int sum = InternetChecksum.fold(InternetChecksum.sum(frame, start, end, pseudoHeaderSum));
        return sum == 0xffff ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
    }

    /** Reads one byte of the header, 0 to 255. */
    protected final int u8(int offset) {
        return BigEndian.u8(frame, start + offset);
    }

    /** Reads two bytes of the header, 0 to 65535. */
    protected final int u16(int offset) {
        return BigEndian.u16(frame, start + offset);
    }

    /** Reads four bytes of the header as 32 bits. */
    protected final int i32(int offset) {
        return BigEndian.i32(frame, start + offset);
    }

    /** Reads four bytes of the header, 0 to 2^32 − 1. */
    protected final long u32(int offset) {
        return BigEndian.u32(frame, start + offset);
    }

    /** Reads six bytes of the header, 0 to 2^48 − 1. */
    protected final long u48(int offset) {
        return BigEndian.u48(frame, start + offset);
    }

    /** Reads eight bytes of the header. */
    protected final long i64(int offset) {
        return BigEndian.i64(frame, start + offset);
    }

    /** Copies a part of the header. */
    protected final Bytes bytes(int from, int to) {
        return Bytes.of(frame, start + from, start + to);
    }
}
