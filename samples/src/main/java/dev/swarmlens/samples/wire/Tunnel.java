package dev.swarmlens.samples.wire;

import dev.swarmlens.samples.swarm.Network;
import dev.swarmlens.samples.swarm.Node;

/** From one node to another, through the underlay. */
public record Tunnel(Network network, Node from, Node to) {}
