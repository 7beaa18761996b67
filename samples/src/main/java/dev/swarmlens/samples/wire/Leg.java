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
    /** A leg at whose beginning a packet stands as it was sent, which it passes at once. */
    public static Leg direct(
            Node node, MacAddress source, MacAddress destination, IpAddress from, IpAddress to, List<Point> seenAt) {
        return new Leg(
                node,
                source,
                destination,
                from,
                to,
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                0,
                true,
                seenAt,
                Optional.empty());
    }

    /** The same leg, with another destination port. */
    public Leg redirectedTo(int port) {
        return new Leg(
                node,
                source,
                destination,
                from,
                to,
                fromPort,
                OptionalInt.of(port),
                hops,
                delayNanos,
                steady,
                seenAt,
                tunnel);
    }

    /** The same leg, through a tunnel. */
    public Leg through(Tunnel newTunnel) {
        return new Leg(
                node,
                source,
                destination,
                from,
                to,
                fromPort,
                toPort,
                hops,
                delayNanos,
                steady,
                seenAt,
                Optional.of(newTunnel));
    }

    /** By how many bytes its IP header is longer than that of IPv4. */
    int longerBy() {
        return from instanceof Ipv6Address ? Ipv6.LENGTH - Ipv4.MIN_LENGTH : 0;
    }
}
