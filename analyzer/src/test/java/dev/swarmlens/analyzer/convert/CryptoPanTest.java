package dev.swarmlens.analyzer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Crypto-PAn against the addresses that its authors published with it, and those that other implementations agree on. */
class CryptoPanTest {
    /** The key of the sample trace in the Crypto-PAn 1.0 distribution. */
    private static final byte[] KEY = {
        21,
        34,
        23,
        (byte) 141,
        51,
        (byte) 164,
        (byte) 207,
        (byte) 128,
        19,
        10,
        91,
        22,
        73,
        (byte) 144,
        125,
        16,
        (byte) 216,
        (byte) 152,
        (byte) 143,
        (byte) 131,
        121,
        121,
        101,
        39,
        98,
        87,
        76,
        45,
        42,
        (byte) 132,
        34,
        2
    };

    private final CryptoPan method = new CryptoPan(KEY);

    @ParameterizedTest
    @CsvSource({
        "128.11.68.132, 135.242.180.132",
        "129.118.74.4, 134.136.186.123",
        "130.132.252.244, 133.68.164.234",
        "141.223.7.43, 141.167.8.160",
        "141.233.145.108, 141.129.237.235",
        "152.163.225.39, 151.140.114.167",
        "156.29.3.236, 147.225.12.42",
        "165.247.96.84, 162.9.99.234",
        "166.107.77.190, 160.132.178.185",
        "192.102.249.13, 252.138.62.131",
        "192.215.32.125, 252.43.47.189",
        "192.233.80.103, 252.25.108.8",
        "192.41.57.43, 252.222.221.184",
        "193.150.244.223, 253.169.52.216",
        "195.205.63.100, 255.186.223.5",
        "198.200.171.101, 249.199.68.213",
        "198.26.132.101, 249.36.123.202",
        "198.36.213.5, 249.7.21.132",
        "24.14.213.138, 100.1.42.141",
        "24.5.0.80, 100.9.15.210",
        "24.7.198.88, 100.10.6.25",
        "24.94.26.44, 100.88.228.35",
        "38.15.67.68, 64.3.66.187",
        "4.3.88.225, 124.60.155.63",
        "63.14.55.111, 95.9.215.7",
        "63.195.241.44, 95.179.238.44",
        "63.97.7.140, 95.97.9.123",
        "64.14.118.196, 0.255.183.58",
        "64.34.154.117, 0.221.154.117",
        "64.39.15.238, 0.219.7.41"
    })
    void ipv4AsPublished(String address, String expected) {
        assertThat(new Ipv4Address(method.ipv4(Ipv4Address.of(address).bits()))).isEqualTo(Ipv4Address.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "::1, 78ff:f001:9fc0:20df:8380:b1f1:704:ed",
        "::2, 78ff:f001:9fc0:20df:8380:b1f1:704:ef",
        "::ffff, 78ff:f001:9fc0:20df:8380:b1f1:704:f838",
        "2001:db8::1, 4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1e",
        "2001:db8::2, 4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1c"
    })
    void ipv6AsOthersHaveIt(String address, String expected) {
        Ipv6Address from = Ipv6Address.of(address);
        method.ipv6(from.high(), from.low());

        assertThat(new Ipv6Address(method.high(), method.low())).isEqualTo(Ipv6Address.of(expected));
    }

    @Property
    void ipv4KeepsSharedPrefixes(@ForAll int one, @ForAll int other) {
        CryptoPan pan = new CryptoPan(KEY);

        assertThat(Integer.numberOfLeadingZeros(pan.ipv4(one) ^ pan.ipv4(other)))
                .isEqualTo(Integer.numberOfLeadingZeros(one ^ other));
    }
}
