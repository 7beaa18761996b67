package dev.swarmlens.codecs.ethernet;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** Ethernet: hands on by EtherType; what follows a length instead of a type is payload. */
public final class EthernetProtocol implements Protocol {
    /** The one instance. */
    public static final EthernetProtocol INSTANCE = new EthernetProtocol();

    private EthernetProtocol() {}

    @Override
    public String name() {
        return "eth";
    }

    @Override
    public void dissect(byte[] frame, int start, int end, Layers layers) {
        int payload = start + Ethernet.LENGTH;
        if (payload > end) {
            layers.tooShort(this, start, Ethernet.LENGTH, end);
            return;
        }
        if (layers.push(this, start, payload, end)) {
            int type = BigEndian.u16(frame, start + Ethernet.TYPE);
            if (type >= EtherType.MIN_TYPE) {
                layers.next(Binding.ETHER_TYPE, type, payload, end);
            }
        }
    }

    @Override
    public EthernetView newView() {
        return new EthernetView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofMac("eth.dst", "Destination", EthernetView::destination),
                Field.ofMac("eth.src", "Source", EthernetView::source),
                Field.ofHex(
                        "eth.type",
                        "Type",
                        4,
                        (EthernetView view) -> view.type() >= EtherType.MIN_TYPE ? view.type() : Field.ABSENT),
                Field.ofDecimal(
                        "eth.len",
                        "Length",
                        (EthernetView view) -> view.type() < EtherType.MIN_TYPE ? view.type() : Field.ABSENT));
    }
}
