package dev.swarmlens.analyzer.fields;

import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import dev.swarmlens.codecs.Layers;

/** All captured bytes of the frame, which is always there. */
final class WholeFrame extends PacketField {
    private Layers layers = new Layers();
    private boolean read;

    WholeFrame(String name) {
        super(name, FieldType.PROTOCOL);
    }

    @Override
    public void begin(PacketView packet) {
        layers = packet.layers();
        read = false;
    }

    @Override
    public boolean next(FieldValue value) {
        boolean there = !read;
        read = true;
        value.set(layers.frameStart(), layers.frameEnd());
        return there;
    }

    @Override
    public String text(FieldValue value) {
        return name();
    }
}
