package dev.swarmlens.codecs.icmpv6;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.Icmpv6Header;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

public class Icmpv6LawsTest extends ProtocolLaws<Icmpv6, Icmpv6View, Icmpv6Header> {
    public static final Opinions<Icmpv6, Icmpv6View, Icmpv6Header> OPINIONS = new Opinions<>(
                    Icmpv6Protocol.INSTANCE, Icmpv6.class, Icmpv6View.class, Icmpv6Header.class, Icmpv6Header::new)
            .number("headerLength", Icmpv6::length, Icmpv6View::headerLength, k -> 8)
            .number("type", Icmpv6::type, Icmpv6View::type, Icmpv6Header::type)
            .number("code", Icmpv6::code, Icmpv6View::code, Icmpv6Header::code)
            .number("checksum", Icmpv6::checksum, Icmpv6View::checksum, Icmpv6Header::checksum)
            .number(
                    "rest",
                    h -> Integer.toUnsignedLong(h.rest()),
                    v -> Integer.toUnsignedLong(v.rest()),
                    Icmpv6Header::rest)
            .number(
                    "isEcho",
                    h -> Opinions.number(h.type() == 128 || h.type() == 129),
                    v -> Opinions.number(v.isEcho()),
                    k -> Opinions.number(k.type() == 128 || k.type() == 129))
            .number("identifier", h -> Opinions.NONE, Icmpv6View::identifier, Icmpv6Header::identifier)
            .number("sequenceNumber", h -> Opinions.NONE, Icmpv6View::sequenceNumber, Icmpv6Header::sequenceNumber)
            .number("nextHopMtu", h -> Opinions.NONE, Icmpv6View::nextHopMtu, Icmpv6Header::nextHopMtu)
            .elsewhere("checksumStatus");

    Icmpv6LawsTest() {
        super(OPINIONS, 8);
    }

    @Override
    protected Arbitrary<Icmpv6> headers() {
        return Headers.icmpv6();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("type", 8, "code", 8, "checksum", 16, "rest", 32);
    }

    @Override
    protected int encloses(Icmpv6 header) {
        return 0;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        // no error: what those quote is a layer of its own
        bytes[0] = (byte) 128;
    }

    @Example
    void echoesRefuseNumbersOver16Bits() {
        assertThatThrownBy(() -> Icmpv6.echoRequest(0x1_0000, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identifier 65536 is outside 0..65535");
        assertThatThrownBy(() -> Icmpv6.echoReply(0, 0x1_0000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence number 65536 is outside 0..65535");
    }
}
