package dev.swarmlens.analyzer.command;

import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.live.LiveException;
import dev.swarmlens.capture.live.LiveSender;
import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.samples.generate.Output;
import dev.swarmlens.samples.swarm.Node;
import dev.swarmlens.samples.wire.Point;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts what was generated for the underlay on an interface, each frame once although it is captured at both of its ends. */
final class Injection implements Output {
    private final LiveSender sender;
    private final Pace pace;
    private final Frame frame = new Frame();
    private final Set<MacAddress> nodes = new HashSet<>();

    Injection(LiveSender sender, Pace pace) {
        this.sender = sender;
        this.pace = pace;
    }

    @Override
    public void begin(List<Point> points) {
        points.forEach(point -> nodes.add(point.node().mac()));
        pace.beginFile();
    }

    @Override
    public void accept(Point point, long nanos, byte[] bytes, int length, int fault) throws IOException {
        if (!point.name().equals(Point.UNDERLAY) || isReceived(point.node(), bytes)) {
            return;
        }
        frame.set(bytes, 0, length, length, LinkType.ETHERNET);
        frame.setTime(nanos);
        pace.await(frame);
        try {
            sender.send(bytes, 0, length);
        } catch (LiveException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
        pace.sent();
    }

    /** Whether another node has sent it, on whose side it is captured, too. */
    private boolean isReceived(Node node, byte[] bytes) {
        MacAddress source = new MacAddress(BigEndian.u48(bytes, MacAddress.LENGTH));
        return nodes.contains(source) && !source.equals(node.mac());
    }

    @Override
    public void close() {
        sender.close();
    }
}
