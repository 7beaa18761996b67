package dev.swarmlens.capture.live;

import java.util.Objects;
import java.util.Optional;

/**
 * From which interface to capture, and how.
 *
 * @param name the interface, for example {@code eth0}; {@code any} for all of Linux
 * @param filter which packets, in libpcap's language, pcap-filter(7); all if empty
 * @param snapLength how many bytes of a packet to keep at most, 1 to 262 144
 * @param promiscuous whether to capture what is addressed to others, too
 * @param bufferBytes how much memory the kernel may keep packets in until they are fetched
 */
public record LiveOptions(String name, Optional<String> filter, int snapLength, boolean promiscuous, int bufferBytes) {
    /** The most bytes of a packet that can be kept. */
    public static final int MAX_SNAP_LENGTH = 262_144;

    /** Enough for some seconds of a busy interface, in which the program may have to wait for a disk. */
    public static final int DEFAULT_BUFFER = 64 << 20;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the snap length or the buffer is out of range
     */
    public LiveOptions {
        Objects.requireNonNull(name, "name");
        if (snapLength < 1 || snapLength > MAX_SNAP_LENGTH) {
            throw new IllegalArgumentException("snap length " + snapLength + " is outside 1.." + MAX_SNAP_LENGTH);
        }
        if (bufferBytes < 1) {
            throw new IllegalArgumentException("a buffer of " + bufferBytes + " bytes");
        }
    }

    /** All of an interface: no filter, whole packets, those to others, too. */
    public static LiveOptions of(String name) {
        return new LiveOptions(name, Optional.empty(), MAX_SNAP_LENGTH, true, DEFAULT_BUFFER);
    }

    /** The same of another interface. */
    public LiveOptions withName(String newName) {
        return new LiveOptions(newName, filter, snapLength, promiscuous, bufferBytes);
    }

    /** The same with another filter. */
    public LiveOptions withFilter(String newFilter) {
        return new LiveOptions(name, Optional.of(newFilter), snapLength, promiscuous, bufferBytes);
    }

    /** The same with another snap length. */
    public LiveOptions withSnapLength(int bytes) {
        return new LiveOptions(name, filter, bytes, promiscuous, bufferBytes);
    }

    /** The same, or not, with what is addressed to others. */
    public LiveOptions withPromiscuous(boolean newPromiscuous) {
        return new LiveOptions(name, filter, snapLength, newPromiscuous, bufferBytes);
    }

    /** The same with another buffer. */
    public LiveOptions withBufferBytes(int bytes) {
        return new LiveOptions(name, filter, snapLength, promiscuous, bytes);
    }
}
