package dev.swarmlens.codecs.esp;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.EspHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class EspLawsTest extends ProtocolLaws<Esp, EspView, EspHeader> {
    public static final Opinions<Esp, EspView, EspHeader> OPINIONS = new Opinions<>(
                    EspProtocol.INSTANCE, Esp.class, EspView.class, EspHeader.class, EspHeader::new)
            .number("headerLength", Esp::length, EspView::headerLength, k -> 8)
            .number("spi", Esp::spi, EspView::spi, EspHeader::spi)
            .number("sequenceNumber", Esp::sequenceNumber, EspView::sequenceNumber, EspHeader::sequenceNumber);

    EspLawsTest() {
        super(OPINIONS, 8);
    }

    @Override
    protected Arbitrary<Esp> headers() {
        return Headers.esp();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("spi", 32, "sequenceNumber", 32);
    }

    @Override
    protected int encloses(Esp header) {
        return 0;
    }
}
