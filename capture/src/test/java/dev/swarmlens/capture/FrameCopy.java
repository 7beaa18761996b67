package dev.swarmlens.capture;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All that a frame says, kept. */
record FrameCopy(
        Bytes bytes, int wireLength, long timeNanos, LinkType linkType, int interfaceIndex, PacketOptions options) {

    static FrameCopy of(Frame frame) {
        return new FrameCopy(
                Bytes.of(frame.bytes(), frame.start(), frame.end()),
                frame.wireLength(),
                frame.timeNanos(),
                frame.linkType(),
                frame.interfaceIndex(),
                frame.options());
    }

    /** Reads on to the end, or to a damage. */
    static List<FrameCopy> readAll(CaptureReader reader) throws IOException {
        List<FrameCopy> frames = new ArrayList<>();
        Frame frame = new Frame();
        while (reader.next(frame)) {
            frames.add(of(frame));
        }
        return frames;
    }

    FrameCopy withTime(long nanos) {
        return new FrameCopy(bytes, wireLength, nanos, linkType, interfaceIndex, options);
    }

    Frame toFrame() {
        Frame frame = new Frame();
        frame.set(bytes.toArray(), 0, bytes.length(), wireLength, linkType);
        frame.setTime(timeNanos);
        return frame;
    }
}
