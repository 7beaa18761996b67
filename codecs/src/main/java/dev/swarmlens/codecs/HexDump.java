package dev.swarmlens.codecs;

import java.util.HexFormat;

/** Bytes as people read them: offset, sixteen bytes in hexadecimal, and what of them is printable. */
public final class HexDump {
    private static final int BYTES_PER_LINE = 16;
    private static final HexFormat HEX = HexFormat.of();

    private HexDump() {}

    /** All of a sequence. */
    public static String of(Bytes bytes) {
        return of(bytes.toArray(), 0, bytes.length());
    }

    /**
     * A part of an array.
     *
     * @param start index of the first byte, which has offset 0
     * @param end index after the last byte
     * @return lines, each with a line feed; none for no bytes
     */
    public static String of(byte[] bytes, int start, int end) {
        StringBuilder dump = new StringBuilder();
        for (int line = start; line < end; line += BYTES_PER_LINE) {
            dump.append(HEX.toHexDigits((short) (line - start))).append("  ");
            StringBuilder printable = new StringBuilder();
            for (int i = line; i < line + BYTES_PER_LINE; i++) {
                if (i < end) {
                    dump.append(HEX.toHexDigits(bytes[i])).append(' ');
                    printable.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
                } else {
                    dump.append("   ");
                }
            }
            dump.append("  ").append(printable).append('\n');
        }
        return dump.toString();
    }
}
