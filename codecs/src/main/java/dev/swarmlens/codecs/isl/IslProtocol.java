package dev.swarmlens.codecs.isl;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** ISL: an Ethernet frame follows, with its frame check sequence. */
public final class IslProtocol extends Protocol {
    /** The one instance. */
    public static final IslProtocol INSTANCE = new IslProtocol();

    private IslProtocol() {}

    @Override
    public String name() {
        return "isl";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Isl.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Isl.LENGTH, end);
            return;
        }
        int length = Isl.LLC + BigEndian.u16(frame, start + Isl.FRAME_LENGTH);
        if (length < Isl.LENGTH) {
            layers.contradicts(this, start, Isl.LENGTH, length, Isl.LLC);
            return;
        }
        int payloadEnd = layers.narrow(this, start, length, "isl.len");
        int type = BigEndian.u8(frame, start + Isl.SOURCE - 1) >>> Isl.TYPE_SHIFT;
        if (layers.push(this, start, payload, payloadEnd) && type == Isl.TYPE_ETHERNET) {
            layers.next(Binding.LINK_TYPE, LinkType.ETHERNET.code(), payload, payloadEnd)
                    .dissect(frame, payload, payloadEnd, layers);
        }
    }

    @Override
    public IslView newView() {
        return new IslView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofMac("isl.dst", "Destination", IslView::destination),
                Field.ofDecimal("isl.type", "Type", IslView::type),
                Field.ofMac("isl.src", "Source", IslView::source),
                Field.ofDecimal("isl.len", "Length", IslView::frameLength),
                Field.ofHex("isl.hsa", "HSA", 6, IslView::sourceHigh),
                Field.ofDecimal("isl.vlan_id", "VLAN ID", IslView::vlan),
                Field.ofBoolean("isl.bpdu", "BPDU/CDP/VTP", (IslView view) -> view.bpdu() ? 1 : 0),
                Field.ofDecimal("isl.index", "Index", IslView::index),
                Field.ofHex("isl.reserved", "Reserved", 4, IslView::reserved));
    }
}
