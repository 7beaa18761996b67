package dev.swarmlens.analyzer.gossip;

import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.GossipPackets;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.tcp.Tcp;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the segments of gossip streams together, of those whose beginning was captured, up to the first byte that was not. */
final class Streams {
    /** A little more than the longest message that engines take, so that a hostile capture is no burden. */
    private static final int MAX_LENGTH = 24 * 1024 * 1024;

    /**
     * One direction of a connection, from its beginning.
     *
     * @param time when it began
     */
    record Stream(long time, Bytes bytes) {}

    private record Key(Address from, int fromPort, Address to, int toPort) {}

    private record Segment(long offset, Bytes data) {}

    private static final class Direction {
        private final long time;
        private final int begin;
        private final List<Segment> segments = new ArrayList<>();

        private Direction(long time, int begin) {
            this.time = time;
            this.begin = begin;
        }

        private void add(GossipPackets.Packet packet) {
            // nearest to the beginning, as far as a stream may be long
            int offset = packet.sequence() - begin;
            if (packet.data().length() > 0 && offset > -MAX_LENGTH && offset < MAX_LENGTH) {
                segments.add(new Segment(offset, packet.data()));
            }
        }

        private Stream stream() {
            segments.sort((one, other) -> Long.compare(one.offset(), other.offset()));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (Segment segment : segments) {
                long known = bytes.size() - segment.offset();
                if (known < 0) {
                    break;
                }
                if (known < segment.data().length()) {
                    bytes.writeBytes(segment.data().from((int) known).toArray());
                }
            }
            return new Stream(time, Bytes.of(bytes.toByteArray()));
        }
    }

    private Streams() {}

    static List<Stream> of(List<GossipPackets.Packet> packets) {
        Map<Key, Direction> open = new LinkedHashMap<>();
        List<Direction> all = new ArrayList<>();
        for (GossipPackets.Packet packet : packets) {
            Key key = new Key(packet.source(), packet.sourcePort(), packet.destination(), packet.destinationPort());
            Direction direction = open.get(key);
            if ((packet.flags() & Tcp.FLAG_SYN) != 0) {
                int begin = packet.sequence() + 1;
                if (direction == null || direction.begin != begin) {
                    direction = new Direction(packet.time(), begin);
                    open.put(key, direction);
                    all.add(direction);
                }
            } else if (direction != null) {
                direction.add(packet);
            }
        }
        return all.stream()
                .map(Direction::stream)
                .filter(stream -> !stream.bytes().isEmpty())
                .toList();
    }
}
