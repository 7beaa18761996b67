package dev.swarmlens.analyzer.filter;

import java.nio.charset.StandardCharsets;

/** Bytes as text, one character each, without a copy. */
final class Latin1 implements CharSequence {
    private final byte[] bytes;
    private final int start;
    private final int end;

    Latin1(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[start + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new Latin1(bytes, start + from, start + to);
    }

    @Override
    public String toString() {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
