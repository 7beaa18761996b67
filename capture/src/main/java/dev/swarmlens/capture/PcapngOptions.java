package dev.swarmlens.capture;

import dev.swarmlens.codecs.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A cursor over the options of a pcapng block: code, length, value padded to four bytes. An option that reaches beyond its
 * block ends the list: what is in options is not worth losing packets for.
 */
final class PcapngOptions {
    private static final int HEADER = 4;
    private static final int ALIGNMENT = 4;

    private final byte[] bytes;
    private final int limit;
    private final boolean bigEndian;
    private int following;
    private int code;
    private int start;
    private int length;

    PcapngOptions(byte[] bytes, int start, int limit, boolean bigEndian) {
        this.bytes = bytes;
        this.following = start;
        this.limit = limit;
        this.bigEndian = bigEndian;
    }

    /** Moves to the next option. */
    boolean next() {
        if (limit - following < HEADER) {
            return false;
        }
        code = Words.u16(bytes, following, bigEndian);
        length = Words.u16(bytes, following + 2, bigEndian);
        start = following + HEADER;
        following = start + (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return code != OptionCode.ENDOFOPT && length <= limit - start;
    }

    int code() {
        return code;
    }

    int length() {
        return length;
    }

    int u8() {
        return bytes[start] & 0xff;
    }

    int i32() {
        return Words.i32(bytes, start, bigEndian);
    }

    long i64() {
        return Words.i64(bytes, start, bigEndian);
    }

    long upperFirst() {
        return Words.upperFirst(bytes, start, bigEndian);
    }

    Bytes value() {
        return Bytes.of(bytes, start, start + length);
    }

    String string() {
        return string(0);
    }

    Optional<String> text() {
        return Optional.of(string());
    }

    /** Reads text behind some bytes of the value; it ends at a NUL, which the format does not want but programs write. */
    String string(int from) {
        int end = start + from;
        while (end < start + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, start + from, end - start - from, StandardCharsets.UTF_8);
    }
}
