package dev.swarmlens.codecs;

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
    }

    /**
     * Puts the view on a layer of a dissected frame.
     *
     * @param index the layer's index, outermost 0
     */
    public final void wrap(Layers layers, int index) {
        wrap(layers.frame(), layers.start(index), layers.end(index));
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
