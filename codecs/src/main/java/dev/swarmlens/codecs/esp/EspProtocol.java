package dev.swarmlens.codecs.esp;

import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** ESP: what follows is encrypted. */
public final class EspProtocol extends Protocol {
    /** The one instance. */
    public static final EspProtocol INSTANCE = new EspProtocol();

    private EspProtocol() {}

    @Override
    public String name() {
        return "esp";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Esp.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Esp.LENGTH, end);
            return;
        }
        layers.push(this, start, payload, end);
    }

    @Override
    public EspView newView() {
        return new EspView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofHex("esp.spi", "ESP SPI", 8, EspView::spi),
                Field.ofDecimal("esp.sequence", "ESP Sequence", EspView::sequenceNumber));
    }
}
