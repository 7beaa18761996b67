package dev.swarmlens.samples.swarm;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.MacAddress;

/** Somebody outside of the swarm. */
public record Client(String name, Ipv4Address address, MacAddress mac) {}
