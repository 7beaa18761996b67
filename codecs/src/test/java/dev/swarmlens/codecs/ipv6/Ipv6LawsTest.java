package dev.swarmlens.codecs.ipv6;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.Ipv6Header;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class Ipv6LawsTest extends ProtocolLaws<Ipv6, Ipv6View, Ipv6Header> {
    public static final Opinions<Ipv6, Ipv6View, Ipv6Header> OPINIONS = new Opinions<>(
                    Ipv6Protocol.INSTANCE, Ipv6.class, Ipv6View.class, Ipv6Header.class, Ipv6Header::new)
            .number("version", h -> 6, Ipv6View::version, Ipv6Header::version)
            .number("headerLength", Ipv6::length, Ipv6View::headerLength, k -> 40)
            .number("trafficClass", Ipv6::trafficClass, Ipv6View::trafficClass, Ipv6Header::trafficClass)
            .number("flowLabel", Ipv6::flowLabel, Ipv6View::flowLabel, Ipv6Header::flowLabel)
            .number("payloadLength", Ipv6::payloadLength, Ipv6View::payloadLength, Ipv6Header::payloadLength)
            .number("nextHeader", h -> h.nextHeader().code(), Ipv6View::nextHeader, Ipv6Header::nextHeader)
            .number("hopLimit", Ipv6::hopLimit, Ipv6View::hopLimit, Ipv6Header::hopLimit)
            .number("sourceHigh", h -> h.source().high(), Ipv6View::sourceHigh, k -> Opinions.high(k.source()))
            .number("sourceLow", h -> h.source().low(), Ipv6View::sourceLow, k -> Opinions.low(k.source()))
            .number(
                    "destinationHigh",
                    h -> h.destination().high(),
                    Ipv6View::destinationHigh,
                    k -> Opinions.high(k.destination()))
            .number(
                    "destinationLow",
                    h -> h.destination().low(),
                    Ipv6View::destinationLow,
                    k -> Opinions.low(k.destination()))
            .elsewhere("source", "destination");

    Ipv6LawsTest() {
        super(OPINIONS, 40);
    }

    @Override
    protected Arbitrary<Ipv6> headers() {
        return Headers.ipv6();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("trafficClass", 8, "flowLabel", 20, "payloadLength", 16, "hopLimit", 8);
    }

    @Override
    protected int encloses(Ipv6 header) {
        return header.payloadLength();
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        bytes[0] = (byte) (0x60 | bytes[0] & 0xf);
    }
}
