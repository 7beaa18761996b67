package dev.swarmlens.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Addresses, codes, bytes, numbers and sums: the vocabulary of all protocols. */
class ValuesTest {

    // ---- addresses

    @Property(tries = 300)
    void ipv4AddressesReadAndPrintAsTheJdkDoes(@ForAll @Size(4) byte[] bytes) throws Exception {
        Ipv4Address address = new Ipv4Address(BigEndian.i32(bytes, 0));

        assertThat(address).hasToString(InetAddress.getByAddress(bytes).getHostAddress());
        assertThat(IpAddress.of(address.toString())).isEqualTo(address);
    }

    @Example
    void whatIsNoIpv4AddressIsRefused() {
        for (String text :
                List.of("", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1.2.3.", "a.b.c.d", "1.2.3.4 ")) {
            assertThatThrownBy(() -> Ipv4Address.of(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + text + "\"");
        }
    }

    @Property(tries = 500)
    void ipv6AddressesReadWhateverTheJdkPrints(@ForAll @Size(8) List<@IntRange(max = 3) Integer> groups)
            throws Exception {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            // many zeros, so that there are runs of them
            BigEndian.put16(bytes, 2 * i, List.of(0, 0, 1, 0xfe80).get(groups.get(i)));
        }
        Ipv6Address address = new Ipv6Address(BigEndian.i64(bytes, 0), BigEndian.i64(bytes, 8));

        assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(bytes);
        assertThat(IpAddress.of(InetAddress.getByAddress(bytes).getHostAddress()))
                .isEqualTo(address);
        assertThat(IpAddress.of(address.toString())).isEqualTo(address);
    }

    /** The examples of RFC 5952 sections 4 and 5, and of RFC 4291 section 2.2. */
    @Example
    void ipv6AddressesPrintInTheirCanonicalForm() {
        assertThat(Ipv6Address.of("2001:0DB8::0001")).hasToString("2001:db8::1");
        assertThat(Ipv6Address.of("2001:db8:0:0:0:0:2:1")).hasToString("2001:db8::2:1");
        assertThat(Ipv6Address.of("2001:db8:0:1:1:1:1:1")).hasToString("2001:db8:0:1:1:1:1:1");
        assertThat(Ipv6Address.of("2001:0:0:1:0:0:0:1")).hasToString("2001:0:0:1::1");
        assertThat(Ipv6Address.of("2001:db8:0:0:1:0:0:1")).hasToString("2001:db8::1:0:0:1");
        assertThat(Ipv6Address.of("::ffff:192.0.2.1")).hasToString("::ffff:192.0.2.1");
        assertThat(Ipv6Address.of("::c000:201")).hasToString("::192.0.2.1");
        assertThat(Ipv6Address.of("::1:0")).hasToString("::0.1.0.0");
        assertThat(Ipv6Address.of("::ffff")).hasToString("::ffff");
        assertThat(Ipv6Address.of("0:0:0:0:0:0:0:0")).hasToString("::");
        assertThat(Ipv6Address.of("FF01:0:0:0:0:0:0:101")).hasToString("ff01::101");
        assertThat(Ipv6Address.of("0:0:0:0:0:0:13.1.68.3")).isEqualTo(Ipv6Address.of("::d01:4403"));
        assertThat(Ipv6Address.of("fe80::")).isEqualTo(new Ipv6Address(0xfe80L << 48, 0));
    }

    @Example
    void whatIsNoIpv6AddressIsRefused() {
        for (String text : List.of(
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1::2::3",
                ":1:2:3:4:5:6:7",
                "12345::",
                "g::",
                "::1.2.3",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4")) {
            assertThatThrownBy(() -> Ipv6Address.of(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property(tries = 100)
    void ipAddressesSortAsUnsignedNumbers(@ForAll @Size(16) byte[] left, @ForAll @Size(16) byte[] right) {
        int expected = new BigInteger(1, left).compareTo(new BigInteger(1, right));
        int expectedOfFirstFour =
                new BigInteger(1, Arrays.copyOf(left, 4)).compareTo(new BigInteger(1, Arrays.copyOf(right, 4)));

        assertThat(Integer.signum(ipv6(left).compareTo(ipv6(right)))).isEqualTo(expected);
        assertThat(Integer.signum(
                        new Ipv4Address(BigEndian.i32(left, 0)).compareTo(new Ipv4Address(BigEndian.i32(right, 0)))))
                .isEqualTo(expectedOfFirstFour);
    }

    private static Ipv6Address ipv6(byte[] bytes) {
        return new Ipv6Address(BigEndian.i64(bytes, 0), BigEndian.i64(bytes, 8));
    }

    @Property(tries = 200)
    void macAddressesReadWhatTheyPrint(@ForAll @LongRange(max = 0xffff_ffff_ffffL) long bits) {
        MacAddress address = new MacAddress(bits);

        assertThat(MacAddress.of(address.toString())).isEqualTo(address);
        assertThat(MacAddress.of(address.toString().replace(':', '-').toUpperCase(Locale.ROOT)))
                .isEqualTo(address);
        assertThat(address.toString().replace(":", "")).isEqualTo("%012x".formatted(bits));
    }

    @Example
    void whatIsNoMacAddressIsRefused() {
        for (String text : List.of("", "02:42:0a:00:00", "02:42:0a:00:00:01:02", "2:42:a:0:0:1", "02:42:0a:00:00:0g")) {
            assertThatThrownBy(() -> MacAddress.of(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new MacAddress(1L << 48))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("281474976710655");
    }

    @Example
    void anOverlayEndpointHasItsIpv4AddressInItsMacAddress() {
        assertThat(MacAddress.ofOverlayEndpoint(Ipv4Address.of("10.0.9.4"))).hasToString("02:42:0a:00:09:04");
        assertThat(MacAddress.ofOverlayEndpoint(Ipv4Address.of("192.168.0.255")))
                .hasToString("02:42:c0:a8:00:ff");
    }

    // ---- codes

    @Example
    void codesHoldWhatTheyDoNotKnowAndRefuseWhatDoesNotFit() {
        assertThat(new EtherType(0x88b5)).hasToString("0x88b5");
        assertThat(new IpProtocol(253)).hasToString("253");
        assertThat(new LinkType(147)).hasToString("LINKTYPE_147");
        assertThatThrownBy(() -> new EtherType(0x1_0000)).hasMessageContaining("65536 is outside 0..65535");
        assertThatThrownBy(() -> new IpProtocol(256)).hasMessageContaining("256 is outside 0..255");
        assertThatThrownBy(() -> new LinkType(0x1_0000)).hasMessageContaining("65536 is outside 0..65535");
    }

    // ---- bytes, numbers, sums

    @Property(tries = 200)
    void numbersAreReadAndWrittenAtAnyOffset(@ForAll long number, @ForAll @IntRange(max = 9) int offset) {
        byte[] bytes = new byte[17];
        BigEndian.put64(bytes, offset, number);
        BigInteger whole = new BigInteger(bytes).shiftRight(8 * (17 - 8 - offset));

        assertThat(BigEndian.i64(bytes, offset)).isEqualTo(whole.longValue()).isEqualTo(number);
        assertThat(BigEndian.u48(bytes, offset)).isEqualTo(number >>> 16);
        assertThat(BigEndian.u32(bytes, offset)).isEqualTo(number >>> 32);
        assertThat(BigEndian.i32(bytes, offset)).isEqualTo((int) (number >>> 32));
        assertThat(BigEndian.u24(bytes, offset)).isEqualTo((int) (number >>> 40));
        assertThat(BigEndian.u16(bytes, offset)).isEqualTo((int) (number >>> 48));
        assertThat(BigEndian.u8(bytes, offset)).isEqualTo((int) (number >>> 56));

        byte[] again = new byte[17];
        BigEndian.put8(again, offset, (int) (number >>> 56));
        BigEndian.put24(again, offset + 1, (int) (number >>> 32));
        BigEndian.put32(again, offset + 4, (int) number);
        assertThat(again).isEqualTo(bytes);
        BigEndian.put16(again, offset, (int) (number >>> 48));
        BigEndian.put48(again, offset + 2, number);
        assertThat(again).isEqualTo(bytes);
    }

    @Property(tries = 500)
    void theInternetChecksumIsThatOfRfc1071HoweverTheBytesAreTakenTogether(
            @ForAll @Size(max = 2000) byte[] bytes, @ForAll @IntRange(max = 1000) int words) {
        int cut = Math.min(2 * words, bytes.length / 2 * 2);
        long inOne = InternetChecksum.sum(bytes, 0, bytes.length, 0);
        long inTwo = InternetChecksum.sum(bytes, cut, bytes.length, InternetChecksum.sum(bytes, 0, cut, 0));

        // both representations of zero mean the same
        assertThat(InternetChecksum.fold(inOne) % 0xffff).isEqualTo(PlainChecksum.sum(bytes) % 0xffff);
        assertThat(InternetChecksum.fold(inTwo)).isEqualTo(InternetChecksum.fold(inOne));
        assertThat(InternetChecksum.complement(inOne)).isEqualTo(0xffff - InternetChecksum.fold(inOne));
    }

    @Property(tries = 200)
    void aSumOfAnySizeFolds(@ForAll @LongRange(min = 0) long sum) {
        int folded = InternetChecksum.fold(sum);

        assertThat(folded).isBetween(0, 0xffff);
        assertThat(folded % 0xffff).isEqualTo((int) (sum % 0xffff));
        assertThat(folded == 0).isEqualTo(sum == 0);
    }

    /** The example of RFC 1071 section 3. */
    @Example
    void theSumOfTheExampleInRfc1071IsDdf2() {
        byte[] bytes = Bytes.ofHex("0001 f203 f4f5 f6f7").toArray();

        assertThat(InternetChecksum.fold(InternetChecksum.sum(bytes, 0, 8, 0))).isEqualTo(0xddf2);
    }

    @Property(tries = 100)
    void bytesAreACopyAndReadWhatTheyPrint(@ForAll @Size(max = 40) byte[] content) {
        byte[] before = content.clone();
        Bytes bytes = Bytes.of(content);
        Arrays.fill(content, (byte) 7);
        Arrays.fill(bytes.toArray(), (byte) 8);

        assertThat(bytes.toArray()).isEqualTo(before);
        assertThat(Bytes.ofHex(bytes.toHex())).isEqualTo(bytes).hasSameHashCodeAs(bytes);
        assertThat(bytes.length()).isEqualTo(before.length);
        assertThat(bytes.isEmpty()).isEqualTo(before.length == 0);
        for (int i = 0; i < before.length; i++) {
            assertThat(bytes.at(i)).isEqualTo(before[i] & 0xff);
        }
    }

    @Example
    void bytesRefuseOddDigitsAndRangesBeyondTheArray() {
        assertThatThrownBy(() -> Bytes.ofHex("123")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bytes.ofHex("zz")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bytes.of(new byte[4], 2, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Bytes.ofHex("00 01:02")).hasToString("[00 01 02]");
    }
}
