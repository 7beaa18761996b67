package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.samples.scenario.Scenario.Kind;
import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;
import java.util.Optional;

/**
 * Who talked to whom, in truth.
 *
 * @param kind how
 * @param service whom it was meant for
 * @param clientName the client, or the task that asked
 * @param client its address
 * @param clientPort its port; 0 for a ping
 * @param entry the node that a client asked; empty from inside
 * @param network the overlay; empty if it went to a port published on a host
 * @param balancer the address in whose name the task was asked; empty without a load balancer
 * @param port the port that was asked: published, or inside of an overlay the target port
 * @param task the full name of the task that was chosen; empty if a load balancer answered itself
 * @param taskAddress its address there
 * @param taskNode where it runs
 * @param fromNode where the tunnel would begin: the entry node, or that of the task that asked
 */
public record Talk(
        Kind kind,
        String service,
        String clientName,
        Ipv4Address client,
        int clientPort,
        Optional<Node> entry,
        Optional<Network> network,
        Optional<Ipv4Address> balancer,
        int port,
        Optional<String> task,
        Ipv4Address taskAddress,
        Node taskNode,
        Node fromNode) {
    /** Whether it crosses the underlay inside of a tunnel. */
    public boolean isTunnelled() {
        return network.isPresent() && task.isPresent() && !taskNode.equals(fromNode);
    }

    /** How it ended. */
    public enum Outcome {
        /** All was answered. */
        ANSWERED,
        /** Nothing came back, or not all. */
        UNANSWERED,
        /** It was reset at once. */
        REFUSED,
        /** It was reset in the middle. */
        RESET
    }
}
