package dev.swarmlens.samples.wire;

import java.io.IOException;

/** Takes frames as they are captured, in the order of their times. */
public interface FrameSink {
    /**
     * Takes a frame.
     *
     * @param point where it was captured
     * @param nanos when, by that node's clock, since 1970
     * @param frame an array that begins with it; valid until this returns
     * @param length its length
     * @param fault the number of the fault that it shows, -1 if none
     * @throws IOException if it cannot be written
     */
    void accept(Point point, long nanos, byte[] frame, int length, int fault) throws IOException;
}
