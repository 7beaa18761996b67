package dev.swarmlens.codecs.vxlan;

import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** VXLAN: an Ethernet frame follows. */
public final class VxlanProtocol extends Protocol {
    /** The one instance. */
    public static final VxlanProtocol INSTANCE = new VxlanProtocol();

    private VxlanProtocol() {}

    @Override
    public String name() {
        return "vxlan";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Vxlan.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Vxlan.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            layers.next(Binding.LINK_TYPE, LinkType.ETHERNET.code(), payload, end)
                    .dissect(frame, payload, end, layers);
        }
    }

    @Override
    public VxlanView newView() {
        return new VxlanView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofHex("vxlan.flags", "Flags", 4, VxlanView::flags),
                Field.ofDecimal("vxlan.gbp", "Group Policy ID", VxlanView::groupPolicyId),
                Field.ofDecimal("vxlan.vni", "VXLAN Network Identifier (VNI)", VxlanView::vni),
                Field.ofDecimal("vxlan.reserved8", "Reserved", VxlanView::reserved));
    }
}
