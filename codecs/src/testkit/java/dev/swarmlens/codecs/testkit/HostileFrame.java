package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;

/**
 * Bytes that nobody sends by the rules, to be taken for an Ethernet frame.
 *
 * @param bytes the frame
 * @param story how it came to be, for example {@code eth/ip/udp, ip.len at 16 says 0 in place of 28}
 */
public record HostileFrame(Bytes bytes, String story) {}
