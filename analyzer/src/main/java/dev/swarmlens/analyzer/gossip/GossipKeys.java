package dev.swarmlens.analyzer.gossip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Keys that encrypt gossip, as dockerd writes them to the file that its environment names in NETWORKDBKEYLOGFILE: one a line, in
 * hexadecimal digits. They are never shown.
 */
public final class GossipKeys {
    private static final Set<Integer> LENGTHS = Set.of(16, 24, 32);

    private final List<byte[]> keys;

    private GossipKeys(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys; empty lines, and lines that begin with #, say nothing.
     *
     * @param text the file
     * @throws IllegalArgumentException if a line is no key, or none is one; the message names the line and not what is in it
     */
    public static GossipKeys of(byte[] text) {
        List<byte[]> keys = new ArrayList<>();
        int number = 0;
        for (String line : new String(text, StandardCharsets.ISO_8859_1).lines().toList()) {
            number++;
            String digits = line.strip();
            if (!digits.isEmpty() && !digits.startsWith("#")) {
                keys.add(key(digits, number));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it has no key");
        }
        return new GossipKeys(keys);
    }

    private static byte[] key(String digits, int line) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException notHexadecimal) {
            throw new IllegalArgumentException("line " + line + " is no key in hexadecimal digits");
        }
        if (!LENGTHS.contains(key.length)) {
            throw new IllegalArgumentException("line " + line + " has " + key.length
                    + " bytes; an AES key has 16, 24 or 32, which are 32, 48 or 64 hexadecimal digits");
        }
        return key;
    }

    /** The keys, in the file's order. */
    List<byte[]> keys() {
        return keys;
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
