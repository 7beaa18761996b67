package dev.swarmlens.analyzer.esp;

import dev.swarmlens.analyzer.sighting.Address;
import java.util.OptionalInt;

/**
 * How Docker makes the SPIs of encrypted overlays, which tells a swarm's ESP from other IPsec, without keys: FNV-1a, 32 bits, of
 * the sender's address, the key's tag and the receiver's address, {@code src[16] tag[4] dst[16]} with IPv4 in its mapped form.
 *
 * <p>A tag counts generations of keys. It begins at a random number below 2^16 and grows by two whenever the keys are rotated,
 * every twelve hours. Any SPI has a tag of this range by chance once in 32768 times; that both directions between two nodes
 * have the same, or tags next to each other, is no chance.
 */
public final class Spi {
    /** Tags that are looked for are below this. */
    public static final int TAGS = 1 << 17;
    /** By how much the tag grows when keys are rotated. */
    public static final int ROTATION = 2;

    private static final int BASIS = 0x811c9dc5;
    private static final int PRIME = 0x01000193;
    /** {@code PRIME * UNPRIME == 1}, so that a hash can be followed backwards. */
    private static final int UNPRIME = 0x359c449b;

    private static final int BYTE = 0xff;

    private Spi() {}

    /**
     * The SPI of what one node sends to another.
     *
     * @param from the sender's address, as it is advertised in the swarm
     * @param tag the tag of the key
     * @param to the receiver's address, as it is advertised in the swarm
     * @return 32 bits
     */
    public static int of(Address from, int tag, Address to) {
        int hash = forward(forward(BASIS, from.high()), from.low());
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            hash = (hash ^ tag >>> shift & BYTE) * PRIME;
        }
        return forward(forward(hash, to.high()), to.low());
    }

    private static int forward(int hash, long bytes) {
        int result = hash;
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            result = (result ^ (int) (bytes >>> shift) & BYTE) * PRIME;
        }
        return result;
    }

    private static int backward(int hash, long bytes) {
        int result = hash;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            result = result * UNPRIME ^ (int) (bytes >>> shift) & BYTE;
        }
        return result;
    }

    /**
     * The tag that gives an SPI between two addresses. It is found from both ends, with all but the tag's last byte tried, so that
     * it takes a microsecond.
     *
     * @param spi 32 bits
     * @return empty if no tag below {@link #TAGS} does: this is not what the one sends to the other in a swarm, or these are not
     *     the addresses that they advertise
     */
    public static OptionalInt tag(Address from, int spi, Address to) {
        int afterFirst = forward(forward(BASIS, from.high()), from.low()) * PRIME;
        int beforeLast = backward(backward(spi, to.low()), to.high()) * UNPRIME;
        for (int start = 0; start < TAGS; start += BYTE + 1) {
            int hash = (afterFirst ^ start >>> 2 * Byte.SIZE) * PRIME;
            hash = (hash ^ start >>> Byte.SIZE & BYTE) * PRIME;
            int last = hash ^ beforeLast;
            if (last >>> Byte.SIZE == 0) {
                return OptionalInt.of(start | last);
            }
        }
        return OptionalInt.empty();
    }

    /** An SPI as it is usually written, e.g. {@code 0xf4faae1b}. */
    public static String text(int spi) {
        return String.format("0x%08x", spi);
    }
}
