package dev.swarmlens.codecs.icmpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.DestinationUnreachable;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.EchoReply;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.EchoRequest;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.NeighborAdvertisement;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.NeighborSolicitation;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.PacketTooBig;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.ParameterProblem;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.Redirect;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.RouterAdvertisement;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.RouterSolicitation;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.TimeExceeded;
import dev.swarmlens.codecs.icmpv6.Icmpv6Message.Unknown;
import dev.swarmlens.codecs.kaitai.Icmpv6Header;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

public class Icmpv6LawsTest extends ProtocolLaws<Icmpv6, Icmpv6View, Icmpv6Header> {
    public static final Opinions<Icmpv6, Icmpv6View, Icmpv6Header> OPINIONS = new Opinions<>(
                    Icmpv6Protocol.INSTANCE, Icmpv6.class, Icmpv6View.class, Icmpv6Header.class, Icmpv6Header::new)
            .number("headerLength", Icmpv6::length, Icmpv6View::headerLength, k -> 8 + k.body().length)
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
            .bytes("body", Icmpv6::body, Icmpv6Header::body)
            .number("pointer", h -> Opinions.NONE, Icmpv6View::pointer, Icmpv6Header::pointer)
            .number(
                    "hasTarget",
                    h -> Opinions.NONE,
                    v -> Opinions.number(v.hasTarget()),
                    k -> Opinions.number(k.target() != null))
            .number(
                    "targetHigh",
                    h -> Opinions.NONE,
                    v -> v.hasTarget() ? v.targetHigh() : 0,
                    k -> k.target() == null ? 0 : Opinions.high(k.target()))
            .number(
                    "targetLow",
                    h -> Opinions.NONE,
                    v -> v.hasTarget() ? v.targetLow() : 0,
                    k -> k.target() == null ? 0 : Opinions.low(k.target()))
            .number(
                    "destinationHigh",
                    h -> Opinions.NONE,
                    v -> v.type() == 137 ? v.destinationHigh() : 0,
                    k -> k.destination() == null ? 0 : Opinions.high(k.destination()))
            .number(
                    "destinationLow",
                    h -> Opinions.NONE,
                    v -> v.type() == 137 ? v.destinationLow() : 0,
                    k -> k.destination() == null ? 0 : Opinions.low(k.destination()))
            .number(
                    "reachableTime",
                    h -> Opinions.NONE,
                    v -> v.type() == 134 ? v.reachableTime() : 0,
                    k -> k.reachableTime() == null ? 0 : k.reachableTime())
            .number(
                    "retransTimer",
                    h -> Opinions.NONE,
                    v -> v.type() == 134 ? v.retransTimer() : 0,
                    k -> k.retransTimer() == null ? 0 : k.retransTimer())
            .elsewhere("destination", "target")
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
        return Map.of("type", NOT_BY_BITS_ALONE, "code", 8, "checksum", 16, "rest", 32);
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

    @Property(edgeCases = EdgeCasesMode.FIRST)
    void aHeaderMadeOfItsMeaningIsTheSame(@ForAll("headers") Icmpv6 header) {
        assertThat(Icmpv6.of(header.message()).withChecksum(header.checksum())).isEqualTo(header);
    }

    /** RFC 4443 sections 3 and 4, RFC 4861 section 4. */
    @Example
    void messagesMeanWhatTheRfcSays() {
        Ipv6Address target = Ipv6Address.of("fe80::1");
        Ipv6Address destination = Ipv6Address.of("2001:db8::2");
        Bytes both = Bytes.ofHex("fe80000000000000 0000000000000001 20010db800000000 0000000000000002");
        Bytes one = both.slice(0, 16);

        assertThat(Icmpv6Message.of(1, 4, 0x0500_0000, Bytes.EMPTY)).isEqualTo(new DestinationUnreachable(4, 5));
        assertThat(Icmpv6Message.of(2, 0, -1, Bytes.EMPTY)).isEqualTo(new PacketTooBig(0xffff_ffffL));
        assertThat(Icmpv6Message.of(3, 1, 0, Bytes.EMPTY)).isEqualTo(new TimeExceeded(1, 0));
        assertThat(Icmpv6Message.of(4, 0, 40, Bytes.EMPTY)).isEqualTo(new ParameterProblem(0, 40));
        assertThat(Icmpv6Message.of(128, 0, 0x1234_0007, Bytes.EMPTY)).isEqualTo(new EchoRequest(0x1234, 7));
        assertThat(Icmpv6Message.of(129, 0, 0x1234_0007, Bytes.EMPTY)).isEqualTo(new EchoReply(0x1234, 7));
        assertThat(Icmpv6Message.of(133, 0, 0, Bytes.EMPTY)).isEqualTo(new RouterSolicitation());
        assertThat(Icmpv6Message.of(134, 0, 0x40c0_0708, Bytes.ofHex("0000000a 0000000b")))
                .isEqualTo(new RouterAdvertisement(64, 0xc0, 0x0708, 10, 11));
        assertThat(Icmpv6Message.of(135, 0, 0, one)).isEqualTo(new NeighborSolicitation(target));
        assertThat(Icmpv6Message.of(136, 0, 0xa000_0000, one))
                .isEqualTo(new NeighborAdvertisement(true, false, true, target));
        assertThat(Icmpv6Message.of(137, 0, 0, both)).isEqualTo(new Redirect(target, destination));
    }

    @Example
    void whatDoesNotLookAsTheRfcHasItIsUnknown() {
        assertThat(Icmpv6Message.of(143, 0, 1, Bytes.EMPTY)).isEqualTo(new Unknown(143, 0, 1, Bytes.EMPTY));
        assertThat(Icmpv6Message.of(128, 1, 1, Bytes.EMPTY)).isEqualTo(new Unknown(128, 1, 1, Bytes.EMPTY));
        assertThat(Icmpv6Message.of(133, 0, 1, Bytes.EMPTY)).isEqualTo(new Unknown(133, 0, 1, Bytes.EMPTY));
    }

    @Example
    void aBodyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Icmpv6(135, 0, 0, 0, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ICMPv6 type 135 has a body of 16 bytes, not of 0");
    }
}
