package dev.swarmlens.codecs.llc;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** SNAP: hands on by EtherType where the organization code says that it is one. */
public final class SnapProtocol extends Protocol {
    /** The one instance. */
    public static final SnapProtocol INSTANCE = new SnapProtocol();

    private SnapProtocol() {}

    @Override
    public String name() {
        return "snap";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Snap.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Snap.LENGTH, end);
            return;
        }
        int organization = BigEndian.u24(frame, start + Snap.ORGANIZATION);
        if (layers.push(this, start, payload, end) && Snap.isEtherType(organization)) {
            layers.next(Binding.ETHER_TYPE, BigEndian.u16(frame, start + Snap.TYPE), payload, end)
                    .dissect(frame, payload, end, layers);
        }
    }

    @Override
    public SnapView newView() {
        return new SnapView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("llc.oui", "Organization Code", SnapView::organization)
                        .needing(Snap.LENGTH),
                Field.ofHex(
                        "llc.type",
                        "Type",
                        4,
                        (SnapView view) -> Snap.isEtherType(view.organization()) ? view.type() : Field.ABSENT));
    }
}
