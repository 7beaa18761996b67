package dev.swarmlens.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Reads the packets of a capture in their order.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.open(Path.of("underlay.pcap"))) {
 *     Frame frame = new Frame();
 *     while (reader.next(frame)) {
 *         // look at frame.bytes() from frame.start() to frame.end()
 *     }
 *     reader.damage().ifPresent(damage -> System.err.println(damage.message()));
 * }
 * }</pre>
 *
 * <p>It reads pcap (microseconds, nanoseconds, "modified") and pcapng in both byte orders. A frame is handed out as soon as
 * its bytes have arrived, so that a pipe can be followed while it is written. Memory does not depend on the length of the
 * capture, nor on any length that it claims; only the interfaces and sections that a pcapng file describes are kept.
 *
 * <p>If the thread is {@linkplain Thread#interrupt interrupted} while it waits for a file or a channel's stream, the capture ends
 * where it stands.
 *
 * <p>Not thread-safe.
 */
public abstract class CaptureReader implements Closeable {
    /**
     * The most bytes that a record may have captured. It is wiretap's and tcpdump's limit for everything but D-Bus and USB,
     * which are no network; a record that claims more is damage.
     */
    static final int MAX_CAPTURED = 262_144;

    private final Input input;
    /** Where what belongs to another reader begins: see {@link SlicedCapture}. */
    private long limit = Long.MAX_VALUE;

    private Consumer<CaptureBlock> observer;
    private boolean endedAtLimit;
    private boolean resync;
    private boolean ended;
    private Optional<Damage> damage = Optional.empty();
    private Skipped skipped = Skipped.NOTHING;

    CaptureReader(Input input) {
        this.input = input;
    }

    /**
     * Opens a file or a named pipe.
     *
     * @param path the file
     * @return a reader that stands before the first packet
     * @throws NotACaptureException if it is a directory, empty, too short, or in an unknown format
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read
     */
    public static CaptureReader open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new NotACaptureException(path + " is a directory, not a capture");
        }
        // unlike the stream that Files makes, a channel's own can be interrupted while it waits
        InputStream stream = Channels.newInputStream(FileChannel.open(path));
        try {
            return open(stream, path.toString());
        } catch (IOException | RuntimeException e) {
            try (stream) {
                throw e;
            }
        }
    }

    /**
     * Opens a stream, for example {@code System.in}. It need not be buffered, nor is it helped by that.
     *
     * @param stream the capture's bytes; closed with the reader, but left open if this method throws
     * @param name what messages call it: the file's name, or {@code -} for the standard input
     * @return a reader that stands before the first packet
     * @throws NotACaptureException if it is empty, too short, or in an unknown format
     * @throws IOException if it cannot be read
     */
    public static CaptureReader open(InputStream stream, String name) throws IOException {
        return CaptureOpener.open(new Input(stream), name);
    }

    /**
     * Tells the reader, before its first packet, to go on behind damage: at the next place at which several records in a row
     * are plausible. What it then delivers need not be what was captured.
     *
     * @return this reader
     */
    public CaptureReader resync() {
        resync = true;
        return this;
    }

    /**
     * Tells the reader, before its first packet, to describe each block that it passes.
     *
     * @param newObserver gets the file's blocks in their order; a packet's before {@link #next} returns
     * @return this reader
     */
    public CaptureReader describeTo(Consumer<CaptureBlock> newObserver) {
        observer = newObserver;
        return this;
    }

    /**
     * Moves a frame to the next packet.
     *
     * @param frame is changed only if there is one
     * @return false if there is none: the capture has ended, or it goes on with {@linkplain #damage() damage}
     * @throws IOException if reading fails; never because of what the bytes say
     */
    public abstract boolean next(Frame frame) throws IOException;

    /** What the file is, as its first bytes say. */
    public abstract CaptureFormat format();

    /**
     * The interfaces described so far, over all sections, in the file's order: {@link Frame#interfaceIndex()} is a place in
     * this list. In pcapng an interface may appear, and its statistics may change, with any call of {@link #next}.
     *
     * @return an immutable snapshot
     */
    public abstract List<CaptureInterface> interfaces();

    /**
     * The sections begun so far, in the file's order.
     *
     * @return an immutable snapshot; empty for pcap, which has none
     */
    public abstract List<CaptureSection> sections();

    /**
     * How many whole blocks of each type have been passed so far.
     *
     * @return an immutable snapshot, by type; empty for pcap, which has none
     */
    public abstract SortedMap<BlockType, Long> blockCounts();

    /**
     * Why {@link #next} returned false before the end of the capture; if it was to {@linkplain #resync go on}, what it met first.
     *
     * @return empty if there is no damage, also if the file was cut exactly between two packets
     */
    public Optional<Damage> damage() {
        return damage.map(first -> first.with(skipped));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /** Whether there is nothing more to deliver. */
    boolean ended() {
        return ended;
    }

    /** Ends the capture. */
    void end() {
        ended = true;
        input.breakdown()
                .ifPresent(reason -> damage = Optional.of(damage.orElseGet(
                                () -> new Damage(input.offset(), "the capture breaks off at offset " + input.offset()))
                        .because(reason)));
    }

    /** Whether somebody wants to know of every block. */
    boolean isObserved() {
        return observer != null;
    }

    /** Tells of a block. */
    void observe(long offset, long length, String name, List<CaptureBlock.Entry> contents) {
        observer.accept(new CaptureBlock(offset, length, name, contents));
    }

    /** Whether to go on behind damage. */
    boolean resyncs() {
        return resync;
    }

    /** Ends the capture with damage that begins where the input is, or moves behind it. */
    void damaged(Damage found) throws IOException {
        damage = Optional.of(damage.orElse(found));
        if (!resync) {
            end();
            return;
        }
        input.skip(search().step());
        boolean goesOn = search().find(Long.MAX_VALUE, 0);
        skipped = skipped.plus(input.offset() - found.offset());
        if (!goesOn) {
            end();
        }
    }

    abstract RecordSearch search();

    /** Says where what belongs to another reader begins: at the first record at this offset or behind it. */
    void limit(long offset) {
        limit = offset;
    }

    /** Ends the capture if all that comes belongs to another reader. */
    boolean endsAtLimit() {
        if (input.offset() >= limit) {
            endedAtLimit = true;
            end();
        }
        return endedAtLimit;
    }

    /** Whether the capture has ended because all that comes belongs to another reader. */
    boolean endedAtLimit() {
        return endedAtLimit;
    }

    /**
     * Where the next record begins: how far reading has come, in bytes of the (decompressed) file. Another thread may ask, and
     * then gets a value that was right a moment ago.
     */
    public long offset() {
        return input.offset();
    }

    /** Reads what comes before the first packet and an offset. */
    void passDescriptions(long end) throws IOException {}

    /** A reader that goes on with this capture, which is not compressed, at another place. */
    abstract CaptureReader at(Input place);

    /** Whether records mean the same to this reader as to another of the same file. */
    abstract boolean understandsLike(CaptureReader other);
}
