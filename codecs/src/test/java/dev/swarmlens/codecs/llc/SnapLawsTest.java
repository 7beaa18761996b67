package dev.swarmlens.codecs.llc;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.SnapHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class SnapLawsTest extends ProtocolLaws<Snap, SnapView, SnapHeader> {
    public static final Opinions<Snap, SnapView, SnapHeader> OPINIONS = new Opinions<>(
                    SnapProtocol.INSTANCE, Snap.class, SnapView.class, SnapHeader.class, SnapHeader::new)
            .number("headerLength", Snap::length, SnapView::headerLength, k -> 5)
            .number("organization", Snap::organization, SnapView::organization, SnapHeader::organization)
            .number("type", h -> h.type().code(), SnapView::type, SnapHeader::type);

    SnapLawsTest() {
        super(OPINIONS, 5);
    }

    @Override
    protected Arbitrary<Snap> headers() {
        return Headers.snap();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("organization", 24);
    }

    @Override
    protected int encloses(Snap header) {
        return 0;
    }
}
