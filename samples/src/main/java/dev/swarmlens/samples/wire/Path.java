package dev.swarmlens.samples.wire;

/** A way from one host to another, and the way back. */
public record Path(Route forward, Route backward) {}
