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
     * Puts the view on a copy of the header of which a dissection found only the beginning. What is read beyond it throws
     * {@link IndexOutOfBoundsException}.
     *
     * @see Layers#incomplete
     */
    public final void wrapIncomplete(Layers layers) {
        // the copy ends where the header does, so that nothing behind can be read
        this.frame = Arrays.copyOfRange(layers.frame(), layers.frameStart(), layers.incompleteEnd());
        this.start = layers.incompleteStart() - layers.frameStart();
        this.end = frame.length;
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
     * @param length how many
     * @throws IndexOutOfBoundsException if they are not
     */
    protected final void demand(int length) {
        Objects.checkFromIndexSize(start, length, frame.length);
    }

    private int wireEnd() {
        if (layers == null) {
            return end;
        }
        return index < layers.count() ? layers.wireEnd(index) : layers.wireEnd() - layers.frameStart();
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
        return layers != null && layers.isQuoted(index);
    }

    /**
     * Whether a checksum that covers a pseudo-header, too, fits.
     *
     * @param protocol this protocol's number
     * @param stored the checksum in the header
     * @return {@link ChecksumStatus#UNVERIFIED} if not all that it covers is there, or no network layer is known
     */
    protected final ChecksumStatus transportChecksum(int protocol, int stored) {
        if (!isWhole()) {
            return ChecksumStatus.UNVERIFIED;
        }
        byte[] all = layers.frame();
        int sender = AddressingProtocol.NOT_NAMED;
        int receiver = AddressingProtocol.NOT_NAMED;
        for (int i = index - 1; i >= 0; i--) {
            if (layers.protocol(i) instanceof AddressingProtocol addressing) {
                int from = layers.start(i);
                int to = layers.payload(i);
                sender = sender == AddressingProtocol.NOT_NAMED ? addressing.senderAt(all, from, to) : sender;
                receiver = receiver == AddressingProtocol.NOT_NAMED ? addressing.receiverAt(all, from, to) : receiver;
                if (addressing instanceof NetworkProtocol network) {
                    long sum = network.pseudoHeaderSum(all, sender, receiver, protocol, end - start);
                    ChecksumStatus status = verified(sum);
                    return status == ChecksumStatus.BAD && stored == InternetChecksum.fold(sum)
                            ? ChecksumStatus.PARTIAL
                            : status;
                }
            }
        }
        return ChecksumStatus.UNVERIFIED;
    }

    /** Whether the header is that of a fragmented datagram's beginning, so that its data goes on elsewhere. */
    public final boolean isFragment() {
        return layers != null && layers.isFragment(index);
    }

    /** Whether the network layer around demands a checksum of UDP. */
    protected final boolean isChecksumMandatory() {
        NetworkProtocol network = layers == null ? null : layers.networkAround(index);
        return network != null && network.demandsUdpChecksum();
    }

    /** Whether all that the enclosing layer holds is there, what stands behind the end of this header's data included. */
    protected final boolean isHolderWhole() {
        return layers != null && index > 0 && layers.end(index - 1) == layers.wireEnd(index - 1);
    }

    private boolean isWhole() {
        return layers != null && wireEnd() == end && !layers.isFragment(index);
    }

    private ChecksumStatus verified(long pseudoHeaderSum) {
        int sum = InternetChecksum.fold(InternetChecksum.sum(frame, start, end, pseudoHeaderSum));
        if (sum == 0xffff) {
            return ChecksumStatus.GOOD;
        }
        // what is missing may make it right
        return layers.goesOn(index) ? ChecksumStatus.UNVERIFIED : ChecksumStatus.BAD;
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
