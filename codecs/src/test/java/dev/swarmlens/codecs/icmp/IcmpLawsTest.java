package dev.swarmlens.codecs.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.icmp.IcmpMessage.DestinationUnreachable;
import dev.swarmlens.codecs.icmp.IcmpMessage.EchoReply;
import dev.swarmlens.codecs.icmp.IcmpMessage.EchoRequest;
import dev.swarmlens.codecs.icmp.IcmpMessage.ParameterProblem;
import dev.swarmlens.codecs.icmp.IcmpMessage.Redirect;
import dev.swarmlens.codecs.icmp.IcmpMessage.TimeExceeded;
import dev.swarmlens.codecs.icmp.IcmpMessage.Unknown;
import dev.swarmlens.codecs.kaitai.IcmpHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

public class IcmpLawsTest extends ProtocolLaws<Icmp, IcmpView, IcmpHeader> {
    public static final Opinions<Icmp, IcmpView, IcmpHeader> OPINIONS = new Opinions<>(
                    IcmpProtocol.INSTANCE, Icmp.class, IcmpView.class, IcmpHeader.class, IcmpHeader::new)
            .number("headerLength", Icmp::length, IcmpView::headerLength, k -> 8)
            .number("type", Icmp::type, IcmpView::type, IcmpHeader::type)
            .number("code", Icmp::code, IcmpView::code, IcmpHeader::code)
            .number("checksum", Icmp::checksum, IcmpView::checksum, IcmpHeader::checksum)
            .number(
                    "rest",
                    h -> Integer.toUnsignedLong(h.rest()),
                    v -> Integer.toUnsignedLong(v.rest()),
                    IcmpHeader::rest)
            .number(
                    "isEcho",
                    h -> Opinions.number(h.type() == 0 || h.type() == 8),
                    v -> Opinions.number(v.isEcho()),
                    k -> Opinions.number(k.type() == 0 || k.type() == 8))
            .number("identifier", h -> Opinions.NONE, IcmpView::identifier, IcmpHeader::identifier)
            .number("sequenceNumber", h -> Opinions.NONE, IcmpView::sequenceNumber, IcmpHeader::sequenceNumber)
            .number("nextHopMtu", h -> Opinions.NONE, IcmpView::nextHopMtu, IcmpHeader::nextHopMtu)
            .number("gateway", h -> Opinions.NONE, v -> Integer.toUnsignedLong(v.gateway()), IcmpHeader::gateway)
            .number("pointer", h -> Opinions.NONE, IcmpView::pointer, IcmpHeader::pointer)
            .elsewhere("checksumStatus");

    IcmpLawsTest() {
        super(OPINIONS, 8);
    }

    @Override
    protected Arbitrary<Icmp> headers() {
        return Headers.icmp();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("type", 8, "code", 8, "checksum", 16, "rest", 32);
    }

    @Override
    protected int encloses(Icmp header) {
        return 0;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        // no error: what those quote is a layer of its own
        bytes[0] = 8;
    }

    @Example
    void echoesRefuseNumbersOver16Bits() {
        assertThatThrownBy(() -> Icmp.echoRequest(0x1_0000, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identifier 65536 is outside 0..65535");
        assertThatThrownBy(() -> Icmp.echoReply(0, 0x1_0000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence number 65536 is outside 0..65535");
    }

    @Property(edgeCases = EdgeCasesMode.FIRST)
    void aHeaderMadeOfItsMeaningIsTheSame(@ForAll("headers") Icmp any, @ForAll("types") int type) {
        Icmp header = new Icmp(type, any.code(), any.checksum(), any.rest());

        assertThat(Icmp.of(header.message()).withChecksum(header.checksum())).isEqualTo(header);
    }

    @Provide
    Arbitrary<Integer> types() {
        return Arbitraries.oneOf(
                Arbitraries.of(0, 3, 5, 8, 11, 12), Arbitraries.integers().between(0, 255));
    }

    /** RFC 792, RFC 1191 section 4: each word of the examples as the RFC draws it. */
    @Example
    void messagesMeanWhatTheRfcSays() {
        assertThat(IcmpMessage.of(8, 0, 0x1234_0007)).isEqualTo(new EchoRequest(0x1234, 7));
        assertThat(IcmpMessage.of(0, 0, 0x1234_0007)).isEqualTo(new EchoReply(0x1234, 7));
        assertThat(IcmpMessage.of(3, 4, 1350)).isEqualTo(new DestinationUnreachable(4, 0, 1350));
        assertThat(IcmpMessage.of(5, 1, 0x0a00_0001)).isEqualTo(new Redirect(1, Ipv4Address.of("10.0.0.1")));
        assertThat(IcmpMessage.of(11, 0, 0x0020_0000)).isEqualTo(new TimeExceeded(0, 32));
        assertThat(IcmpMessage.of(12, 0, 0x0800_0000)).isEqualTo(new ParameterProblem(0, 8, 0));
    }

    @Example
    void whatDoesNotLookAsTheRfcHasItIsUnknown() {
        assertThat(IcmpMessage.of(8, 1, 0x1234_0007)).isEqualTo(new Unknown(8, 1, 0x1234_0007));
        assertThat(IcmpMessage.of(3, 4, 0x0100_0546)).isEqualTo(new Unknown(3, 4, 0x0100_0546));
        assertThat(IcmpMessage.of(13, 0, 0x1234_0007)).isEqualTo(new Unknown(13, 0, 0x1234_0007));
    }
}
