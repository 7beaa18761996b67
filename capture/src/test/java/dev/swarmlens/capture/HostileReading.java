package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Reads bytes as a capture, to the last field of the last frame, and holds it against what must be so whatever the bytes are: no
 * exception but the one for what is no capture, no frame twice or out of bounds, every frame the same after it was a packet,
 * and no more memory than the bytes warrant.
 */
final class HostileReading {
    /** The window over the file, mostly, which grows with its longest block. */
    private static final int READER_BYTES = 1024 * 1024;
    /** A description of an interface in 20 bytes becomes an object of hundreds. */
    private static final int READER_BYTES_PER_BYTE = 16;
    /** What a packed file unpacks to is not bounded by its own length, but the room for that is. */
    private static final long UNPACKER_BYTES = 128L * 1024 * 1024;
    /** The stack of layers, mostly. */
    private static final int PACKET_BYTES = 8 * 1024;
    /** A header as short as a VLAN tag becomes an object a few times its size. */
    private static final int PACKET_BYTES_PER_BYTE = 32;
    /** A short text, and the formatter that makes it. */
    private static final int FIELD_BYTES = 4 * 1024;

    /** What the virtual machine allocates once, for example to load a class, is not allocated again. */
    private static final int TRIES = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Dissector DISSECTOR = new Dissector(ProtocolRegistry.standard());

    private final byte[] file;
    private final int length;
    private final boolean resync;
    private final Set<Long> known;
    private final List<Long> offsets = new ArrayList<>();
    private final Frame frame = new Frame();
    private final Layers layers = new Layers();
    private final CRC32C checksum = new CRC32C();
    private boolean isCapture = true;
    private boolean isPacked;
    private Optional<Damage> damage = Optional.empty();
    /** Allocated for frames: apart from what the reader allocates. */
    private long forFrames;

    private HostileReading(byte[] file, int length, boolean resync, Set<Long> known) {
        this.file = file;
        this.length = length;
        this.resync = resync;
        this.known = known;
    }

    /**
     * Reads the beginning of an array as a capture file.
     *
     * @param resync whether to go on behind damage
     * @param known frames that were looked into before, which tell nothing new; those of this reading are added
     */
    static HostileReading of(byte[] file, int length, boolean resync, Set<Long> known) throws IOException {
        long plain = (long) READER_BYTES_PER_BYTE * length + READER_BYTES;
        long allowed;
        HostileReading reading;
        long allocated;
        int tries = 0;
        do {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            reading = new HostileReading(file, length, resync, known);
            reading.read();
            allowed = plain + (reading.isPacked ? UNPACKER_BYTES : 0);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before - reading.forFrames;
            tries++;
        } while (allocated > allowed && tries < TRIES);
        check(allocated <= allowed, "bytes are allocated for the file", allocated);
        return reading;
    }

    /** Where the records of the frames begin. */
    List<Long> offsets() {
        return offsets;
    }

    /** Whether the file could be opened. */
    boolean isCapture() {
        return isCapture;
    }

    Optional<Damage> damage() {
        return damage;
    }

    private void read() throws IOException {
        try (CaptureReader opened = CaptureReader.open(new ByteArrayInputStream(file, 0, length), "hostile")) {
            CaptureReader reader = resync ? opened.resync() : opened;
            isPacked = reader.format().compression() != Compression.NONE;
            long most = isPacked ? Long.MAX_VALUE : length;
            long captured = 0;
            long last = -1;
            while (reader.next(frame)) {
                check(frame.offset() > last && frame.offset() < most, "is the frame's offset", frame.offset());
                check(frame.start() >= 0 && frame.start() <= frame.end(), "is the frame's start", frame.start());
                check(frame.end() <= frame.bytes().length, "is the frame's end", frame.end());
                check(frame.wireLength() >= 0, "is the frame's length", frame.wireLength());
                last = frame.offset();
                offsets.add(last);
                captured += frame.capturedLength();
                useFrame();
            }
            assertThat(captured).isLessThanOrEqualTo(most);
            assertThat(reader.interfaces().size()).isGreaterThan(offsets.isEmpty() ? -1 : frame.interfaceIndex());
            assertThat(reader.format().toString()).isNotEmpty();
            assertThat(reader.blockCounts().values()).allMatch(count -> count > 0);
            damage = reader.damage();
            damage.ifPresent(found -> {
                assertThat(found.offset()).isBetween(0L, most);
                assertThat(found.message()).contains("at offset " + found.offset());
            });
        } catch (NotACaptureException e) {
            isCapture = false;
            assertThat(e).hasMessageStartingWith("hostile");
        }
    }

    private void useFrame() {
        try {
            dissect(frame.bytes(), frame.start());
            long before = THREADS.getCurrentThreadAllocatedBytes();
            if (known.add(fingerprint())) {
                lookInto(Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end()));
            }
            forFrames += THREADS.getCurrentThreadAllocatedBytes() - before;
        } catch (AssertionError | RuntimeException e) {
            Bytes bytes = Bytes.of(frame.bytes(), frame.start(), frame.end());
            throw new AssertionError(
                    "frame at offset " + frame.offset() + ", link type " + frame.linkType() + ": " + bytes.toHex(), e);
        }
    }

    private void dissect(byte[] bytes, int start) {
        int end = start + frame.capturedLength();
        DISSECTOR.dissect(
                bytes, start, end, frame.wireLength(), frame.linkType().code(), layers);
    }

    /** Takes the frame apart in an array that ends with it, where who reads too far is caught. */
    private void lookInto(byte[] bytes) {
        dissect(bytes, 0);
        bounded((long) PACKET_BYTES_PER_BYTE * bytes.length + PACKET_BYTES, () -> makePacket(bytes));
        bounded(FIELD_BYTES * countFields(), this::readFields);
    }

    private long fingerprint() {
        checksum.reset();
        checksum.update(frame.bytes(), frame.start(), frame.capturedLength());
        int rest = Objects.hash(frame.capturedLength(), frame.wireLength(), frame.linkType());
        return checksum.getValue() << Integer.SIZE | Integer.toUnsignedLong(rest);
    }

    private void makePacket(byte[] bytes) {
        Packet packet = Packet.parse(bytes, frame.linkType(), ProtocolRegistry.standard())
                .packet();
        boolean same = packet.encode(Encoding.VERBATIM).equals(Bytes.of(bytes));
        check(same, "bytes come back otherwise", bytes.length);
    }

    private long countFields() {
        long fields = 1;
        for (int i = 0; i < layers.count(); i++) {
            fields += layers.protocol(i).fields().size();
        }
        return fields;
    }

    private void readFields() {
        for (int i = 0; i < layers.count(); i++) {
            View view = layers.protocol(i).newView();
            view.wrap(layers, i);
            for (Field field : layers.protocol(i).fields()) {
                String text = field.text(view);
                check(text == null || !text.isEmpty(), "layers in, a field is empty", i);
            }
        }
    }

    private static void bounded(long allowed, Runnable code) {
        long allocated;
        int tries = 0;
        do {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            code.run();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            tries++;
        } while (allocated > allowed && tries < TRIES);
        check(allocated <= allowed, "bytes are allocated for the frame", allocated);
    }

    private static void check(boolean holds, String otherwise, long number) {
        if (!holds) {
            throw new AssertionError(number + " " + otherwise);
        }
    }
}
