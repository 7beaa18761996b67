package dev.swarmlens.codecs.ethernet;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;

/** Ethernet: hands on by EtherType, or to IEEE 802.2 where a length stands instead. */
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
        int type = BigEndian.u16(frame, start + Ethernet.TYPE);
        int payloadEnd =
                type <= EtherType.MAX_LENGTH ? layers.narrow(this, start, Ethernet.LENGTH + type, "eth.len") : end;
        if (layers.push(this, start, payload, payloadEnd)) {
            if (type >= EtherType.MIN_TYPE) {
                layers.next(Binding.ETHER_TYPE, type, payload, end);
            } else if (type <= EtherType.MAX_LENGTH) {
                layers.next(Binding.IEEE_802_2, 0, payload, payloadEnd);
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
                        (EthernetView view) -> view.type() <= EtherType.MAX_LENGTH ? view.type() : Field.ABSENT));
    }
}
