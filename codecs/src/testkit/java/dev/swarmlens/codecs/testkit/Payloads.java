package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What packets carry: zeros, ones or noise. A payload is drawn as a length and a seed, so that one of 9000 bytes is as quickly
 * made and shrunk as one of nine.
 */
public final class Payloads {
    /** The length of a frame on a network with jumbo frames. */
    public static final int JUMBO = 9000;

    private static final int ZEROS = 0;
    private static final int ONES = 1;

    private Payloads() {}

    /** From no bytes to as many as a jumbo frame has; these two are the edge cases. */
    public static Arbitrary<Bytes> any() {
        return Combinators.combine(lengths(), seeds()).as(Payloads::of);
    }

    /** Lengths from 0 to {@link #JUMBO}, small ones more often than large ones. */
    static Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, JUMBO).edgeCases(edges -> edges.includeOnly(0, JUMBO));
    }

    /** What decides a payload's bytes, once its length is known. */
    static Arbitrary<Integer> seeds() {
        return Arbitraries.integers().between(ZEROS, Integer.MAX_VALUE).edgeCases(edges -> edges.includeOnly(ZEROS));
    }

    /** A payload of a length; none if that is negative. */
    static Bytes of(int length, int seed) {
        byte[] bytes = new byte[Math.max(0, length)];
        if (seed == ONES) {
            Arrays.fill(bytes, (byte) -1);
        } else if (seed != ZEROS) {
            new Random(seed).nextBytes(bytes);
        }
        return Bytes.of(bytes);
    }
}
