package dev.swarmlens.codecs.ethernet;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.EthernetHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class EthernetLawsTest extends ProtocolLaws<Ethernet, EthernetView, EthernetHeader> {
    public static final Opinions<Ethernet, EthernetView, EthernetHeader> OPINIONS = new Opinions<>(
                    EthernetProtocol.INSTANCE,
                    Ethernet.class,
                    EthernetView.class,
                    EthernetHeader.class,
                    EthernetHeader::new)
            .number("headerLength", Ethernet::length, EthernetView::headerLength, k -> 14)
            .number(
                    "destination",
                    h -> h.destination().bits(),
                    EthernetView::destination,
                    k -> Opinions.number(k.destination()))
            .number("source", h -> h.source().bits(), EthernetView::source, k -> Opinions.number(k.source()))
            .number("type", h -> h.type().code(), EthernetView::type, EthernetHeader::type);

    EthernetLawsTest() {
        super(OPINIONS, 14);
    }

    @Override
    protected Arbitrary<Ethernet> headers() {
        return Headers.ethernet();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of();
    }

    @Override
    protected int encloses(Ethernet header) {
        // up to 1500 the type is a length, IEEE 802.3 clause 3.2.6
        return header.type().code() <= 1500 ? header.type().code() : 0;
    }
}
