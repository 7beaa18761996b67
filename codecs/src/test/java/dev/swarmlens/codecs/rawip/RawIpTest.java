package dev.swarmlens.codecs.rawip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Dissector;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.View;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A header of no bytes, for which the laws of headers with bytes say nothing. */
class RawIpTest {
    private static final List<LinkType> LINK_TYPES = List.of(LinkType.RAW, LinkType.RAW_BSD);

    @Provide
    Arbitrary<Header> ipHeaders() {
        // a total length smaller than the header would contradict it
        Arbitrary<Header> ipv4 = Headers.ipv4()
                .filter(header -> header.totalLength() == 0 || header.totalLength() >= header.length())
                .map(header -> header);
        Arbitrary<Header> ipv6 = Headers.ipv6().map(header -> header);
        return Arbitraries.oneOf(ipv4, ipv6);
    }

    @Property(tries = 200)
    void theVersionSaysWhatFollows(@ForAll("ipHeaders") Header ip) {
        byte[] frame = new byte[ip.length()];
        ip.write(frame, 0);
        for (LinkType linkType : LINK_TYPES) {
            ParsedPacket parsed = Packet.parse(frame, linkType, ProtocolRegistry.standard());

            assertThat(parsed.packet().layers()).startsWith(new RawIp(), ip);
            assertThat(parsed.packet().encode(Encoding.VERBATIM)).isEqualTo(Bytes.of(frame));
        }
    }

    @Example
    void whatHasAnotherVersionIsPayload() {
        for (int version : IntStream.range(0, 16).filter(v -> v != 4 && v != 6).toArray()) {
            byte[] frame = new byte[60];
            frame[0] = (byte) (version << 4 | 5);
            Layers layers = new Layers();

            new Dissector(ProtocolRegistry.standard()).dissect(frame, LinkType.RAW, layers);

            assertThat(layers.problem()).isNull();
            assertThat(layers.count()).isEqualTo(1);
            assertThat(layers.start(0)).isZero();
            assertThat(layers.payload(0)).isZero();
            assertThat(layers.payloadEnd()).isEqualTo(60);
        }
    }

    @Example
    void anEmptyFrameHasNoLayer() {
        Layers layers = new Layers();

        new Dissector(ProtocolRegistry.standard()).dissect(new byte[0], LinkType.RAW, layers);

        assertThat(layers.count()).isZero();
    }

    @Example
    void valueAndViewHaveNoBytes() {
        View view = RawIpProtocol.INSTANCE.newView();
        view.wrap(new byte[20], 7, 20);

        assertThat(view.headerLength()).isZero();
        assertThat(view.toHeader()).isEqualTo(new RawIp());
        assertThat(new RawIp().length()).isZero();
        assertThat(new RawIp().protocol()).isSameAs(RawIpProtocol.INSTANCE);
        assertThat(RawIpProtocol.INSTANCE.fields()).isEmpty();
    }
}
