package dev.swarmlens.samples.wire;

import dev.swarmlens.codecs.IpAddress;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.samples.swarm.Node;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A part of a way on which a frame looks the same.
 *
 * @param node where it is
 * @param source who sends the frame
 * @param destination who takes it
 * @param from the packet's source there
 * @param to the packet's destination there
 * @param fromPort the source port there, if it is another than the sender's
 * @param toPort the destination port there, if it is another than the sender's
 * @param hops how often it has been routed so far
 * @param delayNanos how long it takes to get there, more or less
 * @param steady whether it takes exactly so long
 * @param seenAt where it is captured
 * @param tunnel what it goes through, then it is captured on both ends
 */
public record Leg(
        Node node,
        MacAddress source,
        MacAddress destination,
        IpAddress from,
        IpAddress to,
        OptionalInt fromPort,
        OptionalInt toPort,
        int hops,
        long delayNanos,
        boolean steady,
        List<Point> seenAt,
        Optional<Tunnel> tunnel) {
    /** By how many bytes its IP header is longer than that of IPv4. */
    int longerBy() {
        return from instanceof Ipv6Address ? Ipv6.LENGTH - Ipv4.MIN_LENGTH : 0;
    }
}
