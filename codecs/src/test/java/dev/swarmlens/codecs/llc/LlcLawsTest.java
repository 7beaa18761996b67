package dev.swarmlens.codecs.llc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.LlcHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

public class LlcLawsTest extends ProtocolLaws<Llc, LlcView, LlcHeader> {
    public static final Opinions<Llc, LlcView, LlcHeader> OPINIONS = new Opinions<>(
                    LlcProtocol.INSTANCE, Llc.class, LlcView.class, LlcHeader.class, LlcHeader::new)
            .number("headerLength", Llc::length, LlcView::headerLength, k -> k.isUnnumbered() ? 3 : 4)
            .number("dsap", Llc::dsap, LlcView::dsap, LlcHeader::dsap)
            .number("ssap", Llc::ssap, LlcView::ssap, LlcHeader::ssap)
            .number(
                    "control",
                    Llc::control,
                    LlcView::control,
                    k -> k.isUnnumbered() ? k.controlFirst() : k.controlSecond() * 256 + k.controlFirst())
            .elsewhere("controlFirst", "controlSecond", "isUnnumbered");

    LlcLawsTest() {
        super(OPINIONS, 3);
    }

    @Override
    protected Arbitrary<Llc> headers() {
        return Headers.llc();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("dsap", 8, "ssap", 8, "control", NOT_BY_BITS_ALONE);
    }

    @Override
    protected int encloses(Llc header) {
        return 0;
    }

    @Example
    void aControlFieldOverItsOneOrTwoBytesIsRefused() {
        assertThatThrownBy(() -> new Llc(0, 0, 0x1_0000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control 65536 is outside 0..65535");
        assertThatThrownBy(() -> new Llc(0, 0, 0x103))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control 259 is outside 0..255");
        assertThatThrownBy(() -> new Llc(0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
