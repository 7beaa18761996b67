package org.example.geneve;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Fault;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** Geneve: hands on by protocol type, which is an EtherType; Ethernet is 0x6558. */
public final class GeneveProtocol extends Protocol {
    /** The one instance. */
    public static final GeneveProtocol INSTANCE = new GeneveProtocol();

    private GeneveProtocol() {}

    @Override
    public String name() {
        return "geneve";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        if (start + Geneve.MIN_LENGTH > end) {
            layers.tooShort(this, start, Geneve.MIN_LENGTH, end);
            return;
        }
        int first = BigEndian.u8(frame, start + Geneve.VERSION_AND_LENGTH);
        if (first >>> Geneve.VERSION_SHIFT != 0) {
            layers.fault(Fault.BAD_VERSION, this, start, 0, first >>> Geneve.VERSION_SHIFT);
            return;
        }
        int length = Geneve.MIN_LENGTH + (first & Geneve.LENGTH_MASK) * Geneve.WORD;
        int payload = start + length;
        if (payload > end) {
            layers.tooShort(this, start, length, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            layers.next(Binding.ETHER_TYPE, BigEndian.u16(frame, start + Geneve.TYPE), payload, end)
                    .dissect(frame, payload, end, layers);
        }
    }

    @Override
    public GeneveView newView() {
        return new GeneveView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("geneve.version", "Version", GeneveView::version),
                Field.ofHex("geneve.flags", "Flags", 2, GeneveView::flags),
                Field.ofHex("geneve.proto_type", "Protocol Type", 4, GeneveView::type),
                Field.ofHex("geneve.vni", "Virtual Network Identifier (VNI)", 6, GeneveView::vni));
    }
}
