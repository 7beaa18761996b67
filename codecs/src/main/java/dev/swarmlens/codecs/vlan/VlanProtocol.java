package dev.swarmlens.codecs.vlan;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.EtherType;
import dev.swarmlens.codecs.Field;
import dev.swarmlens.codecs.Layers;
import dev.swarmlens.codecs.Protocol;
import java.util.List;
import java.util.function.ToLongFunction;

/** VLAN tags: hands on by EtherType, so that tags stack, or to IEEE 802.2 where a length stands instead. */
public final class VlanProtocol extends Protocol {
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
        int type = BigEndian.u16(frame, start + Vlan.TYPE);
        boolean length = type <= EtherType.MAX_LENGTH;
        int payloadEnd = length ? layers.narrow(this, start, Vlan.LENGTH + type, "vlan.len") : end;
        if (!layers.push(this, start, payload, payloadEnd)) {
            return;
        }
        if (length) {
            layers.nextAfterLength(payload, payloadEnd).dissect(frame, payload, payloadEnd, layers);
        } else {
            layers.next(Binding.ETHER_TYPE, type, payload, payloadEnd).dissect(frame, payload, payloadEnd, layers);
        }
    }

    @Override
    public VlanView newView() {
        return new VlanView();
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.ofDecimal("vlan.priority", "Priority", ofTag(false, VlanView::priority)),
                Field.ofBoolean("vlan.dei", "Drop Eligible", ofTag(false, view -> view.dropEligible() ? 1 : 0)),
                Field.ofDecimal("vlan.id", "ID", ofTag(false, VlanView::id)),
                Field.ofHex("vlan.etype", "Type", 4, ofTag(false, VlanProtocol::etherType)),
                Field.ofDecimal("vlan.len", "Length", ofTag(false, VlanProtocol::length)),
                Field.ofDecimal("ieee8021ad.priority", "Priority", ofTag(true, VlanView::priority))
                        .needing(Vlan.LENGTH),
                Field.ofDecimal("ieee8021ad.dei", "DEI", ofTag(true, view -> view.dropEligible() ? 1 : 0))
                        .needing(Vlan.LENGTH),
                Field.ofDecimal("ieee8021ad.id", "ID", ofTag(true, VlanView::id))
                        .needing(Vlan.LENGTH),
                Field.ofHex("ieee8021ah.etype", "Type", 4, ofTag(true, VlanProtocol::etherType)));
    }

    /** Wireshark has other names for the fields of a service provider's tag. */
    private static ToLongFunction<VlanView> ofTag(boolean service, ToLongFunction<VlanView> value) {
        return view -> view.isServiceTag() == service ? value.applyAsLong(view) : Field.ABSENT;
    }

    private static long etherType(VlanView view) {
        return view.type() > EtherType.MAX_LENGTH ? view.type() : Field.ABSENT;
    }

    private static long length(VlanView view) {
        return view.type() <= EtherType.MAX_LENGTH ? view.type() : Field.ABSENT;
    }
}
