package dev.swarmlens.samples.traffic;

import dev.swarmlens.codecs.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** What is transferred: text that anybody recognises, of any length. */
final class Content {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789 swarmlens ";
    private static final int KEPT = 4096;
    private static final ConcurrentHashMap<Integer, Bytes> OF_LENGTH = new ConcurrentHashMap<>();

    private Content() {}

    static Bytes of(int length) {
        return length <= KEPT ? OF_LENGTH.computeIfAbsent(length, Content::make) : make(length);
    }

    private static Bytes make(int length) {
        return text(ALPHABET.repeat(length / ALPHABET.length() + 1).substring(0, length));
    }

    static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
