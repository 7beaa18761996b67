package dev.swarmlens.analyzer.swarm;

/** An address on an overlay. */
record OverlayAddress(int vni, String ip) {}
