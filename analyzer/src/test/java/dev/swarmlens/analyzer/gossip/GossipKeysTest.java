package dev.swarmlens.analyzer.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of keys, good and bad; what is in them is never shown. */
class GossipKeysTest {
    private static final String KEY = "8d7f3a61c25e4b90f1a2d3b4c5e6f708";

    private static GossipKeys keys(String text) {
        return GossipKeys.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oneALine() {
        GossipKeys keys =
                keys("# of the manager\n" + KEY + "\n\n  " + KEY.toUpperCase(java.util.Locale.ROOT) + KEY + "\r\n");

        assertThat(keys.keys()).extracting(key -> key.length).containsExactly(16, 32);
        assertThat(keys.keys().get(0)).startsWith(0x8d, 0x7f).endsWith(0xf7, 0x08);
        assertThat(keys).hasToString("2 keys");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8d7f3a61c25e4b90f1a2d3b4c5e6f70 | line 1 is no key in hexadecimal digits",
                "#\\n8d7f3a61c25e4b90f1a2d3b4c5e6f7 | line 2 has 15 bytes; an AES key has 16, 24 or 32",
                "8d7f3a61c25e4b90f1a2d3b4c5e6f708\\nkey: 8d7f3a61 | line 2 is no key in hexadecimal digits",
                "# nothing | it has no key",
            })
    void whatIsWrongIsSaidWithoutTheKey(String text, String message) {
        assertThatThrownBy(() -> keys(text.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .satisfies(wrong -> assertThat(wrong.toString()).doesNotContain("8d7f3a61"))
                .hasNoCause();
    }
}
