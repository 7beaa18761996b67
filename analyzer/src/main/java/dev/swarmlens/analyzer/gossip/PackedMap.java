package dev.swarmlens.analyzer.gossip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * A message of memberlist's: a map, in MessagePack, of names to strings and numbers. What is missing is empty or 0, as its readers
 * take it. Lengths that a message claims are believed only as far as it is long.
 */
final class PackedMap {
    private static final byte[] NOTHING = {};

    /** Reads maps that follow each other, and what may come behind them. */
    static final class Reader {
        private final byte[] bytes;
        private final MessageUnpacker unpacker;

        Reader(byte[] bytes) {
            this.bytes = bytes;
            unpacker = MessagePack.newDefaultUnpacker(bytes);
        }

        PackedMap next() throws IOException {
            PackedMap map = new PackedMap();
            int size = unpacker.unpackMapHeader();
            for (int i = 0; i < size; i++) {
                if (!(value() instanceof byte[] name)) {
                    throw new MalformedGossipException("a message has a member without a name");
                }
                map.values.put(new String(name, StandardCharsets.UTF_8), value());
            }
            return map;
        }

        /** A string's bytes, a number as {@link Long}, or {@code null}; messages have nothing else. */
        private Object value() throws IOException {
            return switch (unpacker.getNextFormat().getValueType()) {
                case STRING -> payload(unpacker.unpackRawStringHeader());
                case BINARY -> payload(unpacker.unpackBinaryHeader());
                case INTEGER -> unpacker.unpackLong();
                case BOOLEAN -> unpacker.unpackBoolean() ? 1L : 0L;
                case NIL -> {
                    unpacker.unpackNil();
                    yield null;
                }
                default ->
                    throw new MalformedGossipException("a message has a member that is neither string nor number");
            };
        }

        private byte[] payload(int length) throws IOException {
            check(length);
            return unpacker.readPayload(length);
        }

        private void check(long length) throws MalformedGossipException {
            long left = bytes.length - unpacker.getTotalReadBytes();
            if (length < 0 || length > left) {
                throw new MalformedGossipException("a message needs " + length + " bytes more and has " + left);
            }
        }

        /** The bytes behind the maps that were read. */
        byte[] rest(long length) throws MalformedGossipException {
            check(length);
            int from = (int) unpacker.getTotalReadBytes();
            return Arrays.copyOfRange(bytes, from, from + (int) length);
        }
    }

    private final Map<String, Object> values = new HashMap<>();

    private PackedMap() {}

    static PackedMap of(byte[] bytes) throws IOException {
        return new Reader(bytes).next();
    }

    byte[] bytes(String name) throws MalformedGossipException {
        Object value = values.get(name);
        if (value == null) {
            return NOTHING;
        }
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw new MalformedGossipException("a message's " + name + " is no string");
    }

    String text(String name) throws MalformedGossipException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    long number(String name) throws MalformedGossipException {
        Object value = values.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof Long number) {
            return number;
        }
        throw new MalformedGossipException("a message's " + name + " is no number");
    }
}
