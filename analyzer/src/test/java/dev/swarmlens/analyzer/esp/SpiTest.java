package dev.swarmlens.analyzer.esp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.analyzer.sighting.Address;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SPIs that users of encrypted overlays have published, in issues of moby/moby. */
class SpiTest {

    @ParameterizedTest
    @CsvSource({
        // issue 45635
        "10.1.11.45, 10.1.11.29, f4faae1b, 56398",
        "10.1.11.45, 10.1.11.29, a8e5da89, 56396",
        // issue 26523: the key's bytes, printed there, are the same where the tag is
        "10.129.23.9, 10.129.15.191, c37b0533, 14723",
        "10.129.17.245, 10.129.15.191, c8dade55, 14723",
        "10.129.23.9, 10.129.15.191, b25024f9, 14721",
        "10.129.15.191, 10.129.23.9, 0fbdc9a5, 14721",
        "10.129.23.9, 10.129.15.191, 363d7b7f, 14719",
    })
    void published(String from, String to, String digits, int tag) {
        int spi = HexFormat.fromHexDigits(digits);

        assertThat(Spi.tag(Address.of(from), spi, Address.of(to))).hasValue(tag);
        assertThat(Spi.of(Address.of(from), tag, Address.of(to))).isEqualTo(spi);
        assertThat(Spi.text(spi)).isEqualTo("0x" + digits);
        assertThat(Spi.tag(Address.of(to), spi, Address.of(from)))
                .as("the other way round")
                .isEmpty();
    }

    @Property
    void everyTagIsFound(
            @ForAll long fromHigh,
            @ForAll long fromLow,
            @ForAll long toHigh,
            @ForAll long toLow,
            @ForAll @IntRange(max = Spi.TAGS - 1) int tag) {
        Address from = new Address(fromHigh, fromLow);
        Address to = new Address(toHigh, toLow);
        int spi = Spi.of(from, tag, to);

        // another tag may give the same SPI by chance
        assertThat(Spi.of(from, Spi.tag(from, spi, to).orElseThrow(), to)).isEqualTo(spi);
    }

    /** Every tag tried one after the other, for a few SPIs. */
    @Example
    void whatIsNotFoundIsNotThere() {
        Address from = Address.of("10.1.11.45");
        Address to = Address.of("fd00::29");
        for (int spi = 0; spi < 20; spi++) {
            int found = -1;
            for (int tag = 0; tag < Spi.TAGS && found < 0; tag++) {
                found = Spi.of(from, tag, to) == spi * 0x0f1e2d3c ? tag : -1;
            }
            assertThat(Spi.tag(from, spi * 0x0f1e2d3c, to).orElse(-1)).isEqualTo(found);
        }
    }
}
