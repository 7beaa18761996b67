package dev.swarmlens.samples.generate;

import dev.swarmlens.samples.wire.FrameSink;
import dev.swarmlens.samples.wire.Point;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where generated frames go. */
public interface Output extends FrameSink, Closeable {
    /**
     * Says where frames will be captured; called once, before the first.
     *
     * @throws IOException if they cannot be written
     */
    void begin(List<Point> points) throws IOException;
}
