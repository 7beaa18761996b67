package dev.swarmlens.samples.generate;

import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.CaptureWriter;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.samples.wire.Point;
import java.io.IOException;
import java.util.List;

/** All points in one capture, merged by time; in pcapng each is an interface. */
public final class SingleCapture implements Output {
    private final CaptureOutput output;
    private final Frame frame = new Frame();
    private CaptureWriter writer;

    /** Writes to an output. */
    public SingleCapture(CaptureOutput output) {
        this.output = output;
    }

    @Override
    public void begin(List<Point> points) throws IOException {
        writer = output.application("swarmlens generate").open();
        for (Point point : points) {
            writer.add(CapturePerPoint.description(point));
        }
    }

    @Override
    public void accept(Point point, long nanos, byte[] bytes, int length, int fault) throws IOException {
        frame.set(bytes, 0, length, length, LinkType.ETHERNET);
        frame.setTime(nanos);
        writer.write(point.index(), frame);
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
