package dev.swarmlens.codecs.llc;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** LLC: information is handed on by destination service access point. */
public final class LlcProtocol extends Protocol {
    /** The one instance. */
    public static final LlcProtocol INSTANCE = new LlcProtocol();

    private LlcProtocol() {}

    @Override
    public String name() {
        return "llc";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + Llc.UNNUMBERED_LENGTH > end) {
            layers.tooShort(this, start, Llc.UNNUMBERED_LENGTH, end);
            return;
        }
        int control = BigEndian.u8(frame, start + Llc.CONTROL);
        int payload = start + Llc.length(control);
        if (payload > end) {
            layers.tooShort(this, start, payload - start, end);
            return;
        }
        if (layers.push(this, start, payload, end) && Llc.isInformation(control)) {
            layers.next(Llc.SAP, BigEndian.u8(frame, start + Llc.DSAP), payload, end)
                    .dissect(frame, payload, end, layers);
        }
    }

    @Override
    public LlcView newView() {
        return new LlcView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofHex("llc.dsap", "DSAP", 2, LlcView::dsap),
                Field.ofHex("llc.ssap", "SSAP", 2, LlcView::ssap),
                Field.ofHex("llc.control", "Control field", 4, LlcView::control));
    }
}
