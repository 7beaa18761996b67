package dev.swarmlens.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds files byte by byte, so that no test's input comes from our own writers. */
final class Octets {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean bigEndian;

    Octets(ByteOrder order) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    static Octets little() {
        return new Octets(ByteOrder.LITTLE_ENDIAN);
    }

    static Octets big() {
        return new Octets(ByteOrder.BIG_ENDIAN);
    }

    Octets u8(int value) {
        out.write(value);
        return this;
    }

    Octets u16(int value) {
        return number(value, 2);
    }

    Octets u32(long value) {
        return number(value, 4);
    }

    Octets u64(long value) {
        return number(value, 8);
    }

    Octets text(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes 0, 1, 2, … as a packet's contents. */
    Octets counting(int count) {
        for (int i = 0; i < count; i++) {
            u8(i);
        }
        return this;
    }

    /** Zeros up to the next multiple of four. */
    Octets pad() {
        while (size() % 4 != 0) {
            u8(0);
        }
        return this;
    }

    Octets raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Octets add(Octets other) {
        return raw(other.bytes());
    }

    /** A pcapng block around a body that is padded here. */
    Octets block(long type, Octets body) {
        body.pad();
        long length = body.size() + 12L;
        return u32(type).u32(length).add(body).u32(length);
    }

    /** A pcapng option, padded. */
    Octets option(int code, Octets value) {
        return u16(code).u16(value.size()).add(value).pad();
    }

    /** The same byte order, and nothing in it. */
    Octets fresh() {
        return new Octets(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    private Octets number(long value, int length) {
        for (int i = 0; i < length; i++) {
            int place = bigEndian ? length - 1 - i : i;
            u8((int) (value >>> (8 * place)));
        }
        return this;
    }
}
