package dev.swarmlens.samples.traffic;

import java.util.SplittableRandom;

/** A host's ports for outgoing connections: all of Linux's range before the first comes again. */
final class Ports {
    private static final int FIRST = 32_768;
    private static final int COUNT = 28_232;
    /** Has no divisor in common with the count. */
    private static final int STEP = 5_927;

    private int next;

    Ports(SplittableRandom random) {
        next = random.nextInt(COUNT);
    }

    int next() {
        next = (next + STEP) % COUNT;
        return FIRST + next;
    }
}
