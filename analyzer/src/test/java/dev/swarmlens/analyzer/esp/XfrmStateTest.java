package dev.swarmlens.analyzer.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.analyzer.sighting.Address;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XfrmStateTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final String SALT = "f4faae1b";
    private static final Address FROM = Address.of("10.1.11.45");
    private static final Address TO = Address.of("10.1.11.29");

    /** As iproute2 6.1 prints it; the indented addresses are those of a selector. */
    private static final String STATE = """
            src 10.1.11.45 dst 10.1.11.29
            \tproto esp spi 0xf4faae1b reqid 13681891 mode transport
            \treplay-window 0\s
            \taead rfc4106(gcm(aes)) 0x%s%s 64
            \tanti-replay context: seq 0x0, oseq 0x8e, bitmap 0x00000000
            \tsel src 0.0.0.0/0 dst 0.0.0.0/0\s
            """.formatted(KEY, SALT);

    /** The same, printed with -s. */
    private static final String WITH_STATISTICS = """
            src 10.1.11.45 dst 10.1.11.29
            \tproto esp spi 0xf4faae1b(4110069275) reqid 13681891(0x00d0c4e3) mode transport
            \treplay-window 0 seq 0x00000000 flag  (0x00000000)
            \taead rfc4106(gcm(aes)) 0x%s%s (160 bits) 64
            \tsel src 0.0.0.0/0 dst 0.0.0.0/0 uid 0
            \tlifetime config:
            \t  limit: soft (INF)(bytes), hard (INF)(bytes)
            """.formatted(KEY, SALT);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsBothForms(boolean statistics) throws IOException {
        XfrmState keys = XfrmState.parse(statistics ? WITH_STATISTICS : STATE);

        assertThat(keys.find(FROM, TO, 0xf4faae1b)).hasSize(1).allSatisfy(association -> {
            assertThat(association.from()).isEqualTo(FROM);
            assertThat(association.to()).isEqualTo(TO);
            assertThat(association.salt()).isEqualTo(0xf4faae1b);
            assertThat(association.tagBytes()).isEqualTo(8);
            assertThat(association.key().secret()).hasSize(16).endsWith(0xff);
        });
    }

    @Test
    void theSameKeyIsTheSwarmsOnOtherWays() throws IOException {
        XfrmState keys = XfrmState.parse(STATE);
        Address other = Address.of("10.1.11.30");
        // 56398 is the tag of the one that is given
        int spi = Spi.of(other, 56398, FROM);

        List<SecurityAssociation> found = keys.find(other, FROM, spi);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).salt()).isEqualTo(spi);
        assertThat(found.get(0).key())
                .isEqualTo(keys.find(FROM, TO, 0xf4faae1b).get(0).key());
        assertThat(keys.find(other, FROM, Spi.of(other, 56396, FROM))).isEmpty();
        assertThat(keys.find(FROM, other, spi)).isEmpty();
    }

    @Test
    void severalFilesAreOne() throws IOException {
        XfrmState both =
                XfrmState.NONE.and(XfrmState.parse(STATE)).and(XfrmState.parse(STATE.replace("f4faae1b", "a8e5da89")));

        assertThat(both.isEmpty()).isFalse();
        assertThat(XfrmState.NONE.isEmpty()).isTrue();
        assertThat(both.find(FROM, TO, 0xf4faae1b)).hasSize(1);
        assertThat(both.find(FROM, TO, 0xa8e5da89)).hasSize(1);
    }

    @Test
    void keysAreNotPrinted() throws IOException {
        XfrmState keys = XfrmState.parse(STATE);
        SecurityAssociation association = keys.find(FROM, TO, 0xf4faae1b).get(0);

        assertThat(keys.toString()).isEqualTo("1 security associations");
        assertThat(association.toString()).contains("a key of 128 bits").doesNotContainIgnoringCase(KEY);
        assertThat(association.key()).hasToString("a key of 128 bits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dst 10.1.11.29 | dst ten | line 1: ten is no IP address",
                "spi 0xf4faae1b | spi 0x1f4faae1b | line 2: 0x1f4faae1b is no SPI",
                "spi 0xf4faae1b | spi many | line 2: many is no SPI",
                "bbccddeeff | bbccddee | line 4: the key is not 0x and 40",
                "bbccddeeff | bbccddeegg | line 4: the key is not 0x and 40",
                "0x0011 | 0011 | line 4: the key is not 0x and 40",
                "1b 64 | 1b 65 | line 4: a check value of AES-GCM has 64, 96 or 128 bits",
                "1b 64 | 1b 99999999999 | line 4: a check value of AES-GCM has 64, 96 or 128 bits",
                "1b 64 | 1b | line 4: after rfc4106(gcm(aes)) there is no key and its bits",
                "aead rfc4106(gcm(aes)) | <<Keys hidden>> | line 4: the keys are hidden; print them without nokeys",
                "src 10 | from 10 | no line begins with src, as they do in what 'ip xfrm state' prints",
                "rfc4106 | rfc7634 | no key of AES-GCM for ESP is in there",
                "proto esp | proto ah | no key of AES-GCM for ESP is in there",
            })
    void saysWhatIsWrong(String part, String wrong, String message) {
        String state = STATE.replace(part, wrong);

        assertThat(state).isNotEqualTo(STATE);
        assertThatThrownBy(() -> XfrmState.parse(state))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("aabbcc")
                .hasNoCause();
    }
}
