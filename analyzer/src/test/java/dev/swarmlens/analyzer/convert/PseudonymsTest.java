package dev.swarmlens.analyzer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other addresses keep of the real ones, and what they do not. */
class PseudonymsTest {
    private final Pseudonyms pseudonyms = new Pseudonyms("a key for tests");

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "224.0.0.251", "239.1.2.3", "255.255.255.255"})
    void ipv4AddressesThatNameNobodyStay(String address) {
        assertThat(pseudonyms.of(Ipv4Address.of(address))).isEqualTo(Ipv4Address.of(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "ff02::1", "ff02::2", "ff02::16", "ff05::2"})
    void ipv6AddressesThatNameNobodyStay(String address) {
        assertThat(pseudonyms.of(Ipv6Address.of(address))).isEqualTo(Ipv6Address.of(address));
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::42:aff:fe00:904, fe80::",
        "ff02::1:ff00:904, ff02::1:ff00:0",
        "ff3e:40:2001:db8:1234:5678:9abc:def0, ff3e::",
        "::ffff:10.0.9.4, ::ffff:0.0.0.0",
        "2001:db8::1, ::"
    })
    void ipv6AddressesKeepTheirKind(String address, String kind) {
        Ipv6Address from = Ipv6Address.of(address);
        Ipv6Address to = pseudonyms.of(from);
        Ipv6Address prefix = Ipv6Address.of(kind);

        assertThat(to).isNotEqualTo(from);
        assertThat(to.high() & prefix.high()).isEqualTo(prefix.high());
        assertThat(to.low() & prefix.low()).isEqualTo(prefix.low());
    }

    @Property
    void noAddressBecomesOneThatNamesNobody(@ForAll int address) {
        int other = pseudonyms.ipv4(address);

        if (other >>> 24 == 0 || other >>> 24 == 127 || other >>> 29 == 7) {
            assertThat(other).isEqualTo(address);
        }
    }

    /** A whole network, and those around it, so that what would be multicast is among them. */
    @Test
    void noTwoAddressesBecomeOne() {
        Set<Integer> others = new HashSet<>();
        for (int first = 0; first < 256; first++) {
            for (int last = 0; last < 16; last++) {
                others.add(pseudonyms.ipv4(first << 24 | last));
            }
        }

        assertThat(others).hasSize(256 * 16);
    }

    @Property
    void sharedPrefixesBehindTheFirstByteStay(@ForAll int one, @ForAll int other) {
        int neighbour = one & 0xff00_0000 | other & 0xff_ffff;

        assertThat(Integer.numberOfLeadingZeros(pseudonyms.ipv4(one) ^ pseudonyms.ipv4(neighbour)))
                .isEqualTo(Integer.numberOfLeadingZeros(one ^ neighbour));
    }

    @Property
    void dockersMacFollowsItsAddress(@ForAll int address) {
        Ipv4Address ip = new Ipv4Address(address);

        assertThat(pseudonyms.of(MacAddress.ofOverlayEndpoint(ip)))
                .isEqualTo(MacAddress.ofOverlayEndpoint(pseudonyms.of(ip)));
    }

    @Property
    void otherMacsKeepTwoBitsAndAreNoDockers(@ForAll @LongRange(min = 1, max = 0xffff_ffff_ffffL) long bits) {
        long address = bits & ~0x0100_0000_0000L;
        if (address >>> 32 != 0x0242 && address != 0) {
            long other = pseudonyms.mac(address);

            assertThat(other & 0x0300_0000_0000L).isEqualTo(address & 0x0300_0000_0000L);
            assertThat(other >>> 32).isNotEqualTo(0x0242);
            assertThat(other).isNotEqualTo(address);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:fb", "01:80:c2:00:00:0e", "33:33:00:00:00:01"})
    void groupsStay(String address) {
        assertThat(pseudonyms.of(MacAddress.of(address))).isEqualTo(MacAddress.of(address));
    }

    @Test
    void solicitedNodesAreAskedForByTheGroupsMac() {
        Ipv6Address group = pseudonyms.of(Ipv6Address.of("ff02::1:ff12:3456"));

        assertThat(pseudonyms.of(MacAddress.of("33:33:ff:12:34:56")).bits() & 0xffff_ffffL)
                .isEqualTo(group.low() & 0xffff_ffffL);
    }

    @Test
    void anotherKeyGivesOtherAddresses() {
        Ipv4Address address = Ipv4Address.of("10.0.9.4");

        assertThat(new Pseudonyms("a key for tests").of(address)).isEqualTo(pseudonyms.of(address));
        assertThat(new Pseudonyms("another key").of(address)).isNotEqualTo(pseudonyms.of(address));
    }
}
