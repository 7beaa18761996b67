package dev.swarmlens.codecs.loopback;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.LoopbackHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class LoopbackLawsTest extends ProtocolLaws<Loopback, LoopbackView, LoopbackHeader> {
    public static final Opinions<Loopback, LoopbackView, LoopbackHeader> OPINIONS = new Opinions<>(
                    LoopbackProtocol.INSTANCE,
                    Loopback.class,
                    LoopbackView.class,
                    LoopbackHeader.class,
                    LoopbackHeader::new)
            .number("headerLength", Loopback::length, LoopbackView::headerLength, k -> 4)
            .number(
                    "word",
                    h -> Integer.toUnsignedLong(h.word()),
                    v -> Integer.toUnsignedLong(v.word()),
                    LoopbackHeader::word)
            .number(
                    "family",
                    h -> Integer.toUnsignedLong(h.family()),
                    v -> Integer.toUnsignedLong(v.family()),
                    k -> Integer.toUnsignedLong(k.family()))
            .elsewhere("swapped");

    LoopbackLawsTest() {
        super(OPINIONS, 4);
    }

    @Override
    protected Arbitrary<Loopback> headers() {
        return Headers.loopback();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("word", 32);
    }

    @Override
    protected int encloses(Loopback header) {
        return 0;
    }
}
