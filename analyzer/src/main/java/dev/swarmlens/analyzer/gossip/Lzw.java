package dev.swarmlens.analyzer.gossip;

import java.io.ByteArrayOutputStream;

/**
 * Decompresses LZW as Go's {@code compress/lzw} writes it with bytes as literals, least significant bits first: codes of 9 bits
 * and more, one that clears the table, and one that ends.
 */
final class Lzw {
    private static final int LITERALS = 256;
    private static final int CLEAR = LITERALS;
    private static final int END = LITERALS + 1;
    private static final int FIRST_CODE = LITERALS + 2;
    private static final int FIRST_WIDTH = 9;
    private static final int MAX_WIDTH = 12;
    private static final int NONE = -1;

    private final byte[] bytes;
    private final int limit;
    private int at;
    private int bits;
    private int bitCount;
    private int width = FIRST_WIDTH;
    /** The code that was defined last. */
    private int highest = END;

    private int previous = NONE;
    private final int[] prefix = new int[1 << MAX_WIDTH];
    private final byte[] suffix = new byte[1 << MAX_WIDTH];
    private final byte[] word = new byte[1 << MAX_WIDTH];
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Lzw(byte[] bytes, int limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    /**
     * Decompresses.
     *
     * @param limit how long the result may be, in bytes
     * @throws MalformedGossipException if this is no LZW, or its result is longer
     */
    static byte[] decompress(byte[] bytes, int limit) throws MalformedGossipException {
        Lzw lzw = new Lzw(bytes, limit);
        lzw.run();
        return lzw.out.toByteArray();
    }

    private void run() throws MalformedGossipException {
        for (int code = next(); code != END; code = next()) {
            if (code == CLEAR) {
                width = FIRST_WIDTH;
                highest = END;
                previous = NONE;
            } else {
                word(code);
            }
        }
    }

    private int next() throws MalformedGossipException {
        while (bitCount < width) {
            if (at == bytes.length) {
                throw new MalformedGossipException("compressed data ends at byte " + at + " without its end");
            }
            bits |= (bytes[at++] & 0xff) << bitCount;
            bitCount += Byte.SIZE;
        }
        int code = bits & (1 << width) - 1;
        bits >>>= width;
        bitCount -= width;
        return code;
    }

    private void word(int code) throws MalformedGossipException {
        // the word that is being defined is the one before and its own first byte
        boolean beingDefined = code == highest + 1 && previous != NONE;
        if (code > highest && !beingDefined) {
            throw new MalformedGossipException("compressed data has an unknown code before byte " + at);
        }
        int start = word.length;
        int rest = beingDefined ? previous : code;
        if (beingDefined) {
            start--;
        }
        while (rest >= FIRST_CODE) {
            word[--start] = suffix[rest];
            rest = prefix[rest];
        }
        word[--start] = (byte) rest;
        if (beingDefined) {
            word[word.length - 1] = (byte) rest;
        }
        out.write(word, start, word.length - start);
        if (out.size() > limit) {
            throw new MalformedGossipException("compressed data is longer than " + limit + " bytes");
        }
        define((byte) rest);
        previous = code;
    }

    /** The word before and the first byte of this one are a new word, while there is room. */
    private void define(byte first) {
        if (previous != NONE && highest < (1 << MAX_WIDTH) - 1) {
            highest++;
            prefix[highest] = previous;
            suffix[highest] = first;
        }
        // the writer defines a word more than is known here
        if (highest + 1 >= 1 << width && width < MAX_WIDTH) {
            width++;
        }
    }
}
