package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;

/**
 * A valid frame as a capture has it: over Ethernet, a Linux cooked header, BSD loopback or nothing at all.
 *
 * @param linkType what the frame's first byte is
 * @param packet the frame, equal to what its bytes parse into by that link type
 */
public record LinkFrame(LinkType linkType, Packet packet) {}
