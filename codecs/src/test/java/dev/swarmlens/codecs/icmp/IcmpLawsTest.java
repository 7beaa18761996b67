package dev.swarmlens.codecs.icmp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.IcmpHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

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
            .elsewhere("checksumStatus")
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
}
