package dev.swarmlens.codecs.vxlangpe;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** VXLAN-GPE: hands on by next protocol. Wireshark's field names are VXLAN's where the fields mean the same. */
public final class VxlanGpeProtocol extends Protocol {
    /** The one instance. */
    public static final VxlanGpeProtocol INSTANCE = new VxlanGpeProtocol();

    private VxlanGpeProtocol() {}

    @Override
    public String name() {
        return "vxlan_gpe";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + VxlanGpe.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, VxlanGpe.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            int next = BigEndian.u8(frame, start + VxlanGpe.NEXT_PROTOCOL_CODE);
            layers.next(VxlanGpe.NEXT_PROTOCOL, next, payload, end).dissect(frame, payload, end, layers);
        }
    }

    @Override
    public VxlanGpeView newView() {
        return new VxlanGpeView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofHex("vxlan.flags", "Flags", 2, VxlanGpeView::flags),
                Field.ofDecimal("vxlan.ver", "Version", VxlanGpeView::version),
                Field.ofDecimal("vxlan.i_bit", "Instance", (VxlanGpeView view) -> view.hasValidVni() ? 1 : 0),
                Field.ofDecimal(
                        "vxlan.p_bit", "Next Protocol Bit", (VxlanGpeView view) -> view.hasNextProtocol() ? 1 : 0),
                Field.ofDecimal("vxlan.o_bit", "OAM bit", (VxlanGpeView view) -> view.isOam() ? 1 : 0),
                Field.ofDecimal("vxlan.reserved_16", "Reserved", VxlanGpeView::reserved16),
                Field.ofDecimal("vxlan.next_proto", "Next Protocol", VxlanGpeView::nextProtocol),
                Field.ofDecimal("vxlan.vni", "VXLAN Network Identifier (VNI)", VxlanGpeView::vni),
                Field.ofDecimal("vxlan.reserved8", "Reserved", VxlanGpeView::reserved8));
    }
}
