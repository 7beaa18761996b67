package dev.swarmlens.codecs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order, read from and written to a byte array at any offset. */
public final class BigEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /**
     * Reads one byte as a number.
     *
     * @return 0 to 255
     */
    public static int u8(byte[] bytes, int offset) {
        return bytes[offset] & 0xff;
    }

    /**
     * Reads two bytes as a number.
     *
     * @return 0 to 65535
     */
    public static int u16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
    }

    /**
     * Reads three bytes as a number.
     *
     * @return 0 to 2^24 − 1
     */
    public static int u24(byte[] bytes, int offset) {
        return u8(bytes, offset) << 16 | u16(bytes, offset + 1);
    }

    /** Reads four bytes as 32 bits. */
    public static int i32(byte[] bytes, int offset) {
        return bytes[offset] << 24
                | (bytes[offset + 1] & 0xff) << 16
                | (bytes[offset + 2] & 0xff) << 8
                | bytes[offset + 3] & 0xff;
    }

    /**
     * Reads four bytes as a number.
     *
     * @return 0 to 2^32 − 1
     */
    public static long u32(byte[] bytes, int offset) {
        return i32(bytes, offset) & 0xffff_ffffL;
    }

    /**
     * Reads six bytes as a number, as in a MAC address.
     *
     * @return 0 to 2^48 − 1
     */
    public static long u48(byte[] bytes, int offset) {
        return (long) u16(bytes, offset) << 32 | u32(bytes, offset + 2);
    }

    /** Reads eight bytes as 64 bits. */
    public static long i64(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /** Writes the low 8 bits of a number. */
    public static void put8(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
    }

    /** Writes the low 16 bits of a number. */
    public static void put16(byte[] bytes, int offset, int value) {
        SHORT.set(bytes, offset, (short) value);
    }

    /** Writes the low 24 bits of a number. */
    public static void put24(byte[] bytes, int offset, int value) {
        put8(bytes, offset, value >>> 16);
        put16(bytes, offset + 1, value);
    }

    /** Writes 32 bits. */
    public static void put32(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    /** Writes the low 48 bits of a number. */
    public static void put48(byte[] bytes, int offset, long value) {
        put16(bytes, offset, (int) (value >>> 32));
        put32(bytes, offset + 2, (int) value);
    }

    /** Writes 64 bits. */
    public static void put64(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}
