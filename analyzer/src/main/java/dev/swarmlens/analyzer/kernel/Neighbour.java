package dev.swarmlens.analyzer.kernel;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a neighbour table, as {@code ip neigh} prints it.
 *
 * @param ip the address
 * @param mac its MAC, lower case with colons
 * @param device the device it is a neighbour at
 * @param at when the table was read, if known
 */
public record Neighbour(String ip, String mac, String device, Optional<Instant> at) {}
