package dev.swarmlens.analyzer.gossip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a message in protocol buffers' wire format, by their numbers; what they mean its reader must know. */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_VARINT = 64;

    private final byte[] bytes;
    private int at;
    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Map<Integer, List<byte[]>> strings = new HashMap<>();

    /**
     * Reads a message.
     *
     * @throws MalformedGossipException if this is none
     */
    ProtoReader(byte[] bytes) throws MalformedGossipException {
        this.bytes = bytes;
        while (at < bytes.length) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            switch ((int) tag & 7) {
                case VARINT -> numbers.put(field, varint());
                case FIXED64 -> take(Long.BYTES);
                case DELIMITED ->
                    strings.computeIfAbsent(field, any -> new ArrayList<>()).add(take(varint()));
                case FIXED32 -> take(Integer.BYTES);
                default ->
                    throw new MalformedGossipException("a table's message has an unknown type before byte " + at);
            }
        }
    }

    private long varint() throws MalformedGossipException {
        long value = 0;
        for (int shift = 0; shift < MAX_VARINT; shift += 7) {
            int next = take(1)[0];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedGossipException("a table's message has a number without end before byte " + at);
    }

    private byte[] take(long length) throws MalformedGossipException {
        if (length < 0 || length > bytes.length - at) {
            throw new MalformedGossipException(
                    "a table's message ends at byte " + bytes.length + " within a field of " + length);
        }
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }

    /** A number; 0 if it is not there, as the format has it. */
    long number(int field) {
        return numbers.getOrDefault(field, 0L);
    }

    /** Bytes; none if they are not there. */
    byte[] bytes(int field) {
        List<byte[]> values = strings.get(field);
        return values == null ? new byte[0] : values.get(values.size() - 1);
    }

    String string(int field) {
        return new String(bytes(field), StandardCharsets.UTF_8);
    }

    List<byte[]> repeated(int field) {
        return strings.getOrDefault(field, List.of());
    }
}
