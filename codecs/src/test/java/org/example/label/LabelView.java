package org.example.label;

import dev.swarmlens.codecs.View;

/** A view of a {@link Label}. */
public final class LabelView extends View {

    public int value() {
        return u16(Label.VALUE);
    }

    public int inside() {
        return u16(Label.INSIDE);
    }

    @Override
    public int headerLength() {
        return Label.LENGTH;
    }

    @Override
    public Label toHeader() {
        return new Label(value(), inside());
    }
}
