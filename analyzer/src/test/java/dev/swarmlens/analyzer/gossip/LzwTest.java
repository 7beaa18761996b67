package dev.swarmlens.analyzer.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What Go's compress/lzw has written is read; and whatever else there is does no harm. */
class LzwTest {
    private static final int LENGTH = 60_000;

    private static byte[] compressed() throws IOException {
        try (InputStream stream = LzwTest.class.getResourceAsStream("vectors/text.lzw")) {
            return stream.readAllBytes();
        }
    }

    /** The text that vectors/compress.go makes. */
    private static byte[] text() {
        byte[] letters = "etaoin shrdlu\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = new byte[LENGTH];
        int state = 1;
        for (int i = 0; i < text.length; i++) {
            state = state * 1_664_525 + 1_013_904_223;
            text[i] = letters[(state >>> 28) % letters.length];
        }
        Arrays.fill(text, 0, 3_000, (byte) 'a');
        return text;
    }

    @Example
    void whatGoWrites() throws IOException {
        assertThat(Lzw.decompress(compressed(), LENGTH)).isEqualTo(text());
    }

    @Example
    void noMoreThanIsWanted() {
        assertThatThrownBy(() -> Lzw.decompress(compressed(), LENGTH - 1))
                .isInstanceOf(MalformedGossipException.class)
                .hasMessageContaining("longer than " + (LENGTH - 1) + " bytes");
    }

    @Example
    void noPrefixIsWhole() throws IOException {
        byte[] whole = compressed();
        for (int length = 0; length < whole.length; length += 97) {
            byte[] prefix = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Lzw.decompress(prefix, LENGTH)).isInstanceOf(MalformedGossipException.class);
        }
    }

    @Property
    void anyBytesDoNoHarm(@ForAll byte[] bytes) {
        try {
            assertThat(Lzw.decompress(bytes, LENGTH)).hasSizeLessThanOrEqualTo(LENGTH);
        } catch (MalformedGossipException wrong) {
            assertThat(wrong).hasMessageContaining("compressed data");
        }
    }
}
