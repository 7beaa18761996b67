package dev.swarmlens.analyzer.esp;

import java.util.Arrays;

/** A secret. It can be used and compared, and nothing prints it. */
final class Key {
    private final byte[] bytes;

    /** Takes the bytes over. */
    Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, for the cipher. */
    byte[] secret() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "a key of " + bytes.length * Byte.SIZE + " bits";
    }
}
