package dev.swarmlens.capture;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;

/**
 * Writes packets to a capture file.
 *
 * <pre>{@code
 * try (CaptureWriter writer = CaptureOutput.to(Path.of("eth1.pcapng.zst")).open()) {
 *     int eth1 = writer.add(CaptureInterface.of(LinkType.ETHERNET).name("eth1").build());
 *     writer.write(eth1, frame);
 *     writer.count(eth1, InterfaceStatistics.NONE.withReceived(1).withDropped(0));
 * }
 * }</pre>
 *
 * <p>Records reach the file whole, in large blocks, and when it is {@linkplain #flush flushed}. If it can be written no
 * further, the {@link IOException} says in one sentence which file and why; whoever reads a pipe may close it, then the message
 * ends with {@code Broken pipe}.
 *
 * <p>Not thread-safe.
 */
public abstract class CaptureWriter implements Closeable, Flushable {

    final Output output;
    private int interfaces;
    private long packets;

    CaptureWriter(Output output) {
        this.output = output;
    }

    /**
     * Describes an interface, on which packets can be written then.
     *
     * @param description its section, number and time resolution are the file's business; {@linkplain #count statistics} in it
     *     are written when the writer is closed. A pcap file knows only the link type and the snap length
     * @return its number: 0 for the first, and so on
     * @throws IllegalArgumentException if a text is longer than the 65 535 bytes that pcapng allows
     * @throws IOException if writing fails, or if the format cannot hold one more: the interfaces of a pcap file have one link
     *     type
     */
    public int add(CaptureInterface description) throws IOException {
        describe(description);
        return interfaces++;
    }

    /**
     * Writes a packet with what its frame {@linkplain Frame#options says} beside it.
     *
     * @param interfaceNumber what {@link #add} returned
     * @param frame the packet. One without a time gets the year 1970 where the format must have a time
     * @throws IllegalArgumentException if there is no such interface, or the frame is longer than the 262 144 bytes that
     *     programs read
     * @throws IOException if writing fails, or the format cannot hold the time: from 1970 to 2106 in pcap
     */
    public final void write(int interfaceNumber, Frame frame) throws IOException {
        write(interfaceNumber, frame, frame.options());
    }

    /**
     * Writes a packet.
     *
     * @param interfaceNumber what {@link #add} returned
     * @param frame the packet; what it says beside its bytes is not written
     * @param options what to say instead, which pcap cannot
     * @throws IllegalArgumentException if there is no such interface, the frame is longer than 262 144 bytes, or a comment longer
     *     than 65 535 bytes
     * @throws IOException if writing fails, or the format cannot hold the time
     */
    public final void write(int interfaceNumber, Frame frame, PacketOptions options) throws IOException {
        check(interfaceNumber);
        if (frame.capturedLength() > CaptureReader.MAX_CAPTURED) {
            throw new IllegalArgumentException("a frame of " + frame.capturedLength() + " bytes is longer than the "
                    + CaptureReader.MAX_CAPTURED + " that programs read");
        }
        put(interfaceNumber, frame, options);
        packets++;
    }

    /**
     * Notes what an interface has counted so far. The last word is written when the writer is closed; pcap has no place for it.
     *
     * @param interfaceNumber what {@link #add} returned
     * @param statistics what it counted
     * @throws IllegalArgumentException if there is no such interface
     */
    public void count(int interfaceNumber, InterfaceStatistics statistics) {
        check(interfaceNumber);
    }

    /** How many packets were written. */
    public final long packets() {
        return packets;
    }

    /** How many bytes the file has so far, before compression, those that wait to be flushed included. */
    public final long length() {
        return output.offset();
    }

    /**
     * Passes everything on that was written. What is compressed may stay behind in part: with lz4 and bzip2 up to a block.
     *
     * @throws IOException if writing fails
     */
    @Override
    public void flush() throws IOException {
        output.flush();
    }

    /**
     * Completes the file and closes what it is written to.
     *
     * @throws IOException if writing fails; not again if it failed before
     */
    @Override
    public void close() throws IOException {
        output.close();
    }

    abstract void describe(CaptureInterface description) throws IOException;

    abstract void put(int interfaceNumber, Frame frame, PacketOptions options) throws IOException;

    private void check(int interfaceNumber) {
        if (interfaceNumber < 0 || interfaceNumber >= interfaces) {
            throw new IllegalArgumentException(
                    "no interface " + interfaceNumber + ": there are " + interfaces + " so far");
        }
    }
}
