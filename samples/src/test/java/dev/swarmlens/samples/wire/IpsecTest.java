package dev.swarmlens.samples.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Ipv4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that people have published of their swarms. */
class IpsecTest {
    /** From issues of moby/moby: 45635 and 26523. */
    @ParameterizedTest
    @CsvSource({
        "10.1.11.45, 10.1.11.29, 56398, f4faae1b",
        "10.1.11.45, 10.1.11.29, 56396, a8e5da89",
        "10.129.23.9, 10.129.15.191, 14723, c37b0533",
        "10.129.17.245, 10.129.15.191, 14723, c8dade55",
        "10.129.23.9, 10.129.15.191, 14721, b25024f9",
        "10.129.15.191, 10.129.23.9, 14721, 0fbdc9a5",
        "10.129.23.9, 10.129.15.191, 14719, 363d7b7f",
    })
    void theSpiIsAHashOfAddressesAndAge(String from, String to, int tag, String spi) {
        int hash = Ipsec.spi(Ipv4Address.of(from), tag, Ipv4Address.of(to));
        assertThat(Integer.toHexString(hash)).isEqualTo(Integer.toHexString((int) Long.parseLong(spi, 16)));
    }

    /** From issue 30727 of moby/moby: tcpdump says 140 of a ping of 84 bytes; UDP, VXLAN and Ethernet are 30 more. */
    @Test
    void aPingHasThisLength() {
        assertThat(Ipsec.length(84 + 30)).isEqualTo(140);
    }
}
