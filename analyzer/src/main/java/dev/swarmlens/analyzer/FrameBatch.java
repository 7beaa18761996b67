package dev.swarmlens.analyzer;

import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.LinkType;
import java.util.Arrays;
import java.util.List;

/** Frames of a stream, copied, so that one thread can read on while another looks at them. */
final class FrameBatch {
    private static final int SMALLEST_FRAME = 32;

    private final int capacity;
    private byte[] bytes = new byte[SMALLEST_FRAME];
    private int used;
    private int[] ends = new int[1024];
    private long[] times = new long[1024];
    private int[] wireLengths = new int[1024];
    private int[] interfaceIndexes = new int[1024];
    private LinkType[] linkTypes = new LinkType[1024];
    private int count;
    private int position;
    private List<CaptureInterface> interfaces = List.of();

    /** An empty batch that is full with so many bytes. */
    FrameBatch(int capacity) {
        this.capacity = capacity;
    }

    /** Whether it is time for another batch. */
    boolean isFull() {
        return used >= capacity || count >= capacity / SMALLEST_FRAME;
    }

    void clear() {
        used = 0;
        count = 0;
        position = 0;
    }

    /** Says which interfaces the frames came from. */
    void setInterfaces(List<CaptureInterface> described) {
        interfaces = described;
    }

    List<CaptureInterface> interfaces() {
        return interfaces;
    }

    /** Copies a frame. */
    void add(Frame frame) {
        int length = frame.capturedLength();
        if (length > bytes.length - used) {
            bytes = Arrays.copyOf(bytes, Math.max(used + length, 2 * bytes.length));
        }
        System.arraycopy(frame.bytes(), frame.start(), bytes, used, length);
        used += length;
        if (count == ends.length) {
            growTo(2 * count);
        }
        ends[count] = used;
        times[count] = frame.timeNanos();
        wireLengths[count] = frame.wireLength();
        interfaceIndexes[count] = frame.interfaceIndex();
        linkTypes[count] = frame.linkType();
        count++;
    }

    private void growTo(int length) {
        ends = Arrays.copyOf(ends, length);
        times = Arrays.copyOf(times, length);
        wireLengths = Arrays.copyOf(wireLengths, length);
        interfaceIndexes = Arrays.copyOf(interfaceIndexes, length);
        linkTypes = Arrays.copyOf(linkTypes, length);
    }

    /** Moves a frame to the next one that was copied; false if there is none. */
    boolean next(Frame frame) {
        if (position == count) {
            return false;
        }
        int start = position == 0 ? 0 : ends[position - 1];
        frame.set(bytes, start, ends[position], wireLengths[position], linkTypes[position]);
        frame.setTime(times[position]);
        frame.setInterface(interfaceIndexes[position], interfaceIndexes[position]);
        position++;
        return true;
    }
}
