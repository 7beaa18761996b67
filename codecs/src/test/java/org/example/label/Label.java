package org.example.label;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Completion;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.Ranges;

/** A header of somebody else's: a label, and a code for what is inside. */
public record Label(int value, int inside) implements Header {
    static final int VALUE = 0;
    static final int INSIDE = VALUE + 2;
    static final int LENGTH = INSIDE + 2;

    public Label {
        Ranges.checkBits("label value", value, 16);
        Ranges.checkBits("label code", inside, 16);
    }

    @Override
    public LabelProtocol protocol() {
        return LabelProtocol.INSTANCE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void write(byte[] frame, int offset) {
        BigEndian.put16(frame, offset + VALUE, value);
        BigEndian.put16(frame, offset + INSIDE, inside);
    }

    @Override
    public void complete(Completion completion) {
        int code = completion.nextCode(LabelProtocol.INSIDE, inside);
        BigEndian.put16(completion.frame(), completion.offset() + INSIDE, code);
    }
}
