package dev.swarmlens.codecs.ipv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.Ipv4Header;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

public class Ipv4LawsTest extends ProtocolLaws<Ipv4, Ipv4View, Ipv4Header> {
    public static final Opinions<Ipv4, Ipv4View, Ipv4Header> OPINIONS = new Opinions<>(
                    Ipv4Protocol.INSTANCE, Ipv4.class, Ipv4View.class, Ipv4Header.class, Ipv4Header::new)
            .number("version", h -> 4, Ipv4View::version, Ipv4Header::version)
            .number("headerLength", Ipv4::length, Ipv4View::headerLength, Ipv4Header::headerLength)
            .number("words", h -> h.length() / 4, v -> v.headerLength() / 4, Ipv4Header::words)
            .number("typeOfService", Ipv4::typeOfService, Ipv4View::typeOfService, Ipv4Header::typeOfService)
            .number("totalLength", Ipv4::totalLength, Ipv4View::totalLength, Ipv4Header::totalLength)
            .number("identification", Ipv4::identification, Ipv4View::identification, Ipv4Header::identification)
            .number("flags", Ipv4::flags, Ipv4View::flags, Ipv4Header::flags)
            .number("fragmentOffset", Ipv4::fragmentOffset, Ipv4View::fragmentOffset, Ipv4Header::fragmentOffset)
            .number("timeToLive", Ipv4::timeToLive, Ipv4View::timeToLive, Ipv4Header::timeToLive)
            .number("nextProtocol", h -> h.nextProtocol().code(), Ipv4View::nextProtocol, Ipv4Header::nextProtocol)
            .number("checksum", Ipv4::checksum, Ipv4View::checksum, Ipv4Header::checksum)
            .number(
                    "source",
                    h -> Integer.toUnsignedLong(h.source().bits()),
                    v -> Integer.toUnsignedLong(v.source()),
                    Ipv4Header::source)
            .number(
                    "destination",
                    h -> Integer.toUnsignedLong(h.destination().bits()),
                    v -> Integer.toUnsignedLong(v.destination()),
                    Ipv4Header::destination)
            .number(
                    "finalDestination",
                    h -> Integer.toUnsignedLong(h.finalDestination().bits()),
                    v -> Integer.toUnsignedLong(v.finalDestination()),
                    k -> Opinions.NONE)
            .bytes("options", Ipv4::options, Ipv4Header::options)
            .elsewhere("checksumStatus");

    Ipv4LawsTest() {
        super(OPINIONS, 20);
    }

    @Override
    protected Arbitrary<Ipv4> headers() {
        return Headers.ipv4();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of(
                "typeOfService", 8,
                "totalLength", 16,
                "identification", 16,
                "flags", 3,
                "fragmentOffset", 13,
                "timeToLive", 8,
                "checksum", 16);
    }

    @Override
    protected int encloses(Ipv4 header) {
        int headerLength = 20 + header.options().length();
        if (header.totalLength() == 0) {
            return 0;
        }
        return header.totalLength() < headerLength ? -1 : header.totalLength() - headerLength;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        int words = 5 + (bytes[0] & 0xf) % 11;
        bytes[0] = (byte) (0x40 | words);
        // a total length of at least 256
        bytes[2] |= 1;
    }

    @Example
    void optionsOver40BytesOrOfPartialWordsAreRefused() {
        Ipv4 header = Ipv4.from("10.0.0.1").to("10.0.0.2");

        assertThatThrownBy(() -> header.withOptions(Bytes.of(new byte[44])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("44 bytes")
                .hasMessageContaining("up to 40");
        assertThatThrownBy(() -> header.withOptions(Bytes.of(new byte[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bytes; a multiple of 4");
    }

    /** RFC 791 section 3.1 and RFC 2113 section 2.1: a router alert, a recorded route of which one place is still free. */
    @Example
    void optionsAreReadOneByOne() {
        assertThat(Ipv4Option.read(Bytes.ofHex("94040000 070b08 0a000001 00000000 00")))
                .containsExactly(
                        new Ipv4Option.RouterAlert(0),
                        new Ipv4Option.Route(7, 8, List.of(Ipv4Address.of("10.0.0.1"), new Ipv4Address(0))),
                        new Ipv4Option.End(Bytes.EMPTY));
        assertThat(Ipv4Option.read(Bytes.ofHex("0703"))).containsExactly(new Ipv4Option.Malformed(Bytes.ofHex("0703")));
        assertThat(Ipv4Option.read(Bytes.ofHex("01 8204abcd")))
                .containsExactly(new Ipv4Option.NoOperation(), new Ipv4Option.Unknown(130, Bytes.ofHex("abcd")));
    }

    @Property(edgeCases = EdgeCasesMode.FIRST)
    void optionsReadAndWrittenAreTheSame(@ForAll("headers") Ipv4 header) {
        Ipv4Option[] options = header.optionList().toArray(Ipv4Option[]::new);

        assertThat(header.withOptions(options)).isEqualTo(header);
    }
}
