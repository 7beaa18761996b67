package dev.swarmlens.samples.swarm;

import java.util.SplittableRandom;

/** Identifiers as Docker makes them. */
final class Ids {
    private static final int OBJECT_LENGTH = 25;
    private static final int CONTAINER_LENGTH = 64;
    private static final int ALPHABET = 36;
    private static final int HEX = 16;

    private final SplittableRandom random;

    Ids(SplittableRandom random) {
        this.random = random;
    }

    /** Of a node, network, service or task. */
    String object() {
        return digits(OBJECT_LENGTH, ALPHABET);
    }

    /** Of a container or an endpoint. */
    String container() {
        return digits(CONTAINER_LENGTH, HEX);
    }

    private String digits(int length, int radix) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(Character.forDigit(random.nextInt(radix), radix));
        }
        return text.toString();
    }
}
