package dev.swarmlens.capture.live;

import dev.swarmlens.capture.Frame;
import java.io.IOException;

/** Who gets the frames of a live capture. */
@FunctionalInterface
public interface FrameSink {
    /**
     * Takes a frame.
     *
     * @param frame valid until this method returns; its {@linkplain Frame#interfaceId() interface} is a place in
     *     {@link LiveCapture#interfaces()}
     * @return whether more are wanted now
     * @throws IOException if the frame cannot be passed on
     */
    boolean take(Frame frame) throws IOException;
}
