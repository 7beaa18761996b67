package dev.swarmlens.analyzer.fields;

import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.FieldType;
import dev.swarmlens.codecs.FieldValue;
import java.util.function.ToLongFunction;

/** What is known of the frame besides its bytes: one number, or none. */
final class FrameField extends PacketField {
    private final ToLongFunction<PacketView> number;
    private long next = Field.ABSENT;

    FrameField(String name, FieldType type, ToLongFunction<PacketView> number) {
        super(name, type);
        this.number = number;
    }

    @Override
    public void begin(PacketView packet) {
        next = number.applyAsLong(packet);
    }

    @Override
    public boolean next(FieldValue value) {
        boolean there = next != Field.ABSENT;
        value.set(next);
        next = Field.ABSENT;
        return there;
    }

    @Override
    public String text(FieldValue value) {
        return type() == FieldType.SECONDS
                ? Seconds.text(value.low(), Seconds.NANO_DIGITS)
                : Long.toString(value.low());
    }
}
