package dev.swarmlens.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of a capture file, in the byte order of the machine that wrote it; ours are little-endian. */
final class Words {
    private static final VarHandle SHORT_LE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static int u16(byte[] bytes, int at, boolean bigEndian) {
        short value = (short) SHORT_LE.get(bytes, at);
        return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
    }

    static int i32(byte[] bytes, int at, boolean bigEndian) {
        int value = (int) INT_LE.get(bytes, at);
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    static void put16(byte[] bytes, int at, int value) {
        SHORT_LE.set(bytes, at, (short) value);
    }

    static void put32(byte[] bytes, int at, int value) {
        INT_LE.set(bytes, at, value);
    }

    /** Reads 64 bits that lie in the file's byte order as a whole, as a pcapng option's do. */
    static long i64(byte[] bytes, int at, boolean bigEndian) {
        return bigEndian ? halves(bytes, at, at + 4, true) : halves(bytes, at + 4, at, false);
    }

    /** Reads 64 bits from two words, as pcapng splits its time stamps: the upper half always comes first. */
    static long upperFirst(byte[] bytes, int at, boolean bigEndian) {
        return halves(bytes, at, at + 4, bigEndian);
    }

    private static long halves(byte[] bytes, int upper, int lower, boolean bigEndian) {
        return (long) i32(bytes, upper, bigEndian) << Integer.SIZE
                | Integer.toUnsignedLong(i32(bytes, lower, bigEndian));
    }
}
