package org.example.label;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** Labels, as a third party adds them. */
public final class LabelProtocol extends Protocol {
    public static final LabelProtocol INSTANCE = new LabelProtocol();
    /** What a label carries. */
    public static final Binding INSIDE = new Binding("label code");

    private LabelProtocol() {}

    @Override
    public String name() {
        return "label";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Label.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Label.LENGTH, end);
        } else if (layers.push(this, start, payload, end)) {
            layers.next(INSIDE, BigEndian.u16(frame, start + Label.INSIDE), payload, end)
                    .dissect(frame, payload, end, layers);
        }
    }

    @Override
    public LabelView newView() {
        return new LabelView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("label.value", "Value", LabelView::value),
                Field.ofHex("label.inside", "Inside", 4, LabelView::inside));
    }
}
