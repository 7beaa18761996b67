package dev.swarmlens.codecs;

import java.util.Map;

/** Codes to protocols: a hash table of primitives, since a lookup happens for every layer of every frame. */
final class CodeTable {
    static final CodeTable EMPTY = new CodeTable(Map.of(), null);

    /** 2^32 divided by the golden ratio: spreads codes that lie close together. */
    private static final int SPREAD = 0x9e37_79b9;

    private final int[] ascending;
    private final int[] codes;
    private final Protocol[] protocols;
    private final int shift;
    private final Heuristic heuristic;

    CodeTable(Map<Integer, Protocol> bindings, Heuristic heuristic) {
        int bits = 2;
        while (1 << bits < 4 * bindings.size()) {
            bits++;
        }
        this.ascending =
                bindings.keySet().stream().sorted().mapToInt(Integer::intValue).toArray();
        this.codes = new int[1 << bits];
        this.protocols = new Protocol[1 << bits];
        this.shift = Integer.SIZE - bits;
        this.heuristic = heuristic;
        bindings.forEach((code, protocol) -> {
            int slot = (code * SPREAD) >>> shift;
            while (protocols[slot] != null) {
                slot = slot + 1 & codes.length - 1;
            }
            codes[slot] = code;
            protocols[slot] = protocol;
        });
    }

    Protocol find(int code) {
        int slot = (code * SPREAD) >>> shift;
        while (protocols[slot] != null) {
            if (codes[slot] == code) {
                return protocols[slot];
            }
            slot = slot + 1 & codes.length - 1;
        }
        return null;
    }

    /** The smallest code bound to a protocol, or −1. */
    int codeOf(Protocol protocol) {
        for (int code : ascending) {
            if (find(code) == protocol) {
                return code;
            }
        }
        return -1;
    }

    Heuristic heuristic() {
        return heuristic;
    }
}
