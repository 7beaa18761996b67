package dev.swarmlens.codecs;

import java.util.Arrays;
import java.util.Map;

/** Codes to protocols: a hash table of primitives, since a lookup happens for every layer of every frame. */
final class CodeTable {
    static final CodeTable EMPTY = new CodeTable(Map.of(), null);

    /** 2^32 divided by the golden ratio: spreads codes that lie close together. */
    private static final int SPREAD = 0x9e37_79b9;

    private final int[] ascending;
    /** To which protocol each of them is bound. */
    private final Protocol[] protocols;

    private final Entry[] entries;
    private final int shift;
    private final Heuristic heuristic;

    private record Entry(int code, Protocol protocol) {}

    CodeTable(Map<Integer, Protocol> bindings, Heuristic heuristic) {
        int bits = 2;
        while (1 << bits < 4 * bindings.size()) {
            bits++;
        }
        this.ascending =
                bindings.keySet().stream().sorted().mapToInt(Integer::intValue).toArray();
        this.protocols = Arrays.stream(ascending).mapToObj(bindings::get).toArray(Protocol[]::new);
        this.entries = new Entry[1 << bits];
        this.shift = Integer.SIZE - bits;
        this.heuristic = heuristic;
        bindings.forEach((code, protocol) -> {
            int slot = (code * SPREAD) >>> shift;
            while (entries[slot] != null) {
                slot = slot + 1 & entries.length - 1;
            }
            entries[slot] = new Entry(code, protocol);
        });
    }

    Protocol find(int code) {
        int slot = (code * SPREAD) >>> shift;
        Entry entry = entries[slot];
        while (entry != null) {
            if (entry.code == code) {
                return entry.protocol;
            }
            slot = slot + 1 & entries.length - 1;
            entry = entries[slot];
        }
        return null;
    }

    /** The smallest code bound to a protocol, or −1. */
    int codeOf(Protocol protocol) {
        for (int i = 0; i < protocols.length; i++) {
            if (protocols[i] == protocol) {
                return ascending[i];
            }
        }
        return -1;
    }

    Heuristic heuristic() {
        return heuristic;
    }
}
