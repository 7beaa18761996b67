package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Packet;

/**
 * A valid Ethernet frame with an ICMP or ICMPv6 error in it, which quotes the datagram that caused it.
 *
 * @param packet the frame; the quote is its payload, as nobody may fill in lengths and checksums in it
 * @param cause the Ethernet frame that is quoted, from its network layer on and perhaps cut; the error goes to its sender
 */
public record IcmpError(Packet packet, Packet cause) {}
