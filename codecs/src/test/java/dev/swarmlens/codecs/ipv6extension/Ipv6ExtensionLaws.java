package dev.swarmlens.codecs.ipv6extension;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.IpProtocol;
import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.Ipv6ExtensionHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

/** The laws of the three extension headers that look the same. */
public abstract class Ipv6ExtensionLaws extends ProtocolLaws<Ipv6Extension, Ipv6ExtensionView, Ipv6ExtensionHeader> {
    private final Ipv6ExtensionProtocol protocol;

    Ipv6ExtensionLaws(Ipv6ExtensionProtocol protocol) {
        super(opinions(protocol), 8);
        this.protocol = protocol;
    }

    public static Opinions<Ipv6Extension, Ipv6ExtensionView, Ipv6ExtensionHeader> opinions(
            Ipv6ExtensionProtocol protocol) {
        return new Opinions<>(
                        protocol,
                        Ipv6Extension.class,
                        Ipv6ExtensionView.class,
                        Ipv6ExtensionHeader.class,
                        Ipv6ExtensionHeader::new)
                .number(
                        "headerLength",
                        Ipv6Extension::length,
                        Ipv6ExtensionView::headerLength,
                        Ipv6ExtensionHeader::headerLength)
                .number(
                        "nextHeader",
                        h -> h.nextHeader().code(),
                        Ipv6ExtensionView::nextHeader,
                        Ipv6ExtensionHeader::nextHeader)
                .number(
                        "lengthField",
                        h -> h.length() / 8 - 1,
                        Ipv6ExtensionView::lengthField,
                        Ipv6ExtensionHeader::lengthField)
                .bytes("data", Ipv6Extension::data, Ipv6ExtensionHeader::data)
                .number(
                        "routingType",
                        h -> h.data().at(0),
                        Ipv6ExtensionView::routingType,
                        k -> Byte.toUnsignedInt(k.data()[0]))
                .number(
                        "segmentsLeft",
                        h -> h.data().at(1),
                        Ipv6ExtensionView::segmentsLeft,
                        k -> Byte.toUnsignedInt(k.data()[1]))
                .elsewhere("hasFinalDestination", "finalDestinationHigh", "finalDestinationLow", "finalDestinationAt")
                .elsewhere("protocol");
    }

    @Override
    protected Arbitrary<Ipv6Extension> headers() {
        return Headers.ipv6Extension(protocol);
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of();
    }

    @Override
    protected int encloses(Ipv6Extension header) {
        return 0;
    }

    @Override
    protected void makePlausible(byte[] bytes) {
        // up to 64 bytes of header
        bytes[1] = (byte) (bytes[1] & 7);
    }

    @Example
    void dataOver2046BytesOrOfPartialUnitsAreRefused() {
        assertThatThrownBy(() -> new Ipv6Extension(protocol, IpProtocol.TCP, Bytes.of(new byte[2054])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2054")
                .hasMessageContaining("2046");
        assertThatThrownBy(() -> new Ipv6Extension(protocol, IpProtocol.TCP, Bytes.of(new byte[8])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 bytes of data");
        assertThatThrownBy(() -> new Ipv6Extension(protocol, IpProtocol.TCP, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
