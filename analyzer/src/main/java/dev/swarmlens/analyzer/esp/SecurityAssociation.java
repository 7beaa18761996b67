package dev.swarmlens.analyzer.esp;

import dev.swarmlens.analyzer.sighting.Address;

/**
 * How one node encrypts what it sends to another: AES-GCM in ESP, RFC 4106.
 *
 * @param from the sender
 * @param to the receiver
 * @param spi which of the receiver's associations this is
 * @param key the key of AES
 * @param salt the first four bytes of each nonce
 * @param tagBytes how long the check value is that ends a packet
 */
record SecurityAssociation(Address from, Address to, int spi, Key key, int salt, int tagBytes) {}
