package dev.swarmlens.codecs.vlan;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** VLAN tags: hands on by EtherType, so that tags stack. */
public final class VlanProtocol implements Protocol {
    /** The one instance. */
    public static final VlanProtocol INSTANCE = new VlanProtocol();

    private VlanProtocol() {}

    @Override
    public String name() {
        return "vlan";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Vlan.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Vlan.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            int type = BigEndian.u16(frame, start + Vlan.TYPE);
            if (type >= EtherType.MIN_TYPE) {
                layers.next(Binding.ETHER_TYPE, type, payload, end);
            }
        }
    }

    @Override
    public VlanView newView() {
        return new VlanView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("vlan.priority", "Priority", VlanView::priority),
                Field.ofDecimal("vlan.dei", "Drop Eligible", (VlanView view) -> view.dropEligible() ? 1 : 0),
                Field.ofDecimal("vlan.id", "ID", VlanView::id),
                Field.ofHex("vlan.etype", "Type", 4, VlanView::type));
    }
}
