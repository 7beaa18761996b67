package dev.swarmlens.samples.generate;

import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.CaptureWriter;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.samples.wire.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One capture for each point: the nodes' underlays side by side, everything else in a folder of its node. */
public final class CapturePerPoint implements Output {
    private final Path folder;
    private final String ending;
    private final List<CaptureWriter> writers = new ArrayList<>();
    private final Frame frame = new Frame();

    /**
     * Writes into a folder, which is made if there is none.
     *
     * @param ending such as {@code pcap} or {@code pcapng.zst}
     */
    public CapturePerPoint(Path folder, String ending) {
        this.folder = folder;
        this.ending = ending;
    }

    /** Where a point's capture is. */
    static Path file(Path folder, Point point, String ending) {
        String node = point.node().name();
        return point.name().equals(Point.UNDERLAY)
                ? folder.resolve(node + "." + ending)
                : folder.resolve(node).resolve(point.name() + "." + ending);
    }

    @Override
    public void begin(List<Point> points) throws IOException {
        for (Point point : points) {
            Path file = file(folder, point, ending);
            Files.createDirectories(file.getParent());
            CaptureWriter writer =
                    CaptureOutput.to(file).application("swarmlens generate").open();
            writers.add(writer);
            writer.add(description(point));
        }
    }

    /** What a capture says of a point. */
    static CaptureInterface description(Point point) {
        return CaptureInterface.of(LinkType.ETHERNET)
                .name(point.node().name() + "/" + point.name())
                .build();
    }

    @Override
    public void accept(Point point, long nanos, byte[] bytes, int length, int fault) throws IOException {
        frame.set(bytes, 0, length, length, LinkType.ETHERNET);
        frame.setTime(nanos);
        writers.get(point.index()).write(0, frame);
    }

    @Override
    public void close() throws IOException {
        for (CaptureWriter writer : writers) {
            writer.close();
        }
    }
}
