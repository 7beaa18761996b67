package dev.swarmlens.analyzer.swarm;

/** Where an overlay address is: its MAC, and the underlay address of the node that sends for it. */
record Location(String mac, String vtep) {}
