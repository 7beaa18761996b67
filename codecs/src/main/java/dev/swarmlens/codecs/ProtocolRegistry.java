package dev.swarmlens.codecs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Which protocol follows which: wiring as data. Immutable; several may coexist.
 *
 * <pre>{@code
 * ProtocolRegistry registry = ProtocolRegistry.standard().toBuilder()
 *         .bind(Binding.UDP_DESTINATION_PORT, 7789, VxlanProtocol.INSTANCE)
 *         .build();
 * }</pre>
 */
public final class ProtocolRegistry {
    /** Knows no protocol. */
    public static final ProtocolRegistry EMPTY = new ProtocolRegistry(Map.of(), Map.of());

    private final Map<Binding, Map<Integer, Protocol>> bindings;
    private final Map<Binding, Heuristic> heuristics;
    private final CodeTable[] tables;

    private ProtocolRegistry(Map<Binding, Map<Integer, Protocol>> bindings, Map<Binding, Heuristic> heuristics) {
        this.bindings = bindings;
        this.heuristics = heuristics;
        int size = 0;
        for (Binding binding : bindings.keySet()) {
            size = Math.max(size, binding.index() + 1);
        }
        for (Binding binding : heuristics.keySet()) {
            size = Math.max(size, binding.index() + 1);
        }
        tables = new CodeTable[size];
        for (int i = 0; i < size; i++) {
            tables[i] = CodeTable.EMPTY;
        }
        bindings.forEach((binding, codes) -> tables[binding.index()] = new CodeTable(codes, heuristics.get(binding)));
        heuristics.forEach((binding, heuristic) -> {
            if (!bindings.containsKey(binding)) {
                tables[binding.index()] = new CodeTable(Map.of(), heuristic);
            }
        });
    }

    /** All protocols of all {@link ProtocolModule modules} on the class path. */
    public static ProtocolRegistry standard() {
        return Standard.REGISTRY;
    }

    private static final class Standard {
        static final ProtocolRegistry REGISTRY = load();

        private static ProtocolRegistry load() {
            Builder builder = EMPTY.toBuilder();
            for (ProtocolModule module : ServiceLoader.load(ProtocolModule.class)) {
                module.register(builder);
            }
            return builder.build();
        }
    }

    /** The protocol bound to a code, or {@code null}; heuristics are not asked. */
    public Protocol find(Binding binding, int code) {
        return binding.index() < tables.length ? tables[binding.index()].find(code) : null;
    }

    /** The protocol for a code found in a frame: the one bound to it, else the one that a heuristic recognises. */
    Protocol find(Binding binding, int code, byte[] frame, int start, int end) {
        if (binding.index() >= tables.length) {
            return null;
        }
        CodeTable table = tables[binding.index()];
        Protocol bound = table.find(code);
        if (bound == null && table.heuristic() != null) {
            return table.heuristic().recognise(frame, start, end);
        }
        return bound;
    }

    /**
     * The code to write so that a protocol follows.
     *
     * @return the smallest code bound to it, or −1 if none is
     */
    public int codeOf(Binding binding, Protocol protocol) {
        return binding.index() < tables.length ? tables[binding.index()].codeOf(protocol) : -1;
    }

    /** All protocols that are bound to something, each once, by name. */
    public List<Protocol> protocols() {
        Map<String, Protocol> byName = new TreeMap<>();
        for (Map<Integer, Protocol> codes : bindings.values()) {
            for (Protocol protocol : codes.values()) {
                byName.put(protocol.name(), protocol);
            }
        }
        return new ArrayList<>(byName.values());
    }

    /** A builder that begins with all that this registry has. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects bindings for a new registry. */
    public static final class Builder {
        private final Map<Binding, Map<Integer, Protocol>> bindings = new LinkedHashMap<>();
        private final Map<Binding, Heuristic> heuristics = new LinkedHashMap<>();

        private Builder(ProtocolRegistry base) {
            base.bindings.forEach((binding, codes) -> bindings.put(binding, new TreeMap<>(codes)));
            heuristics.putAll(base.heuristics);
        }

        /** Binds a protocol to a code, in place of what was bound to it before. */
        public Builder bind(Binding binding, int code, Protocol protocol) {
            bindings.computeIfAbsent(binding, any -> new TreeMap<>()).put(code, protocol);
            return this;
        }

        /** Leaves a code without a protocol. */
        public Builder unbind(Binding binding, int code) {
            bindings.getOrDefault(binding, new TreeMap<>()).remove(code);
            return this;
        }

        /** Asks a heuristic wherever no protocol is bound to the code; one for a kind of code. */
        public Builder heuristic(Binding binding, Heuristic heuristic) {
            heuristics.put(binding, heuristic);
            return this;
        }

        /** The registry. */
        public ProtocolRegistry build() {
            Map<Binding, Map<Integer, Protocol>> copy = new LinkedHashMap<>();
            bindings.forEach((binding, codes) -> copy.put(binding, Collections.unmodifiableMap(new TreeMap<>(codes))));
            return new ProtocolRegistry(copy, new LinkedHashMap<>(heuristics));
        }
    }
}
