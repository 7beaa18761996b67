package dev.swarmlens.analyzer.gossip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads NetworkDB's messages, and keeps what its tables said. */
final class Tables {
    private static final int NETWORK_EVENT = 1;
    private static final int TABLE_EVENT = 2;
    private static final int PUSH_PULL = 3;
    private static final int BULK_SYNC = 4;
    private static final int COMPOUND = 5;
    private static final int NODE_EVENT = 6;
    private static final int JOIN = 1;
    private static final int DELETE = 3;
    private static final int MAX_DEPTH = 8;
    /** More are not kept. */
    private static final int MAX_ROWS = 1 << 20;

    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");

    private record Key(String table, String network, String key) {}

    private record Version(Key key, String owner, Object value) {}

    private static final class State {
        private long lamportTime;
        private boolean deleted;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
    }

    private final Map<Version, State> rows = new LinkedHashMap<>();
    private final Map<Key, List<Version>> versions = new LinkedHashMap<>();
    private final Collection<MemberEvent> events;

    Tables(Collection<MemberEvent> events) {
        this.events = events;
    }

    void read(byte[] message, long time) throws MalformedGossipException {
        read(message, time, 0);
    }

    private void read(byte[] message, long time, int depth) throws MalformedGossipException {
        if (depth > MAX_DEPTH) {
            throw new MalformedGossipException("a table's message holds others more than " + MAX_DEPTH + " deep");
        }
        ProtoReader gossip = new ProtoReader(message);
        ProtoReader data = new ProtoReader(gossip.bytes(2));
        switch ((int) gossip.number(1)) {
            case TABLE_EVENT -> tableEvent(data, time);
            case BULK_SYNC -> read(data.bytes(5), time, depth + 1);
            case COMPOUND -> {
                for (byte[] simple : data.repeated(1)) {
                    read(new ProtoReader(simple).bytes(1), time, depth + 1);
                }
            }
            case NODE_EVENT ->
                events.add(new MemberEvent(
                        time,
                        data.string(3),
                        data.number(1) == JOIN ? MemberEvent.Kind.JOINED : MemberEvent.Kind.LEFT,
                        data.string(3)));
            case NETWORK_EVENT, PUSH_PULL -> {
                // who has part in which network: what follows from it is in the tables
            }
            default -> throw new MalformedGossipException("a table's message has the unknown type " + gossip.number(1));
        }
    }

    private void tableEvent(ProtoReader event, long time) throws MalformedGossipException {
        Key key = new Key(event.string(5), event.string(4), event.string(6));
        long lamportTime = event.number(2);
        if (event.number(1) == DELETE) {
            versions.getOrDefault(key, List.of()).forEach(version -> tell(version, lamportTime, true, time));
        } else {
            Object value = value(key.table(), event.bytes(7));
            if (value != null) {
                tell(new Version(key, event.string(3), value), lamportTime, false, time);
            }
        }
    }

    private static Object value(String table, byte[] bytes) throws MalformedGossipException {
        return switch (table) {
            case "overlay_peer_table" -> {
                ProtoReader record = new ProtoReader(bytes);
                yield new Peer(record.string(1), record.string(2), record.string(3));
            }
            case "endpoint_table" -> named(new ProtoReader(bytes));
            default -> null;
        };
    }

    private static Named named(ProtoReader record) throws MalformedGossipException {
        List<Named.Port> ports = new ArrayList<>();
        for (byte[] bytes : record.repeated(6)) {
            ProtoReader port = new ProtoReader(bytes);
            long protocol = port.number(2);
            ports.add(new Named.Port(
                    protocol >= 0 && protocol < PROTOCOLS.size()
                            ? PROTOCOLS.get((int) protocol)
                            : Long.toString(protocol),
                    (int) port.number(3),
                    (int) port.number(4)));
        }
        return new Named(
                record.string(1),
                record.string(2),
                record.string(4),
                record.string(5),
                ports,
                record.repeated(7).stream()
                        .map(alias -> new String(alias, StandardCharsets.UTF_8))
                        .toList());
    }

    private void tell(Version version, long lamportTime, boolean deleted, long time) {
        State state = rows.get(version);
        if (state == null) {
            if (rows.size() == MAX_ROWS) {
                return;
            }
            state = new State();
            rows.put(version, state);
            versions.computeIfAbsent(version.key(), any -> new ArrayList<>()).add(version);
        }
        if (lamportTime >= state.lamportTime) {
            state.lamportTime = lamportTime;
            state.deleted = deleted;
        }
        if (!deleted) {
            state.first = Math.min(state.first, time == Long.MIN_VALUE ? Long.MAX_VALUE : time);
            state.last = Math.max(state.last, time);
        }
    }

    /** The rows whose values are of a class, by network, key and owner. */
    <T> List<Entry<T>> entries(Class<T> type) {
        List<Entry<T>> entries = new ArrayList<>();
        rows.forEach((version, state) -> {
            if (type.isInstance(version.value())) {
                entries.add(new Entry<>(
                        version.key().network(),
                        version.key().key(),
                        version.owner(),
                        state.first,
                        state.last,
                        state.deleted,
                        type.cast(version.value())));
            }
        });
        entries.sort(Comparator.<Entry<T>, String>comparing(Entry::network)
                .thenComparing(Entry::key)
                .thenComparing(Entry::owner)
                .thenComparing(entry -> entry.value().toString()));
        return entries;
    }
}
